"""What people do with a case beside deciding it: each deed once, for the page and for the program that asks for it.

What isn't there is a 404, which names the case that its posts went to; what somebody else has in hand is HoldRefused,
what can't be done like this Refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import BackgroundTasks
from starlette.exceptions import HTTPException

from pipeline.records import (
    BROUGHT,
    NEEDS_EVIDENCE,
    QueueItem,
    ScoreRow,
    Version,
    later,
)
from pipeline.store import (
    audit,
    cases,
    copies,
    decisions,
    desk,
    erasure,
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
from review import chosen, refusals, speakers
from review.access import NotAllowed, Visit
from review.names import N_
from review.refusals import ClaimRefused, MergedAway, Refused, TooMany, Unread

BROUGHT_AT_MOST = 100  # times an hour: each is a case for a person, or one more page of known words
BROUGHT_BY_ONE = 80  # of these by one person, so that nobody uses up what is for all


def existing(visit: Visit, case_id: int) -> QueueItem:
    """A case that is there."""
    item = cases.case(visit.db, case_id)
    if item:
        return item
    if into := moves.went_to(visit.db, case_id):
        raise MergedAway(case_id, into)
    raise HTTPException(404, refusals.NO_CASE)


def closed(item: QueueItem, person: people.Person) -> str:
    """Why somebody can't decide a case, whoever has it in hand: role, decided, waiting, lead; empty when they can."""
    if person.role not in people.DECIDING:
        return "role"
    if item.state == "decided":
        return "decided"
    if item.state == "second" and item.decider == person.name:
        return "waiting"
    return "lead" if item.state == "disputed" and person.role not in people.SETTLING else ""


def hold(visit: Visit, case_id: int) -> Hold:
    """Keep a case in hand that one may decide; the hold in force may be somebody else's."""
    with write(visit.db):
        if closed(existing(visit, case_id), visit.who):
            raise Refused(refusals.CLOSED)
        return holds.take(visit.db, case_id, visit.name, minutes=visit.settings.hold_minutes)


def release(visit: Visit, case_id: int, *, free: bool = False) -> bool:
    """Give a case back unread; a lead can `free` anybody's, which a page that is out of date isn't to do unasked."""
    existing(visit, case_id)
    with write(visit.db):
        held = holds.holder(visit.db, case_id)
        other = held.person if held and free and visit.may("lead") and held.person != visit.name else ""
        released = (
            holds.release(visit.db, case_id, person=other) if other else holds.give_back(visit.db, case_id, visit.name)
        )
        if released:
            audit.note(visit.db, visit.name, "free" if other else "release", subject=case_id, detail=other)
    return released


def hand(visit: Visit, case_id: int, *, to: str, note: str) -> QueueItem:
    """Hand a case to somebody who could decide it: else it would wait a day for nothing; to oneself, put it aside.

    The word that goes with it is a note on the case: the hold that carries it ends.
    """
    with write(visit.db):
        item, taker = existing(visit, case_id), people.person(visit.db, to)
        if item.state == "second" and to != visit.name:  # of who may be named, one missing was its first reader
            raise Refused(refusals.NO_CHOICE)
        if taker is None or taker.off or closed(item, taker):
            raise Refused(refusals.NO_TAKER)
        if not visit.may("lead") and holds.set_aside_by(visit.db, visit.name, but=case_id) >= holds.PARKED_AT_MOST:
            raise Refused(refusals.MANY_ASIDE)
        word = notes.add(visit.db, case_id, person=visit.name, text=note).text if note.strip() else ""
        holds.hand(visit.db, case_id, visit.name, to=to, note=word)
        audit.note(visit.db, visit.name, "hand over" if to != visit.name else "put aside", subject=case_id, detail=to)
    return item


def takers(visit: Visit, item: QueueItem) -> list[people.Person]:
    """Whom a case can be handed to, and who may read it after oneself."""
    found = [person for person in people.people(visit.db) if not person.off and person.name != visit.name]
    return [person for person in found if not closed(item, person)]


def to_open(visit: Visit, post_id: int) -> tuple[Version, int, ScoreRow]:
    """A collected post that a case may be opened on by hand, with its score and that one's number.

    What is no claim is refused, as no score would flag it.
    """
    said = [version for version in posts.versions_of(visit.db, post_id) if not version.gone]
    if not said or not said[-1].reading:
        raise HTTPException(404, refusals.NO_POST)
    number, score = scores.latest_score(visit.db, post_id) or (0, None)
    brought = said[-1].source_id == BROUGHT  # its words are what somebody asks about
    if score is None or score.version_id != said[-1].id or ("failed" in score.detail and not brought):
        raise Unread(refusals.UNREAD)
    if score.kind not in ("claim", "testimony") and not brought:
        raise Refused(refusals.PROTECTED)
    return said[-1], number, score


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a post, to be chosen as the claim of a case."""

    words: str
    ticked: bool  # is the machine's reading, and no other one is what was searched
    read: bool  # as the machine read it


def sentences_of(visit: Visit, post_id: int, *, q: str) -> tuple[Version, list[Sentence]]:
    """A post that a case may be opened on, and its sentences in order, before them the one that holds the words `q`,
    and the machine's reading."""
    post, _, score = to_open(visit, post_id)
    read = (score.claim_start, score.claim_end) if score.claim else None
    spans = chosen.sentences(post.reading, read=read or (0, 0))
    below = [span for span in spans if span[0] >= post.headed]  # a title comes after what the post says itself
    sought = chosen.holding(post.reading, [*below, *spans], q) or read
    spans.sort(key=lambda span: (span != sought, span != read))
    return post, [
        Sentence(post.reading[slice(*span)], ticked=span == read == sought, read=span == read) for span in spans
    ]


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
            raise ClaimRefused(refusals.NOT_IN_POST, "words")
        claim = claim.strip() or score.claim
        if not claim:
            raise ClaimRefused(refusals.UNCHOSEN)
        made = cases.open_case(visit.db, post_id, claim=claim, score_id=number, person=visit.name, by_hand=True)
        audit.note(visit.db, visit.name, "open case", subject=made)
    return made, True


def bring_in(visit: Visit, *, text: str, url: str) -> int:
    """Bring a claim in that no crawl collected; returns the number of its post, or of the one collected at its address
    that holds its words. To ask again brings nothing in.

    The next scoring reads it as any post and puts its case before a person; nothing is kept of who told of it, nor
    whom a mark of a quote names.
    """
    typed, text = text, speakers.unnamed(text)
    if not any(map(str.isalnum, posts.left_of(" ".join(word for word in text.split() if not desk.spellings(word))))):
        raise Refused(refusals.NO_WORDS, "text")
    address = desk.address_as_kept(url) if url.strip() else ""
    if not address and desk.spellings(url.strip()):  # as it is searched, too: without its "https://"
        address = desk.address_as_kept(f"https://{url.strip()}")
    if url.strip() and not address:
        raise Refused(refusals.NO_ADDRESS, "url")
    if leads_to_person(address):
        raise Refused(refusals.OF_PERSON, "url")
    with write(visit.db):
        known = desk.post_at(visit.db, address)
        said = [version for version in posts.versions_of(visit.db, known or 0) if not version.gone]
        if known and said and any(chosen.found_in(said[-1].reading, posts.written(one)) for one in (typed, text)):
            return known
        if erasure.erased(visit.db, [*tips.known_as(text), *tips.known_as(typed), address, *desk.spellings(address)]):
            raise Refused(refusals.WAS_ERASED)
        if there := tips.brought_before(visit.db, text, address):
            return there
        hour = later(hours=-1)
        if tips.brought_since(visit.db, hour, person=visit.name) >= BROUGHT_BY_ONE:
            raise TooMany(refusals.MANY_OF_YOURS)
        if tips.brought_since(visit.db, hour) >= BROUGHT_AT_MOST:
            raise TooMany(refusals.MANY_BROUGHT)
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
            raise Refused(refusals.NOT_BROUGHT)
        if tips.others_share(visit.db, case_id, visit.name):
            raise Refused(refusals.OTHERS_TOO if item.posts > 1 else refusals.OTHERS_HERE)
        erasure.take_out(visit.db, cases.posts_of(visit.db, case_id), person=visit.name)
        holds.release(visit.db, case_id, person="")
        audit.note(visit.db, visit.name, "take out", subject=case_id)
    after.add_task(_merge, visit.request.app.state.pool)


def _merge(pool: Pool) -> None:
    with pool.lend() as db:
        copies.merge_search(db)
        copies.checkpoint(db)


def take_out_unread(visit: Visit, post_id: int, after: BackgroundTasks) -> None:
    """take_out of what is in no case yet: what they alone brought in themselves, or as a lead all."""
    with write(visit.db):
        if not tips.is_brought(visit.db, post_id):
            raise HTTPException(404, refusals.NO_POST)
        if cases.case_of(visit.db, post_id):
            raise Refused(refusals.IN_CASE)
        if not may_take_out_unread(visit, post_id):
            raise HTTPException(403, refusals.NOT_BRINGER)
        erasure.take_out(visit.db, [post_id], person=visit.name)
        audit.note(visit.db, visit.name, "take out unread", subject=post_id)
    after.add_task(_merge, visit.request.app.state.pool)


def may_take_out_unread(visit: Visit, post_id: int) -> bool:
    """Whether what was brought in and waits is theirs to take out."""
    return visit.may("lead") or tips.who_brought(visit.db, post_id) == {visit.name}


def note(visit: Visit, case_id: int, text: str) -> Note:
    """Write a note on a case, whoever has it in hand and whatever was decided; the log says that, and not the words."""
    with write(visit.db):
        existing(visit, case_id)
        if not text.strip():
            raise Refused(N_("A note needs words."))
        made = notes.add(visit.db, case_id, person=visit.name, text=text)
        audit.note(visit.db, visit.name, "note", subject=case_id)
    return made


def undo_hand(visit: Visit, case_id: int) -> Hold:
    """Take back what one handed over, or as a lead anybody did, before it is taken up; returns the hold that ended."""
    existing(visit, case_id)
    with write(visit.db):
        hold = holds.take_back(visit.db, case_id, person="" if visit.may("lead") else visit.name)
        if hold is None:
            holds.require(visit.db, case_id, visit.name)  # says who has it
            raise Refused(refusals.NO_HANDOVER)
        whose = "" if hold.given_by == visit.name else f"{hold.given_by} → "
        audit.note(visit.db, visit.name, "undo hand over", subject=case_id, detail=f"{whose}{hold.person}")
    return hold


def reopen(visit: Visit, case_id: int, *, note: str) -> None:
    """Put a decided case back into the queue, with the reason."""
    with write(visit.db):
        existing(visit, case_id)
        if not note.strip():
            raise Refused(N_("Say what has changed: a case is reopened with a reason."))
        if cases.wordless(visit.db, case_id):
            raise Refused(refusals.ERASED)
        try:
            decisions.reopen(visit.db, case_id, person=visit.name, note=note)
        except decisions.DecisionRefused:
            raise Refused(N_("The case is open already; nothing was changed.")) from None


def mark_golden(visit: Visit, case_id: int, *, on: bool) -> None:
    """Make a decided case golden, for those who ask to test their eye, or an ordinary one again; for leads."""
    if not visit.may("lead"):
        raise NotAllowed
    with write(visit.db):
        if existing(visit, case_id).claim == pieces.ERASED and on:
            raise Refused(refusals.ERASED)
        if not golden.mark(visit.db, case_id, person=visit.name, golden=on):
            raise Refused(N_("Only a decided case can be golden, and only a golden one made ordinary."))
        audit.note(visit.db, visit.name, "golden" if on else "not golden", subject=case_id)


def split(visit: Visit, case_id: int, chosen: Sequence[int]) -> Move:
    """Take posts out of a case into one of their own."""
    with write(visit.db):
        item = existing(visit, case_id)
        holds.require(visit.db, case_id, visit.name)
        if item.state == "second" or closed(item, visit.who) == "lead":
            raise Refused(refusals.WAITS)
        if item.state == "decided":  # they would lose their verdict untold
            raise Refused(refusals.DECIDED)
        try:
            return _noted(visit, moves.split(visit.db, case_id, chosen, person=visit.name))
        except moves.MoveRefused:
            raise Refused(refusals.NO_SPLIT) from None


def merge(visit: Visit, case_id: int, into: int) -> Move:
    """Put all posts of a case into another one."""
    with write(visit.db):
        item, other, hold = existing(visit, case_id), cases.case(visit.db, into), holds.holder(visit.db, into)
        if other is None or into == case_id:
            raise Refused(refusals.NO_MERGE)
        if not cases.posts_of(visit.db, case_id):
            raise Refused(refusals.NO_POSTS)
        holds.require(visit.db, case_id, visit.name)
        if hold and hold.person != visit.name:
            raise Refused(refusals.OTHER_HELD)
        if (item.lane == "testimony") != (other.lane == "testimony"):
            raise Refused(refusals.OWN_LANE)
        _check_move(visit, item, other)
        _check_left(item)
        try:
            return _noted(visit, moves.merge(visit.db, case_id, into, person=visit.name))
        except moves.MoveRefused:
            raise Refused(refusals.INTO_ERASED) from None


def _check_move(visit: Visit, out_of: QueueItem | None, into: QueueItem | None, *, since: str = "") -> None:
    """Refuse to move posts where either case waits for a second reader or a lead, or into a decided one, whose verdict
    wasn't given on them.

    Where a case stood so before `since`, when a move was made that is taken back now, posts are only put back.
    """
    for one in (out_of, into):
        waits = one and (one.state == "second" or closed(one, visit.who) == "lead")
        if one and waits and one.since > since:
            raise Refused(refusals.WAITS)
    if into and into.state == "decided" and into.since > since:
        told = out_of is not None and out_of.lane == "testimony" and into.verdict in NEEDS_EVIDENCE
        raise Refused(refusals.NO_TESTIMONY if told else refusals.COVERED)


def _check_left(item: QueueItem | None) -> None:
    """Refuse to take the last posts of a decided case away: its verdict was told, and its end has to be."""
    if item and item.state == "decided":
        raise Refused(refusals.LEAVES)


def undo_move(visit: Visit, move_id: int) -> Move:
    """Take a split or merge back: one's own, or as a lead anybody's."""
    move = moves.move(visit.db, move_id)
    if move is None:
        raise HTTPException(404, refusals.NO_MOVE)
    if move.person != visit.name and not visit.may("lead"):
        raise NotAllowed
    with write(visit.db):
        for one in (move.to_case, move.from_case):
            holds.require(visit.db, one, visit.name)
        _check_undo(visit, move)
        try:
            return _noted(visit, moves.undo(visit.db, move_id, person=visit.name), of=move.person)
        except moves.MoveRefused:
            raise Refused(refusals.TAKEN_BACK if move.undone or move.action == "undo" else refusals.MOVED_ON) from None


def _check_undo(visit: Visit, move: Move) -> None:
    out_of, into = cases.case(visit.db, move.to_case), cases.case(visit.db, move.from_case)
    _check_move(visit, out_of, into, since=move.at)
    if set(move.posts) >= set(cases.posts_of(visit.db, move.to_case)):
        _check_left(out_of)
    elif out_of and out_of.state == "decided" and out_of.since > move.at:  # as of a split
        raise Refused(refusals.DECIDED)


def can_undo(visit: Visit, move: Move) -> bool:
    """Whether a split or merge may be taken back as its cases stand now, whoever has them in hand."""
    try:
        _check_undo(visit, move)
    except Refused:
        return False
    return not moves.moved_on(visit.db, move)


def _noted(visit: Visit, move: Move, *, of: str = "") -> Move:
    """Write a move down, and `of` whom the one was that it takes back, where that is somebody else."""
    action = "undo move" if move.action == "undo" else move.action
    whose = f" ({of})" if of not in ("", visit.name) else ""
    audit.note(visit.db, visit.name, action, subject=move.from_case, detail=f"into {move.to_case}{whose}")
    return move
