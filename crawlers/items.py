"""What a spider hands over, and the one door it hands it through."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Outcome(StrEnum):
    """What became of one item at a crawl step; the counts of a run sum to its inputs."""

    NEW = "new"  # a post never seen before was stored
    EDITED = "edited"  # a known post with another text: stored as a further version
    KNOWN = "known"  # the same text as before
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
    BLOCKED = "blocked"  # 401, 403, 451: the site doesn't want us
    THROTTLED = "throttled"  # 429 or 503: come back later
    SERVER_ERROR = "server_error"
    NETWORK_ERROR = "network_error"
    DNS_ERROR = "dns_error"
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
    text: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of evidence from a source whose use is evidence."""

    source_id: str
    url: str
    text: str
    title: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Validators:
    """What the last answer of a URL let us say next time."""

    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    fetched_at: str = ""
    unconditional_at: str = ""


class Intake(Protocol):
    """The door between the spiders and the store; pipeline.intake implements it."""

    def validators(self, url: str) -> Validators | None:
        """What is known of a URL from earlier runs."""

    def remember(self, url: str, source_id: str, validators: Validators) -> None:
        """Keep what the answer said, after its items have been taken."""

    def take(self, item: Post | FactCheck | Passage) -> Outcome:
        """Store one item and say what became of it."""

    def count(self, source_id: str, outcome: Outcome, *, detail: str = "") -> None:
        """Count an input that never became an item."""
