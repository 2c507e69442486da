"""What posts of a case tell beside its claim: more, less, or in another order. A verdict is given with that in view."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from sqlite_utils import Database

from pipeline.records import BROUGHT
from pipeline.store.cases import NEVER
from pipeline.store.pieces import GONE
from pipeline.store.reading import says_same, worded_same
from pipeline.store.scores import standing_of

KNOWN_AT_MOST = 50  # wordings read by a verdict that one which came later is laid beside


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of some posts of a case."""

    claim: str
    posts: tuple[int, ...]
    sources: int  # they stand in
    later: bool  # they all joined a decided case since its verdict, and nobody read what they tell


# What the machine read in each post of a case when it was judged, or joined, and whether it joined since the verdict; a
# post that has the claim word for word, and not within a longer one, says it whatever was read.
_CLAIMS = f"""
SELECT cp.post_id, s.claim, coalesce(cp.joined_at > t.judged_at, 0), p.source_id FROM case_posts cp
JOIN posts p ON p.id = cp.post_id
JOIN cases c ON c.id = cp.case_id LEFT JOIN standings t ON t.case_id = c.id AND t.state = 'decided'
JOIN scores s ON s.id = {standing_of("cp.post_id", by=f"max(coalesce(t.judged_at, '{NEVER}'), cp.joined_at)")}
JOIN versions v ON v.id = s.version_id
WHERE c.id = ? AND s.kind IN ('claim', 'testimony') AND s.claim <> ''
    AND c.claim NOT IN {GONE} AND s.claim NOT IN {GONE}
    AND (instr(v.title || ' ' || v.lead || ' ' || v.text, c.claim) = 0 OR instr(s.claim, c.claim))
ORDER BY cp.post_id
"""


def told_otherwise(db: Database, case_id: int) -> list[Wording]:
    """What posts of a case tell otherwise than its claim, and of those that joined since its verdict also otherwise
    than any post that stood there by then; those worded alike together. What nobody read comes first, then what differs
    in more words, then what stands in more posts."""
    rows = db.conn.execute(_CLAIMS, [case_id]).fetchall()
    if not rows:
        return []
    (claim,) = db.conn.execute("SELECT claim FROM cases WHERE id = ?", [case_id]).fetchone()
    read, come = dict[str, dict[int, str]](), dict[str, dict[int, str]]()
    for post, said, late, source in rows:
        (come if late else read).setdefault(said, {})[post] = source
    known = dict.fromkeys((claim, *read))
    told = [(said, said_in, False) for said, said_in in read.items() if tells_otherwise(said, [claim])]
    told += [(said, said_in, True) for said, said_in in come.items() if tells_otherwise(said, known)]
    found = [Wording(said, tuple(said_in), _sources(said_in.values()), later) for said, said_in, later in told]
    return sorted(found, key=lambda one: (not one.later, -_differs(one.claim, claim), -len(one.posts), one.posts))


def _sources(said_in: Collection[str]) -> int:
    """In how many sources posts stand; what people brought in stands in none."""
    return len({source for source in said_in if source != BROUGHT})


def _differs(one: str, other: str) -> int:
    """How many words only one of two claims has."""
    mine, theirs = Counter(one.casefold().split()), Counter(other.casefold().split())
    return (mine - theirs).total() + (theirs - mine).total()


def unread(db: Database, case_id: int) -> set[int]:
    """The posts of a decided case whose words nobody had read when its verdict was given, and that tell otherwise: an
    earlier version let them join."""
    return {post for one in told_otherwise(db, case_id) if one.later for post in one.posts}


def tells_otherwise(said: str, known: Collection[str]) -> bool:
    """Whether a claim is none of those known, each given once, and tells more or less than each, or in another order;
    that is asked of the first KNOWN_AT_MOST alone."""
    if said in known:
        return False
    known = list(islice(known, KNOWN_AT_MOST))
    if any(worded_same(said, one) or says_same(said, one) for one in known):
        return False
    from classifier.checking.copies import adds_nothing  # brings the tables of slips, which most pages go without

    return not any(adds_nothing(said, one) for one in known)
