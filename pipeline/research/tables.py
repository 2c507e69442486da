"""Rows out of CSV, JSON, JSON lines, Parquet, Arrow and Hugging Face folders, as dictionaries; and back to some."""

import codecs
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

from classifier.atomic import replaced
from classifier.errors import ClassifierError, install
from classifier.files import UNPACKED, json_lines, unpacked
from pipeline.claimreview import for_pages

Row = dict[str, Any]

# as data sets name their files, in whole words: testimonies.csv holds no test
PARTS = ("train", "training", "validation", "valid", "val", "dev", "eval", "evaluation", "test", "testing")
# of a name: ViTest_v2 is Vi, Test, v, and UITtest is UIT, test
WORDS = (re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+"), re.compile(r"[A-Z]+|[a-z]+"))
TOLD = re.compile(r"sep=([,;\t])\r?\n")  # a first line by which Excel is told what parts the cells
# where a cell may begin, for a spreadsheet that parts them by semicolons too, and what it takes for a formula there
BEGINS, FORMULA = r"(^|[;\t\r\n])([ \u00a0\"]*)", "[-=+@＝＋－＠']"
TO_GUARD = re.compile(rf"^(?=[\t\r\n])|{BEGINS}(?={FORMULA})")
GUARDED = re.compile(rf"^'(?=[\t\r\n])|{BEGINS}'(?={FORMULA})")
# of the columns that exported files and snapshots have those that hold no text, by the type that Parquet has for them
TYPES = {
    "case": "int64", "case_id": "int64", "post_id": "int64", "posts": "int64", "sources": "int64", "score_id": "int64",
    "decision": "int64", "undoes": "int64", "blind": "int64", "line": "int64", "audit": "bool", "priority": "double",
    "p_refuted": "double", "p": "double",
}  # fmt: skip
AT_ONCE = 64  # rows unpacked together: a small file may repeat one long text in each
ABOUT = ("dataset_info.json", "dataset_infos.json", "dataset_dict.json", "state.json")  # they tell of a set, hold none


class TableRefused(Exception):
    """A file that can't be read as a table; the message says what to do."""


def read(path: Path) -> Iterator[Row]:
    """Rows of a file or of a folder of files; in a folder a file's name gives the column `part`, where it has none.

    Columns are named in composed letters, as people type them and macOS doesn't write them.
    """
    if path.is_dir():
        yield from _folder(path)
        return
    if not path.is_file():
        raise TableRefused(f"There is no file {path}.")
    suffix = path.name.removesuffix(".gz").rpartition(".")[2].lower()
    if suffix not in READERS:
        raise TableRefused(f"{path.name} is no CSV, TSV, JSON, JSON lines, Parquet or Arrow file; convert it to one.")
    try:
        for row in READERS[suffix](path):
            yield {normalize("NFC", name): value for name, value in row.items()}
    except ClassifierError as error:
        raise TableRefused(str(error)) from None
    except (ValueError, RecursionError) as error:
        raise TableRefused(f"{path.name} can't be read ({error}); save it again, whole and as UTF-8.") from None
    except csv.Error as error:
        raise TableRefused(
            f"{path.name} can't be read ({error}); a cell that holds a quotation mark, a line break or the mark between"
            ' cells stands in quotation marks, and its own are doubled: "so ""said"" he".'
        ) from None


def _folder(path: Path) -> Iterator[Row]:
    """Files of a Hugging Face layout: at the top, in data/ or below, or as saved to disk; the names tell the part."""
    inside = path / "data" if (path / "data").is_dir() else path
    named = (f for f in sorted(inside.rglob("*")) if f.name.lower().endswith(ENDINGS) and f.name not in ABOUT)
    files = [f for f in named if f.is_file()]  # Spark names the folder of a table's files as others name a file
    if not files:
        raise TableRefused(f"{path} holds no CSV, JSON, Parquet or Arrow file.")
    for file in files:
        part = _part(file.relative_to(inside))
        for row in read(file):
            yield {"part": part} | row if part else row


def _part(file: Path) -> str:
    """The part a file's own name tells, else that of the nearest folder; "" where none does."""
    found = (word for name in reversed(file.parts) for words in WORDS for word in words.findall(name))
    return next((part for word in found if (part := word.lower().removesuffix("set")) in PARTS), "")


def _text(path: Path) -> str:
    """A file's text: UTF-8, or UTF-16 with its mark, as Excel's "Unicode Text" is."""
    raw = unpacked(path)
    return raw.decode("utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig")


def _csv(path: Path) -> Iterator[Row]:
    csv.field_size_limit(1 << 24)  # an article in a cell passes Python's own limit
    text = _text(path)
    told = TOLD.match(text)
    text = text[told.end() :] if told else text
    head = text.partition("\n")[0]
    delimiter = "\t" if ".tsv" in path.name else max(",;\t", key=head.count)  # spreadsheets here write semicolons
    delimiter = told[1] if told else delimiter
    try:
        rows = _cells(text, delimiter, above=bool(told))
    except csv.Error:
        if delimiter != "\t":
            raise
        # the quotation marks are the text's own
        rows = _cells(text, delimiter, above=bool(told), quoting=csv.QUOTE_NONE)
    yield from rows


def _cells(text: str, delimiter: str, *, above: int, quoting: Literal[0, 3] = csv.QUOTE_MINIMAL) -> list[Row]:
    """Rows by their head; raises csv.Error for an open quotation mark, or for a row that is longer than the head,
    whose line is counted with those above.

    Raises TableRefused for two columns of one name.
    """
    lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=True)
    _check_once(lines.fieldnames or ())
    rows: list[Row] = []
    for row in lines:
        if any(row.pop(None, ())):
            raise csv.Error(f"line {above + lines.line_num} has more cells than the head")
        rows.append(row)
    return rows


def _check_once(columns: Iterable[str]) -> None:
    """Raise TableRefused for two columns of one name, however its accents are written: of a row as a dictionary the
    last would stand alone."""
    for name, times in Counter(normalize("NFC", name) for name in columns).items():
        if name and times > 1:
            raise TableRefused(f'{times} columns are named "{name}"; name each otherwise.')


def _jsonl(path: Path) -> Iterator[Row]:
    return (row for _, row in json_lines(path))


def _json(path: Path) -> Iterator[Row]:
    """A list of objects, or an object of objects: by keys that become `id`, or by columns, as pandas writes it."""
    whole = json.loads(_text(path))
    if isinstance(whole, dict):
        whole = whole["data"] if isinstance(whole.get("data"), list) else _keyed(whole)
    if not isinstance(whole, list) or not all(isinstance(row, dict) for row in whole):
        raise TableRefused(f"{path.name} isn't a list of JSON objects.")
    yield from whole


def _keyed(whole: Mapping[str, Any]) -> list[Any]:
    keys = {tuple(one) if isinstance(one, dict) else () for one in whole.values()}
    if len(keys) == 1 and (rows := max(keys)) and all(map(str.isdecimal, rows)):
        return [{name: cells[row] for name, cells in whole.items()} for row in rows]
    return [{"id": key} | row if isinstance(row, dict) else row for key, row in whole.items()]


def _pyarrow(form: str) -> Any:
    try:
        import pyarrow.ipc
        import pyarrow.parquet
    except ImportError:
        raise TableRefused(f"{form} needs the research extra; {install('research')}.") from None
    return pyarrow


def _parquet(path: Path) -> Iterator[Row]:
    pyarrow = _pyarrow("Parquet")
    try:
        file = pyarrow.parquet.ParquetFile(path)
        yield from _named(file.iter_batches(AT_ONCE), file.schema_arrow, path.name)
    except (pyarrow.ArrowException, OSError, OverflowError) as error:
        raise TableRefused(f"{path.name} is no readable Parquet file ({error}).") from None


def _arrow(path: Path) -> Iterator[Row]:
    """Rows of an Arrow file as `save_to_disk` of Hugging Face writes it: a stream."""
    pyarrow = _pyarrow("Arrow")
    try:
        with path.open("rb") as raw, pyarrow.ipc.open_stream(raw) as stream:
            yield from _named(stream, stream.schema, path.name)
    except (pyarrow.ArrowException, OSError, OverflowError) as error:
        raise TableRefused(f"{path.name} is no readable Arrow stream ({error}).") from None


def _named(batches: Iterable[Any], schema: Any, file: str) -> Iterator[Row]:
    """Rows with a Hugging Face ClassLabel told by its name, which the schema keeps, and not by its number.

    Raises TableRefused for two columns of one name, and past the size that a packed file may have: a text that each
    row repeats is kept once there; and what pyarrow raises for a damaged one, which it would read past its end.
    """
    _check_once(schema.names)
    names = {
        column: dict(enumerate(found))
        for column, found in _class_names((schema.metadata or {}).get(b"huggingface", b"")).items()
    }
    size = 0
    for batch in batches:
        batch.validate(full=True)
        for at in range(0, batch.num_rows, AT_ONCE):
            rows = batch.slice(at, AT_ONCE)
            if size + rows.nbytes > UNPACKED:  # as Python's own they may take four times that
                raise _too_large(file)
            for row in _as_rows(rows, file):
                size += sum(len(one if isinstance(one, str | bytes) else str(one)) for one in row.values())
                if size > UNPACKED:
                    raise _too_large(file)
                yield row | {column: names[column].get(row[column]) for column in names.keys() & row.keys()}


def _as_rows(batch: Any, file: str) -> list[Row]:
    try:
        found: list[Row] = batch.to_pylist()
    except KeyError as error:
        raise TableRefused(
            f"{file} has times of the zone {error}, which nobody knows here; write them in UTC."
        ) from None
    return found


def _too_large(file: str) -> TableRefused:
    return TableRefused(
        f"{file} unpacks to over {UNPACKED >> 20} MB; part it into several files in one folder, if it is meant to."
    )


def _class_names(told: bytes) -> dict[str, list[str]]:
    try:
        features = json.loads(told)["info"]["features"]
        return {name: list(one["names"]) for name, one in features.items() if _is_class_label(one)}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _is_class_label(feature: Any) -> bool:
    """Whether a feature is one; a list of objects is told as a list."""
    return isinstance(feature, dict) and feature.get("_type") == "ClassLabel"


READERS = {
    "csv": _csv, "tsv": _csv, "json": _json, "jsonl": _jsonl, "ndjson": _jsonl, "parquet": _parquet, "arrow": _arrow,
}  # fmt: skip
ENDINGS = tuple(f".{name}{packed}" for name in READERS for packed in ("", ".gz"))


def write_rows(
    rows: Sequence[Mapping[str, Any]],
    path: Path,
    *,
    names: Sequence[str] = (),
    when_whole: Callable[[], object] = lambda: None,
) -> int:
    """Rows that leave the home as a table, no cell of a CSV a formula, all of them or none; returns how many.

    names: the columns of a CSV or a Parquet file, so that one without rows has them too.
    when_whole: done once all is written, before the file is in its place.
    """
    write(path, guarded(rows) if path.suffix.lower() == ".csv" else rows, names=names, when_whole=when_whole)
    return len(rows)


def guarded(rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Rows of which no cell is taken for a formula: an apostrophe goes before =, +, - and @, wherever one may begin."""
    return [{name: _guarded(cell(value)) for name, value in row.items()} for row in rows]


def _guarded(value: Any) -> Any:
    return TO_GUARD.sub(r"\g<0>'", value) if isinstance(value, str) else value


def unguarded(text: str) -> str:
    """A cell without the apostrophes that guard it."""
    return GUARDED.sub(lambda found: found[0][:-1], text)


def write(
    path: Path,
    rows: Sequence[Mapping[str, Any]],
    *,
    names: Sequence[str] = (),
    when_whole: Callable[[], object] = lambda: None,
) -> None:
    """Rows as CSV, JSON lines (fit for a page's script) or Parquet, by the file's ending, all of them or none.

    A CSV or Parquet file has the columns named, else those of the first row; a CSV begins with the mark by which a
    spreadsheet knows UTF-8.
    """
    ending = path.suffix.lower()
    if ending not in (".csv", ".jsonl", ".parquet"):
        raise TableRefused(f"{path.name} should end in .csv, .jsonl or .parquet.")
    names = names or list(rows[0] if rows else ())
    with replaced(path) as unfinished:
        if ending == ".parquet":
            write_parquet(unfinished, rows, names)
        elif ending == ".jsonl":
            unfinished.write_text("".join(f"{for_pages(row)}\n" for row in rows), encoding="utf-8")
        else:
            write_csv(unfinished, rows, names, encoding="utf-8-sig")
        when_whole()


def write_csv(path: Path, rows: Iterable[Mapping[str, Any]], names: Sequence[str], *, encoding: str = "utf-8") -> None:
    """Rows as a CSV file with the columns named."""
    out = io.StringIO(newline="")
    plain, quoted = (
        csv.DictWriter(out, names, lineterminator="\n", quoting=how) for how in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)
    )
    plain.writeheader()
    for row in rows:
        # Python 3.11 puts a lone carriage return down bare, and readers end the row there
        (quoted if any("\r" in one for one in row.values() if isinstance(one, str)) else plain).writerow(row)
    path.write_text(out.getvalue(), encoding=encoding)


def write_jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows as JSON lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def write_parquet(path: Path, rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> None:
    """Rows as a Parquet file with the columns named; lists and objects inside a cell are kept as JSON text.

    A column has the type that it always has, so that files of several months can be joined, and text where nothing
    stands in it and none is known.
    """
    pyarrow = _pyarrow("Parquet")
    columns = {name: _column(pyarrow, name, [cell(row.get(name)) for row in rows]) for name in names}
    pyarrow.parquet.write_table(pyarrow.table(columns), path, compression="zstd")


def _column(pyarrow: Any, name: str, cells: Sequence[Any]) -> Any:
    known = TYPES.get(name) or ("string" if all(one is None for one in cells) else None)
    try:
        return pyarrow.array(cells, known)
    except pyarrow.ArrowException:  # a column that is only named alike, as post_id of one case's rows
        return pyarrow.array(cells)


def cell(value: Any) -> Any:
    """A value as one cell of a flat table."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict | tuple) else value
