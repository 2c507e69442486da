"""What claims are compared with: passages into the store and its index, and the claims that were found false."""

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import structlog

from classifier.checking.repeats import RefutedClaim, RefutedClaims
from classifier.errors import BadEvidence
from classifier.evidence import expansion, retrieval
from classifier.evidence.retrieval import Passage, PassageIndex, said_of, unreadable_day
from classifier.files import shipped
from classifier.loading import Model
from classifier.logic import ownrows
from classifier.logic.contraries import Rows, shipped_texts
from classifier.semantics import lexicon
from classifier.text import letters, neutral, outline, reading
from pipeline.home import Home
from pipeline.locks import in_turn
from pipeline.records import PassageRow
from pipeline.store import Database, contraries, evidence, retention
from pipeline.store.database import can_write

PASSAGES = 1000  # brought in between two moments at which others may write
# what an index is made by
INDEXING = (evidence, retrieval, expansion, outline, neutral, lexicon, letters, reading)


def row_of(passage: Passage) -> PassageRow:
    """A passage of the classifier as a row of the store."""
    names = ("eid", "text", "source", "role", "kind", "date", "valid_from", "valid_to")
    return PassageRow(**{name: getattr(passage, name) for name in names})


def passage_of(row: PassageRow) -> Passage:
    """A row of the store as a passage of the classifier."""
    return Passage(
        eid=row.eid, text=row.reading, source=row.source, role=row.role, date=row.date, kind=row.kind,
        valid_from=row.valid_from, valid_to=row.valid_to,
    )  # fmt: skip


def indexable(rows: Iterable[PassageRow]) -> Iterator[Passage]:
    """Rows as passages; those with a date that can't be read are left out, and said to be once all are through."""
    left = []
    for row in rows:
        passage = passage_of(row)
        if unreadable_day(passage):
            left.append(row.eid)
        else:
            yield passage
    if left:
        said = "`soi doctor` names them; `soi evidence remove`, or import them again"
        structlog.get_logger("evidence").error("left out for a date that can't be read", n=len(left), said=said)


def import_evidence(
    db: Database,
    passages: Sequence[Passage],
    *,
    urls: Mapping[str, str] | None = None,
    same: Callable[[PassageRow, PassageRow], bool] = evidence.same,
) -> tuple[int, int, set[int]]:
    """Bring passages into the store, with the addresses of some by eid; returns (added, changed, the cases reopened).

    In batches, as half a million take minutes for which nobody else could write; brought in again, those of an import
    that broke off are known.
    """
    said = {passage.eid: words for passage in passages if (words := said_of(passage))}
    rows = [replace(row_of(passage), url=(urls or {}).get(passage.eid, "")) for passage in passages]
    batches = (rows[at : at + PASSAGES] for at in range(0, len(rows), PASSAGES))
    found = [evidence.put_passages(db, batch, said=said, same=same) for batch in batches]
    reopened = {case_id for *_, cases in found for case_id in cases}
    return sum(added for added, *_ in found), sum(changed for _, changed, _ in found), reopened


def build_index(passages: Iterable[Passage], model: Model, path: Path | None = None) -> PassageIndex:
    """An index of passages, in memory or in a folder, that knows the model's concepts."""
    return PassageIndex.build(passages, path, concepts=model.lexicon.index_terms)


def open_index(home: Home, db: Database, model: Model) -> PassageIndex:
    """The evidence index over the store's passages, made anew when they, or how they are read, have changed since, and
    when it is damaged; in memory where the home can't be written."""
    try:
        return _open_index(home, db, model)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EROFS):
            raise
        return build_index(indexable(evidence.passages(db)), model)


def _open_index(home: Home, db: Database, model: Model) -> PassageIndex:
    if _stamped(home) != _stamp(db, model):
        with in_turn(home, "index"):
            _make_index(home, db, model)
    try:
        return PassageIndex.open(home.index, concepts=model.lexicon.index_terms)
    except BadEvidence:
        with in_turn(home, "index"):
            (home.index / "stamp").unlink(missing_ok=True)
            _make_index(home, db, model)
        return PassageIndex.open(home.index, concepts=model.lexicon.index_terms)


def _stamped(home: Home) -> str:
    """The stamp of the index of a home; "" where there is none, as while another is put in its place."""
    try:
        return (home.index / "stamp").read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def _make_index(home: Home, db: Database, model: Model) -> None:
    """Make the evidence index anew, unless whoever was at it before did."""
    stamp = _stamp(db, model)
    if _stamped(home) == stamp:
        return
    fresh = home.index.with_suffix(f".{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    retention.drop_unfinished(home.index)
    build_index(indexable(evidence.passages(db)), model, fresh)
    (fresh / "stamp").write_text(stamp, encoding="utf-8")
    old = home.index.with_name(f"{home.index.name}.{os.getpid()}")
    shutil.rmtree(old, ignore_errors=True)
    with contextlib.suppress(FileNotFoundError):
        home.index.rename(old)  # not removed in its place: whoever has it open may put a lock there at any moment
    fresh.rename(home.index)
    shutil.rmtree(old, ignore_errors=True)


def catch_up(home: Home, db: Database, model: Model, index: PassageIndex, *, since: str) -> bool:
    """Bring what was added or changed since a moment into an open index, or the one that was put in its place; False
    where that is gone, or another Soi's that reads passages otherwise."""
    with in_turn(home, "index"):
        if _made_by(home) != _making(model):
            return False
        stamp = _stamp(db, model)
        index.add(indexable(evidence.passages_since(db, since)))
        (home.index / "stamp").write_text(stamp, encoding="utf-8")
    return True


def keep_up(
    home: Home, db: Database, model: Model, index: PassageIndex, *, before: evidence.Passages, now: evidence.Passages
) -> PassageIndex:
    """An open index of the passages before, with those of now: opened anew where any is gone, so that adding isn't
    enough, or where nothing can be written; in memory where another Soi put its own in the home meanwhile, as each
    would undo the other's."""
    made_by, can_be_written = _made_by(home), can_write(home.database)
    if now == before and (made_by or not can_be_written):
        return index
    if made_by not in ("", _making(model)):
        return build_index(indexable(evidence.passages(db)), model)
    fewer, gone = now.n < before.n, now.lost != before.lost
    if fewer or gone or not made_by or index.path is None or not can_be_written:
        return open_index(home, db, model)
    if catch_up(home, db, model, index, since=before.changed_at):
        return index
    return keep_up(home, db, model, index, before=before, now=now)


def _stamp(db: Database, model: Model) -> str:
    return f"{evidence.passages_now(db).stamp} {_making(model)}"


def _making(model: Model) -> str:
    """How this Soi makes an index."""
    return f"{model.card['reading']} {_indexing()}"


def _made_by(home: Home) -> str:
    """How the index of a home was made; "" where there is none."""
    return _stamped(home).partition(" ")[2]


@lru_cache(maxsize=1)
def _indexing() -> str:
    """A name for how passages are indexed: the code that does it and its words; an upgrade may change either."""
    code = [Path(str(module.__file__)) for module in INDEXING]
    return sealed((*code, shipped("data", "lexicon.toml"), *expansion.shipped_files()))


def sealed(files: Iterable[Path]) -> str:
    """A short name for what some files hold."""
    seal = hashlib.sha256()
    for path in files:
        seal.update(path.read_bytes())
    return seal.hexdigest()[:16]


def with_rows(db: Database, model: Model) -> Model:
    """A model that goes by a home's own rows too, those on passages that are worded as they were when the rows were
    brought; the same one where it does so already. What a newer Soi can't read of them is left out, and said to be."""
    if (seal := contraries.seal(db)) == model.rows.seal:
        return model
    return replace(model, rows=rows_of(row_files(db), seal=seal))


def row_files(db: Database) -> list[ownrows.RowsFile]:
    """The files of a home's own rows, with the passages that they count for; a fact that ships is worded as it does."""
    ships = shipped_texts()
    standing = [(one, contraries.standing(db, one)) for one in contraries.files(db)]
    return [
        ownrows.RowsFile(one.name, one.text, {eid: said for eid, said in held.items() if ships.get(eid, said) == said})
        for one, held in standing
    ]


def rows_off(db: Database) -> dict[str, list[str]]:
    """The passages for which rows count no more, as they are worded anew or gone, by the names of their files."""
    both = zip(contraries.files(db), row_files(db), strict=True)
    return {one.name: off for one, file in both if (off := sorted(one.worded.keys() - file.texts.keys()))}


def rows_of(files: Sequence[ownrows.RowsFile], *, seal: str) -> Rows:
    """The rows of files beside those that ship, without a file that can't be read any more."""
    good = []
    for file in files:
        try:
            ownrows.read(file, left=True)
        except BadEvidence as error:
            structlog.get_logger("evidence").error("rows are left out; import their file again", said=str(error))
        else:
            good.append(file)
    return ownrows.joined(good, seal=seal, left=True)


def open_refuted(db: Database, model: Model) -> RefutedClaims:
    """The claims that fact-checks, or decisions here, found false."""
    return build_refuted(evidence.refuted_claims(db), model)


def build_refuted(rows: Iterable[tuple[str, str, str]], model: Model) -> RefutedClaims:
    """The same from rows of refuted_claims()."""
    return RefutedClaims.build([RefutedClaim(eid, text, role) for eid, text, role in rows], verdict=model.verdict)
