"""The rows that cross the store's door, as plain frozen records."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal

from crawlers import moments

stamp, VIET_NAM = moments.stamp, moments.VIET_NAM  # every table writes moments as the crawlers do


def now() -> str:
    """The present moment as every table writes it."""
    return stamp(datetime.now(UTC))


def after(moment: str, **span: float) -> str:
    """The moment some `hours`, `minutes` and the like after one, as the tables write it; before it where negative."""
    return stamp(datetime.fromisoformat(moment) + timedelta(**span))


def later(*, days: float = 0, hours: float = 0, minutes: float = 0) -> str:
    """A moment from now as the tables write it; from before now where it is negative."""
    return after(now(), days=days, hours=hours, minutes=minutes)


def zoned(moment: datetime) -> datetime:
    """A moment with its zone; of UTC where none is told."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


EPOCH_MS = 10**12  # milliseconds since 1970 in 2001: a smaller number may count seconds


def of_milliseconds(value: int) -> datetime:
    """The moment so many milliseconds after the beginning of 1970, as pandas writes one into JSON."""
    return datetime.fromtimestamp(value // 1000, UTC) + timedelta(milliseconds=value % 1000)


def here(at: str) -> datetime:
    """A moment by the clock of Viet Nam; a bare date as it is."""
    when = datetime.fromisoformat(at)
    return when.astimezone(VIET_NAM) if when.tzinfo else when


def counted(n: int, noun: str) -> str:
    """1 case, 2 cases."""
    return f"{n} {noun}{'s' * (n != 1)}"


COMMAND_LINE = "command line"  # who did what was typed at the home; nobody's name, as it has a space
BROUGHT = "by hand"  # the source of what people bring to the desk; no crawled one has a space in its id
OWN_WORDS = "by-hand:"  # before the digest of its words that a post brought in is known by
TAKEN_OUT = "erased:out:"  # before what is left of the address of a post that was brought in by mistake
MISSES = 2  # looks in which a page shows a post no more, by which it is gone
# A word's place in RIGHTS, SOURCE_KINDS and Flag is its bit in standings (cases.bits), the last stands for any other:
# a new right or flag goes last, a new kind before "other", whose bit a migration then moves.
RIGHTS = ("CCPR", "CESCR", "CEDAW", "CERD", "CRC", "CRPD", "CAT", "OTHER_RIGHTS")
ROLES = ("primary", "independent", "party")
RELATIONS = ("supports", "contradicts", "related")
LANES = ("claims", "testimony", "audit")
STATES = ("new", "reopened", "reading", "second", "disputed", "decided")
SOURCE_KINDS = ("feed", "sitemap", "listing", "forum", "telegram", "mastodon", "bluesky", "other")


class Verdict(StrEnum):
    """What a person found; each needs a reason of REASONS[verdict]."""

    FALSE = "false"
    MISLEADING = "misleading"
    TRUE = "true"
    UNVERIFIABLE = "unverifiable"
    OPINION = "opinion"
    TESTIMONY = "testimony"
    NOT_RIGHTS = "not_rights"


NEEDS_EVIDENCE = frozenset({Verdict.FALSE, Verdict.MISLEADING, Verdict.TRUE})  # that isn't a party's own statement

REASONS: dict[Verdict, tuple[str, ...]] = {
    Verdict.FALSE: (
        "contradicted_by_record",
        "contradicted_by_independent",
        "fabricated",
        "repeats_refuted",
        "impostor",
    ),
    Verdict.MISLEADING: ("missing_context", "outdated", "wrong_number", "wrong_attribution", "exaggerated"),
    Verdict.TRUE: ("confirmed_by_record", "confirmed_by_independent"),
    Verdict.UNVERIFIABLE: ("no_evidence_yet", "conflicting_evidence", "not_public"),
    Verdict.OPINION: ("view", "satire", "prediction", "call"),
    Verdict.TESTIMONY: ("own_experience", "family_experience"),
    Verdict.NOT_RIGHTS: ("other_topic", "not_a_claim", "not_vietnamese"),
}


class Flag(StrEnum):
    """Why a post stands before a moderator; a new one goes last, see RIGHTS."""

    REPEATS_REFUTED = "REPEATS_REFUTED"
    CONTRADICTS_EVIDENCE = "CONTRADICTS_EVIDENCE"
    UNSUPPORTED_SPREADING = "UNSUPPORTED_SPREADING"
    AUDIT = "AUDIT"
    BY_HAND = "BY_HAND"  # a person's wish, which no score has


class StepOutcome(StrEnum):
    """What became of one post at the scoring step; the counts of a run sum to its inputs."""

    FLAGGED = "flagged"  # refuted with evidence, or repeats a refuted claim: a case
    SPREADING = "spreading"  # checkable, in several sources, no evidence: a case that asks for a check
    AUDITED = "audited"  # drawn for the random sample: a case that says nothing of truth
    JOINED = "joined"  # makes the claim of a case that exists
    TO_CHECK = "to_check"  # a rights claim, ordered by check-worthiness, not flagged
    TESTIMONY = "testimony"  # a lane of its own
    PROTECTED = "protected"  # opinion, question: never flagged
    NOT_RIGHTS = "not_rights"
    UNCHANGED = "unchanged"  # laid beside other evidence, which tells nothing new: no row is added
    EMPTY = "empty"
    FAILED = "failed"


class Told:
    """What the API's description says of a value beside its type; nothing is checked by it."""

    def __init__(self, **said: object) -> None:
        self.said = said

    def __get_pydantic_json_schema__(self, schema: Any, handler: Callable[[Any], dict[str, object]]) -> Any:
        return {**handler(schema), **self.said}


Moment = Annotated[str, Told(description="UTC, as 2026-01-02T03:04:05.678Z; empty where there is none")]
Day = Annotated[str, Told(description="A day, as 2026-01-02; empty where there is none")]
Published = Annotated[str, Told(description="A day, or a moment with its offset, as its page tells it; else empty")]
Lane = Annotated[str, Told(enum=[*LANES])]
State = Annotated[str, Told(enum=[*STATES])]
VerdictIfAny = Annotated[str, Told(enum=[*Verdict, ""])]
Right = Annotated[str, Told(enum=[*RIGHTS])]
FlagWord = Annotated[str, Told(enum=[*Flag])]
Role = Annotated[str, Told(enum=[*ROLES, ""], description="Empty where it isn't known")]
Relation = Annotated[str, Told(enum=[*RELATIONS])]


def reading_text(title: str, lead: str, text: str) -> str:
    """Title, lead and text as one text, without saying again what the text says itself."""
    body = text.strip()
    parts = [part.strip() for part in (title, lead) if part.strip() and part.strip() not in body]
    return "\n".join([*parts, body]) if body else "\n".join(parts)


def is_verdict(eid: str) -> bool:
    """Whether an id of evidence is of an earlier verdict of this desk."""
    return eid.startswith("decision:")


def passage_text(title: str, text: str) -> str:
    """A passage as it is laid beside a claim: its title belongs to it."""
    return f"{title}\n{text}" if title and title not in text else text


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post as the intake hands it over: redacted, in Vietnamese, ready to be written."""

    source_id: str
    url: str
    text: str
    title: str = ""
    lead: str = ""
    published: str = ""
    section: str = ""
    language: str = "vi"
    thread_url: str = ""
    redactions: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a post at one time."""

    id: int
    post_id: int
    source_id: str
    url: str
    title: str
    text: str
    published: Published
    seen_at: Moment
    gone: bool = False
    lead: str = ""

    @property
    def reading(self) -> str:
        """Title, lead and text as one text: what is scored, and what a score's offsets point into."""
        return reading_text(self.title, self.lead, self.text)

    @property
    def headed(self) -> int:
        """How many characters of the reading are a title before lead and text; 0 where the text says it itself."""
        title = self.title.strip()
        return 0 if title in self.text.strip() else len(title)


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A piece of evidence with its role and its time in force."""

    eid: str
    text: str
    source: str
    role: Role
    kind: str = "fact"  # of classifier.evidence.told.PASSAGE_KINDS, or empty
    title: str = ""
    url: str = ""
    date: Published = ""
    valid_from: Day = ""
    valid_to: Day = ""
    source_id: str = ""
    summary: bool = False  # Soi's own words on the source, as of every fact that ships
    as_of: Day = ""  # of such a fact: the day up to which Soi knows it to be so

    @property
    def reading(self) -> str:
        """The words a claim is compared with."""
        return passage_text(self.title, self.text)


@dataclass(frozen=True, slots=True)
class FactCheckRow:
    """A published fact-check, its rating mapped by a tested table or left unknown."""

    source_id: str
    url: str
    claim: str
    rating: str
    verdict: str
    publisher: str = ""
    published: str = ""
    role: str = "independent"
    page_url: str = ""  # its own page, as it was read; "" where another page or a file told of it
    page_hash: str = ""  # of what that page said


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A claim beside a passage: how they relate and which slots differ."""

    eid: str
    relation: Relation
    p: float
    role: Role = ""
    slot: str = ""  # the kind of the first slot that differs: number, date, …
    slots: tuple[dict[str, object], ...] = ()
    text: str = ""
    source: str = ""
    date: Published = ""
    url: str = ""
    title: str = ""  # of a fact-check or a decision: its rating
    valid_from: Day = ""  # of a passage that holds from a day on, or to the end of one
    valid_to: Day = ""
    summary: bool = False  # Soi's own words on the source, as of every fact that ships
    as_of: Day = ""  # of such a fact: the day up to which Soi knows it to be so

    @property
    def telling(self) -> tuple[dict[str, object], ...]:
        """The slots that say where they part: words replaced by others only where nothing plainer differs."""
        return tuple(slot for slot in self.slots if slot.get("kind") != "other") or self.slots

    @property
    def checked(self) -> bool:
        """Whether it quotes a claim that was checked before, by somebody else or here."""
        return self.eid.startswith("factcheck:") or is_verdict(self.eid)

    @property
    def reading(self) -> str:
        """The words the claim was compared with: what the slots' offsets point into."""
        return self.text if self.checked else passage_text(self.title, self.text)


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """What one model version said of one version of a post; never rewritten."""

    version_id: int
    model: str
    kind: str
    rights: tuple[Right, ...]
    p_refuted: float
    flagged: bool
    reasons: tuple[FlagWord, ...] = ()
    claim: str = ""
    claim_start: int = 0
    claim_end: int = 0
    worth: float = 0.0
    detail: dict[str, object] = field(default_factory=dict)  # probabilities behind the words, for explain
    evidence: tuple[EvidenceRow, ...] = ()


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A verdict on a case, with the evidence it rests on."""

    case_id: int
    person: str
    verdict: Verdict
    reason: str
    evidence: tuple[str, ...] = ()  # eids
    note: str = ""
    blind: bool = False  # a second reader who didn't see the first verdict
    explanation: str = ""  # for readers
    wording: str = ""  # the claim as it is told to them, where not in a post's words


@dataclass(frozen=True, slots=True)
class NamedEvidence:
    """A piece of evidence that a decision names, in its role at that time, and its words at that time where it was only
    reworded since; else they are empty."""

    eid: str
    role: Role
    words: str


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """A verdict, an undoing or a reopening. A verdict, its words and its evidence are empty for who may be its second
    reader yet. `undoes` is the decision that was taken back; `wording` the claim as readers are told it, empty where in
    the post's words; `replaced` says that a later verdict took its place, or the case was reopened."""

    id: int
    case_id: int
    person: str
    at: Moment
    action: Literal["decide", "undo", "reopen"]
    verdict: VerdictIfAny
    reason: str
    note: str
    undoes: int | None
    explanation: str
    wording: str
    blind: bool
    undone: bool
    replaced: bool
    evidence: tuple[NamedEvidence, ...]


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One line of the queue."""

    case_id: int
    claim: str
    reasons: tuple[FlagWord, ...]
    rights: tuple[Right, ...]
    priority: float
    posts: int
    sources: int
    first_seen: Moment
    last_seen: Moment
    state: State
    verdict: VerdictIfAny = ""
    p_refuted: float = 0.0
    slot: str = ""
    kinds: tuple[str, ...] = ()  # kinds of the sources
    lane: Lane = "claims"
    since: Moment = ""  # when it came into its state; of a verdict that two people read, when the second agreed
    decider: str = ""  # who gave the standing verdict
    judged_at: Moment = ""  # and when: before a second reader agreed
