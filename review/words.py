"""The desk's words for the store's words, in the reader's language; numbers always come with words."""

import gettext
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from pipeline.records import BROUGHT, VIET_NAM, EvidenceRow, PassageRow, QueueItem, ScoreRow, here, stamp
from pipeline.store import pieces

LANGUAGES = ("vi", "en")


def N_(text: str) -> str:  # noqa: N802  # gettext's own name for "translated later"
    """Mark a text for translation where it is written."""
    return text


VERDICTS = {
    "false": N_("False"), "misleading": N_("Misleading"), "true": N_("True"), "unverifiable": N_("Can't be verified"),
    "opinion": N_("Opinion"), "testimony": N_("Testimony"), "not_rights": N_("Not about rights"),
}  # fmt: skip
# one letter each, none of which is a key for something else (see templates/keys.html); translated as "key" context
KEYS = {
    "false": N_("f"), "misleading": N_("m"), "true": N_("t"), "unverifiable": N_("u"), "opinion": N_("o"),
    "testimony": N_("p"), "not_rights": N_("n"),
}  # fmt: skip
REASONS = {
    "contradicted_by_record": N_("A record says otherwise"), "fabricated": N_("Made up"),
    "repeats_refuted": N_("Repeats a claim found false before"), "impostor": N_("Pretends to come from somebody else"),
    "missing_context": N_("Leaves out what matters"), "outdated": N_("Was so once, isn't now"),
    "wrong_number": N_("The number is wrong"), "wrong_attribution": N_("Somebody else said or did it"),
    "exaggerated": N_("Exaggerated"), "confirmed_by_record": N_("A record confirms it"),
    "confirmed_by_independent": N_("An independent source confirms it"), "no_evidence_yet": N_("No evidence so far"),
    "conflicting_evidence": N_("The evidence disagrees"), "not_public": N_("What would settle it isn't public"),
    "view": N_("A view or judgement"), "satire": N_("Satire"), "prediction": N_("A prediction"),
    "call": N_("A call for something"), "own_experience": N_("What the writer lived through"),
    "family_experience": N_("What somebody close lived through"), "other_topic": N_("About something else"),
    "not_a_claim": N_("Claims nothing"), "not_vietnamese": N_("Not in Vietnamese"),
}  # fmt: skip
FLAGS = {
    "REPEATS_REFUTED": N_("Repeats a claim found false"), "CONTRADICTS_EVIDENCE": N_("Evidence says otherwise"),
    "UNSUPPORTED_SPREADING": N_("Spreading without evidence"), "AUDIT": N_("Random sample"),
    "BY_HAND": N_("Opened by hand"),
}  # fmt: skip
RIGHTS = {
    "CCPR": N_("Civil and political rights"), "CESCR": N_("Economic, social and cultural rights"),
    "CEDAW": N_("Women's rights"), "CERD": N_("Racial discrimination"), "CRC": N_("Children's rights"),
    "CRPD": N_("Rights of persons with disabilities"), "CAT": N_("Torture"),
    "OTHER_RIGHTS": N_("Human rights in general"),
}  # fmt: skip
ROLES = {
    "primary": N_("Primary record"),
    "independent": N_("Independent source"),
    "party": N_("A party's own statement"),
}
STATES = {
    "new": N_("New"), "reopened": N_("Reopened"), "reading": N_("In somebody's hands"),
    "second": N_("Needs a second reader"),
    "disputed": N_("Readers disagree"), "decided": N_("Decided"),
}  # fmt: skip
LANES = {"claims": N_("Claims"), "testimony": N_("Testimony"), "audit": N_("Random sample")}
KINDS = {
    "feed": N_("News site"), "sitemap": N_("News archive"), "listing": N_("Page list"), "forum": N_("Forum"),
    "telegram": N_("Telegram"), "mastodon": N_("Mastodon"), "bluesky": N_("Bluesky"), "other": N_("Other source"),
}  # fmt: skip
HEALTH = {
    "new": N_("not looked at yet"), "ok": N_("well"), "slow": N_("slow"), "failing": N_("can't be read"),
    "blocked": N_("keeps us out"), "gone": N_("no longer there"), "paused": N_("asked us to wait"),
}  # fmt: skip
AGES = {"day": N_("Last 24 hours"), "week": N_("Last 7 days"), "month": N_("Last 30 days")}
SPREADS = {
    "one": N_("One source at most"),
    "few": N_("2 or 3 sources"),
    "several": N_("4 to 9 sources"),
    "many": N_("10 sources or more"),
}
SLOTS = {
    "number": N_("the number"), "date": N_("the date"), "place": N_("the place"), "actor": N_("who it is about"),
    "negation": N_("yes or no"), "article": N_("the article of law"), "quantifier": N_("how many of them"),
    "modality": N_("must or may"), "direction": N_("up or down"), "other": N_("another detail"),
}  # fmt: skip
RELATIONS = {
    "supports": N_("Says the same"), "contradicts": N_("Says otherwise"), "related": N_("Possibly related"),
}  # fmt: skip
DESK_ROLES = {
    "moderator": N_("Moderator"), "lead": N_("Lead"), "operator": N_("Operator"), "researcher": N_("Researcher"),
    "admin": N_("Administrator"),
}  # fmt: skip
# why the desk itself reopened a case
REOPENINGS = {
    "evidence_changed": N_("A passage that the verdict rests on was changed or withdrawn"),
    "evidence_withdrawn": N_("A fact-check that the verdict rests on was withdrawn"),
    "evidence_taken_back": N_("An earlier verdict that this one rests on was taken back"),
}
DONE = {  # what the log says of people
    "user added": N_("added somebody"), "user role": N_("gave somebody another role"),
    "user off": N_("blocked somebody’s account"), "user on": N_("opened somebody’s account again"),
    "login link made": N_("made a login link"), "login link ended": N_("took a login link back"),
    "password set": N_("set a password"), "sign-in": N_("signed in"),
    "sign-in refused": N_("was refused: wrong password"), "sign-out": N_("signed out"), "erase": N_("erased a post"),
    "erase_files": N_("took an erased post out of files"), "evidence_remove": N_("removed a passage"),
    "decide": N_("decided"), "undo": N_("took it back"), "reopen": N_("reopened the case"),
    "evidence added": N_("added evidence"), "evidence unlinked": N_("took evidence from a case"),
    "golden": N_("made a case golden"),
    "not golden": N_("made a case ordinary again"), "hand over": N_("handed a case over"),
    "note": N_("wrote a note on a case"), "open case": N_("opened a case"),
    "bring in": N_("brought a claim in"), "take out": N_("took out what was brought in"),
    "take out unread": N_("took out what was brought in"),
    "put aside": N_("put a case aside"), "release": N_("gave a case back"),
    "free": N_("freed a case that somebody had in hand"), "split": N_("split a case"),
    "undo hand over": N_("took a hand-over back"),
    "merge": N_("merged two cases"), "undo move": N_("took a split or merge back"), "token made": N_("made a token"),
    "token revoked": N_("ended a token"), "lock": N_("locked the desk"), "unlock": N_("opened the desk again"),
}  # fmt: skip
OF_CASES = frozenset({  # what the log says of cases by their number
    "decide", "undo", "reopen", "evidence added", "evidence unlinked", "golden", "not golden", "hand over", "put aside",
    "release", "free", "split", "merge", "undo move", "undo hand over", "note", "open case", "take out",
})  # fmt: skip
WAYS = {"password": N_("by password"), "link": N_("by a login link"), "new password": N_("with the new password")}
ALERTS = {  # what is wrong, by the first words of an alert's key; the second is its source, channel or job
    "backlog.scores": N_("Posts wait too long to be scored"), "backlog.cases": N_("Cases wait too long for a verdict"),
    "disk": N_("The disk is nearly full"), "model.live": N_("Another model than the promoted one scores"),
    "model.drift": N_("Scores fall otherwise than they used to"), "backup": N_("The last backup is old"),
    "job": N_("A job keeps failing: {what}"), "alerts": N_("Messages can't be delivered by {what}"),
    "network": N_("Most sources can't be reached"), "sources.overdue": N_("Sources aren't being looked at"),
    "source.failing": N_("A source can't be read: {what}"), "source.blocked": N_("A source keeps us out: {what}"),
    "source.gone": N_("A source is no longer there: {what}"), "source.paused": N_("A source asked us to wait: {what}"),
    "source.silent": N_("A source has fallen silent: {what}"),
    "source.many": N_("A source brings far more than usual: {what}"),
    "source.few": N_("A source brings far less than usual: {what}"),
    "source.closed": N_("No page of a source can be read: {what}"),
    "source.unreadable": N_("Pages of a source give no text: {what}"),
    "source.bare": N_("A source's list has no entry any more: {what}"),
    "source.unlisted": N_("None of a source's sitemaps can be read: {what}"),
}  # fmt: skip
READ_AS = {  # the kinds that a text can be read as
    "claim": N_("a claim"), "opinion": N_("an opinion"), "testimony": N_("testimony"), "question": N_("a question"),
    "other": N_("something else"),
}  # fmt: skip
ENDED = {
    "running": N_("at work"), "done": N_("done"), "failed": N_("failed"), "stopped": N_("stopped"),
}  # fmt: skip
STEPS = {
    "crawl": N_("Crawl"), "score": N_("Score"), "rescore": N_("Score again"), "recheck": N_("Lay beside new evidence"),
    "backup": N_("Back up"), "prune": N_("Let old texts go"), "tidy": N_("Tidy the file"),
}  # fmt: skip
OUTCOMES = {
    "listed": N_("lists read"), "new": N_("new"), "edited": N_("edited"), "known": N_("known already"),
    "unchanged": N_("unchanged"), "gone": N_("gone"), "not_vietnamese": N_("not in Vietnamese"), "empty": N_("empty"),
    "not_a_feed": N_("not a feed"), "broken": N_("unreadable"), "too_large": N_("too large"),
    "too_slow": N_("too slow"),
    "robots": N_("kept away by robots.txt"), "private_address": N_("at a private address"), "bad_link": N_("bad link"),
    "redirect_loop": N_("sent round in circles"), "blocked": N_("blocked"), "throttled": N_("asked to come later"),
    "server_error": N_("server error"), "network_error": N_("network error"), "dns_error": N_("name not found"),
    "bad_certificate": N_("certificate not to be trusted"),
    "unreadable": N_("not storable"), "failed": N_("failed through us"), "flagged": N_("evidence says otherwise"),
    "spreading": N_("spreading without evidence"), "audited": N_("drawn for the sample"),
    "joined": N_("joined a case"), "to_check": N_("worth a check"), "testimony": N_("testimony"),
    "protected": N_("opinion or question (left alone)"), "not_rights": N_("not about rights"),
}  # fmt: skip
GONE = {pieces.ERASED: N_("Erased on request"), pieces.TAKEN_BACK: N_("This passage was withdrawn.")}  # its words
NONE_NEAR = N_("No passage in the evidence store is close to this claim; that says nothing of its truth.")


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
        own = evidence.eid.startswith("decision:")
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
        if action in ("decide", "undo") and detail:  # its number without its digest; a case's begins with "#", too
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
        """Whose word a passage is; of an earlier verdict that carries no other it is no party's."""
        return "" if own_word(evidence) else self.name(ROLES, evidence.role)

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
    return evidence.role == "party" and evidence.eid.startswith("decision:")


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
