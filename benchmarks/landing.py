"""Posts landing by the crawl's own door, redacted, searchable and never twice, against bare inserts."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from benchmarks import world
from benchmarks.measure import ROUNDS, Line, of_samples, seconds
from crawlers.items import Fetch, Outcome, Post, Reading, Settled, Visit
from crawlers.sources import Source
from pipeline.intake import StoreIntake, open_intake, redacted
from pipeline.records import NewPost
from pipeline.store import Database, open_store
from pipeline.store.copies import merge_some
from pipeline.store.posts import take_posts

BATCH, BATCHES = 500, 20  # posts a transaction, and transactions a round: enough to see the search index merge
COLUMNS = ("url", "title", "text", "published")
FOLDING = "unicode61 remove_diacritics 2"
SOURCE = Source("tin", "Tin", "feed", "https://tin.example/rss")
AT = "2026-05-01T08:00:00Z"


def run() -> Iterator[Line]:
    """Rows a second against insert_all alone: posts redacted already, and the intake as a whole."""
    with tempfile.TemporaryDirectory(prefix="soi-bench-") as folder:
        bare, searched = _bare(Path(folder) / "bare.db"), _bare(Path(folder) / "searched.db")
        searched["posts"].create(dict.fromkeys(COLUMNS, str), pk="url")  # type: ignore[union-attr]
        searched["posts"].enable_fts(["title", "text"], tokenize=FOLDING, create_triggers=True)  # type: ignore[union-attr]
        alone, written, merged, beside, known = [], [], [], [], []
        made = world.posts((ROUNDS + 1) * BATCHES * BATCH, seed=3)
        db = open_store(Path(folder) / "soi.db")
        with open_intake(db, [SOURCE]) as intake:
            for turn in range(ROUNDS + 1):  # the first warms the caches
                posts = [_post(f"{turn}-{at}", text) for at, text in enumerate(islice(made, BATCHES * BATCH))]
                cut = [posts[at : at + BATCH] for at in range(0, len(posts), BATCH)]
                plain, fts = _timed(_insert, bare, cut), _timed(_insert, searched, cut)
                whole, again = _timed(_land, intake, cut, Outcome.NEW), _timed(_land, intake, cut, Outcome.KNOWN)
                ready = [[redacted(replace(post, url=f"{post.url}-2")) for post in part] for part in cut]
                bare_of_redaction = _timed(_take, db, ready)
                merging = _timed(_merge, db)
                alone.append(plain / whole)
                written.append(plain / bare_of_redaction)
                merged.append(plain / (bare_of_redaction + merging))
                beside.append(fts / bare_of_redaction)
                known.append(len(posts) / again)
        per = {name: f"{len(posts) / took:,.0f}" for name, took in {
            "whole": whole, "written": bare_of_redaction, "bare": plain, "fts": fts}.items()}  # fmt: skip
        note = f"{per['written']} posts/s; insert_all {per['bare']}, with FTS {per['fts']}"
        yield of_samples("landing, FTS and dedupe, against insert_all alone", written[1:], reach=0.3, note=note)
        yield of_samples("landing, and then the search index merged", merged[1:])
        yield of_samples("landing, against insert_all with the same FTS", beside[1:])
        yield of_samples("landing, redaction too, against insert_all", alone[1:], note=f"{per['whole']} posts/s")
        yield of_samples("posts known already", known[1:], unit="posts/s")


def _bare(path: Path) -> Database:
    db = Database(path)
    db.conn.execute("PRAGMA journal_mode=WAL")
    db.conn.execute("PRAGMA synchronous=NORMAL")
    return db


def _post(number: str, text: str) -> Post:
    return Post("tin", f"https://tin.example/{number}", text, title=text[:60], published=AT)


def _insert(db: Database, batches: Sequence[Sequence[Post]]) -> None:
    for posts in batches:
        rows = [{name: getattr(one, name) for name in COLUMNS} for one in posts]
        db["posts"].insert_all(rows, pk="url", batch_size=len(rows))  # type: ignore[union-attr]


def _take(db: Database, batches: Sequence[Sequence[NewPost]]) -> None:
    for posts in batches:
        if set(take_posts(db, posts)) != {Outcome.NEW}:
            raise SystemExit("posts that were new were known")


def _merge(db: Database) -> None:
    """What is left to merge: of this round's posts, and of those the intake landed before."""
    while merge_some(db):
        pass


def _land(intake: StoreIntake, batches: Sequence[Sequence[Post]], wanted: Outcome) -> None:
    """Pages with posts, as a spider settles them: a transaction each."""
    for posts in batches:
        page = Fetch("tin", f"https://tin.example/trang/{posts[0].url}")
        taken = intake.settle(Settled(page, None, Visit(fetched_at=AT), AT, Reading(items=tuple(posts))), now=AT)
        if set(taken.outcomes) != {wanted}:
            raise SystemExit(f"posts came out as {set(taken.outcomes)}, not {wanted}")


def _timed(work: Callable[..., None], *given: object) -> float:
    return seconds(lambda: work(*given))
