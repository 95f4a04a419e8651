"""The JSON lines of a table read as they must be written: every column once, in its place, with its type, and no more.

A line that is written otherwise may say more than what is read of it; with it a table is held against nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
import datetime as dt
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec

from site_builder.outputs.formats import RowSet
from site_builder.public.columns import ShownColumn

Row = dict[str, Any]
"""The values by column; days are days."""

_TYPES: Final[dict[str, Any]] = {
    "string": str,
    "date": dt.date,
    "boolean": bool,
    "integer": Annotated[int, msgspec.Meta(ge=0, lt=1 << 53)],
    "list": list[str],
}


class MalformedError(Exception):
    """A line that is not as it must be written."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(path, line)
        self.path = path
        self.line = line


def rows(path: Path, table: RowSet) -> Iterator[Row]:
    """The rows of a file. Raises ``MalformedError`` at the first line that is another than its row makes."""
    decode, encode = msgspec.json.Decoder(_shape(table.columns)).decode, msgspec.json.Encoder().encode
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = decode(line)
            except (msgspec.MsgspecError, UnicodeError):
                raise MalformedError(path, number) from None
            if encode(row) + b"\n" != line:
                raise MalformedError(path, number)
            yield msgspec.structs.asdict(row)


@cache
def _shape(columns: tuple[ShownColumn, ...]) -> type[msgspec.Struct]:
    return msgspec.defstruct("Line", [(one.name, _type(one)) for one in columns], gc=False)


def _type(column: ShownColumn) -> Any:  # noqa: ANN401  # a type
    told = _TYPES[column.type]
    return told if column.required or column.type in {"boolean", "list"} else told | None
