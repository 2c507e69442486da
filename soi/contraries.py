"""A home's own rows of what goes against its passages: read from files, and tried before anything is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from classifier.errors import BadEvidence
from classifier.evaluation import ownrows as gate
from classifier.evidence.retrieval import Passage
from classifier.logic import ownrows
from classifier.logic.contraries import shipped_texts
from classifier.logic.ownrows import MOST_BYTES, RowsFile
from classifier.policy import SETTLING
from pipeline.home import Home
from pipeline.indexing import passage_of, row_files, rows_of
from pipeline.records import counted
from pipeline.registry import live_model
from pipeline.store import Database, contraries, evidence


def read_rows(db: Database, paths: Sequence[Path], given: Mapping[str, Passage]) -> list[RowsFile]:
    """Files of rows with the passages that these are on, of those given (as they will be stored) or of the store;
    raises BadEvidence naming the first file and row that can't be used, and why."""
    found = list[RowsFile]()
    for path in paths:
        if path.name in {file.name for file in found}:
            raise BadEvidence(f"two files are called {path.name}, by which rows are told apart; rename one of them")
        text = _text_of(path)
        passages = {
            passage.eid: passage for fact in ownrows.facts_of(path.name, text) if (passage := _named(db, fact, given))
        }
        for eid, passage in passages.items():
            if wrong := _unfit(passage):
                raise BadEvidence(f"{path.name}, {eid}: {wrong}")
        found.append(RowsFile(path.name, text, {eid: passage.text for eid, passage in passages.items()}))
    ownrows.check(ownrows.joined(found))
    return found


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            held = file.read(MOST_BYTES + 1)
        if len(held) > MOST_BYTES:
            raise BadEvidence(f"{path.name} is too large: the rows of a home may have {MOST_BYTES:,} bytes in all")
        return held.decode("utf-8-sig")
    except OSError as error:
        raise BadEvidence(f"{path.name} can't be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise BadEvidence(f"{path.name} can't be read as contraries: {error}") from None


def _named(db: Database, fact: str, given: Mapping[str, Passage]) -> Passage | None:
    """The passage that a row names: by its id, or one of our facts by its short name."""
    return next((one for eid in (fact, f"fact:{fact}") if (one := given.get(eid) or _stored(db, eid))), None)


def _stored(db: Database, eid: str) -> Passage | None:
    row = evidence.passage(db, eid)
    return passage_of(row) if row and contraries.words_of(db, eid) is not None else None


def _unfit(passage: Passage) -> str:
    """Why no row may be on a passage, "" where one may."""
    if passage.role not in SETTLING:
        return "it is a party's, which settles nothing; rows count beside primary and independent passages"
    if passage.kind not in ("fact", "law"):
        return "it is neither a fact nor law; rows count beside these alone"
    if shipped_texts().get(passage.eid, passage.text) != passage.text:
        return "it isn't worded here as the fact that ships is"
    return ""


def try_rows(
    home: Home, db: Database, files: Sequence[RowsFile], given: Mapping[str, Passage], *, why: str,
    on_step: Callable[[int, int], None],
) -> list[str]:  # fmt: skip
    """Score what may not be flagged by the live model with these rows beside those there are; a sentence on each file.

    Raises BadEvidence where they would flag protected texts, or without a reason true claims or one voice of two.
    """
    names = {file.name for file in files}
    others = [_still_on(file, given) for file in row_files(db) if file.name not in names]
    if sum(len(file.text.encode()) for file in (*others, *files)) > MOST_BYTES:
        raise BadEvidence(f"With these the home would have too many rows: they may have {MOST_BYTES:,} bytes in all.")
    new, rows = ownrows.joined(files), rows_of([*others, *files], seal="")
    ownrows.check_limits(rows)
    model = replace(live_model(home, db), rows=rows)
    passages = [passage for eid in rows.texts if (passage := given.get(eid) or _stored(db, eid))]
    found = gate.harms(model, passages, on_step=on_step)
    if stopped := [one for one in found if one.what == gate.PROTECTED or not why]:
        more = (
            "" if any(one.what == gate.PROTECTED for one in stopped) else "; --why, a reason that is kept, lets it pass"
        )
        raise BadEvidence(f"{' '.join(one.told for one in stopped)} Give the row an unless, or closer words{more}.")
    silent = gate.unflagged(model, passages, new)
    return [*(one.told for one in found), *(_told(file, silent) for file in files)]


def _still_on(file: RowsFile, given: Mapping[str, Passage]) -> RowsFile:
    """A file that came before, with the passages for which its rows count once those given are stored."""
    texts = {eid: text for eid, text in file.texts.items() if eid not in given or given[eid].text == text}
    return replace(file, texts=texts)


def _told(file: RowsFile, silent: Sequence[str]) -> str:
    rows, _ = ownrows.read(file)
    own = [at.rpartition(" ")[2] for at in silent if at.startswith(f"{file.name}, ")]
    few = ", ".join(own[:10]) + ", …" * (len(own) > 10)
    quiet = f"; posted by itself the like of {len(own)} wouldn't be flagged: contrary {few}" if own else ""
    passages = counted(len({row.eid for row in rows}), "passage")
    return f"{file.name} counts from now on: {counted(len(rows), 'row')} on {passages}{quiet}."
