"""What a spider is given, what it hands over, and the one door it hands it through."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from crawlers.sources import Source


class Outcome(StrEnum):
    """What became of one input at a crawl step; the counts of a run sum to its inputs."""

    LISTED = "listed"  # a feed, sitemap or listing that was read; its entries are counted by themselves
    NEW = "new"  # a post never seen before was stored
    EDITED = "edited"  # a known post with another text: stored as a further version
    KNOWN = "known"  # the same text as before, or a listed page that isn't due again
    UNCHANGED = "unchanged"  # the server, or the body hash, says nothing changed
    GONE = "gone"  # a page that is no longer there
    NOT_VIETNAMESE = "not_vietnamese"
    EMPTY = "empty"  # nothing readable in the answer
    NOT_A_FEED = "not_a_feed"
    BROKEN = "broken"  # markup, charset or body that can't be read
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"  # no answer, or no extraction, within its time
    ROBOTS = "robots"  # robots.txt asks us to stay away
    PRIVATE_ADDRESS = "private_address"
    BAD_LINK = "bad_link"  # not http(s), or not a URL
    REDIRECT_LOOP = "redirect_loop"
    BLOCKED = "blocked"  # 401, 403, 451, a login, a consent: the site doesn't want us
    THROTTLED = "throttled"  # 429 or 503: come back later
    SERVER_ERROR = "server_error"
    NETWORK_ERROR = "network_error"
    DNS_ERROR = "dns_error"
    BAD_CERTIFICATE = "bad_certificate"  # the site can't prove that it is who it says
    UNREADABLE = "unreadable"  # an item whose text can't be stored even after cleaning
    FAILED = "failed"  # our own bug; the log has the trace


@dataclass(frozen=True, slots=True)
class Post:
    """One text at one URL as the page gave it; who wrote it is never asked for."""

    source_id: str
    url: str
    text: str
    title: str = ""
    lead: str = ""
    published: str = ""  # ISO 8601 with offset, "" when the page doesn't say
    section: str = ""
    language: str = ""
    thread_url: str = ""
    named: str = ""  # url with the title that its site puts into it today, where url goes by a number


@dataclass(frozen=True, slots=True)
class FactCheck:
    """A published fact-check (schema.org ClaimReview)."""

    source_id: str
    url: str
    claim: str
    rating: str  # as published
    verdict: str  # false, misleading, true, unverifiable or unknown
    publisher: str = ""
    published: str = ""
    own_page: bool = False  # url is the page it was read on: another page only repeats it


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of evidence from a source whose use is evidence."""

    source_id: str
    url: str
    text: str
    title: str = ""
    published: str = ""
    changed: str = ""  # where nobody dates it: when its sitemap says that it was changed


Item = Post | FactCheck | Passage


@dataclass(frozen=True, slots=True)
class Fetch:
    """One URL to read for a source, and what the page that named it said of it."""

    source_id: str
    url: str
    step: str = "index"  # index, page, thread: what its reader expects to find
    stamp: str = ""  # what the listing says of its state; another stamp makes it due again
    title: str = ""
    published: str = ""
    depth: int = 0  # how many "older" pages lie between it and the index


@dataclass(frozen=True, slots=True)
class Page:
    """An answer with a body, as bytes: all a reader gets to see."""

    url: str  # after redirects
    content_type: str
    body: bytes
    link: str = ""  # the Link header, where some APIs name their next page


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found on one page; `missed` says why when it found nothing."""

    items: tuple[Item, ...] = ()
    follow: tuple[Fetch, ...] = ()  # pages it lists: each one is counted
    more: tuple[Fetch, ...] = ()  # further pages of the same thread: fetched when new, not counted before
    then: Fetch | None = None  # where the items are, when this page only says so: always read
    # the page with older items; followed only while items are new, a thread's when posts may have moved up to it
    older: Fetch | None = None
    missed: Outcome | None = None
    why: str = ""  # and what of it, for people
    dropped: tuple[Outcome, ...] = ()  # one for each item that was seen and can't go on
    seen: tuple[str, ...] = ()  # where the posts among these are, which are still there
    # both take posts away, which are marked gone once missed twice: false where a page may leave out what is there
    complete: bool = False  # it shows all its items: one that it showed before and shows no more is missed
    timeline: bool = False  # it shows all its source's items between its oldest and its newest: any other is missed


@dataclass(frozen=True, slots=True)
class Look:
    """What a page may be to us as a source; `missed` says why when that can't be told."""

    kind: str = ""  # "" when it only leads to one
    title: str = ""
    checks: bool = False  # it carries fact-checks
    declared: tuple[str, ...] = ()  # feeds
    lists: bool = False  # it links to enough articles to be a list of them
    missed: Outcome | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """What earlier fetches of a URL let us say the next time."""

    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    fetched_at: str = ""
    unconditional_at: str = ""
    first_at: str = ""
    visits: int = 0  # answers read or unchanged
    failures: int = 0  # failures in a row
    missed: int = 0  # times in a row the page wasn't there


@dataclass(frozen=True, slots=True)
class Settled:
    """One attempt at a fetch and all that came of it: stored in one transaction, or not at all."""

    fetch: Fetch
    outcome: Outcome | None  # None when the items speak for themselves
    visit: Visit
    due_at: str  # when it is to be read again; "" for never
    reading: Reading = Reading()
    detail: str = ""
    moved: str = ""  # where its address leads for good


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an attempt's inputs, and which pages it brought that are to be read now."""

    outcomes: tuple[Outcome, ...]
    planned: tuple[Fetch, ...] = ()


@dataclass(frozen=True, slots=True)
class Robots:
    """A host's robots.txt as last answered; status 310 means that it is redirected too often."""

    origin: str
    status: int
    body: str
    fetched_at: str


@dataclass(frozen=True, slots=True)
class Health:
    """How a source is doing: what the scheduler and the operator read."""

    status: str = ""  # ok, slow, failing, blocked, gone, paused; "" before its first crawl
    failure_weight: float = 0.0
    every: float = 60.0  # minutes, as adapted
    last_success: str = ""
    last_error: str = ""
    next_at: str = ""


class Intake(Protocol):
    """The door between the spiders and the store; pipeline.intake implements it."""

    def due(self, source_id: str, *, now: str, limit: int) -> list[Fetch]:
        """Pages of a source that earlier runs left to be read, and up to half as many as the limit to be read again."""

    def waiting(self, source_id: str, *, now: str) -> int:
        """How many pages of a source are to be read by now."""

    def visit(self, fetch: Fetch) -> Visit:
        """What is known of a page; an empty Visit when nothing is, and of a list that another source read."""

    def settle(self, done: Settled, *, now: str) -> Taken:
        """Keep an attempt, its items and the pages it lists, all or nothing.

        One outcome for each item, each dropped item, each listed page that isn't planned (known), and the
        attempt's own. A listed page is planned when it is new or has another stamp; the older page when
        anything on this one was new, in a thread when posts are missing from this one.
        """

    def robots(self, origin: str) -> Robots | None:
        """The robots.txt that was last read from an origin."""

    def keep_robots(self, robots: Robots) -> None:
        """Keep what a robots.txt says now."""

    def paused_until(self, host: str) -> str:
        """When a host that asked us to wait may be asked again, "" when at once."""

    def pause(self, host: str, until: str) -> None:
        """Leave a host alone until then, in later runs too."""

    def health(self, source_id: str) -> Health:
        """How a source was doing at its last crawl."""

    def keep_health(self, source: Source, health: Health) -> None:
        """Keep how a source is doing, unless it was changed since this crawl began."""

    def end_early(self) -> None:
        """Close the run as one that was stopped before it was through."""
