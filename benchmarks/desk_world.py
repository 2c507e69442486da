"""A desk's database of any size: generated posts, cases and evidence, over two years."""

import json
import random
import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from pipeline.records import RIGHTS, SOURCE_KINDS, Flag, Verdict, later
from pipeline.store import cases
from pipeline.store.database import write

SYLLABLES = (
    "trẻ em xưởng gạch làm việc tỉnh xã huyện công nhân lương tháng giờ luật điều khoản tạm giữ gia đình luật sư phụ"
    " nữ khuyết tật trường học bệnh viện đất đai nhà ở nước sạch người dân kể rằng hôm qua năm ngoái theo báo cáo"
    " không có ai được phép gặp phải nghỉ học đi làm bị cắt hợp đồng mang thai"
)
FLAGS = (
    (Flag.CONTRADICTS_EVIDENCE,),
    (Flag.REPEATS_REFUTED, Flag.CONTRADICTS_EVIDENCE),
    (Flag.UNSUPPORTED_SPREADING,),
)
PASSAGES = 20_000
SOURCES = 200
PART = 50_000  # posts written in one transaction
LARGEST = 2_000  # posts of the largest case
DECIDED = 0.4  # share of the cases with a verdict


@lru_cache(maxsize=1)
def _syllables() -> list[str]:
    return SYLLABLES.split()


def _text(rng: random.Random, n: int) -> str:
    return " ".join(rng.choices(_syllables(), k=n)).capitalize() + "."


def moment(share: float) -> str:
    """A moment of the last two years as the tables write it, from 0 (two years ago) to 1 (now)."""
    return later(days=730 * (share - 1))


def fill(db: Database, *, posts: int, wanted: int) -> None:
    """Write everything in bulk; the sizes of cases fall off as in life."""
    rng = random.Random(7)
    with write(db):
        _insert(db, "sources", _sources())
        _insert(db, "passages", _passages(rng))
        _insert(
            db,
            "cases",
            ({"id": i, "opened_at": moment(i / wanted), "claim": _text(rng, 18)} for i in range(1, wanted + 1)),
        )
    sizes = [LARGEST if case == 1 else min(60, int(rng.paretovariate(1.6))) for case in range(1, wanted + 1)]
    owners = [case for case, size in enumerate(sizes, 1) for _ in range(size)][:posts]
    for low in range(0, posts, PART):
        with write(db):
            _part(db, rng, range(low + 1, min(low + PART, posts) + 1), owners, posts)
        print(f"\r{min(low + PART, posts):,} posts", end="", file=sys.stderr, flush=True)
    with write(db):
        _decisions(db, rng, wanted)
        for case in range(1, wanted + 1):
            cases.refresh(db, case)
    print(f"\r{posts:,} posts, {wanted:,} cases", file=sys.stderr)
    db.conn.execute("ANALYZE")


def _insert(db: Database, table: str, rows: Iterator[dict[str, Any]]) -> None:
    db[table].insert_all(rows, batch_size=5000)


def _sources() -> Iterator[dict[str, Any]]:
    for i in range(SOURCES):
        kind = SOURCE_KINDS[i % 7]
        yield {
            "id": f"s{i}",
            "name": f"Nguồn {i}",
            "kind": kind,
            "url": "https://s.example/",
            "use": "watch",
            "role": "independent",
        }


def _passages(rng: random.Random) -> Iterator[dict[str, Any]]:
    for i in range(PASSAGES):
        role = ("primary", "independent", "independent", "party")[i % 4]
        yield {
            "eid": f"p{i}", "kind": "fact", "role": role, "source": f"Cơ quan {i % 300}", "text": _text(rng, 45),
            "date": "2024-05-01", "added_at": moment(0),
        }  # fmt: skip


def _part(db: Database, rng: random.Random, numbers: range, owners: list[int], posts: int) -> None:
    """Some of the posts with their texts; those of a case with score, evidence and near-duplicate keys as well."""
    owned, at = [n for n in numbers if n <= len(owners)], {n: moment(_share(n, owners, posts)) for n in numbers}
    _insert(
        db,
        "posts",
        (
            {
                "id": n,
                "source_id": f"s{n * 7919 % SOURCES}",
                "url": f"https://s.example/{n}",
                "published": at[n],
                "first_seen": at[n],
            }
            for n in numbers
        ),
    )
    _insert(
        db,
        "versions",
        (
            {"id": n, "post_id": n, "title": _text(rng, 7), "text": _text(rng, 60), "digest": str(n), "seen_at": at[n]}
            for n in numbers
        ),
    )
    _insert(db, "scores", (_score(rng, n, posts) for n in owned))
    _insert(db, "evidence", (_evidence(rng, n, rank) for n in owned for rank in range(3)))
    _insert(db, "fingerprints", ({"band": owners[n - 1] * 4 + band, "post_id": n} for n in owned for band in range(3)))
    _insert(db, "memberships", ({"post_id": n, "case_id": owners[n - 1], "at": at[n]} for n in owned))


def _share(n: int, owners: list[int], posts: int) -> float:
    """Where in time a post stands: those of a case at its opening, the others evenly."""
    return owners[n - 1] / owners[-1] if n <= len(owners) else n / posts


def _score(rng: random.Random, n: int, posts: int) -> dict[str, Any]:
    reasons = FLAGS[rng.randrange(3)] if rng.random() < 0.9 else (Flag.AUDIT,)
    return {
        "id": n, "version_id": n, "model": "2026.1", "kind": "testimony" if rng.random() < 0.05 else "claim",
        "rights": json.dumps(sorted(rng.sample(RIGHTS, rng.choice((1, 1, 2))))), "p_refuted": round(rng.random(), 3),
        "flagged": 1, "reasons": json.dumps(reasons), "claim": "", "claim_start": 0, "claim_end": 60,
        "worth": round(rng.random(), 3), "outcome": "flagged", "scored_at": moment(n / posts),
    }  # fmt: skip


def _evidence(rng: random.Random, n: int, rank: int) -> dict[str, Any]:
    i = rng.randrange(PASSAGES)
    slots = [{"kind": "number", "claim": [3, 6], "evidence": [10, 16], "claim_text": "xyz", "evidence_text": "abcdef"}]
    return {
        "score_id": n, "rank": rank, "eid": f"p{i}", "role": ("primary", "independent", "independent", "party")[i % 4],
        "relation": ("contradicts", "related", "supports")[rank], "p": 0.7, "slot": "number",
        "slots": json.dumps(slots),
    }  # fmt: skip


def _decisions(db: Database, rng: random.Random, wanted: int) -> None:
    """Verdicts on a share of the cases."""
    chosen = [case for case in range(1, wanted + 1) if rng.random() < DECIDED]
    rows = (
        {
            "case_id": case, "person": f"reader{case % 20}", "at": moment(case / wanted), "action": "decide",
            "verdict": str(rng.choice(list(Verdict))), "reason": "fabricated",
        }
        for case in chosen
    )  # fmt: skip
    _insert(db, "decisions", rows)
