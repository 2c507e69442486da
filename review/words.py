"""What the desk says, in the reader's language; numbers always come with words."""

import gettext
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from pipeline.records import BROUGHT, VIET_NAM, EvidenceRow, PassageRow, QueueItem, ScoreRow, here, is_verdict, stamp
from review.names import (
    ALERTS,
    DESK_ROLES,
    FLAGS,
    GONE,
    KEYS,
    NONE_NEAR,
    OF_CASES,
    OUTCOMES,
    REOPENINGS,
    ROLES,
    SLOTS,
    VERDICTS,
    WAYS,
)

LANGUAGES = ("vi", "en")


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> gettext.GNUTranslations:
    """The translations of a language, read from its .po file: nothing to build, so every kind of install has them."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (Path(__file__).parent / "translations" / f"{language}.po").open("rb") as lines:
        write_mo(compiled, read_po(lines))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@dataclass(frozen=True, slots=True)
class Words:
    """Everything the desk says in one language."""

    language: str
    gettext: Callable[[str], str] = field(repr=False)
    ngettext: Callable[[str, str, int], str] = field(repr=False)
    pgettext: Callable[[str, str], str] = field(repr=False)

    def name(self, names: Mapping[str, str], word: str) -> str:
        """A word of a closed vocabulary, or the word itself where it is unknown."""
        return self.gettext(names[word]) if word in names else word

    def key(self, verdict: str) -> str:
        """The letter that chooses a verdict, a letter of its name in this language."""
        return self.pgettext("key", KEYS[verdict])

    def number(self, n: int) -> str:
        """1234567 as people write it here."""
        return f"{n:,}".replace(",", "." if self.language == "vi" else ",")

    def posts(self, posts: int, sources: int) -> str:
        """How far a claim has spread; what people brought in stands in no source."""
        _, many = self.gettext, self.ngettext
        told = many("{n} post", "{n} posts", posts).format(n=self.number(posts))
        if not sources:
            return f"{told}, {_('brought in by hand')}" if posts else told
        return _("{posts} in {sources}").format(
            posts=told, sources=many("{n} source", "{n} sources", sources).format(n=self.number(sources))
        )

    def ago(self, at: str, *, now: datetime | None = None) -> str:
        """How long ago a moment was."""
        return self._length(self._since(at, now), self.gettext("{time} ago"), self.gettext("just now"))

    def waited(self, at: str, *, now: datetime | None = None) -> str:
        """How long something has waited."""
        return self._length(
            self._since(at, now), self.gettext("waiting {time}"), self.gettext("waiting less than a minute")
        )

    def lasted(self, at: str) -> str:
        """The time since a moment."""
        return self.minutes(self._since(at, None))

    def _since(self, at: str, now: datetime | None) -> float:
        return ((now or datetime.now(UTC)) - datetime.fromisoformat(at)).total_seconds() if at else 0

    def _length(self, seconds: float, frame: str, short: str) -> str:
        many = self.ngettext
        minutes = int(seconds // 60)
        if minutes < 1:
            return short
        if minutes < 60:
            time = many("{n} minute", "{n} minutes", minutes).format(n=minutes)
        elif minutes < 48 * 60:
            time = many("{n} hour", "{n} hours", minutes // 60).format(n=minutes // 60)
        else:
            time = many("{n} day", "{n} days", minutes // 1440).format(n=minutes // 1440)
        return frame.format(time=time)

    def day(self, at: str) -> str:
        """A date as people write it: 5/3/2026, or 5 March 2026; what isn't a date stays as it is."""
        try:
            when = here(at)
        except ValueError:
            return at
        if self.language == "vi":
            return f"{when.day}/{when.month}/{when.year}"
        return f"{when.day} {when:%B} {when.year}"

    def origin(self, evidence: EvidenceRow | PassageRow) -> str:
        """What a passage is from, empty where nobody said; an earlier verdict is of no source."""
        own = is_verdict(evidence.eid)
        return evidence.source or (self.gettext("Earlier verdict of this desk") if own else "")

    def dated(self, evidence: EvidenceRow | PassageRow) -> str:
        """The day of a passage, said to be that from which it holds where it is, the last day on which it does, and of
        a fact that ships the day up to which it is known to."""
        day, end, known = (self.day(at) for at in (evidence.date, evidence.valid_to, evidence.as_of))
        if evidence.date and evidence.date == evidence.valid_from:
            day = self.gettext("since {day}").format(day=day)
        elif evidence.date == evidence.as_of:  # it has no other
            day = ""
        until = self.gettext("holds until {day}").format(day=end) if end else ""
        so_far = self.gettext("as known up to {day}").format(day=known) if known else ""
        return ", ".join(filter(None, (day, until, so_far)))

    def month(self, at: str) -> str:
        """2026-11 as people write it: 11/2026, or November 2026."""
        try:
            when = datetime.fromisoformat(f"{at}-01")
        except ValueError:
            return at
        return f"{when.month}/{when.year}" if self.language == "vi" else f"{when:%B} {when.year}"

    def decimal(self, value: float, places: int = 1) -> str:
        """0.5, or 0,5 in Vietnamese."""
        said = f"{value:.{places}f}"
        return said.replace(".", ",") if self.language == "vi" else said

    def measured(self, value: float | None, span: tuple[float, float] | None) -> str:
        """A figure with its interval, as far as they can be told: 0.62 (0.44 – 0.79), 0.62 or –."""
        if value is None:
            return "–"
        said = self.decimal(value, 2)
        return f"{said} ({self.decimal(span[0], 2)} – {self.decimal(span[1], 2)})" if span else said

    def minutes(self, seconds: float) -> str:
        """A stretch of time in the largest unit that fits."""
        return self._length(seconds, "{time}", self.gettext("less than a minute"))

    def left(self, until: str, *, now: datetime | None = None) -> str:
        """How long until a moment, at least a minute."""
        seconds = max(60.0, -self._since(until, now) + 30)
        return self._length(seconds, "{time}", "{time}")

    def moment(self, at: str) -> str:
        """A date with its time."""
        try:
            return f"{here(at):%H:%M} {self.day(at)}" if "T" in at else self.day(at)
        except ValueError:
            return at

    def likely(self, item: QueueItem, *, no_claim: bool = False) -> str:
        """The model's number in words; said only where evidence speaks."""
        _ = self.gettext
        if item.lane == "testimony":
            return _("Can't be verified from outside")
        if no_claim:
            return _("The machine reads no claim in this")
        if "REPEATS_REFUTED" in item.reasons:
            return _("Said before, and found false")
        if "CONTRADICTS_EVIDENCE" in item.reasons:
            return self.chance(item.p_refuted)
        if "UNSUPPORTED_SPREADING" in item.reasons:
            return _("No evidence found yet")
        if "BY_HAND" in item.reasons or not item.reasons:
            return _("To be checked")
        return _("Drawn at random")

    def chance(self, p: float) -> str:
        """How likely a claim that evidence contradicts is to be false, in words with wide steps: the number isn't finer
        than that, and starts from how few claims are false at all."""
        _ = self.gettext
        if p >= 0.8:
            return _("Very likely false")
        return _("Likely false") if p >= 0.5 else _("May be false")

    def why(self, item: QueueItem) -> str:
        """Why a case stands where it stands: reasons in the order that counts, but for what likely() says already."""
        _, where = self.gettext, self.name(FLAGS, "CONTRADICTS_EVIDENCE")
        if item.slot == "negation":
            where = _("Evidence says the opposite")
        elif item.slot not in ("", "other"):
            where = _("Evidence says otherwise about {slot}").format(slot=self.name(SLOTS, item.slot))
        named = [reason for reason in item.reasons if reason != "REPEATS_REFUTED"]
        return " · ".join(where if reason == "CONTRADICTS_EVIDENCE" else self.name(FLAGS, reason) for reason in named)

    def note(self, person: str, text: str, sources: Mapping[str, str]) -> str:
        """A note as it was written; what the desk itself wrote is said in the reader's language, a passage by its
        source alone."""
        code, _, eid = text.partition(": ")
        code = code.replace(" ", "_")  # as earlier versions wrote it
        if person != "soi" or code not in REOPENINGS:
            return text
        source = sources.get(eid, "")
        return self.name(REOPENINGS, code) + (f": {source}" if source else "")

    def wrong(self, key: str) -> str:
        """What an alert is about, by its key; the key itself where it is unknown."""
        stem = next((stem for stem in ALERTS if key == stem or key.startswith(f"{stem}.")), "")
        return self.gettext(ALERTS[stem]).format(what=key[len(stem) + 1 :]) if stem else key

    def problem(self, text: str) -> str:
        """Why a source couldn't be read: the outcome as a word of the reader's language, its detail as it came."""
        word, _, detail = text.partition(" ")
        return f"{self.name(OUTCOMES, word)} {detail}".strip()

    def logged(self, action: str, subject: str, detail: str) -> str:
        """What a line of the log says beyond the action: of whom or which case, and how."""
        if action in OF_CASES and subject:
            subject = self.gettext("Case %(id)s") % {"id": subject}
        if action in ("split", "merge", "undo move"):
            detail = detail.replace("into ", "→ ")
        if action in ("user added", "user role"):
            detail = self.name(DESK_ROLES, detail)
        if action == "sign-in":
            detail = self.name(WAYS, detail)
        if action == "reopen":
            detail = ""
        # its number without its digest; a case's begins with "#", too
        if action in ("decide", "undo", "words erased") and detail:
            detail = self.gettext("(verdict no. %(id)s)") % {"id": detail.partition(" ")[0].removeprefix("#")}
        if action == "evidence_remove" and detail:
            detail = f"({self.gettext('Case %(id)s') % {'id': detail.removeprefix('#')}})"
        if action in ("bring in", "take out unread") and subject:
            subject = self.gettext("Post no. %(id)s") % {"id": subject}
        if action == "erase_files":
            detail = ", ".join(one["file"] for one in json.loads(detail))
        return f"{subject} {detail}".strip()

    def source(self, name: str) -> str:
        """The name of a post's source; of none, that people brought it in."""
        return self.gettext("brought in by hand") if name == BROUGHT else name

    def voices(self, evidence: tuple[EvidenceRow, ...], put: Collection[str] = ()) -> str:
        """How many sources say otherwise or the same; where none does, how many passages people `put` there."""
        beside = sum(e.eid in put and e.role != "" for e in evidence)
        many, evidence = self.ngettext, _on_the_matter(evidence)
        told = _speaking(evidence)
        speaking = [e for e in told if e.role != "party"]
        against = len({_work(e) for e in speaking if e.relation == "contradicts"})
        agree = len({_work(e) for e in speaking if e.relation == "supports"})
        parts = []
        if against:
            parts.append(many("{n} source says otherwise", "{n} sources say otherwise", against).format(n=against))
        if agree:
            parts.append(many("{n} source says the same", "{n} sources say the same", agree).format(n=agree))
        if any(e.role == "party" and e.relation == "contradicts" for e in told):
            parts.append(self.gettext("a party denies it"))
        if beside and not parts:
            return many("{n} passage put beside it by hand", "{n} passages put beside it by hand", beside).format(
                n=beside
            )
        return ", ".join(parts) or self.gettext("no source confirms or refutes it yet")

    def role(self, evidence: EvidenceRow) -> str:
        """Whose word a passage is; an earlier verdict of this desk is neither a party's nor an independent source's."""
        return "" if is_verdict(evidence.eid) else self.name(ROLES, evidence.role)

    def found(self, evidence: EvidenceRow | PassageRow) -> str:
        """How a claim that was checked before came out, and of a fact that ships whose words it is told in; empty for
        any other passage, which speaks for itself."""
        if evidence.summary and evidence.text not in GONE:
            return self.gettext("Summed up by Soi, not in the words of the source:")
        kind = evidence.eid.partition(":")[0]
        if kind not in ("factcheck", "decision"):
            return ""
        rating = self.name(VERDICTS, evidence.title) if kind == "decision" else evidence.title
        _ = self.gettext
        if kind == "factcheck" and rating and not evidence.role:
            return _("Checked before, and found “{rating}”, but withdrawn since:").format(rating=rating)
        if rating and not evidence.role:
            return _("Checked before, and found “{rating}”, but that was taken back or replaced since:").format(
                rating=rating
            )
        return _("Checked before, and found “{rating}”:").format(rating=rating) if rating else _("Checked before:")

    def unknown(
        self, score: ScoreRow | None, evidence: tuple[EvidenceRow, ...], *, beside: str | None = None
    ) -> list[str]:
        """What the model doesn't know, from what it had to read; `beside`: what it read in place of a case's claim."""
        _ = self.gettext
        if score is None and beside:
            other = _("The model read another sentence of this post: “{claim}”").format(claim=beside)
            return [other, *self._weak(evidence)]
        if score is None and beside is not None:
            return [_("The model picked no sentence of this post to lay evidence beside."), *self._weak(evidence)]
        if score is None:
            return [_("No model has read this case.")]
        found = []
        told = _on_the_matter(evidence)
        if not evidence:
            found.append(_(NONE_NEAR))
        elif not _speaking(told):
            found.append(_("The model can't tell whether any of these passages settles the claim; read them yourself."))
        last = _("The model compares words. It doesn't know who wrote this, or what the evidence store lacks.")
        return [*found, *self._weak(told), last]

    def unsettled(self, named: tuple[EvidenceRow, ...], *, near: bool) -> list[str]:
        """What a verdict leaves open, from the passages it names; `near`: whether any stands beside its claim."""
        _ = self.gettext
        found = []
        if not near:
            found.append(_(NONE_NEAR))
        elif not named:
            found.append(_("This verdict rests on no passage."))
        elif not _speaking(named):
            found.append(_("The passages found touch on the matter, and none settles it."))
        return found + self._weak(named)

    def _weak(self, evidence: tuple[EvidenceRow, ...]) -> list[str]:
        """Where passages that speak to a claim are weak."""
        _, speaking = self.gettext, _speaking(evidence)
        found = []
        if speaking and all(e.role == "party" for e in speaking):
            found.append(_("Only a party to the matter has spoken; that alone settles nothing."))
        if {"contradicts", "supports"} <= {e.relation for e in speaking}:
            found.append(_("The passages disagree with one another."))
        if len({_work(e) for e in speaking if e.role != "party"}) == 1:
            found.append(_("Parties aside, all that speaks to the claim comes from one source."))
        if any(not e.date for e in speaking):
            found.append(_("Some of the evidence has no date; things may have changed since."))
        return found


def _speaking(evidence: tuple[EvidenceRow, ...]) -> list[EvidenceRow]:
    """The passages that say something of a claim's truth: not what is gone, nor a verdict that carries none."""
    return [e for e in evidence if e.role and not own_word(e) and e.relation in ("contradicts", "supports")]


def own_word(evidence: EvidenceRow) -> bool:
    """Whether a piece of evidence is a verdict of this desk that carries no other: no party to the matter speaks."""
    return evidence.role == "party" and is_verdict(evidence.eid)


def _on_the_matter(evidence: tuple[EvidenceRow, ...]) -> tuple[EvidenceRow, ...]:
    """The passages without those that speak of something else than the claim (`other` words differ); the first of the
    score's counts all the same: the claim was read with it, and what people put beside it has no p."""
    first = next((e for e in evidence if e.p and not e.checked), None)
    return tuple(e for e in evidence if e is first or not any(slot.get("kind") == "other" for slot in e.slots))


def as_shown(evidence: tuple[EvidenceRow, ...]) -> tuple[EvidenceRow, ...]:
    """The passages as a case shows them: what speaks of something else than the claim says nothing otherwise."""
    told = _on_the_matter(evidence)
    return tuple(e if e in told else replace(e, relation="related", slots=()) for e in evidence)


def _work(evidence: EvidenceRow) -> str:
    """Whose voice a passage is: two articles of one law are one."""
    return re.split(", (?i:điều|chương) ", evidence.source, maxsplit=1)[0] or evidence.eid


def midnight(now: datetime | None = None) -> str:
    """When today began in Viet Nam, as the tables write it."""
    began = (now or datetime.now(UTC)).astimezone(VIET_NAM).replace(hour=0, minute=0, second=0, microsecond=0)
    return stamp(began)


@lru_cache(maxsize=len(LANGUAGES))
def words(language: str) -> Words:
    """The desk's words in a language, Vietnamese where it has no others."""
    language = language if language in LANGUAGES else LANGUAGES[0]
    if language == "en":  # the code's own language: nothing to look up
        plain = gettext.NullTranslations()
        return Words(language, plain.gettext, plain.ngettext, plain.pgettext)
    found = catalogue(language)
    return Words(language, found.gettext, found.ngettext, found.pgettext)
