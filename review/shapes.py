"""What the answers of the JSON API hold, where the store has no row of its own for it."""

from dataclasses import dataclass

from pydantic import BaseModel, Field

from pipeline.records import (
    CaseEvent,
    Day,
    EvidenceRow,
    Lane,
    Moment,
    QueueItem,
    Role,
    ScoreRow,
    State,
    Verdict,
    Version,
)
from pipeline.store import desk, moves, reading
from pipeline.store.alerts import Alert
from pipeline.store.decisions import Recent
from pipeline.store.golden import Practice
from pipeline.store.holds import Hold
from pipeline.store.notes import Note
from pipeline.store.runs import Run
from pipeline.store.watching import Latency, SourceState
from pipeline.store.wordings import Wording


class Markdown(BaseModel):
    """A page as Markdown."""

    markdown: str


class OfCase(BaseModel):
    """The number of a case."""

    case: int


class Again(BaseModel):
    """What else a deed put back into the queue."""

    reopened: list[int] = Field(description="The other cases whose verdicts rested on its own, as far as they are told")


class TakenBack(OfCase, Again):
    """The number of the case whose verdict was taken back."""


class Worded(BaseModel):
    """A verdict by its code and in words."""

    verdict: Verdict
    words: str


class Dated(Worded):
    """A verdict with the moment it was given."""

    at: Moment


class Reason(BaseModel):
    """A reason by its code and in words."""

    code: str
    words: str


class Fact(BaseModel):
    """A passage as an answer names it."""

    eid: str
    role: Role
    source: str
    date: Day
    valid_from: Day
    valid_to: Day
    as_of: Day
    url: str
    text: str


class Covered(BaseModel):
    """How many posts of how many sources a verdict is on."""

    posts: int
    sources: int


class Statement(BaseModel):
    """A statement of reasons."""

    publisher: str
    contact: str
    page: str
    language: str
    case: int
    claim: str
    decision: Dated
    replaces: Worded | None
    reworded: str
    reason: Reason
    explanation: str
    facts: list[Fact]
    statements_of_parties: list[Fact]
    covers: Covered
    automated_detection: bool
    automated_decision: bool
    decided_by: str
    not_known: list[str]
    redress: str


class Sample(BaseModel):
    """What the posts drawn at random in a month say; low and high are its interval."""

    drawn: int
    n: int = Field(description="Of those drawn, how many are decided")
    false_or_misleading: int
    low: float
    high: float


class Agreement(BaseModel):
    """How far two readers agreed in a month."""

    n: int
    same: int
    kappa: float | None  # as where every verdict was the same, and of fewer than ten cases
    alpha: float | None
    kappa_span: tuple[float, float] | None = None  # as of fewer than ten cases
    alpha_span: tuple[float, float] | None = None


class Month(BaseModel):
    """A month's cases by verdict, those false or misleading by right, its random sample and its agreement."""

    month: str
    verdicts: dict[str, int]
    rights: dict[str, int]
    sample: Sample | None
    agreement: Agreement | None


class Week(BaseModel):
    """A week of the desk, from Monday to Sunday."""

    begins: str
    ends: str
    came_in: int
    verdicts: dict[str, int] = Field(description="That stand now, by the week since which they stand")
    reopened: int
    corrected: int


class Weeks(BaseModel):
    """The last weeks, oldest first, and how many cases wait now."""

    waiting: int
    weeks: list[Week]


class Kept(BaseModel):
    """The settings somebody chose; what isn't there is as it comes."""

    language: str = "vi"
    theme: str = "auto"
    fold: str = ""
    keys_off: bool = False
    practice: bool = False
    limit: int = 0
    break_minutes: int = 0


class Account(BaseModel):
    """Who a token speaks for."""

    name: str
    display: str
    role: str
    pseudonym: str
    settings: Kept
    practice: Practice


class Token(BaseModel):
    """A token without its secret."""

    id: str
    label: str
    created_at: Moment
    expires_at: Moment


class Changed(BaseModel):
    """The password was changed."""

    changed: bool


class Revoked(BaseModel):
    """What was taken back opens nothing any more."""

    revoked: bool


class Forgotten(BaseModel):
    """A view was forgotten."""

    forgotten: bool


class Address(BaseModel):
    """The address that shows a view."""

    address: str


class Newer(BaseModel):
    """How many cases of a lane are newer than one, and the newest of all."""

    new: int
    newest: int


class Held(BaseModel):
    """A case one has in hand, was handed or put aside."""

    case: int
    kind: str
    until: Moment
    note: str


class Given(BaseModel):
    """A case one handed over."""

    case: int
    to: str
    until: Moment
    note: str


class Mine(BaseModel):
    """What one did last, has in hand and filled in without sending it: the numbers of those cases."""

    decisions: list[Recent]
    held: list[Held]
    handed_over: list[Given]
    filled_in: list[int]


class Somebody(BaseModel):
    """Somebody who may sign in."""

    name: str
    display: str
    role: str
    pseudonym: str
    has_password: bool
    off: bool


class Link(BaseModel):
    """A link that signs in once."""

    link: str


class Locked(BaseModel):
    """Whether the desk is locked."""

    locked: bool


class Line(BaseModel):
    """A line of the log."""

    id: int
    at: Moment
    person: str
    action: str
    subject: str
    detail: str
    hash: str


class Checked(BaseModel):
    """What a look at the whole log found."""

    first_broken: int | None = Field(description="The first line whose seal doesn't fit; null when the log holds")
    decisions: list[int] = Field(description="Verdicts and reopenings that aren't as the log has them")
    words: list[tuple[int, str]] = Field(
        description="Verdicts with what isn't as it was when they were given: claim, wording, posts or an evidence's id"
    )
    cases: list[int] = Field(description="Cases that stand otherwise than their verdicts and reopenings say")
    lines: int
    seal: str = Field(description="Of the last line; kept elsewhere it tells of a log that was cut off")


class Released(BaseModel):
    """Whether a case was in hand and is free now."""

    released: bool


class HandedTo(BaseModel):
    """Who has a case now."""

    to: str


class Reopened(Again):
    """The state a reopened case is in."""

    state: State


class Waiting(BaseModel):
    """How many cases of a lane are in a state."""

    lane: Lane
    state: State
    n: int


class Live(BaseModel):
    """The model in use, since when and why."""

    version: str
    at: Moment
    person: str
    note: str


class Pulse(BaseModel):
    """How the desk's sources, backlog and steps are."""

    sources: list[SourceState]
    cases: list[Waiting]
    runs: list[Run]
    model: Live | None
    to_queue: Latency
    alerts: list[Alert]


class Opened(BaseModel):
    """A case, and whether it is new."""

    case: int
    opened: bool


class BroughtIn(BaseModel):
    """A post that was brought in and is in no case: the next scoring opens it, and the same call tells of it then."""

    post: int


class Made(BaseModel):
    """The number of a new decision, and what there is to be careful about."""

    decision: int
    warning: str = ""


class Queue(BaseModel):
    """A page of the queue and what is around it."""

    matching: int
    in_lane: int = Field(description="All that the lane holds to be decided")
    oldest: str = Field(description="UTC: since when the longest-waiting of the lane has waited, whatever is filtered")
    cut: bool = Field(description="The search found more than it looked through")
    counts: dict[str, dict[str, int]]
    cases: list[QueueItem]
    collected: list[desk.Collected] = Field(description="Posts in no case that hold what is sought, where no case does")
    next: int | None = Field(description="The number of the page after this one; null on the last")


@dataclass(frozen=True, slots=True)
class Passage(EvidenceRow):
    """A passage beside a case; the offsets of its slots point into its reading."""

    reading: str = ""


@dataclass(frozen=True, slots=True)
class PostVersion(Version):
    """A version of a post; the offsets of a score point into its reading: title, lead and text."""

    reading: str = ""


class CaseFile(BaseModel):
    """A case with what one needs to read it."""

    case: QueueItem
    evidence: list[Passage]
    closed: str = Field(
        description="Why you can't decide it: role, held, free, waiting, lead, decided; empty when you can"
    )
    blind: bool = Field(description="You read it second: earlier verdicts are out of sight")
    seen: int = Field(description="To be sent with a decision: a newer event refuses that")
    shown: dict[str, str] = Field(
        description="Likewise: marks of the claim (under an empty name), of what is told `otherwise`, of the evidence"
    )
    hold: Hold | None
    posts: list[reading.CasePost] = Field(description="The first twenty")
    history: list[CaseEvent] = Field(description="What was decided, the oldest first")
    score: ScoreRow | None
    practice: bool
    earlier: list[reading.Like] = Field(description="Decided cases like it")
    alike: list[reading.Like] = Field(description="Undecided ones")
    unknown: list[str] = Field(description="What the model doesn't know, in your language")
    moves: list[moves.Move]
    notes: list[Note]
    otherwise: list[Wording] = Field(description="What its posts tell beside the claim, which a verdict covers too")


class PostFile(BaseModel):
    """A post of a case with all its versions."""

    post: reading.CasePost
    versions: list[PostVersion]


class Practised(BaseModel):
    """A practice reading beside the golden verdict; it decides nothing."""

    said: Verdict
    meant: Verdict
