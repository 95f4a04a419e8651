"""CPU seconds of each format of the downloads, from a built release: ``formats.py output/dalian/current BUILD_CPU``.

The rows are read once from the release's JSON lines; each format is then made from them as a build makes it, shard by
shard and joined. ``BUILD_CPU`` are the full build's CPU seconds (``build.py``); the share of them is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
import datetime as dt
from functools import partial
from pathlib import Path
import sys
import tempfile
import time

import msgspec

from site_builder.outputs import formats
from site_builder.outputs.columns import COLUMNS, YEAR_OF, Value
from site_builder.outputs.formats import Format
from site_builder.vocabulary import Kind

SHARD = 2000
KIND = Kind.SEVERE

Shards = Sequence[Sequence[Sequence[Value]]]


def main() -> None:
    """Measure and print a Markdown table."""
    shards = read(Path(sys.argv[1]) / f"data/{KIND}.jsonl")
    whole = float(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        spent = {one.label: cpu(partial(make, Path(folder), one, shards)) for one in formats.FORMATS}
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


def make(folder: Path, one: Format, shards: Shards) -> None:
    """The whole file and, of a format by line, those by year."""
    table = formats.table_of(KIND)
    pieces = [one.part(table, rows) for rows in shards]
    tables = {"a": (map(b"".join, pieces), sum(map(len, shards)))}
    place = table.names.index(YEAR_OF[KIND])
    years: dict[str, list[bytes]] = {}
    for lines, rows in zip(pieces, shards, strict=True) if one.by_line else ():
        for line, row in zip(lines, rows, strict=True):
            years.setdefault(str(row[place])[:4], []).append(line)
    tables |= {year: (iter(lines), len(lines)) for year, lines in years.items()}
    for name, (parts, count) in tables.items():
        one.join(folder / f"{name}.{one.name}", [msgspec.structs.replace(table, parts=parts, count=count)])


def cpu(make: Callable[[], None]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    make()
    return time.process_time() - start


if __name__ == "__main__":
    main()
