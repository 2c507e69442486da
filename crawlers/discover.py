"""From any address to a source: its kind, its feed, its entry; and, for sources we have, what is wrong in words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawlers.guard import is_near, names_private
from crawlers.items import FactCheck, Intake, Look, Outcome, Settled
from crawlers.settings import DELAY, NEAR_DELAY
from crawlers.sources import BLUESKY, POSTED, Source
from crawlers.urls import canonical, host_of, origin_of

if TYPE_CHECKING:
    from crawlers.watch import Progress

GUESSES = ("/rss", "/feed", "/rss/home.rss", "/sitemap-news.xml", "/sitemap.xml")
HOST = re.compile(r"[a-z0-9_.-]+|[0-9a-f:.]+")
LATER = "The site asked us to come back later: add it then."
OWN_NETWORK = "Only if it is on your own network, say --allow-private."
ROBOTS_BROKEN = "Its robots.txt can't be read, so we stay away: tell its people, and try again later."
PRIVATE = "It is a private address: set allow_private = true if it is on your own network."
LED = (
    "It leads to another private address, and allow_private holds for the host and port of its own `url`: if that is"
    " yours too, make it the `url`."
)
MISTYPED = "There is no such page: look at the address in a browser."
NO_REVIEW = (
    "Only ClaimReview is read there: look whether its pages carry it; if none does, it is a source of another kind."
)

ADVICE = {
    Outcome.NOT_A_FEED: "The address answers, but with no feed: run `soi sources add` with the site's front page.",
    Outcome.EMPTY: "The answer holds nothing readable: look at the page in a browser; it may need JavaScript.",
    Outcome.BROKEN: "The answer can't be read: look at it in a browser, and try again later.",
    Outcome.TOO_LARGE: "The answer is larger than 10 MB: choose a section's feed instead.",
    Outcome.TOO_SLOW: "No answer in time: try again later, or give the source a longer `every`.",
    Outcome.ROBOTS: "robots.txt asks us to stay away: leave it off, or ask the owner.",
    Outcome.PRIVATE_ADDRESS: (
        "It leads to a private address: its site may have been taken over, or your own DNS answers so. Set"
        " allow_private = true only for your own network; it holds for the host and port of the source's address."
    ),
    Outcome.BAD_LINK: "It redirects to no web page: look for its new address.",
    Outcome.REDIRECT_LOOP: "It redirects in circles: use the address that a browser ends at.",
    Outcome.BLOCKED: "The site doesn't want us (401, 403, 451, a login): leave it off, or ask; we don't get around it.",
    Outcome.THROTTLED: "The site asked us to come back later: nothing to do, the next poll waits as long as it asked.",
    Outcome.SERVER_ERROR: "The server has a problem of its own: try again later.",
    Outcome.NETWORK_ERROR: "No connection, or it broke off: check your own network, then try again later.",
    Outcome.DNS_ERROR: "The name doesn't exist, or your own DNS doesn't answer: check the spelling.",
    Outcome.BAD_CERTIFICATE: "Its certificate is expired, self-signed or another's: tell its people; it isn't read so.",
    Outcome.GONE: "There is no such page any more: run `soi sources add` with the site's front page.",
    Outcome.FAILED: "Soi itself failed here: please report it with the log.",
}
MOVED = "It has moved for good: make {} the `url` of its entry."
OF_A_PAGE = frozenset({Outcome.BROKEN, Outcome.TOO_LARGE, Outcome.BAD_LINK})  # whose advice fits no robots.txt


class DiscoverError(Exception):
    """Nothing at an address can be a source; the message says why and what to try."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check of a source came to."""

    source_id: str
    ok: bool
    status: str  # the outcome's word, or "not asked"
    advice: str
    article: str = ""  # what came of the first page that it lists
    detail: str = ""  # more on what came back, where that isn't well


def check(
    sources: Sequence[Source],
    *,
    contact: str,
    kept: Intake | None = None,
    on_progress: "Callable[[Progress], None] | None" = None,
) -> list[Finding]:
    """Ask each source's own address once and a page that it lists, store nothing, and say in words what is wrong.

    Once in a process.

    One that only leads to where the items are is asked there too.

    kept is where the pauses that hosts asked for are kept, and what their robots.txt said.
    """
    from crawlers.memory import MemoryIntake
    from crawlers.run import crawl

    intake = MemoryIntake(kept)
    asked = [replace(source, off=False) for source in sources]  # one that is off is checked before it's switched on
    report = crawl(asked, intake, contact=contact, max_pages=2, retry=False, on_progress=on_progress)
    findings = []
    for source in sources:
        mine = [done for done in intake.settled if done.fetch.source_id == source.id]
        if mine:
            then = mine[0].reading.then
            own = next((done for done in mine if then is not None and done.fetch.url == then.url), mine[0])
            found = sum(map(len, (own.reading.items, own.reading.follow, own.reading.more, own.reading.dropped)))
            finding = _finding(source.id, own.outcome, found, own.detail, then=own.reading.then is not None)
            further = {fetch.url for fetch in own.reading.more}  # the sitemaps of an index
            pages = [own] if own.reading.items else []  # posts that stand in the list itself, as of an API
            pages += [done for done in mine if done.fetch.step != "index" or done.fetch.url in further]
            detail = "" if finding.ok else own.detail
            if own.outcome is Outcome.PRIVATE_ADDRESS and names_private(source.url):
                finding = replace(finding, advice=LED if source.allow_private else PRIVATE)
            if finding.ok and pages and _has_no_review(source, pages[0]):
                finding = replace(finding, advice=NO_REVIEW)
            if finding.ok and mine[0].moved:
                finding = replace(finding, advice=f"{finding.advice} {MOVED.format(mine[0].moved)}".strip())
            findings.append(replace(finding, article=_came_of(source, pages[0]) if pages else "", detail=detail))
        elif report.stopped:
            findings.append(Finding(source.id, False, "not asked", "Stopped before its turn: check it again."))
        else:
            findings.append(_finding(source.id, Outcome.FAILED, 0, then=False))
    return findings


def _has_no_review(source: Source, done: Settled) -> bool:
    return source.kind == "factcheck" and done.fetch.step == "page" and done.outcome is Outcome.EMPTY


def _came_of(source: Source, done: Settled) -> str:
    """What came of one page that a source lists: its title's length and its words, or its rating, and its date."""
    if _has_no_review(source, done):
        return "no ClaimReview on it"
    if not done.reading.items:
        dropped = str(done.reading.dropped[0]) if done.reading.dropped else ""
        return ": ".join(filter(None, (str(done.outcome or dropped), done.detail)))
    item = done.reading.items[0]
    dated = f"dated {item.published[:10]}" if item.published else "no date"
    if isinstance(item, FactCheck):
        return f"a fact-check, rated {item.rating or '–'} ({item.verdict}), {dated}"
    return f"title of {len(item.title)} letters, {len(item.text.split())} words, {dated}"


def _advice(outcome: Outcome, detail: str) -> str:
    return ROBOTS_BROKEN if outcome in OF_A_PAGE and detail.startswith("robots.txt:") else ADVICE.get(outcome, "")


def _finding(source_id: str, outcome: Outcome | None, found: int, detail: str = "", *, then: bool) -> Finding:
    ok = outcome in (None, Outcome.LISTED)
    advice = "" if ok else _advice(outcome or Outcome.FAILED, detail)
    if ok and not found and not then:
        advice = "It can be read but lists nothing now: look whether it is still kept up."
    return Finding(source_id, ok, str(outcome or Outcome.NEW), advice)


def find(url: str, *, contact: str, allow_private: bool = False, kept: Intake | None = None) -> list[Source]:
    """Sources that an address can be, best first; raises DiscoverError when there's none. Once in a process.

    kept is as for check; a site that asks us to come back later is asked for nothing more.
    """
    from crawlers.probe import run

    address = canonical(url if "//" in url else f"https://{url}")
    if not address or not HOST.fullmatch(host_of(address)):
        raise DiscoverError(f"{url} isn't a web address: give one that begins with https://")
    if not (contact or allow_private or names_private(address)):
        raise DiscoverError("Set contact under [crawl] in soi.toml first, so that sites know who asks.")

    async def work(get: Any, see: Any) -> list[Source]:
        async def get_on(link: str) -> Any:
            got = await get(link)
            if got.outcome is Outcome.THROTTLED:
                raise _refusal(link, got.detail, LATER)
            return got

        return await _search(address, get_on, see, allow_private)

    delay = _delay(address, allow_private)
    found: list[Source] = run(work, url=address, contact=contact, allow_private=allow_private, delay=delay, kept=kept)
    return found


def _refusal(url: str, why: str, advice: str) -> DiscoverError:
    return DiscoverError(f"{url}: {why.rstrip('.')}. {advice}".strip())


def _delay(url: str, allow_private: bool) -> float:
    """Leave to go private makes nobody quicker on a public host."""
    return NEAR_DELAY if allow_private and is_near(host_of(url)) else DELAY


async def _search(url: str, get: Any, see: Any, allow_private: bool) -> list[Source]:
    if direct := by_address(url):
        return [_source_of(url, direct, url, "", allow_private)]
    got = await get(url)
    if got.outcome is not None:
        advice = {Outcome.GONE: MISTYPED, Outcome.PRIVATE_ADDRESS: OWN_NETWORK}.get(got.outcome)
        raise _refusal(url, got.detail, advice or _advice(got.outcome, got.detail))
    seen: Look = await see(got.page)
    if seen.missed is not None:
        advice = ADVICE[Outcome.FAILED if seen.missed is Outcome.FAILED else Outcome.BROKEN]
        raise _refusal(url, seen.why or "it was read in vain", advice)
    if seen.kind:
        return [_source_of(url, seen.kind, got.page.url, seen.title, allow_private)]
    found = [
        _source_of(url, "factcheck" if seen.checks else kind, there, seen.title, allow_private)
        for kind, there in await _led_to(url, seen, get, see)
    ]
    if seen.lists:
        found.append(_source_of(url, "listing", got.page.url, seen.title, allow_private))
    if not found:
        raise DiscoverError(f"{url}: no feed, sitemap, forum or list of articles there. Try the page of a section.")
    return sorted(found, key=lambda source: ("factcheck", "feed", "sitemap", "listing").index(source.kind))


async def _led_to(url: str, seen: Look, get: Any, see: Any) -> list[tuple[str, str]]:
    """Kind and address of sitemaps that a page leads to, and of the first feed, with which the search ends."""
    found: list[tuple[str, str]] = []
    for candidate in [*seen.declared, *await _sitemaps(url, get), *(origin_of(url) + path for path in GUESSES)]:
        answer = await get(candidate)
        kind = "" if answer.outcome is not None else (await see(answer.page)).kind
        if kind in ("feed", "sitemap") and all(candidate != there for _, there in found):
            found.append((kind, answer.page.url))
        if found and (kind == "feed" or seen.checks):
            break
    return found


async def _sitemaps(url: str, get: Any) -> list[str]:
    """Sitemaps that robots.txt names, news first."""
    robots = await get(origin_of(url) + "/robots.txt")
    if robots.outcome is not None:
        return []
    named = re.findall(r"(?im)^[ \t]*sitemap:[ \t]*(\S+)", robots.page.body[:512_000].decode("utf-8", "replace"))
    return sorted(filter(None, (canonical(link, base=url) for link in named)), key=lambda link: "news" not in link)[:3]


def by_address(url: str) -> str:
    """The kind that an address gives away by itself, "" when it doesn't."""
    host, path = host_of(url), urlsplit(url).path
    if host in ("t.me", "telegram.me") and len(path) > 1:
        return "telegram"
    if host in BLUESKY and path.startswith(("/profile/", "/search")):
        return "bluesky"
    return ""


def _source_of(asked: str, kind: str, url: str, title: str, allow_private: bool) -> Source:
    host = re.sub(r"^(?:www|m)\.", "", host_of(asked))
    path = urlsplit(asked).path.strip("/") if kind in POSTED else ""
    words = re.sub(r"[^a-z0-9]+", "-", f"{host} {path}".lower()).strip("-")[:64].strip("-")
    return Source(
        id=words or "source",
        name=title or host,
        kind=kind,
        url=url,
        role="party",  # the safe one: it settles no verdict alone, and nothing on a page tells another
        allow_private=allow_private,
        delay=_delay(url, allow_private),
        note="found by `soi sources add`; look at its role",
    )
