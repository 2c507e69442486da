"""Evidence for a claim: BM25 over folded syllables, their pairs and concepts in a Tantivy index, mindful of time.

Facts and law are found by what people say of them, too (classifier.evidence.expansion).
"""

import errno
import json
import os
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import islice, pairwise
from math import log
from pathlib import Path
from typing import Any

from classifier.errors import BadEvidence
from classifier.evidence import expansion
from classifier.text import fold
from classifier.text.letters import WORD
from classifier.text.neutral import neutral
from classifier.text.outline import Concepts, Outline, line_of, of_line, outline

COMMON_SHARE = 0.02  # a term in more passages than this tells little and costs most of the time at a million
COMMON_FLOOR = 5_000  # below this many passages a posting list is cheap to read, so nothing is dropped
CONCEPT_WEIGHT = 1.5  # a concept beside the words, weighed so, finds paraphrases best
MAX_TERMS = 400  # a post of any length asks for no more than its rarest terms
SPARE = 3  # times as many passages as asked for, among which those of the right time are picked
NO_END = 4_000_000  # day number after every real date
FIELDS = ("eid", "words", "said", "concepts", "role")
COUNTED = 40_000  # terms whose number of passages is kept
KEPT = 500  # passages kept as they were read, some 3 kB each


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of evidence; dates are ISO 8601 days or "", kind is law, news, fact, or decision of a refuted claim."""

    eid: str
    text: str
    source: str = ""
    role: str = ""
    date: str = ""
    kind: str = ""
    valid_from: str = ""
    valid_to: str = ""

    @property
    def heading(self) -> str:
        """The law or record it stands in, read with its words; an outlet's name or an address says nothing of a claim
        and isn't."""
        return self.source if self.kind in ("", "law", "fact") and "://" not in self.source else ""


@dataclass(slots=True)  # not frozen: that costs three times as much, for some hundred hits of a claim
class Hit:
    """A passage found, its score (comparable within one query only), and p(it speaks of what was asked), if ranked."""

    passage: Passage
    score: float
    near: float = 1.0
    concepts: tuple[str, ...] = ()  # of the passage, as the index keeps them
    line: str = ""  # outline.line_of the passage, likewise
    said: str = ""  # and of what people say of it


@contextmanager
def _as_os_error() -> Iterator[None]:
    """What the disk refuses, as an OSError: Tantivy says it by a ValueError, without a number where a thread of its own
    met it."""
    try:
        yield
    except ValueError as error:
        told = re.search(r"os error (\d+)|writer was killed", str(error))
        if not told:
            raise
        number = int(told[1] or errno.EIO)
        raise OSError(number, os.strerror(number)) from error


class PassageIndex:
    """Passages that can be searched, in memory or in a folder; adding one with a known eid replaces it."""

    def __init__(
        self, index: Any, path: Path | None = None, *, concepts: Concepts | None = None, expanded: bool = True
    ) -> None:
        self._index = index
        self.path = path  # its folder, None in memory
        self._expanded = expanded
        self._concepts = lru_cache(maxsize=8)(concepts) if concepts else None  # a claim's are asked for twice
        self._kept: dict[tuple[int, int], Hit] = {}
        self._look()

    @classmethod
    @_as_os_error()
    def build(
        cls,
        passages: Iterable[Passage],
        path: Path | None = None,
        *,
        concepts: Concepts | None = None,
        expanded: bool = True,
    ) -> "PassageIndex":
        """Index passages in a fresh folder, or in memory where path is None; raises BadEvidence for a used folder, and
        OSError where the disk is full or fails.

        expanded: facts and law are found by what people say of them, too.
        """
        import tantivy

        if path is not None:
            path.mkdir(parents=True, exist_ok=True)
            if tantivy.Index.exists(str(path)):
                raise BadEvidence(f"{path} already holds an index; open it, or remove the folder first")
        found = tantivy.Index(_schema(), path=str(path)) if path else tantivy.Index(_schema())
        index = cls(found, path, concepts=concepts, expanded=expanded)
        index.add(passages)
        return index

    @classmethod
    def open(cls, path: Path, *, concepts: Concepts | None = None) -> "PassageIndex":
        """Open an index made by build; raises BadEvidence when the folder holds none that this program can read."""
        import tantivy

        try:
            index = tantivy.Index.open(str(path))
            for field in FIELDS:
                index.searcher().doc_freq(field, "0")  # a ValueError where an index has other fields
        except (ValueError, OSError) as error:
            raise BadEvidence(f"{path} is not an evidence index of this program: build it again") from error
        return cls(index, path, concepts=concepts)

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    @_as_os_error()
    def add(self, passages: Iterable[Passage]) -> int:
        """Add or replace passages by eid in one commit; gives how many were written. Raises OSError as build does."""
        writer = self._index.writer(heap_size=64_000_000, num_threads=1)
        known = len(self) > 0
        added, seen = 0, set[str]()
        try:
            for passage in passages:
                if known or passage.eid in seen:
                    writer.delete_documents_by_term("eid", passage.eid)
                seen.add(passage.eid)
                writer.add_document(self._document(passage))
                added += 1
            writer.commit()
        except BaseException:
            with suppress(ValueError):  # a thread that failed says less than the error at hand
                writer.wait_merging_threads()  # lets go of the lock, and of what isn't committed
            raise
        writer.wait_merging_threads()
        self.refresh()
        return added

    def refresh(self) -> None:
        """See what another process has committed since."""
        self._index.reload()
        self._kept.clear()
        self._look()

    def _look(self) -> None:
        """Take what is committed; how many passages hold a term is asked for a search, and again for the order of what
        it found."""
        self._searcher = self._index.searcher()
        self._held_by = lru_cache(maxsize=COUNTED)(self._searcher.doc_freq)

    def search(
        self, query: str, k: int = 10, before: str | None = None, *, roles: Collection[str] = (), said: bool = True
    ) -> list[Hit]:
        """The k passages nearest to a text, best first; with before (ISO day) only those known and in force then, with
        roles only those of one of these; without said, facts by their own words alone."""
        import tantivy

        must, schema = tantivy.Occur.Must, self._index.schema
        clauses = list(self._clauses(query, said=said))
        if not clauses or k < 1:
            return []
        wanted = tantivy.Query.boolean_query(clauses)
        if roles:
            wanted = tantivy.Query.boolean_query([(must, wanted), (must, _of_roles(roles, schema))])
        if not before:
            return list(self._hits(wanted, k))
        # most of what is found is older than what is asked: the limits, at a million passages, cost more than the rest
        day = _day(before, 0, "before")
        near = list(islice((hit for hit in self._hits(wanted, SPARE * k) if _was_known(hit.passage, day)), k))
        if len(near) == k:
            return near
        return list(
            self._hits(
                tantivy.Query.boolean_query([(must, wanted), *((must, limit) for limit in _in_time(before, schema))]), k
            )
        )

    def search_uncrowded(
        self, query: str, k: int, before: str | None = None, *, roles: Collection[str], least: int, said: bool = True
    ) -> list[Hit]:
        """What search finds and, where it is full and fewer than `least` of it have one of these roles, the k nearest
        that have one, best first."""
        hits = self.search(query, k, before, said=said)
        if len(hits) < k or sum(hit.passage.role in roles for hit in hits) >= least:
            return hits
        found = {hit.passage.eid for hit in hits}
        more = self.search(query, k, before, roles=roles, said=said)
        return hits + [hit for hit in more if hit.passage.eid not in found]

    def _hits(self, wanted: Any, k: int) -> Iterator[Hit]:
        """The k best of a query, read one by one."""
        for score, address in self._searcher.search(wanted, k, count=False).hits:
            yield self._hit(address, float(score))

    def rarity(self, term: str, *, field: str = "words") -> float:
        """How rare a term is among the passages, in nats; 0 in an index without passages."""
        return log(1 + len(self) / (1 + self._held_by(field, term)))

    def outline(self, hit: Hit) -> Outline:
        """The outline of a passage found."""
        return of_line(hit.line, title=hit.passage.heading, concepts=hit.concepts, said=hit.said)

    def outline_of(self, claim: str) -> Outline:
        """The outline of a text that is no passage."""
        return outline(claim, concepts=self._concepts)

    def _clauses(self, query: str, *, said: bool) -> Iterator[tuple[Any, Any]]:
        """Should-clauses of the query's telling terms, the rarest MAX_TERMS of them."""
        import tantivy

        schema, should = self._index.schema, tantivy.Occur.Should
        common = max(COMMON_FLOOR, COMMON_SHARE * len(self))
        counted = [(self._held_by("words", term), term) for term in dict.fromkeys(_terms(query))]
        present = sorted((n, term) for n, term in counted if n)
        telling = [(n, term) for n, term in present if n <= common] or present[:5]
        for _, term in telling[:MAX_TERMS]:
            yield should, tantivy.Query.term_query(schema, "words", term, "freq")
        for term in [term for _, term in counted if said and self._held_by("said", term)][:MAX_TERMS]:
            yield should, tantivy.Query.term_query(schema, "said", term, "freq")
        named = dict.fromkeys(self._concepts(query) if self._concepts else ())
        for concept in (one for one in named if 0 < self._held_by("concepts", one) <= common):
            query_one = tantivy.Query.term_query(schema, "concepts", concept, "freq")
            yield should, tantivy.Query.boost_query(query_one, CONCEPT_WEIGHT)

    def _document(self, passage: Passage) -> Any:
        import tantivy

        shown = f"{passage.heading} {passage.text}"
        said = said_of(passage) if self._expanded else ""
        apart = passage.kind == "fact"  # of law the order learned with what people say among its words
        parts = (passage.text,) if apart else (passage.text, said)
        concepts = [one for part in parts for one in self._concepts(part)] if self._concepts else []
        # dear to read, asked at each search
        kept = {"line": line_of(passage.text), "said": line_of(said), "concepts": list(dict.fromkeys(concepts))}
        return tantivy.Document(
            eid=passage.eid,
            words=" ".join(_terms(shown) + ([] if apart else _terms(said))),
            said=" ".join(_terms(said) if apart else []),
            concepts=" ".join(concepts),
            role=passage.role,
            day=_day(passage.date, 0, passage.eid),
            starts=_day(passage.valid_from, 0, passage.eid),
            ends=_day(passage.valid_to, NO_END, passage.eid),
            stored=json.dumps({**asdict(passage), **kept}, ensure_ascii=False).encode(),
        )

    def _hit(self, address: Any, score: float) -> Hit:
        """A passage found, with what the index keeps of it; those met last are kept."""
        place = address.segment_ord, address.doc
        hit = self._kept.get(place)
        if hit is None:
            told = json.loads(str(self._searcher.doc(address)["stored"][0], "utf-8"))
            line, said, concepts = (told.pop(name) for name in ("line", "said", "concepts"))
            hit = Hit(Passage(**told), score, concepts=tuple(concepts), line=line, said=said)
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[place] = hit
        return hit if hit.score == score else replace(hit, score=score)


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in ("eid", "role"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("words", "said", "concepts"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("day", "starts", "ends"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def _terms(text: str) -> list[str]:
    """Folded syllables and their pairs."""
    words = WORD.findall(fold(neutral(text)))
    return words + [f"{one}_{two}" for one, two in pairwise(words)]


def said_of(passage: Passage) -> str:
    """What people say of a fact or a passage of law, "" of any other: news is said as people say it."""
    if passage.kind == "fact":
        return expansion.shipped().of([passage.eid])
    law = passage.kind in ("", "law") and not passage.source.startswith("http")
    return expansion.shipped().of(expansion.keys(passage.text)) if law else ""


def unreadable_day(passage: Passage) -> str:
    """The first of a passage's dates that can't be read as an ISO day, "" when all can."""
    for name in ("date", "valid_from", "valid_to"):
        try:
            _day(getattr(passage, name), 0, passage.eid)
        except BadEvidence:
            return name
    return ""


def _day(iso: str, unknown: int, eid: str) -> int:
    """Day number of an ISO date or date and time."""
    if not iso:
        return unknown
    try:
        return date.fromisoformat(iso[:10]).toordinal()
    except ValueError as error:
        raise BadEvidence(f"passage {eid}: {iso!r} is not an ISO date like 2025-11-30") from error


def _was_known(passage: Passage, day: int) -> bool:
    """What _in_time asks for, of one passage."""
    eid = passage.eid
    since = max(_day(passage.date, 0, eid), _day(passage.valid_from, 0, eid))
    return since <= day <= _day(passage.valid_to, NO_END, eid)


def _of_roles(roles: Collection[str], schema: Any) -> Any:
    """Of one of these roles."""
    import tantivy

    should = tantivy.Occur.Should
    each = [(should, tantivy.Query.term_query(schema, "role", role, "basic")) for role in sorted(roles)]
    return tantivy.Query.const_score_query(tantivy.Query.boolean_query(each), 0.0)


def _in_time(before: str, schema: Any) -> Iterator[Any]:
    """Dated no later than that day, in force from it or earlier, and until it or later."""
    import tantivy

    day, whole = _day(before, 0, "before"), tantivy.FieldType.Integer
    limits = (("day", 0, day), ("starts", 0, day), ("ends", day, NO_END))
    for field, low, high in limits:
        yield tantivy.Query.const_score_query(tantivy.Query.range_query(schema, field, whole, low, high), 0.0)
