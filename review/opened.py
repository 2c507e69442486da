"""A case as one person may see it now: its evidence, who has it in hand, and what is out of sight."""

from dataclasses import dataclass, field, replace

from pipeline.records import CaseEvent, EvidenceRow, QueueItem, ScoreRow
from pipeline.store import cases, decisions, golden, holds, pieces, reading
from pipeline.store.database import in_passing
from pipeline.store.holds import Hold
from pipeline.store.notes import Note, notes_of
from pipeline.store.wordings import Wording, told_otherwise
from review import deeds
from review.access import Visit


@dataclass(frozen=True, slots=True)
class Open:
    """A case as one person may see it now."""

    item: QueueItem
    telling: reading.Telling | None
    evidence: tuple[EvidenceRow, ...]
    hold: Hold | None
    blind: bool  # reads it as a second reader: earlier verdicts are out of sight
    closed: str  # why the person can't decide it now: role, held, free, waiting, lead, decided; empty when they can
    seen: int
    no_claim: bool = False  # opened by hand, and the machine reads none in it, which the page says
    practice: bool = False  # a golden case: the verdict given is compared and not recorded
    history: list[CaseEvent] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    otherwise: list[Wording] = field(default_factory=list)  # what posts of it tell beside its claim

    @property
    def score(self) -> ScoreRow | None:
        """The score the case is read with."""
        return self.telling.score if self.telling else None

    @property
    def shown(self) -> dict[str, str]:
        """The marks of the claim (under ""), of what its posts tell otherwise and of its evidence as they are read now:
        what a verdict is held to."""
        told = {"": self.item.claim, "otherwise": "\n".join(one.claim for one in self.otherwise)}
        return {name: pieces.mark(text) for name, text in told.items()} | {
            e.eid: pieces.mark_of(e) for e in self.evidence
        }

    @property
    def beside(self) -> str | None:
        """What the machine read in place of the case's claim, "" for none; None where it read that."""
        return self.telling.beside if self.telling and not self.score else None

    @property
    def readings(self) -> list[CaseEvent]:
        """Each person's last verdict since the case was opened: of a dispute, what a lead is to settle."""
        made: dict[str, CaseEvent] = {}
        for one in self.history:
            if one.action == "reopen":
                made.clear()
            elif one.action == "decide":
                made[one.person] = one
        return list(made.values())

    @property
    def at_odds(self) -> list[CaseEvent]:
        """The first verdict and the blind one that a dispute is about; none where there is none."""
        return at_odds(self.item, self.history)

    @property
    def stood(self) -> list[CaseEvent]:
        """The verdict that stood till the case was reopened, and a second reading of it; none where it wasn't."""
        return stood_till(self.item, self.history)


def stood_till(item: QueueItem, history: list[CaseEvent]) -> list[CaseEvent]:
    made = [one for one in history if one.action == "decide" and not one.undone and one.verdict]
    first = max((one.id for one in made if not one.blind), default=0)
    return [one for one in made if one.id >= first] if first and item.state == "reopened" else []


def at_odds(item: QueueItem, history: list[CaseEvent]) -> list[CaseEvent]:
    made = [one for one in history if one.action == "decide"]
    blind = max((one.id for one in made if one.blind), default=0)
    first = max((one.id for one in made if not one.blind and one.id < blind), default=0)
    return [one for one in made if one.id in (first, blind)] if item.state == "disputed" else []


def open_case(visit: Visit, case_id: int, *, practice: bool = False) -> Open:
    """A case, taken in hand when nobody else has it and it is opened to be read."""
    seen = decisions.last_event(visit.db, case_id)  # before all else: what comes meanwhile may not be on the page
    item = deeds.existing(visit, case_id)
    practice = practice and visit.decides and golden.is_golden(visit.db, case_id)
    hold = holds.holder(visit.db, case_id)
    closed = "" if practice else deeds.closed(item, visit.who)
    if not (closed or practice) and visit.only_looks:
        closed = "free" if hold is None else "" if hold.person == visit.name else "held"
    elif not (closed or practice):
        with in_passing(visit.db):
            hold = holds.take(visit.db, case_id, visit.name, minutes=visit.settings.hold_minutes)
        item = deeds.existing(visit, case_id)  # again: till the hold, somebody else could decide it
        closed = deeds.closed(item, visit.who) or ("" if hold is None or hold.person == visit.name else "held")
        with in_passing(visit.db):
            holds.leave(visit.db, visit.name, but=0 if closed else case_id)
    blind = practice or reads_blind(visit, item)
    telling = reading.telling(visit.db, case_id)
    history = history_of(visit, item)
    untold = {one.id for one in history if one.action == "decide" and (blind or not one.verdict)}
    evidence = reading.evidence_for(
        visit.db, case_id, score_id=telling.score_id if telling else 0, named=not blind, untold=untold
    )
    if untold:  # a copy that came later was read beside this case's own verdict
        own = {f"decision:{number}" for number in untold}
        evidence = tuple(e for e in evidence if e.eid not in own)
        telling = _read_without(telling, own)
    no_claim = bool(cases.no_claims(visit.db, [case_id]))
    if no_claim or item.lane == "testimony":  # no view or own life is contradicted: what lies near is there to be read
        evidence = tuple(replace(e, relation="related", slot="", slots=()) for e in evidence)
    elif drawn(item):  # nothing tells what the machine makes of it, nor which passage it puts first
        evidence = tuple(
            replace(e, relation="related", p=0.0, slot="", slots=()) for e in sorted(evidence, key=lambda e: e.eid)
        )
    item = unseen(visit, item) if not practice else replace(item, verdict="", decider="", judged_at="")
    told = [] if practice else notes_of(visit.db, case_id, person=visit.name if blind else "")
    since = min((one.at for one in history if one.id in untold), default="9")  # from then on they may tell it
    told = [note for note in told if note.person == visit.name or note.at < since]
    history = [] if blind else history
    otherwise = [] if practice else told_otherwise(visit.db, case_id)
    return Open(item, telling, evidence, hold, blind, closed, seen, no_claim, practice, history, told, otherwise)


def history_of(visit: Visit, item: QueueItem) -> list[CaseEvent]:
    """What was decided on a case, for somebody who may be its second reader yet: of a colleague's verdict that was
    drawn and is given anew before anybody read it blind, who gave it and when; nor which passage of it changed."""
    waits = item.state not in ("decided", "disputed")
    unread = decisions.unread(visit.db, item.case_id, but=visit.name) if waits else set()
    made = decisions.history(visit.db, item.case_id)
    untold = {one.id for one in made if one.id in unread}
    told = [_untold(one) if one.id in untold else one for one in made]
    if untold:  # of the desk's own reopenings only why, not what the verdict rested on
        told = [replace(one, note=one.note.partition(": ")[0]) if one.person == "soi" else one for one in told]
    return told


def _untold(one: CaseEvent) -> CaseEvent:
    return replace(one, verdict="", reason="", note="", explanation="", wording="", evidence=())


def _read_without(telling: reading.Telling | None, own: set[str]) -> reading.Telling | None:
    """What a case is read from, without its own verdicts among the evidence."""
    if telling is None or telling.score is None or own.isdisjoint(e.eid for e in telling.score.evidence):
        return telling
    left = tuple(e for e in telling.score.evidence if e.eid not in own)
    reasons = tuple(r for r in telling.score.reasons if r != "REPEATS_REFUTED" or any(e.checked for e in left))
    return replace(telling, score=replace(telling.score, evidence=left, reasons=reasons))


def drawn(item: QueueItem) -> bool:
    """Whether a case is of the random sample alone and still to be read: without a hint, or it would tell how often
    people agree with the machine."""
    return item.lane == "audit" and item.state != "decided"


def unseen(visit: Visit, item: QueueItem) -> QueueItem:
    """A case without the first reader's verdict while a second one is awaited: whoever may be that one mustn't know.
    One that was drawn at random has no number of the machine's, 0 in its place."""
    item = replace(item, p_refuted=0.0, priority=0.0, slot="") if drawn(item) else item
    return replace(item, verdict="", decider="", judged_at="") if reads_blind(visit, item) else item


def reads_blind(visit: Visit, item: QueueItem) -> bool:
    """Whether a case waits for a second reader that somebody may be."""
    return item.state == "second" and item.decider != visit.name
