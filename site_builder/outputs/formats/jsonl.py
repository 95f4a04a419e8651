"""JSON Lines: an object a row with every column named, days as text, lists as arrays, what is absent null.

Readers tell what a column holds by the lines at the beginning; of a column that is empty in all of them some lose the
values, some stop. So the first lines show every column that any line shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
import re
from typing import Any, Final

import msgspec

from site_builder.outputs.columns import Cell
from site_builder.outputs.formats.format import Format, RowSet, UnreadableError, readable, write

FIRST: Final = 100
"""So many lines a reader looks at that is told nothing else (polars)."""


def part(table: RowSet, rows: Iterable[Sequence[Cell]]) -> list[bytes]:
    """Each row as one JSON object and a line feed."""
    encode = msgspec.json.Encoder().encode
    named = _named(tuple(table.names))
    return [encode(named(*row)) + b"\n" for row in rows]


@cache
def _named(names: tuple[str, ...]) -> type[msgspec.Struct]:
    """A structure of these fields, in this order."""
    return msgspec.defstruct("Row", names, frozen=True, gc=False)


def join(path: Path, tables: Sequence[RowSet]) -> None:
    """The rows in their order; before them those that are the first to show a column, where they would come too late.

    The parts are read twice.
    """
    (table,) = tables
    early = _early(table)
    write(path, b"".join([line for _, _, line in early]), _without(table.parts, early))


def _early(table: RowSet) -> list[tuple[int, int, bytes]]:
    """(number of the part, place in it, line) of the rows that go before the others, as few as will do."""
    hidden = {column.name: _shows(column.name) for column in table.columns}
    first: dict[int, tuple[int, int, bytes]] = {}
    before = 0
    for number, part in enumerate(table.parts):
        for name, shows in list(hidden.items()):
            if (match := shows.search(part)) is not None:
                del hidden[name]
                start, end = part.rfind(b"\n", 0, match.start()) + 1, part.index(b"\n", match.start()) + 1
                first[before + part.count(b"\n", 0, start)] = (number, start, part[start:end])
        before += part.count(b"\n")
    return [first[row] for row in sorted(first) if row >= FIRST - early_lines(first)]


def early_lines(rows: Iterable[int]) -> int:
    """How many of these rows, counted from 0, go before the others, so that none is behind the first lines.

    Each that does moves those behind it, which may then have to.
    """
    numbers = list(rows)
    count = 0
    while (late := sum(row >= FIRST - count for row in numbers)) > count:
        count = late
    return count


@cache
def _shows(column: str) -> re.Pattern[bytes]:
    """A line that has something in the column: in a text every quotation mark has a backslash before it."""
    return re.compile(rb'"%b":(?!null|\[\])' % column.encode())


def _without(parts: Iterable[bytes], early: Sequence[tuple[int, int, bytes]]) -> Iterator[bytes]:
    """The parts without those lines."""
    for number, part in enumerate(parts):
        at = 0
        for of, start, line in early:
            if of == number:
                yield part[at:start]
                at = start + len(line)
        yield part[at:]


def read(path: Path, table: RowSet) -> Iterator[list[Any]]:
    """The values of each row, as JSON has them."""
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    names = table.names
    with readable(msgspec.MsgspecError, UnicodeError), path.open("rb") as lines:
        for line in lines:
            row = decode(line)
            if list(row) != names:
                raise UnreadableError
            yield list(row.values())


FORMAT: Final = Format(
    name="jsonl",
    label="JSONL",
    media="application/jsonl",
    part=part,
    join=join,
    read=read,
    text=True,
    schema=True,
    arrays=True,
    by_line=True,
)
