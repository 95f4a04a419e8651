"""The downloads put together from the shards' parts: whole, by year, typed, and as one database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
import shutil

import msgspec

from site_builder.outputs import measure_links
from site_builder.outputs.columns import COLUMNS, Cell
from site_builder.outputs.formats import csv as downloads
from site_builder.outputs.formats import parquet
from site_builder.outputs.formats import sqlite as database
from site_builder.outputs.formats import xlsx as workbook
from site_builder.pages import urls
from site_builder.public.columns import Column
from site_builder.vocabulary import Kind
from site_builder.write.parts import CITING
from site_builder.write.rendering import Rendering, part_file

Shards = Sequence[int]


def join_whole(rendering: Rendering, kind: Kind, shards: Shards) -> None:
    """The CSV and JSON lines of a kind."""
    for extension in downloads.PLAIN:
        path = rendering.root / urls.download(kind, extension)
        _join(path, _head(extension, COLUMNS[kind]), _existing(rendering, kind, shards, extension))


def years_of(rendering: Rendering, kind: Kind, shards: Shards) -> dict[str, int]:
    """The rows of each year of a kind that has any."""
    rows: Counter[str] = Counter()
    for part in _existing(rendering, kind, shards, "years"):
        rows.update(msgspec.msgpack.decode(part.read_bytes(), type=dict[str, int]))
    return dict(sorted(rows.items()))


def join_years(rendering: Rendering, kind: Kind, shards: Shards) -> None:
    """The CSV and JSON lines of each year of a kind."""
    for year in years_of(rendering, kind, shards):
        for extension in downloads.BY_YEAR:
            path = rendering.root / urls.download_of_year(kind, year, extension)
            _join(path, _head(extension, COLUMNS[kind]), _existing(rendering, kind, shards, f"{year}.{extension}"))


def write_workbook(rendering: Rendering, kind: Kind, shards: Shards, count: int) -> None:
    """The XLSX of a kind."""
    parts = _read(_existing(rendering, kind, shards, "xlsx"))
    workbook.write_xlsx(rendering.root / urls.download(kind, "xlsx"), kind, count, parts)


def write_parquet(rendering: Rendering, kind: Kind, shards: Shards) -> None:
    """The Parquet file of a kind."""
    parts = _read(_existing(rendering, kind, shards, "parquet"))
    parquet.write_table(rendering.root / urls.download(kind, "parquet"), kind, parts)


def write_database(
    rendering: Rendering, shards: Iterable[tuple[Kind, Shards]], links: Sequence[Sequence[Cell]]
) -> None:
    """The SQLite database of all kinds; ``links`` are the rows of measures as data."""
    numbers = dict(shards)
    with database.writing(rendering.root / urls.DATABASE, tuple(numbers)) as base:
        for kind, of_kind in numbers.items():
            for part in _stored(rendering, kind, of_kind, "sqlite"):
                database.fill(base, database.table_of(kind), part)
        database.fill(base, "measure_links", database.stored(links))
        for part in _stored(rendering, Kind.SEVERE, numbers[Kind.SEVERE], f"{CITING}sqlite"):
            database.fill(base, "measure_entries", part)


def write_measure_tables(rendering: Rendering, links: Sequence[Sequence[Cell]], shards: Shards) -> None:
    """Measures as data: their links, and the entries that name them. ``shards`` are those of entries."""
    lines = {
        "csv": downloads.csv_lines(links),
        "jsonl": downloads.jsonl_lines(measure_links.LINKS, links),
    }
    for extension, found in lines.items():
        head = _head(extension, measure_links.LINKS)
        (rendering.root / f"{urls.MEASURE_LINKS}{extension}").write_bytes(head + b"".join(found))
        parts = _existing(rendering, Kind.SEVERE, shards, f"{CITING}{extension}")
        _join(rendering.root / f"{urls.MEASURE_ENTRIES}{extension}", _head(extension, measure_links.CITING), parts)


def _head(extension: str, columns: Sequence[Column]) -> bytes:
    return downloads.csv_header(columns) if extension == "csv" else b""


def _existing(rendering: Rendering, kind: Kind, shards: Shards, extension: str) -> Iterator[Path]:
    files = (part_file(rendering.parts, kind, shard, extension) for shard in shards)
    return (file for file in files if file.exists())


def _read(files: Iterable[Path]) -> Iterator[bytes]:
    return (file.read_bytes() for file in files)


def _stored(rendering: Rendering, kind: Kind, shards: Shards, extension: str) -> Iterator[list[tuple[database.Stored]]]:
    for data in _read(_existing(rendering, kind, shards, extension)):
        yield msgspec.msgpack.decode(data)


def _join(path: Path, head: bytes, parts: Iterable[Path]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as out:
        out.write(head)
        for part in parts:
            with part.open("rb") as data:
                shutil.copyfileobj(data, out)
