"""The JSON lines of a table read as they must be written: every column once, in its place, with its type, and no more.

A line that is written otherwise may say more than what is read of it; with it a table is held against nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
import datetime as dt
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import msgspec

from site_builder.audit.downloads import guarded, in_turn
from site_builder.outputs import formats
from site_builder.outputs.formats import RowSet
from site_builder.outputs.formats.format import UnreadableError
from site_builder.pages import urls
from site_builder.public.columns import ShownColumn

L = TypeVar("L")

Row = dict[str, Any]
"""The values by column; days are days."""

DIFFERS: Final = "与 JSON Lines 下载不一致"
UNREADABLE: Final = "下载文件读不懂"
_EARLY: Final = 64
"""More columns than any table has: so many lines may stand before their turn."""

_TYPES: Final[dict[str, Any]] = {
    "string": str,
    "date": dt.date,
    "boolean": bool,
    "integer": Annotated[int, msgspec.Meta(ge=0, lt=1 << 53)],
    "list": list[str],
}


class MalformedError(Exception):
    """A line that is not as it must be written, or (``what``) another thing that is wrong with it."""

    def __init__(self, path: Path, line: int, what: str = "下载文件的这一行读不懂，或者不是照本站的写法写的") -> None:
        super().__init__(path, line)
        self.path = path
        self.line = line
        self.what = what


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


def ordered(root: Path, table: RowSet) -> Iterator[Row]:
    """The JSON lines of a table in the order of its CSV."""
    path = json_of(root, table)
    if path.is_file():
        by_id = "id" in table.names
        yield from sorted_by_csv(root, table, rows(path, table), lambda row: [row["id"]] if by_id else in_csv(row))


def sorted_by_csv(root: Path, table: RowSet, lines: Iterable[L], said: Callable[[L], list[str]]) -> Iterator[L]:
    """The lines in the order of the table's CSV, where none stands before its turn.

    ``said``: what the CSV begins with for a line. Raises ``MalformedError`` where it holds others.
    """
    path = root / f"{urls.DATA}{table.name}.csv"
    if not path.is_file():
        return
    width = 1 if "id" in table.names else None
    left, told = iter(lines), (cells[:width] for cells in formats.named("csv").read(path, table))
    try:
        first, asked = list(islice(left, 1)), list(islice(told, 1))
        if [said(one) for one in first] == asked:
            yield from chain(first, left)
            return
        turns = in_turn(chain(first, left), chain(asked, told), lambda one: str(said(one)), str, _EARLY)
        for number, (line, cells) in enumerate(turns, start=1):
            if line is None or said(line) != cells:
                raise MalformedError(path, number, DIFFERS)
            yield line
    except UnreadableError:
        raise MalformedError(path, 0, UNREADABLE) from None


def json_of(root: Path, table: RowSet) -> Path:
    """The JSON lines of a table."""
    return root / f"{urls.DATA}{table.name}.jsonl"


def in_csv(row: Row) -> list[str]:
    """A row of JSON lines, without lists, as the cells of a CSV."""
    return [guarded("" if value is None else str(value)) for value in row.values()]


@cache
def _shape(columns: tuple[ShownColumn, ...]) -> type[msgspec.Struct]:
    return msgspec.defstruct("Line", [(one.name, _type(one)) for one in columns], gc=False)


def _type(column: ShownColumn) -> Any:  # noqa: ANN401  # a type
    told = _TYPES[column.type]
    return told if column.required or column.type in {"boolean", "list"} else told | None
