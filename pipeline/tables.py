"""Rows out of CSV, JSON, JSON lines, Parquet and Hugging Face folders, as plain dictionaries; and back to Parquet."""

import csv
import gzip
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]

PARTS = ("train", "validation", "valid", "dev", "test")  # as data sets name their files


class TableRefused(Exception):
    """A file that can't be read as a table; the message says what to do."""


def read(path: Path) -> Iterator[Row]:
    """Rows of a file or of a folder of files; in a folder a file's name gives the column `part`, where it has none."""
    if path.is_dir():
        yield from _folder(path)
        return
    if not path.is_file():
        raise TableRefused(f"There is no file {path}.")
    suffix = path.name.removesuffix(".gz").rpartition(".")[2].lower()
    readers = {"csv": _csv, "tsv": _csv, "json": _json, "jsonl": _jsonl, "ndjson": _jsonl, "parquet": _parquet}
    if suffix not in readers:
        raise TableRefused(f"{path.name} is no CSV, TSV, JSON, JSON lines or Parquet file; convert it to one.")
    try:
        yield from readers[suffix](path)
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError, csv.Error, json.JSONDecodeError) as error:
        raise TableRefused(f"{path.name} can't be read ({error}); save it again as UTF-8.") from None


def _folder(path: Path) -> Iterator[Row]:
    """Files of a Hugging Face layout: at the top or in data/, named after their part."""
    endings = (".csv", ".tsv", ".json", ".jsonl", ".parquet", ".csv.gz", ".jsonl.gz")
    inside = path / "data" if (path / "data").is_dir() else path
    files = [f for f in sorted(inside.iterdir()) if f.name.endswith(endings) and not f.name.startswith("dataset_info")]
    if not files:
        raise TableRefused(f"{path} holds no CSV, JSON or Parquet file, at its top or in data/.")
    for file in files:
        part = next((part for part in PARTS if part in file.name.lower()), "")
        for row in read(file):
            yield {"part": part} | row if part else row


def _text(path: Path) -> str:
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")


def _csv(path: Path) -> Iterator[Row]:
    csv.field_size_limit(1 << 24)  # an article in a cell passes Python's own limit
    delimiter = "\t" if ".tsv" in path.name else ","
    yield from csv.DictReader(io.StringIO(_text(path), newline=""), delimiter=delimiter)


def _jsonl(path: Path) -> Iterator[Row]:
    for line in _text(path).split("\n"):
        if line.strip():
            row = json.loads(line)
            if not isinstance(row, dict):
                raise TableRefused(f"{path.name} holds a line that isn't a JSON object.")
            yield row


def _json(path: Path) -> Iterator[Row]:
    """A list of objects, or an object of objects whose keys become `id`."""
    whole = json.loads(_text(path))
    if isinstance(whole, dict):
        whole = whole["data"] if isinstance(whole.get("data"), list) else _keyed(whole)
    if not isinstance(whole, list) or not all(isinstance(row, dict) for row in whole):
        raise TableRefused(f"{path.name} isn't a list of JSON objects.")
    yield from whole


def _keyed(whole: Mapping[str, Any]) -> list[Any]:
    return [{"id": key} | row if isinstance(row, dict) else row for key, row in whole.items()]


def _parquet(path: Path) -> Iterator[Row]:
    try:
        from pyarrow import ArrowInvalid, parquet
    except ImportError:
        raise TableRefused("Parquet needs the research extra: install soi[research].") from None
    try:
        for batch in parquet.ParquetFile(path).iter_batches():
            yield from batch.to_pylist()
    except ArrowInvalid as error:
        raise TableRefused(f"{path.name} is no readable Parquet file ({error}).") from None


def write_parquet(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows as a Parquet file; lists and objects inside a cell are kept as JSON text."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise TableRefused("Parquet needs the research extra: install soi[research].") from None
    plain = [{name: cell(value) for name, value in row.items()} for row in rows]
    parquet.write_table(pyarrow.Table.from_pylist(plain), path, compression="zstd")


def cell(value: Any) -> Any:
    """A value as one cell of a flat table."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict | tuple) else value
