"""What people do with a case beside deciding it: each deed once, for the page and for the program that asks for it.

What isn't there is a 404, which names the case that its posts went to; what somebody else has in hand is HoldRefused,
what can't be done like this Refused.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812  # a form's field has its name

from fastapi import BackgroundTasks
from starlette.exceptions import HTTPException

from pipeline.records import (
    BROUGHT,
    NEEDS_EVIDENCE,
    ROLES,
    PassageRow,
    QueueItem,
    ScoreRow,
    Version,
    here,
    later,
    now,
    untold_kind,
)
from pipeline.store import (
    audit,
    cases,
    copies,
    decisions,
    desk,
    erasure,
    evidence,
    golden,
    holds,
    moves,
    notes,
    people,
    pieces,
    posts,
    scores,
    tips,
    write,
)
from pipeline.store.holds import Hold
from pipeline.store.moves import Move
from pipeline.store.notes import Note
from pipeline.store.pool import Pool
from pipeline.store.posts import leads_to_person
from review import chosen
from review.access import NotAllowed, Visit, address_parts
from review.words import N_

NO_CASE = N_("There is no such case.")
MERGED = N_("The posts of case {case} are in case {into} now.")
NO_POST = N_("There is no such post among those collected.")
UNREAD = N_("The machine hasn't read what this post says now; a case is opened on it after the next scoring.")
UNCHOSEN = N_("Choose which sentence of the post is the claim.")
NOT_IN_POST = N_("These words don’t stand in the post like this; copy them from it.")
PROTECTED = N_("Opinions, questions, satire and praise are left alone: no case is opened on them.")
CLOSED = N_("This case isn't open for you to decide.")
NO_TAKER = N_("The case can't be handed to them: it is decided, or they are nobody who may decide it.")
NO_CHOICE = N_("A case that waits for its second reader isn't handed over: nobody chooses who reads it.")
NO_HANDOVER = N_("There is no hand-over to take back here: it was taken up, or taken back already.")
NO_SPLIT = N_("Choose some of the posts, not none and not all: what stays keeps this case's number.")
NO_MERGE = N_("There is no other case of that number.")
OTHER_HELD = N_("Somebody has the case to merge into in hand; its page says who.")
WAITS = N_("A case that waits for its second reader, or for a lead, can't be split or merged before they have read it.")
NO_TESTIMONY = N_("What people tell of their own lives is put under no verdict of true, false or misleading.")
NO_CLAIM = N_(
    "The machine reads these words as no claim, and opinion is free: a verdict on truth is for what can be checked."
)
ONE_ONLY = N_(
    "This verdict rests on only one passage that isn't a party's. With a second one it stands even if the first is"
    " withdrawn."
)
NO_RECORD = N_("The reason chosen names a record, and no passage ticked is a primary record.")
NO_INDEPENDENT = N_("The reason chosen names an independent source, and no passage ticked is from one.")
NO_CHECK = N_(
    "The reason chosen names an earlier finding, and no passage ticked is a fact-check or an earlier verdict."
)
OWN_AGAIN = N_("You gave a verdict here before the case was reopened; it is better that somebody else reads it.")
OWN_LANE = N_("What people tell of their own lives is kept apart from claims, and never merged with one.")
COVERED = N_("That case is decided, and its verdict would cover posts it wasn't given on; reopen it first.")
LEAVES = N_("This case is decided, and with its last posts its verdict would be gone untold; reopen it first.")
MOVED_ON = N_("The posts have moved on since; take the later move back first.")
ERASED = N_("The words of this case were erased on request: there is nothing left to read anew.")
REPLACED = N_("A later verdict has taken this one's place, or the case was reopened; nothing was changed.")
TAKEN_BACK = N_("This was taken back already; nothing was changed.")
NO_PASSAGE = N_("There is no such passage, or it was taken back.")
NOT_BESIDE = N_("That passage isn't beside this case any more.")
NOT_LINKER = N_("Whoever put a passage beside a case, or a lead, takes it away again; where it was written, it stays.")
NO_WORDS = N_("Put down the words of the claim; no address is opened here.")
NO_ADDRESS = N_("An address starts with https:// or http://.")
OF_PERSON = N_("This address leads to a person (by a number, e-mail or page of theirs); give another, or none.")
WAS_ERASED = N_("This was erased on request, and isn't taken in again.")
MANY_BROUGHT = N_("The desk took in as many claims as it takes in an hour; bring this one later.")
NOT_BROUGHT = N_(
    "Only what was brought in by hand, shares its case with nothing else and was never decided is taken out."
)
OTHERS_TOO = N_(
    "A colleague brought something in here too, or wrote on this case. Split your own post off, and take that one out."
)
OTHERS_HERE = N_("A colleague wrote on this case, or put a passage beside it: it stays, and takes a verdict.")
IN_CASE = N_("The machine has read it meanwhile: it stands in a case, and is taken out there.")
BROUGHT_AT_MOST = 100  # times an hour: each is a case for a person, or one more page of known words
NOT_WRITER = N_("A passage is withdrawn by whoever wrote it down here, or by a lead.")


class Refused(Exception):
    """Something that can't be done like this; the message is a sentence of the catalogue."""


class MergedAway(HTTPException):
    """A case whose posts are in another one now."""

    def __init__(self, case_id: int, into: int) -> None:
        super().__init__(404, MERGED)
        self.case_id, self.into = case_id, into


class Unread(Refused):
    """The machine hasn't read the post yet, which it will by itself."""


class ClaimRefused(Refused):
    """Words that can't be the claim of a case on a post."""


def existing(visit: Visit, case_id: int) -> QueueItem:
    """A case that is there."""
    item = cases.case(visit.db, case_id)
    if item:
        return item
    if into := moves.went_to(visit.db, case_id):
        raise MergedAway(case_id, into)
    raise HTTPException(404, NO_CASE)


def closed(item: QueueItem, person: people.Person) -> str:
    """Why somebody can't decide a case, whoever has it in hand: role, decided, waiting, lead; empty when they can."""
    if person.role not in people.DECIDING:
        return "role"
    if item.state == "decided":
        return "decided"
    if item.state == "second" and item.decider == person.name:
        return "waiting"
    return "lead" if item.state == "disputed" and person.role not in ("lead", "admin") else ""


def hold(visit: Visit, case_id: int) -> Hold:
    """Keep a case in hand that one may decide; the hold in force may be somebody else's."""
    item = existing(visit, case_id)
    if visit.person is None or closed(item, visit.person):
        raise Refused(CLOSED)
    return holds.take(visit.db, case_id, visit.name, minutes=visit.settings.hold_minutes)


def release(visit: Visit, case_id: int, *, free: bool = False) -> bool:
    """Give a case back unread; a lead can `free` anybody's, which a page that is out of date isn't to do unasked."""
    existing(visit, case_id)
    with write(visit.db):
        released = holds.release(visit.db, case_id, person="" if free and visit.may("lead") else visit.name)
        if released:
            audit.note(visit.db, visit.name, "release", subject=case_id)
    return released


def hand(visit: Visit, case_id: int, *, to: str, note: str) -> QueueItem:
    """Hand a case to somebody who could decide it: else it would wait a day for nothing; to oneself, put it aside.

    The word that goes with it is a note on the case: the hold that carries it ends.
    """
    item, taker = existing(visit, case_id), people.person(visit.db, to)
    if item.state == "second" and to != visit.name:  # of who may be named, one missing was its first reader
        raise Refused(NO_CHOICE)
    if taker is None or taker.off or closed(item, taker):
        raise Refused(NO_TAKER)
    with write(visit.db):
        word = notes.add(visit.db, case_id, person=visit.name, text=note).text if note.strip() else ""
        holds.hand(visit.db, case_id, visit.name, to=to, note=word)
        audit.note(visit.db, visit.name, "hand over" if to != visit.name else "put aside", subject=case_id, detail=to)
    return item


def to_open(visit: Visit, post_id: int) -> tuple[Version, int, ScoreRow]:
    """A collected post that a case may be opened on by hand, with its score and that one's number.

    What is no claim is refused, as no score would flag it.
    """
    said = [version for version in posts.versions_of(visit.db, post_id) if not version.gone]
    if not said or not said[-1].reading:
        raise HTTPException(404, NO_POST)
    number, score = scores.latest_score(visit.db, post_id) or (0, None)
    brought = said[-1].source_id == BROUGHT  # its words are what somebody asks about
    if score is None or score.version_id != said[-1].id or ("failed" in score.detail and not brought):
        raise Unread(UNREAD)
    if score.kind not in ("claim", "testimony") and not brought:
        raise Refused(PROTECTED)
    return said[-1], number, score


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a post, to be chosen as the claim of a case."""

    words: str
    ticked: bool  # holds the words that were searched, or else is the machine's reading
    read: bool  # as the machine read it


def sentences_of(visit: Visit, post_id: int, *, q: str = "") -> tuple[Version, list[Sentence]]:
    """A post that a case may be opened on, and its sentences in order, the ticked one before them."""
    post, _, score = to_open(visit, post_id)
    read = (score.claim_start, score.claim_end) if score.claim else (0, 0)
    spans = chosen.sentences(post.reading, read=read)
    below = [span for span in spans if span[0] >= post.headed]  # a title comes after what the post says itself
    ticked = chosen.holding(post.reading, [*below, *spans], q) or (read if score.claim else None)
    spans.sort(key=lambda span: span != ticked)
    return post, [Sentence(post.reading[slice(*span)], span == ticked, span == read) for span in spans]


def open_by_hand(visit: Visit, post_id: int, claim: str = "") -> tuple[int, bool]:
    """Open a case on a collected post that nothing else brought before a person; returns it, and whether it is new.

    Its claim are words of the post; where none are named, those that the machine read as its claim. What a person tells
    of their own life comes to its lane.
    """
    with write(visit.db):
        known = cases.case_of(visit.db, post_id)
        if known:
            return known, False
        version, number, score = to_open(visit, post_id)
        if claim.strip() and not (claim := chosen.found_in(version.reading, claim)):
            raise ClaimRefused(NOT_IN_POST)
        claim = claim.strip() or score.claim
        if not claim:
            raise ClaimRefused(UNCHOSEN)
        made = cases.open_case(visit.db, post_id, claim=claim, score_id=number, person=visit.name, by_hand=True)
        audit.note(visit.db, visit.name, "open case", subject=made)
    return made, True


def bring_in(visit: Visit, *, text: str, url: str) -> int:
    """Bring a claim in that no crawl collected; returns the number of its post, or of the one collected at its address
    that holds its words.

    The next scoring reads it as any post and puts its case before a person; nothing is kept of who told of it.
    """
    if not any(map(str.isalnum, "".join(word for word in text.split() if not desk.spellings(word)))):
        raise Refused(NO_WORDS)
    address = desk.address_as_kept(url) if url.strip() else ""
    if url.strip() and not address:
        raise Refused(NO_ADDRESS)
    if leads_to_person(address):
        raise Refused(OF_PERSON)
    with write(visit.db):
        known = desk.post_at(visit.db, address)
        said = [version for version in posts.versions_of(visit.db, known or 0) if not version.gone]
        if known and said and chosen.found_in(said[-1].reading, posts.written(text)):
            return known
        if erasure.erased(visit.db, [tips.brought_address(text), address, *desk.spellings(address)]):
            raise Refused(WAS_ERASED)
        if tips.brought_since(visit.db, later(hours=-1)) >= BROUGHT_AT_MOST:
            raise Refused(MANY_BROUGHT)
        made = tips.bring_in(visit.db, text, address)
        audit.note(visit.db, visit.name, "bring in", subject=made)
    return made


def take_out(visit: Visit, case_id: int, after: BackgroundTasks) -> None:
    """Take out what was brought in by mistake, words and all, before it is decided; its case goes with it, where no
    colleague has a part in it.

    The search indexes hold the words till `after` the answer: merging them takes seconds where much is collected.
    """
    with write(visit.db):
        item = existing(visit, case_id)
        holds.require(visit.db, case_id, visit.name)
        if not tips.only_brought(visit.db, case_id):
            raise Refused(NOT_BROUGHT)
        if tips.others_share(visit.db, case_id, visit.name):
            raise Refused(OTHERS_TOO if item.posts > 1 else OTHERS_HERE)
        erasure.take_out(visit.db, cases.posts_of(visit.db, case_id))
        holds.release(visit.db, case_id, person="")
        audit.note(visit.db, visit.name, "take out", subject=case_id)
    after.add_task(_merge, visit.request.app.state.pool)


def _merge(pool: Pool) -> None:
    with pool.lend() as db:
        copies.merge_search(db)
        copies.checkpoint(db)


def take_out_unread(visit: Visit, post_id: int, after: BackgroundTasks) -> None:
    """Likewise what was brought in and is in no case yet."""
    with write(visit.db):
        if not tips.is_brought(visit.db, post_id):
            raise HTTPException(404, NO_POST)
        if cases.case_of(visit.db, post_id):
            raise Refused(IN_CASE)
        erasure.take_out(visit.db, [post_id])
        audit.note(visit.db, visit.name, "take out unread", subject=post_id)
    after.add_task(_merge, visit.request.app.state.pool)


def note(visit: Visit, case_id: int, text: str) -> Note:
    """Write a note on a case, whoever has it in hand and whatever was decided; the log says that, and not the words."""
    existing(visit, case_id)
    if not text.strip():
        raise Refused(N_("A note needs words."))
    with write(visit.db):
        made = notes.add(visit.db, case_id, person=visit.name, text=text)
        audit.note(visit.db, visit.name, "note", subject=case_id)
    return made


def notes_for(visit: Visit, case_id: int, *, blind: bool) -> list[Note]:
    """The notes on a case that somebody may see: who reads it blind sees their own alone."""
    return notes.notes_of(visit.db, case_id, person=visit.name if blind else "")


def undo_hand(visit: Visit, case_id: int) -> Hold:
    """Take back what one handed over, or as a lead anybody did, before it is taken up; returns the hold that ended."""
    existing(visit, case_id)
    with write(visit.db):
        hold = holds.take_back(visit.db, case_id, person="" if visit.may("lead") else visit.name)
        if hold is None:
            holds.require(visit.db, case_id, visit.name)  # says who has it
            raise Refused(NO_HANDOVER)
        audit.note(visit.db, visit.name, "undo hand over", subject=case_id, detail=hold.person)
    return hold


def reopen(visit: Visit, case_id: int, *, note: str) -> None:
    """Put a decided case back into the queue, with the reason."""
    existing(visit, case_id)
    if not note.strip():
        raise Refused(N_("Say what has changed: a case is reopened with a reason."))
    if cases.wordless(visit.db, case_id):
        raise Refused(ERASED)
    with write(visit.db):
        try:
            decisions.reopen(visit.db, case_id, person=visit.name, note=note)
        except decisions.DecisionRefused:
            raise Refused(N_("The case is open already; nothing was changed.")) from None
        audit.note(visit.db, visit.name, "reopen", subject=case_id)


def mark_golden(visit: Visit, case_id: int, *, on: bool) -> None:
    """Make a decided case golden, for those who ask to test their eye, or an ordinary one again; for leads."""
    if not visit.may("lead"):
        raise NotAllowed
    existing(visit, case_id)
    with write(visit.db):
        if not golden.mark(visit.db, case_id, person=visit.name, golden=on):
            raise Refused(N_("Only a decided case can be golden, and only a golden one made ordinary."))
        audit.note(visit.db, visit.name, "golden" if on else "not golden", subject=case_id)


def split(visit: Visit, case_id: int, chosen: Sequence[int]) -> Move:
    """Take posts out of a case into one of their own."""
    with write(visit.db):
        item = existing(visit, case_id)
        holds.require(visit.db, case_id, visit.name)
        if item.state == "second" or (visit.person and closed(item, visit.person) == "lead"):
            raise Refused(WAITS)
        try:
            return _noted(visit, moves.split(visit.db, case_id, chosen, person=visit.name))
        except moves.MoveRefused:
            raise Refused(NO_SPLIT) from None


def merge(visit: Visit, case_id: int, into: int) -> Move:
    """Put all posts of a case into another one."""
    with write(visit.db):
        item, other, hold = existing(visit, case_id), cases.case(visit.db, into), holds.holder(visit.db, into)
        if other is None or into == case_id:
            raise Refused(NO_MERGE)
        holds.require(visit.db, case_id, visit.name)
        if hold and hold.person != visit.name:
            raise Refused(OTHER_HELD)
        if (item.lane == "testimony") != (other.lane == "testimony"):
            raise Refused(OWN_LANE)
        _check_move(visit, item, other)
        _check_left(item)
        return _noted(visit, moves.merge(visit.db, case_id, into, person=visit.name))


def _check_move(visit: Visit, out_of: QueueItem | None, into: QueueItem | None, *, since: str = "") -> None:
    """Refuse to move posts under a verdict that wasn't given on them, or away from a second reader or a lead.

    Where a case stood so before `since`, posts are only put back.
    """
    for one in (out_of, into):
        waits = one and (one.state == "second" or (visit.person and closed(one, visit.person) == "lead"))
        if one and waits and one.since > since:
            raise Refused(WAITS)
    if into and into.state == "decided" and into.since > since:
        told = out_of is not None and out_of.lane == "testimony" and into.verdict in NEEDS_EVIDENCE
        raise Refused(NO_TESTIMONY if told else COVERED)


def _check_left(item: QueueItem | None) -> None:
    """Refuse to take the last posts of a decided case away: its verdict was told, and its end has to be."""
    if item and item.state == "decided":
        raise Refused(LEAVES)


def undo_move(visit: Visit, move_id: int) -> Move:
    """Take a split or merge back: one's own, or as a lead anybody's."""
    move = moves.move(visit.db, move_id)
    if move is None:
        raise HTTPException(404)
    if move.person != visit.name and not visit.may("lead"):
        raise NotAllowed
    with write(visit.db):
        out_of, into = cases.case(visit.db, move.to_case), cases.case(visit.db, move.from_case)
        for one in (move.to_case, move.from_case):
            holds.require(visit.db, one, visit.name)
        _check_move(visit, out_of, into, since=move.at)
        if set(move.posts) >= set(cases.posts_of(visit.db, move.to_case)):
            _check_left(out_of)
        try:
            return _noted(visit, moves.undo(visit.db, move_id, person=visit.name))
        except moves.MoveRefused:
            raise Refused(TAKEN_BACK if move.undone or move.action == "undo" else MOVED_ON) from None


def _noted(visit: Visit, move: Move) -> Move:
    action = "undo move" if move.action == "undo" else move.action
    audit.note(visit.db, visit.name, action, subject=move.from_case, detail=f"into {move.to_case}")
    return move


def add_evidence(visit: Visit, case_id: int, eid: str) -> str:
    """Put a known passage beside a case."""
    existing(visit, case_id)
    found = pieces.piece(visit.db, eid, case_id=case_id)
    if found is None or not found.role:  # what was taken back carries no verdict
        raise HTTPException(404, NO_PASSAGE)
    with write(visit.db):
        if evidence.add_to_case(visit.db, case_id, eid, person=visit.name):
            audit.note(visit.db, visit.name, "evidence added", subject=case_id, detail=eid)
    return eid


def write_evidence(
    visit: Visit, case_id: int, *, text: str, source: str, role: str, url: str, date: str, valid_to: str
) -> str:
    """Write a passage down, and put it beside a case; the same one written twice is one passage."""
    existing(visit, case_id)
    if not text.strip() or not source.strip() or role not in ROLES:
        raise Refused(N_("A passage needs its words, its source and its role."))
    if url and address_parts(url).scheme not in ("http", "https"):
        raise Refused(NO_ADDRESS)
    if leads_to_person(url):
        raise Refused(OF_PERSON)
    if role != "party" and visit.settings.published(url, publisher=source):
        raise Refused(N_("This is this desk's own word, by its address or source; it can be no more than a party's."))
    if not _dated(date) or not _dated(valid_to):
        raise Refused(N_("A date looks like 2026-11-25."))
    if date > here(now()).date().isoformat():
        raise Refused(N_("The date is still to come; write the day the passage was published."))
    if valid_to and valid_to < date:
        raise Refused(N_("Its last day comes before its date."))
    eid = f"desk:{now()[:10]}-{secrets.token_hex(4)}"
    kind = untold_kind(role, source) or "news"
    text, source = posts.written(text.strip()), posts.written(source.strip())  # whoever pastes law may paste more
    row = PassageRow(eid, text, source, role, kind=kind, url=url, date=date, valid_to=valid_to)
    with write(visit.db):
        if erasure.was_erased(visit.db, url):
            raise Refused(WAS_ERASED)
        known = evidence.same_written(visit.db, row)
        if not known:
            evidence.put_passages(visit.db, [row])
        return add_evidence(visit, case_id, known or eid)


def can_take(visit: Visit, case_id: int, eid: str) -> tuple[str, ...]:
    """What somebody may do about a passage: `withdraw` what they wrote down, `unlink` what they put beside the case.

    Leads may do so with anybody's. Where it was written down, a passage stands beside the case until it is withdrawn.
    """
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


def withdraw(visit: Visit, case_id: int, eid: str) -> PassageRow | None:
    """Take back a passage that one wrote down at the desk, or as a lead anybody did; verdicts that rest on it reopen.

    Returns what it said.
    """
    with write(visit.db):
        existing(visit, case_id)
        piece = pieces.piece(visit.db, eid)
        if piece is None or not piece.role:
            raise HTTPException(404, NO_PASSAGE)
        if "withdraw" not in can_take(visit, case_id, eid):
            raise HTTPException(403, NOT_WRITER)
        found = evidence.passage(visit.db, eid)
        erasure.remove_evidence(visit.db, [eid], person=visit.name)
        return found


def _dated(date: str) -> bool:
    """Whether a date is empty or a day of the calendar, as the tables write it."""
    try:
        return not date or date == Date.fromisoformat(date).isoformat()
    except ValueError:
        return False
