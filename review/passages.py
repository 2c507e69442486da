"""What people do with the passages beside a case: each deed once, for the page and for the program that asks for it."""

import secrets
from collections.abc import Iterator
from datetime import date as Date  # noqa: N812  # a form's field has its name

from starlette.exceptions import HTTPException

from classifier.evidence.told import untold_kind
from pipeline.records import ROLES, PassageRow, here, now
from pipeline.store import audit, cases, decisions, erasure, evidence, pieces, posts, write
from pipeline.store.posts import leads_to_person, web_address
from review.access import Visit
from review.deeds import existing
from review.names import N_
from review.refusals import NO_ADDRESS, NO_PASSAGE, NOT_BESIDE, NOT_LINKER, NOT_WRITER, OF_PERSON, WAS_ERASED, Refused

FIELDS = ("text", "source", "role", "url", "date", "valid_to")  # of a passage, as its form has them
FEWEST_WORDS = 4  # of a passage: every later claim is laid beside it
TOO_SHORT = N_("A passage has at least four words: every later claim is laid beside it. Write down a whole sentence.")
OWN_WORD = N_("This is this desk's own word, by its address or source; it can be no more than a party's.")


def add_evidence(visit: Visit, case_id: int, eid: str) -> str:
    """Put a known passage beside a case."""
    with write(visit.db):
        existing(visit, case_id)
        found = pieces.piece(visit.db, eid, case_id=case_id)
        if found is None or not found.role:  # what was taken back carries no verdict
            raise HTTPException(404, NO_PASSAGE)
        if evidence.add_to_case(visit.db, case_id, eid, person=visit.name):
            audit.note(visit.db, visit.name, "evidence added", subject=case_id, detail=eid)
    return eid


def write_evidence(
    visit: Visit, case_id: int, *, text: str, source: str, role: str, url: str, date: str, valid_to: str
) -> str:
    """Write a passage down, and put it beside a case; the same one written twice is one passage."""
    existing(visit, case_id)
    web = web_address(url) if url else ""
    if faults := list(_faults(visit, text, source, role, url, web, date, valid_to)):
        told, marked = zip(*faults, strict=True)
        fields = dict.fromkeys(name for names in marked for name in names)
        raise Refused(told[0], *(name for name in FIELDS if name in fields), also=told[1:])
    url = web
    eid = f"desk:{now()[:10]}-{secrets.token_hex(4)}"
    kind = untold_kind(role, source) or "news"
    text, source = posts.written(text.strip()), posts.written(source.strip())  # whoever pastes law may paste more
    row = PassageRow(eid, text, source, role, kind=kind, url=url, date=date, valid_to=valid_to)
    with write(visit.db):
        if erasure.was_erased(visit.db, url):
            raise Refused(WAS_ERASED, "url")
        known = evidence.same_written(visit.db, row)
        if not known:
            evidence.put_passages(visit.db, [row])
        return add_evidence(visit, case_id, known or eid)


def _faults(
    visit: Visit, text: str, source: str, role: str, url: str, web: str, date: str, valid_to: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """All that keeps a passage from being written down, with the fields that it is of."""
    needed = {"text": text.strip(), "source": source.strip(), "role": role in ROLES}
    if missing := tuple(name for name, there in needed.items() if not there):
        yield N_("A passage needs its words, its source and its role."), missing
    if text.strip() and len(text.split()) < FEWEST_WORDS:
        yield TOO_SHORT, ("text",)
    if url and not web:
        yield NO_ADDRESS, ("url",)
    elif leads_to_person(web):
        yield OF_PERSON, ("url",)
    elif role != "party" and visit.settings.published(web, publisher=source):
        yield OWN_WORD, ("role",)
    if odd := tuple(name for name, day in (("date", date), ("valid_to", valid_to)) if not _dated(day)):
        yield N_("A date looks like 2026-11-25."), odd
    elif date > here(now()).date().isoformat():
        yield N_("The date is still to come; write the day the passage was published."), ("date",)
    elif valid_to and valid_to < date:
        yield N_("Its last day comes before its date."), ("valid_to",)


def can_take(visit: Visit, case_id: int, eid: str) -> tuple[str, ...]:
    """What who may decide may do about a passage: `withdraw` what they wrote down, `unlink` what they put beside the
    case.

    Leads may do so with anybody's. Where it was written down, a passage stands beside the case until it is withdrawn.
    """
    if not visit.decides:
        return ()
    found, beside = pieces.piece(visit.db, eid), evidence.put_beside(visit.db, eid)
    can = []
    if found and found.role and eid.startswith("desk:") and any(_by(visit, one) for one in beside[:1]):
        can.append("withdraw")
    if _linked(visit, case_id, eid):
        can.append("unlink")
    return tuple(can)


def _by(visit: Visit, put: tuple[int, str]) -> bool:
    """Whether somebody, or as a lead anybody, put a passage beside a case."""
    return put[1] == visit.name or visit.may("lead")


def _linked(visit: Visit, case_id: int, eid: str) -> list[int]:
    """The cases that one may take a passage from: this one, and those that were merged into it."""
    put, whole = evidence.put_beside(visit.db, eid)[eid.startswith("desk:") :], cases.whole(visit.db, case_id)
    return [one[0] for one in put if one[0] in whole and _by(visit, one)]


def unlink(visit: Visit, case_id: int, eid: str) -> None:
    """Take a passage from a case that one put it beside, or as a lead anybody did."""
    with write(visit.db):
        existing(visit, case_id)
        if cases.whole(visit.db, case_id).isdisjoint(dict(evidence.put_beside(visit.db, eid))):
            raise HTTPException(404, NOT_BESIDE)
        if not (linked := _linked(visit, case_id, eid)):
            raise HTTPException(403, NOT_LINKER)
        for one in linked:
            evidence.take_from_case(visit.db, one, eid)
        audit.note(visit.db, visit.name, "evidence unlinked", subject=case_id, detail=eid)


def withdraw(visit: Visit, case_id: int, eid: str) -> tuple[PassageRow | None, list[int]]:
    """Take back a passage that one wrote down at the desk, or as a lead anybody did; verdicts that rest on it reopen.

    Returns what it said, and the cases reopened, as far as they are told.
    """
    with write(visit.db):
        existing(visit, case_id)
        piece = pieces.piece(visit.db, eid)
        if piece is None or not piece.role:
            raise HTTPException(404, NO_PASSAGE)
        if "withdraw" not in can_take(visit, case_id, eid):
            raise HTTPException(403, NOT_WRITER)
        found = evidence.passage(visit.db, eid)
        erasure.remove_evidence(visit.db, [eid], person=visit.name, case_id=case_id)
        return found, decisions.reopened_by(visit.db, eid, person=visit.name)


def _dated(date: str) -> bool:
    """Whether a date is empty or a day of the calendar, as the tables write it."""
    try:
        return not date or date == Date.fromisoformat(date).isoformat()
    except ValueError:
        return False
