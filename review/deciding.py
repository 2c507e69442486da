"""A verdict in the making: what somebody filled in on a case, whether it can be recorded, and the recording."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Annotated, Any

from fastapi import Depends, Form
from starlette.exceptions import HTTPException

from classifier.evidence.told import untold_kind
from pipeline.records import (
    NEEDS_EVIDENCE,
    REASONS,
    CaseEvent,
    EvidenceRow,
    NewDecision,
    QueueItem,
    Verdict,
    is_verdict,
)
from pipeline.store import audit, cases, decisions, drafts, holds, moves, pieces, tips, write
from pipeline.store.posts import composed, written
from pipeline.store.wordings import told_otherwise
from review import deeds, refusals, speakers
from review.access import NotAllowed, Visit
from review.errors import FIELDS, TOO_LONG
from review.names import N_
from review.opened import Open, at_odds, history_of, reads_blind, stood_till
from review.pages import LongText
from review.words import as_shown

LONGER_AS_KEPT = N_(
    "“{field}” takes at most {most} characters, those in place of numbers and addresses counted; nothing was recorded."
)
CHOSEN = {"verdict", "reason"}  # these are one


@dataclass(frozen=True, slots=True)
class Filled:
    """What a person has filled in on a case."""

    verdict: Annotated[str, Form(max_length=40)] = ""
    reason: Annotated[str, Form(max_length=60)] = ""
    evidence: Annotated[tuple[str, ...], Form(max_length=50)] = ()
    note: LongText = ""
    explanation: LongText = ""  # what is too long as it is kept is told beside the form
    wording: LongText = ""
    second: Annotated[str, Form(max_length=1)] = ""  # "1": somebody else is to read it blind

    @classmethod
    def of_draft(cls, kept: dict[str, object]) -> "Filled":
        """From a draft: what a lost session, a look elsewhere or an undone verdict left."""
        said = {
            one.name: tuple(map(str, found)) for one in fields(cls) if isinstance(found := kept.get(one.name), list)
        }
        one: dict[str, Any] = {name: found if name == "evidence" else found[0] for name, found in said.items() if found}
        return cls(**one)

    def as_draft(self) -> dict[str, list[str]]:
        """The same as a draft keeps it."""
        return {name: list(one) if name == "evidence" else [one] * bool(one) for name, one in asdict(self).items()}


OfForm = Annotated[Filled, Depends(Filled)]


def stood_again(
    visit: Visit, item: QueueItem, history: list[CaseEvent], kept: dict[str, object]
) -> dict[str, list[str]]:
    """What the verdict said that stood till a case was reopened, as a draft and but for the verdict and a colleague's
    note; of a dispute the first reader's words for readers alone. Nothing where something was filled in since, or
    emptied, which its number in the draft tells."""
    stood = stood_till(item, history) or [one for one in at_odds(item, history)[:1] if not one.undone]
    if deeds.closed(item, visit.who):
        return {}
    if not stood or Filled.of_draft(kept) != Filled() or kept.get("stood") == [str(stood[0].id)]:
        return {}
    note = stood[0].note if stood[0].person == visit.name else ""
    again = replace(_filled_again(replace(stood[0], note=note), Filled()), verdict="", reason="")
    if item.state == "disputed":
        again = Filled(explanation=again.explanation, wording=again.wording)
    return {} if again == Filled() else {**again.as_draft(), "stood": [str(stood[0].id)]}


def same_again(visit: Visit, opened: Open) -> Filled | None:
    """The verdict that stood till the desk reopened a case by itself, as one that it rested on was taken back, where
    that was given again since as it was: resting on the new one, to be given again at one press; None otherwise."""
    last = opened.history[-1] if opened.history else None
    why = "evidence_taken_back: "
    if opened.closed or opened.practice or not (opened.stood and last and last.person == "soi"):
        return None
    if last.action != "reopen" or not last.note.startswith(why):
        return None
    stood, gone = opened.stood[0], last.note.removeprefix(why)
    new = decisions.given_anew(visit.db, gone)
    if not new or stood.verdict not in set(Verdict):
        return None
    eids = tuple(new if e.eid == gone else e.eid for e in stood.evidence)
    note = stood.note if stood.person == visit.name else ""
    return Filled(stood.verdict, stood.reason, eids, note, stood.explanation, stood.wording)


def amend(visit: Visit, item: QueueItem, fields: dict[str, list[str]]) -> None:
    """Keep some fields of a verdict as one's draft, over what its page was filled in with."""
    kept = drafts.draft(visit.db, visit.name, item.case_id)
    stood = stood_again(visit, item, history_of(visit, item), kept)
    drafts.amend_draft(visit.db, visit.name, item.case_id, {**stood, **_unsaid(visit, item, fields)})


def _unsaid(visit: Visit, item: QueueItem, fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """Fields of a verdict without what one's own says that stands: its form, sent twice or kept late, is no draft."""
    made = [one for one in decisions.history(visit.db, item.case_id) if one.person == visit.name]
    given = [one for one in made if one.action == "decide" and not (one.undone or one.replaced)]
    if not given or not deeds.closed(item, visit.who):
        return fields
    told = _given(visit, given[-1], Filled()).as_draft()
    new = {name for name, said in fields.items() if not all(_within(one, told[name]) for one in said)}
    if not new.isdisjoint(CHOSEN):
        new |= CHOSEN
        if set(fields.get("evidence", [])) != set(told["evidence"]):  # unticked for another verdict
            new.add("evidence")
    return {name: said if name in new else [] for name, said in fields.items()}


def _within(one: str, told: list[str]) -> bool:
    """Whether a verdict says what was filled in, in as many words or more; signs alone say nothing."""
    plain, said = " ".join(written(one).split()), [" ".join(text.split()) for text in told]
    return plain in said or not any(map(str.isalnum, plain)) or any(" " in plain and plain in text for text in said)


def keep_filled(visit: Visit, case_id: int, filled: Filled, *, left: bool = False, same: Sequence[str] = ()) -> None:
    """Keep what somebody filled in as their draft, without the fields that are the `same`, and the case in hand.

    Raises HoldRefused when another has it, Refused when it can't be decided any more; what was filled in is kept.
    """
    item = deeds.existing(visit, case_id)
    leave = set(same) if set(same) >= CHOSEN else set(same) - CHOSEN
    kept = {name: value for name, value in filled.as_draft().items() if name not in leave}
    amend(visit, item, kept)
    if left:
        return
    with write(visit.db):
        holds.require(visit.db, case_id, visit.name)
        deeds.hold(visit, case_id)


def _verdict(visit: Visit, opened: Open, filled: Filled) -> NewDecision:
    return NewDecision(
        opened.item.case_id,
        visit.name,
        Verdict(filled.verdict),
        filled.reason,
        filled.evidence,
        filled.note,
        opened.blind,
        filled.explanation,
        filled.wording,
    )


def record(visit: Visit, opened: Open, filled: Filled, seen: int | None, shown: Mapping[str, str] | None = None) -> int:
    """Write a verdict down and give the case back; raises DecisionRefused."""
    decision = _verdict(visit, opened, filled)
    seen = opened.seen if seen is None else seen
    with write(visit.db):
        holds.require(visit.db, decision.case_id, visit.name)
        item = deeds.existing(visit, decision.case_id)  # again: since it was opened, somebody else could decide it
        if deeds.closed(item, visit.who) or reads_blind(visit, item) != opened.blind:
            raise decisions.DecisionRefused("Somebody decided this case while you had it open; look at it again.")
        now = replace(opened, otherwise=told_otherwise(visit.db, decision.case_id))  # likewise, a post could join
        if _unseen(now, opened.shown | dict(shown or {})):
            raise decisions.DecisionRefused(refusals.CHANGED)
        asked, others = _asks(opened, filled), deeds.takers(visit, item)
        if asked and not others:
            raise decisions.DecisionRefused(refusals.NO_READER)
        # what a lead decides after a dispute is final: drawing it again would send it round in circles
        # nor is one given again as it was, after a slip of spelling was put right: its draw was made
        drawable = others and item.state != "disputed" and not _given_again(visit, opened, filled)
        share = visit.settings.second_reader_share if drawable else 0.0
        made = decisions.decide(visit.db, decision, seen=seen, shown=shown, second_share=share, second=asked)
        # its digest, not the verdict: whoever reads the log may be the second reader
        audit.note(visit.db, visit.name, "decide", subject=decision.case_id, detail=audit.mark_of(visit.db, made))
        holds.release(visit.db, decision.case_id, person=visit.name)
        # a passage half written stays: it is no part of the verdict
        drafts.amend_draft(visit.db, visit.name, decision.case_id, {**Filled().as_draft(), "stood": []})
    return made


def _given_again(visit: Visit, opened: Open, filled: Filled) -> bool:
    """Whether the last verdict on a case is given once more for its reason and on its passages, and no second reader
    that it was drawn for is still to read it."""
    last = next((one for one in reversed(opened.history) if one.action == "decide" and not one.blind), None)
    given = (filled.verdict, filled.reason, set(filled.evidence))
    same = last is not None and (last.verdict, last.reason, {e.eid for e in last.evidence}) == given
    return same and not decisions.unread(visit.db, opened.item.case_id)


def given_already(visit: Visit, opened: Open, filled: Filled, seen: int) -> int:
    """The verdict given since a case was seen where the very same is sent again, as on a slow line; 0 for any other."""
    made = [] if opened.seen == seen else decisions.history(visit.db, opened.item.case_id)[-1:]
    if filled.verdict not in set(Verdict) or not made or (made[0].action, made[0].person) != ("decide", visit.name):
        return 0
    last, sent = made[0], decisions.as_kept(_verdict(visit, opened, filled))
    same = {e.eid for e in last.evidence} == set(sent.evidence) and all(
        getattr(last, name) == getattr(sent, name) for name in ("verdict", "reason", "note", "explanation", "wording")
    )
    asked = decisions.by_draw(visit.db, last.id) is False
    return last.id if same and asked == (filled.second == "1") else 0


def _asks(opened: Open, filled: Filled) -> bool:
    """Whether a blind reader is asked for where there can be one: none reads after another, or after a lead's word."""
    return filled.second == "1" and not (opened.blind or opened.item.state == "disputed")


def moved(visit: Visit, case_id: int) -> str:
    """What became of a case last, for whoever had it open meanwhile."""
    _, made = visit.say.gettext, decisions.history(visit.db, case_id)
    joined = next((move.at for move in moves.moves_of(visit.db, case_id) if move.to_case == case_id), "")
    (edited, left), decided = decisions.changed_at(visit.db, case_id), made[-1].at if made else ""
    if left >= max(edited, joined, decided):  # or nothing is known of it
        return _(refusals.CHANGED)
    if edited > max(joined, decided):
        return _("A post of this case was edited while you had it open; read it again before you decide.")
    if joined > decided:
        return _("Posts were moved into this case while you had it open; look at them before you decide.")
    if made[-1].action != "decide":
        return _("A verdict was taken back, or the case reopened, while you had it open; look at it again.")
    if made[-1].person == visit.name:
        return _("You decided this case yourself meanwhile; nothing was recorded a second time.")
    return _("Somebody decided this case while you had it open. Your note is kept below; look at it again.")


def problem_of(
    visit: Visit, opened: Open, filled: Filled, seen: int, shown: Mapping[str, str]
) -> refusals.Problem | None:
    """Why a verdict can't be recorded as it is, all that is to be put right on its form at once; None when it can."""
    if said := _why_not(visit, opened, filled, seen, shown):
        return refusals.Problem(said)
    unreasoned = filled.reason not in REASONS[Verdict(filled.verdict)]
    told = [visit.say.gettext(refusals.NO_REASON)] * unreasoned
    told += filter(None, [_unfounded(visit, opened, filled, shown)])
    long = _too_long(visit, _verdict(visit, opened, filled))
    told += long.values()
    at = "reason" if unreasoned else "top" if len(told) > len(long) else ""
    return refusals.Problem(" ".join(told), tuple(long), at=at) if told else None


def _why_not(visit: Visit, opened: Open, filled: Filled, seen: int, shown: Mapping[str, str]) -> str:
    """Why no verdict can be given on a case as it was read, or not the one chosen."""
    _ = visit.say.gettext
    if opened.closed == "held" and opened.hold:
        return _("{who} has this case in hand.").format(who=visit.called(opened.hold.person))
    if opened.seen != seen:
        return moved(visit, opened.item.case_id)
    if shown.get("", opened.shown[""]) != opened.shown[""] or _unseen(opened, shown):
        return _(refusals.CHANGED)
    if opened.closed:
        return _(refusals.CLOSED)
    if filled.verdict not in set(Verdict):
        return _("Choose a verdict.")
    if opened.item.lane == "testimony" and Verdict(filled.verdict) in NEEDS_EVIDENCE:
        return _(refusals.NO_TESTIMONY)
    return ""


def _unseen(opened: Open, shown: Mapping[str, str]) -> bool:
    """Whether posts tell otherwise than they did when a case was read, as of one that joined meanwhile."""
    return shown.get("otherwise", now := opened.shown["otherwise"]) != now


def _unfounded(visit: Visit, opened: Open, filled: Filled, shown: Mapping[str, str]) -> str:
    """Why a verdict can't rest on what it names, or go to whom it asks for."""
    _, named = visit.say.gettext, _named(visit, opened.item.case_id, filled)
    if not all(row and row.role for row in named):
        return _("One of the passages named isn't there any more.")
    if any(row and shown.get(row.eid, mark := pieces.mark_of(row)) != mark for row in named):
        return _("A passage you ticked was changed while you had the case open; read it again before you decide.")
    if Verdict(filled.verdict) in NEEDS_EVIDENCE and not _carrying(named):
        return _("This verdict needs at least one passage that isn't a party's own statement. Tick one, or add one.")
    if _asks(opened, filled) and not deeds.takers(visit, opened.item):
        return _(refusals.NO_READER)
    return ""


def _too_long(visit: Visit, decision: NewDecision) -> dict[str, str]:
    """Which of the public words are too long as they would be kept, and what to say of each."""
    kept, told = decisions.as_kept(decision), {}
    for field, most in (("wording", decisions.WORDED_AT_MOST), ("explanation", decisions.EXPLAINED_AT_MOST)):
        if len(getattr(kept, field)) > most:
            said = TOO_LONG if len(getattr(decision, field)) > most else LONGER_AS_KEPT
            named = visit.say.name(FIELDS, field)
            told[field] = visit.say.gettext(said).format(field=named, most=visit.say.number(most))
    return told


def _named(visit: Visit, case_id: int, filled: Filled) -> list[EvidenceRow | None]:
    """The passages named, each once; None for what isn't there."""
    return [pieces.piece(visit.db, eid, case_id=case_id) for eid in dict.fromkeys(filled.evidence)]


def _carrying(named: list[EvidenceRow | None]) -> set[str]:
    """What can carry a verdict: passages that aren't a party's, the same words once; earlier checks by themselves."""
    carry = [row for row in named if row and row.role not in ("", "party")]
    return {row.eid if row.checked else " ".join(composed(row.text).split()) for row in carry}


def _told_otherwise(opened: Open, filled: Filled) -> bool:
    """Whether the explanation filled in from an earlier verdict goes out unchanged with another one."""
    said = " ".join(filled.explanation.split())
    before = opened.stood + opened.at_odds
    told = {one.verdict for one in before if said and " ".join(one.explanation.split()) == said}
    return bool(told) and filled.verdict not in told


def _may_name(visit: Visit, opened: Open, filled: Filled) -> bool:
    """Whether the claim of what was brought in goes out in its own words, and begins with what may be a name."""
    own = not (opened.blind or opened.practice or filled.wording.strip())
    return own and speakers.may_name(opened.item.claim) and tips.only_brought(visit.db, opened.item.case_id)


def _gave_before(visit: Visit, opened: Open) -> bool:
    """Whether somebody gave a verdict that stood till a case was reopened, or one beside it: whom a lead overruled
    shouldn't put their own back unasked."""
    since, until = [0, 0, *(one.id for one in opened.history if one.action == "reopen")][-2:]
    made = [one for one in opened.history if since < one.id < until and one.action == "decide"]
    told = [*(one for one in made if not one.undone), *opened.stood]  # none of those between may have stood
    return opened.item.state == "reopened" and any(one.person == visit.name for one in told)


def doubts_of(visit: Visit, opened: Open, filled: Filled, *, warned: bool = False) -> list[str]:
    """Why a verdict is asked for once more: by whoever gave one before the case was reopened, or is a party to the
    dispute; one that tells its readers why another was given, may name a private person, rests on an account's post,
    names evidence that disagrees without two passages, or says that there is none where some speaks; one that needs
    evidence also where posts tell it otherwise, of what the machine reads as no claim, by a reason that names what none
    of the passages is, against what those say, or another beside the case, or true by one alone that says the same, of
    a breach by law alone, on what may be a party's denial, or on a single one that isn't a party's; whoever was
    `warned` of that isn't asked where it is a record that says so."""
    again = [refusals.OWN_AGAIN] * _gave_before(visit, opened)
    again += [refusals.OWN_DISPUTE] * any(one.person == visit.name for one in opened.at_odds)
    again += [refusals.TOLD_OTHERWISE] * _told_otherwise(opened, filled)
    again += [refusals.MAY_NAME] * _may_name(visit, opened, filled)
    again += [refusals.OF_ACCOUNT] * any(map(_on_account, _named(visit, opened.item.case_id, filled)))
    again += [refusals.NO_CONFLICT] * (filled.reason == "conflicting_evidence" and len(set(filled.evidence)) < 2)
    again += [refusals.EVIDENCE_SPEAKS] * (filled.reason == "no_evidence_yet" and _spoken_of(opened))
    if Verdict(filled.verdict) not in NEEDS_EVIDENCE:
        return again
    case_id, reason = opened.item.case_id, filled.reason
    named = _named(visit, case_id, filled)
    roles = {row.role for row in named if row and not is_verdict(row.eid)}  # that is no other source
    told = [row.relation for row in opened.evidence if row.eid in filled.evidence and row.relation != "related"]
    say = set(told)
    doubts = {
        refusals.OTHERWISE: bool(opened.otherwise) and not (opened.blind or opened.practice),
        refusals.NO_CLAIM: bool(cases.no_claims(visit.db, [case_id], by_hand=False)),
        refusals.NO_RECORD: reason.endswith("_by_record") and "primary" not in roles,
        refusals.NO_INDEPENDENT: reason.endswith("_by_independent") and "independent" not in roles,
        refusals.NO_CHECK: reason == "repeats_refuted" and not any(row and row.checked for row in named),
        refusals.SAYS_OTHERWISE: filled.verdict == Verdict.TRUE and say == {"contradicts"},
        refusals.SAYS_THE_SAME: filled.verdict == Verdict.FALSE and say == {"supports"},
        refusals.ANOTHER_SAYS: bool(left_out_against(opened, filled)),
        refusals.SAME_BY_ONE: filled.verdict == Verdict.TRUE and told == ["supports"],
        refusals.LAW_ALONE: _law_alone(opened, filled, named),
        refusals.OF_A_PARTY: any(row and _may_be_denial(row) for row in named),
        refusals.ONE_ONLY: len(_carrying(named)) == 1 and not (warned and _of_record(opened, filled)),
    }
    return again + [doubt for doubt, asked in doubts.items() if asked]


def _spoken_of(opened: Open) -> bool:
    """Whether a passage beside a case that isn't a party's is shown to say the same or otherwise."""
    return any(e.role not in ("", "party") and e.relation != "related" for e in as_shown(opened.evidence))


def left_out_against(opened: Open, filled: Filled) -> list[str]:
    """The passages beside a case that aren't ticked, nor a party's, and are shown to say the opposite of a verdict."""
    opposite = {str(Verdict.FALSE): "supports", str(Verdict.TRUE): "contradicts"}.get(filled.verdict)
    rest = (e for e in as_shown(opened.evidence) if e.eid not in filled.evidence)
    return [e.eid for e in rest if e.role not in ("", "party") and e.relation == opposite]


def _of_record(opened: Open, filled: Filled) -> bool:
    """Whether each passage ticked that can carry a verdict is a record that nobody wrote down here, and is shown to say
    what the verdict says."""
    says = "supports" if filled.verdict == Verdict.TRUE else "contradicts"
    carry = [e for e in as_shown(opened.evidence) if e.eid in filled.evidence and e.role not in ("", "party")]
    of_record = [e for e in carry if e.role == "primary" and not e.eid.startswith("desk:") and e.relation == says]
    return bool(carry) and of_record == carry


def _law_alone(opened: Open, filled: Filled, named: list[EvidenceRow | None]) -> bool:
    """Whether it is called false that somebody did a thing, and all that can carry it tells what is lawful."""
    carry = [row for row in named if row and row.role not in ("", "party")]
    law = bool(carry) and all(not row.checked and untold_kind(row.role, row.source) == "law" for row in carry)
    if not law or filled.verdict != Verdict.FALSE:
        return False
    from classifier.factuality import practice  # loads numpy, which the desk goes without

    return practice.reports(opened.item.claim)


def _on_account(row: EvidenceRow | None) -> bool:
    """Whether a passage that people wrote down stands on an account, which its address names to whoever is answered."""
    return row is not None and row.eid.startswith("desk:") and written(row.url) != row.url


def _may_be_denial(row: EvidenceRow) -> bool:
    """Whether a passage that people wrote down in no party's role may be whose matter it is calling it untrue."""
    if row.role == "party" or not row.eid.startswith("desk:") or untold_kind("primary", row.source) == "law":
        return False
    from classifier.factuality import denials  # loads numpy, which the desk goes without

    return denials.calls_untrue(row.reading)


def take_back(visit: Visit, decision_id: int) -> int:
    """Undo one's own decision, which is filled in again to be put right, or as a lead anybody's; returns the case."""
    found = decisions.decision(visit.db, decision_id)
    if found is None or found.action != "decide":
        raise HTTPException(404, refusals.NO_VERDICT)
    if found.person != visit.name and not visit.may("lead"):
        raise NotAllowed
    case_id = found.case_id
    with write(visit.db):
        if cases.wordless(visit.db, case_id):
            raise refusals.Refused(refusals.ERASED)
        try:
            decisions.undo(visit.db, decision_id, person=visit.name)
        except decisions.DecisionRefused:
            raise refusals.Refused(refusals.TAKEN_BACK if found.undone else refusals.REPLACED) from None
        audit.note(visit.db, visit.name, "undo", subject=case_id, detail=f"#{decision_id}")
        if found.person == visit.name:
            kept = Filled.of_draft(drafts.draft(visit.db, visit.name, case_id))
            drafts.amend_draft(visit.db, visit.name, case_id, _given(visit, found, kept).as_draft())
    return case_id


def _given(visit: Visit, found: CaseEvent, kept: Filled) -> Filled:
    """The same with the reader that was asked for."""
    again = _filled_again(found, kept)
    return replace(again, second="1") if decisions.by_draw(visit.db, found.id) is False else again


def _filled_again(found: CaseEvent, kept: Filled) -> Filled:
    """What a verdict held, and what was filled in beside it since: in a second window."""
    verdict, reason, note = found.verdict, found.reason, found.note
    if kept.verdict:
        verdict, reason = kept.verdict, kept.reason
    if kept.note not in note:
        note = kept.note if note in kept.note else f"{note}\n\n{kept.note}"
    eids = kept.evidence or tuple(e.eid for e in found.evidence)
    told = kept.explanation or found.explanation, kept.wording or found.wording
    return Filled(verdict, reason, eids, note, *told, kept.second)
