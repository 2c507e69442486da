"""The door between the spiders and the store: what comes in is redacted, then written, all or nothing."""

import contextlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from classifier.text.redact import redact
from crawlers.failures import GONE_FOR_GOOD
from crawlers.items import FactCheck, Fetch, Health, Item, Outcome, Passage, Post, Robots, Settled, Taken, Visit
from crawlers.sources import Source
from crawlers.spiders.page import AWAY, says_absent
from crawlers.visits import NOTICE, after, may_change, put_aside
from pipeline.records import FactCheckRow, NewPost, PassageRow, here, now
from pipeline.settings import DeskSettings
from pipeline.store import Database, copies, erasure, evidence, factchecks, fetches, notices, posts, runs
from pipeline.store.database import write

TITLE = 200  # characters kept of what a list calls a page: longer is no title, and waits on the disk with the address


class StoreIntake:
    """crawlers.items.Intake over the store; one for each run."""

    def __init__(self, db: Database, run_id: int, desk: DeskSettings | None = None) -> None:
        self._db = db
        self._run = run_id
        self._desk = desk or DeskSettings()
        self._roles = fetches.roles(db)

    def due(self, source_id: str, *, now: str, limit: int) -> list[Fetch]:
        """Pages of a source that earlier runs left to be read, or read again."""
        return fetches.due(self._db, source_id, at=now, limit=limit)

    def waiting(self, source_id: str, *, now: str) -> int:
        """How many pages of a source are to be read by now."""
        return fetches.waiting(self._db, source_id, at=now)

    def visit(self, fetch: Fetch) -> Visit:
        """What is known of a page."""
        return fetches.visit(self._db, fetch)

    def settle(self, done: Settled, *, now: str) -> Taken:
        """Keep an attempt, its items and the pages it lists in one transaction."""
        with write(self._db):
            done = self._without_notice(done, at=now)
            reading, fetch = done.reading, done.fetch
            then, older = ([one] if one else [] for one in (reading.then, reading.older))
            listed_here = (*reading.follow, *reading.more, *then, *older)
            threads = [item.thread_url for item in reading.items if isinstance(item, Post)]
            urls = [one.url for one in (fetch, *reading.items, *listed_here)]
            erased = erasure.erased(self._db, urls + threads) | self._erased_as_named(reading.items)
            erased |= self._led_to_erased(fetch, reading.items, erased)
            left = erased | self._own(fetch, reading.items)
            outcomes = self._take(reading.items, left, page_url=fetch.url, page_hash=done.visit.body_hash)
            outcomes += reading.dropped
            planned = self._plan(reading.follow, erased, at=now)
            outcomes += [Outcome.KNOWN] * (len(reading.follow) - len(planned))
            planned += self._plan(reading.more, erased, at=now)
            planned += self._plan(then, erased, at=now, always=True)
            kept = fetch.url not in erased  # or it was asked for before it was erased
            lost = kept and self._sight(done, erased, at=now)
            if lost if fetch.step == "thread" else planned or Outcome.NEW in outcomes:
                planned += self._plan(older, erased, at=now, always=True)
            if planned:
                fetches.let_go_unasked(self._db, fetch.source_id, at=now)
            if done.outcome is not None:
                outcomes.append(done.outcome)
            if kept:
                self._keep_visit(done, outcomes[0] if outcomes else Outcome.EMPTY, at=now)
            counts = Counter((fetch.source_id, str(outcome)) for outcome in outcomes)
            runs.add_outcomes(self._db, self._run, counts)
        copies.merge_some(self._db)
        return Taken(tuple(outcomes), tuple(planned))

    def robots(self, origin: str) -> Robots | None:
        """The robots.txt last read from an origin."""
        return fetches.robots(self._db, origin)

    def keep_robots(self, robots: Robots) -> None:
        """Keep what a robots.txt says now."""
        fetches.keep_robots(self._db, robots)

    def paused_until(self, host: str) -> str:
        """When a host may be asked again."""
        return fetches.paused_until(self._db, host)

    def pause(self, host: str, until: str) -> None:
        """Leave a host alone until then."""
        fetches.pause(self._db, host, until)

    def health(self, source_id: str) -> Health:
        """How a source was doing at its last crawl."""
        return fetches.health(self._db, source_id)

    def keep_health(self, source: Source, health: Health) -> None:
        """Keep how a source is doing, unless it was changed since this crawl began."""
        fetches.keep_health(self._db, source, health, at=now())

    def end_early(self) -> None:
        """Close the run as one that was stopped before it was through."""
        runs.end_early(self._db, self._run)

    def _without_notice(self, done: Settled, *, at: str) -> Settled:
        """The attempt as one that found nothing, where a site's notice stands in place of the page; or found it gone,
        where that is what the notice says."""
        fetch, items = done.fetch, done.reading.items
        if fetch.step != "page" or len(items) != 1 or isinstance(items[0], FactCheck):
            return done
        before, moment = self.visit(fetch), datetime.fromisoformat(at)
        if not notices.is_notice(self._db, fetch, items[0], before, moment):
            return done
        if says_absent(items[0].text):
            visit, due_at = after(before, fetch, Outcome.GONE, moment)
            return Settled(fetch, Outcome.GONE, visit, due_at, detail=AWAY)
        visit, due_at = put_aside(before, fetch, notices.words_digest(items[0]), moment)
        return Settled(fetch, Outcome.EMPTY, visit, due_at, detail=NOTICE)

    def _erased_as_named(self, items: Sequence[Item]) -> set[str]:
        """Addresses of posts that were erased by the address that has a title in it."""
        named = {item.named: item.url for item in items if isinstance(item, Post) and item.named}
        return {named[url] for url in erasure.erased(self._db, list(named))}

    def _led_to_erased(self, fetch: Fetch, items: Sequence[Item], erased: set[str]) -> set[str]:
        """The address of a page that is an erased article's other one, which is erased as well from then on: the page
        may name none one day. Not one that anything is known by: a page could erase it by naming another as its own."""
        leads = fetch.step == "page" and len(items) == 1 and isinstance(items[0], Post) and items[0].url in erased
        if not leads or fetch.url in erased or erasure.holds(self._db, fetch.url):
            return set()
        erasure.erase(self._db, fetch.url, person="soi", reason="leads to what was erased")
        return {fetch.url}

    def _own(self, fetch: Fetch, items: Sequence[Item]) -> set[str]:
        """Addresses of fact-checks that are decisions made here, as they were published: they are no second voice."""
        checks, own = [item for item in items if isinstance(item, FactCheck)], self._desk.published(fetch.url)
        return {item.url for item in checks if own or self._desk.published(item.url, publisher=item.publisher)}

    def _plan(self, found: Sequence[Fetch], erased: set[str], *, at: str, always: bool = False) -> list[Fetch]:
        """Make pages due but those that were erased; returns the ones made due."""
        return fetches.plan(self._db, [listed(one) for one in found if one.url not in erased], at=at, always=always)

    def _take(self, items: Sequence[Item], left: set[str], *, page_url: str, page_hash: str) -> list[Outcome]:
        """Write what a page held, its posts together; what became of each, in order.

        What was erased on request, or published by this desk, is `left` as it is.
        """
        read = [
            (at, Outcome.KNOWN if item.url in left else self._read(item, page_url, page_hash))
            for at, item in enumerate(items)
        ]
        outcomes = {at: one for at, one in read if isinstance(one, Outcome)}
        posted = {at: one for at, one in read if isinstance(one, NewPost)}
        fresh = {at: replace(one, thread_url="") if one.thread_url in left else one for at, one in posted.items()}
        said = posts.take_posts(self._db, list(fresh.values()))
        outcomes.update(zip(fresh, map(Outcome, said), strict=True))
        return [outcomes[at] for at in range(len(items))]

    def _read(self, item: Item, page_url: str, page_hash: str) -> Outcome | NewPost:
        """A post as it may be written; of anything else, what became of it."""
        try:
            match item:
                case Post():
                    return redacted(item)
                case FactCheck():
                    return Outcome(factchecks.take(self._db, self._factcheck(item, page_url, page_hash)))
                case Passage():
                    return self._passage(item)
        except UnicodeError:
            return Outcome.UNREADABLE

    def _factcheck(self, item: FactCheck, page_url: str, page_hash: str) -> FactCheckRow:
        name, role = self._roles.get(item.source_id, (item.source_id, "independent"))
        return FactCheckRow(
            source_id=item.source_id,
            url=item.url,
            claim=item.claim,
            rating=item.rating,
            verdict=item.verdict,
            publisher=item.publisher or name,
            role=role,
            published=item.published,
            page_url=page_url if item.own_page else "",
            page_hash=page_hash,
        )

    def _passage(self, item: Passage) -> Outcome:
        name, role = self._roles.get(item.source_id, (item.source_id, "independent"))
        if self._desk.published(item.url):
            role = "party"  # the desk's own word settles nothing
        row = PassageRow(
            eid=evidence.crawled_eid(item.source_id, item.url),
            text=item.text,
            source=name,
            role=role,
            kind="news",
            title=item.title,
            url=item.url,
            date=here(item.published).date().isoformat() if item.published else "",
            source_id=item.source_id,
        )
        row = evidence.as_kept(self._db, row)
        if item.changed and not row.date:
            row = evidence.since_changed(self._db, row, here(item.changed).date().isoformat())
        if evidence.is_taken_back(self._db, row.eid):
            return Outcome.KNOWN
        added, changed, _ = evidence.put_passages(self._db, [row])
        return Outcome.NEW if added else Outcome.EDITED if changed else Outcome.KNOWN

    def _sight(self, done: Settled, erased: set[str], *, at: str) -> bool:
        """Keep which page shows which post, and mark the posts that are no longer there.

        Says whether a thread's page shows a post no more that may have moved up to the page before, which is to be read
        then; until it is, nothing is missing.
        """
        page, shown = done.fetch.url, [item.url for item in done.reading.items if isinstance(item, Post)]
        there = [*shown, *done.reading.seen]
        fetches.saw(self._db, page, [url for url in there if url not in erased])
        gone: list[str] = []
        older, lost = done.reading.older, False
        if done.outcome is Outcome.GONE:
            gone = fetches.missing(self._db, page, [])
        elif done.reading.complete and not (older and fetches.is_awaited(self._db, older.url, at=at)):
            lost = fetches.has_lost(self._db, page, there)
            gone = fetches.missing(self._db, page, there)
        elif done.reading.timeline and shown:
            gone = fetches.missing_between(self._db, done.fetch.source_id, shown, there)
        for url in gone:
            posts.mark_gone(self._db, url)
        if done.fetch.step == "page" and done.outcome in (None, Outcome.EMPTY, Outcome.UNCHANGED, Outcome.GONE):
            page_hash = "" if done.outcome is Outcome.GONE else done.visit.body_hash
            same = done.outcome is Outcome.UNCHANGED
            for_good = done.detail == GONE_FOR_GOOD
            factchecks.miss(
                self._db, page, page_hash, source_id=done.fetch.source_id, at=at, same=same, for_good=for_good
            )
        return lost

    def _keep_visit(self, done: Settled, first: Outcome, *, at: str) -> None:
        """Keep what is known of a page and when it is due again; `first` is the outcome of its first item."""
        fetch, seen = done.fetch, done.visit
        again = (done.due_at, factchecks.next_look(self._db, fetch.url, at=at))
        if any(map(may_change, done.reading.more)):  # unchanged, it would be taken for all that it names
            seen = replace(seen, body_hash="")
        fetches.keep_visit(
            self._db,
            listed(fetch),
            seen,
            outcome=str(done.outcome or first),
            detail=done.detail[:300],
            due_at=min(filter(None, again), default=""),
        )


def listed(fetch: Fetch) -> Fetch:
    """A page as it may be planned: the title its listing gave stands in for an article's own, and names nobody."""
    return replace(fetch, title=redact(fetch.title).text[:TITLE] if fetch.step == "page" else "")


def redacted(post: Post) -> NewPost:
    """A post as it may be written: phone, mail, citizen-ID and bank numbers taken out."""
    text, title, lead = redact(post.text), redact(post.title), redact(post.lead)
    return NewPost(
        source_id=post.source_id,
        url=post.url,
        text=text.text,
        title=title.text,
        lead=lead.text,
        published=post.published,
        section=redact(post.section).text,
        language=post.language,
        thread_url=post.thread_url,
        redactions=sum(sum(part.counts.values()) for part in (text, title, lead)),
    )


@contextlib.contextmanager
def open_intake(db: Database, sources: Sequence[Source], *, desk: DeskSettings | None = None) -> Iterator[StoreIntake]:
    """An intake for one crawl, with its run begun and, in the end, closed; what the `desk` published is its own."""
    fetches.put_sources(db, sources, own=desk)
    with runs.run(db, "crawl") as run_id:
        yield StoreIntake(db, run_id, desk)
