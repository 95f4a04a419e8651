"""CPU seconds of each format of the downloads, from a built release: ``formats.py output/dalian/current BUILD_CPU``.

The rows are read once from the release's JSON lines; each format is then made from them as a build makes it, shard by
shard and joined. ``BUILD_CPU`` are the full build's CPU seconds (``build.py``); the share of them is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
import datetime as dt
from pathlib import Path
import sys
import tempfile
import time

import msgspec

from site_builder.outputs.columns import COLUMNS, YEAR_OF, Value
from site_builder.outputs.formats import csv as downloads
from site_builder.outputs.formats import parquet
from site_builder.outputs.formats import sqlite as database
from site_builder.outputs.formats import xlsx as workbook
from site_builder.vocabulary import Kind

SHARD = 2000
KIND = Kind.SEVERE

Shards = Sequence[Sequence[Sequence[Value]]]


def main() -> None:
    """Measure and print a Markdown table."""
    shards = read(Path(sys.argv[1]) / f"data/{KIND}.jsonl")
    whole = float(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        made = {
            "CSV": lambda: join(Path(folder), "csv", (downloads.csv_lines(one) for one in shards), shards),
            "JSON Lines": lambda: join(
                Path(folder), "jsonl", (downloads.jsonl_lines(COLUMNS[KIND], one) for one in shards), shards
            ),
            "XLSX": lambda: xlsx(Path(folder), shards),
            "Parquet": lambda: parquet.write_table(
                Path(folder) / "a.parquet", KIND, (parquet.batch_part(KIND, one) for one in shards)
            ),
            "SQLite": lambda: sqlite(Path(folder), shards),
        }
        spent = {name: cpu(make) for name, make in made.items()}
    print("| 格式 | CPU（秒） | 占全站构建 |\n|---|--:|--:|")
    for name, seconds in [*spent.items(), ("合计", sum(spent.values()))]:
        print(f"| {name} | {seconds:.2f} | {seconds / whole:.1%} |")


def read(path: Path) -> Shards:
    """The rows of a release in shards, typed."""
    rows: list[list[Value]] = []
    types = [column.type for column in COLUMNS[KIND]]
    for line in path.read_bytes().splitlines():
        cells = msgspec.json.decode(line).values()
        rows.append([typed(cell, kind) for cell, kind in zip(cells, types, strict=True)])
    return [rows[start : start + SHARD] for start in range(0, len(rows), SHARD)]


def typed(cell: object, kind: str) -> Value:
    """A cell of JSON lines as the builder has it."""
    if isinstance(cell, list):
        return tuple(cell)
    if kind == "date" and isinstance(cell, str):
        return dt.date.fromisoformat(cell)
    return cell  # type: ignore[return-value]  # text, a flag or nothing


def join(folder: Path, extension: str, shards: Iterable[list[bytes]], rows: Shards) -> None:
    """The whole file and those by year."""
    place = [column.name for column in COLUMNS[KIND]].index(YEAR_OF[KIND])
    with (folder / f"a.{extension}").open("wb") as out:
        for lines, of in zip(shards, rows, strict=True):
            out.write(b"".join(lines))
            years: dict[int, list[bytes]] = {}
            for line, row in zip(lines, of, strict=True):
                years.setdefault(row[place].year, []).append(line)  # type: ignore[union-attr]
            for year, members in years.items():
                with (folder / f"{year}.{extension}").open("ab") as part:
                    part.write(b"".join(members))


def xlsx(folder: Path, shards: Shards) -> None:
    """The workbook."""
    parts = (workbook.rows_part(KIND, one) for one in shards)
    workbook.write_xlsx(folder / "a.xlsx", KIND, sum(map(len, shards)), parts)


def sqlite(folder: Path, shards: Shards) -> None:
    """The table of entries in the database, with its indexes."""
    base = database.create(folder / "a.sqlite")
    for one in shards:
        packed = msgspec.msgpack.encode(database.stored(one))
        database.fill(base, database.table_of(KIND), msgspec.msgpack.decode(packed))
    database.finish(base, folder / "a.sqlite")


def cpu(make: Callable[[], None]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    make()
    return time.process_time() - start


if __name__ == "__main__":
    main()
