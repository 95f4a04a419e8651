"""JSON Lines: an object a row with every column named, days as text, lists as arrays, what is absent null."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from site_builder.outputs.columns import Cell
from site_builder.outputs.formats.format import Format, RowSet, UnreadableError, readable, write


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
    """The rows."""
    (table,) = tables
    write(path, b"", table.parts)


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
