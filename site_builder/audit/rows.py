"""What the downloads must hold of one shard, written a second time and apart from the program's own writers.

A download whose bytes are exactly these says exactly what the published records say, and nothing else; only another one
has to be read row by row. Formats: RFC 4180, JSON lines, and of ECMA-376 the plain form of a row (18.3.1.73).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
import csv
import datetime as dt
from functools import lru_cache
import hashlib
from itertools import accumulate
import re
from types import SimpleNamespace
from typing import Final, NamedTuple

import msgspec

from site_builder.audit.downloads import cut_cell, guarded, told
from site_builder.outputs.columns import COLUMNS, YEAR_OF, Value
from site_builder.public.columns import ShownColumn
from site_builder.vocabulary import Kind

SEPARATOR: Final = "；"
FIRST_ROW: Final = 2
"""The number of a sheet's first row below its header."""

DAY_STYLE: Final = b"2"
"""The number of the cell style that the rows' dates have."""

_SPECIAL: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_ORIGIN: Final = dt.date(1899, 12, 30)
_EARLIEST: Final = dt.date(1900, 3, 1)
_LONG: Final = 16_000
_encode: Final = msgspec.json.Encoder().encode


class Digested(msgspec.Struct, frozen=True):
    """So many bytes with this SHA-256."""

    size: int
    digest: str


class Shown(NamedTuple):
    """The first row of a part that shows something in a column: its number among the part's, its place as a line."""

    column: int
    row: int
    start: int
    size: int


class Parts(msgspec.Struct, frozen=True):
    """What each download must hold of a shard, or of those of its rows that are of one year.

    ``xlsx`` is None where a row is not in the plain form, and of a year. ``shown``: of every column that is shown at
    all. ``count``: how many rows there are.
    """

    csv: Digested
    jsonl: Digested
    xlsx: Digested | None
    shown: tuple[Shown, ...]
    count: int


OWN: Final = ("csv", "jsonl", "xlsx")
"""The formats that are written a second time here, and held against the records themselves."""


class ShardRows(msgspec.Struct, frozen=True):
    """A shard's rows as the downloads hold them, whole and by year, and the texts of all cells, each once.

    ``fields``: of each row what stands between the braces of its JSON line.
    """

    parts: Parts
    years: dict[str, Parts]
    texts: frozenset[str]
    fields: tuple[bytes, ...]


class _Cell(NamedTuple):
    """A cell: its text, and how it stands in CSV, in JSON, and in a sheet (where not in the plain form: None)."""

    text: str
    csv: str
    json: bytes
    sheet: str | None


def rows_of(kind: Kind, rows: Sequence[Sequence[Value]], first: int, regions: Mapping[str, str]) -> ShardRows:
    """The ``rows`` of a shard; ``first`` is the number of its first row, counted from 0. A value is written once.

    A sheet tells machine words, flags and divisions (``regions``: their names by code) in words.
    """
    texts: set[str] = set()
    plain = True
    columns: list[list[_Cell]] = []
    for column, values in zip(COLUMNS[kind], zip(*rows, strict=True), strict=bool(rows)):
        cells = {value: _cell(column, value, regions) for value in dict.fromkeys(values)}
        texts.update(cell.text for cell in cells.values())
        plain = plain and all(cell.sheet is not None for cell in cells.values())
        columns.append([cells[value] for value in values])
    letter = [letters(place) for place in range(len(columns))]
    lines: list[str] = []
    writer = csv.writer(SimpleNamespace(write=lines.append), lineterminator="\r\n")
    objects: list[bytes] = []
    sheet: list[str] = []
    for number, row in enumerate(zip(*columns, strict=True), first + FIRST_ROW):
        writer.writerow([cell.csv for cell in row])
        objects.append(b",".join([cell.json for cell in row]))
        seen = [f'<c r="{at}{number}"{cell.sheet}' for at, cell in zip(letter, row, strict=True) if cell.sheet]
        sheet.append(f'<row r="{number}">{"".join(seen)}</row>')
    json = [b"{%b}\n" % one for one in objects]
    found = _parts(rows, lines, json, digested("".join(sheet).encode("utf-8", "surrogatepass")) if plain else None)
    day = [column.name for column in COLUMNS[kind]].index(YEAR_OF[kind])
    of_year: dict[str, list[int]] = {}
    for place, values_ in enumerate(rows):
        of_year.setdefault(str(values_[day])[:4], []).append(place)
    years = {
        year: _parts([rows[one] for one in places], [lines[one] for one in places], [json[one] for one in places])
        for year, places in of_year.items()
    }
    return ShardRows(found, years, frozenset(texts), tuple(objects))


def _parts(
    rows: Sequence[Sequence[Value]], lines: Sequence[str], json: Sequence[bytes], xlsx: Digested | None = None
) -> Parts:
    """What the downloads must hold of these rows, which stand so in CSV and as lines of JSON."""
    starts = list(accumulate(map(len, json), initial=0))
    shown: dict[int, int] = {}
    for place, values in enumerate(zip(*rows, strict=True)):
        told = next((number for number, value in enumerate(values) if value is not None and value != ()), None)
        if told is not None:
            shown[place] = told
    return Parts(
        digested("".join(lines).encode()),
        digested(b"".join(json)),
        xlsx,
        tuple(Shown(place, row, starts[row], len(json[row])) for place, row in shown.items()),
        len(rows),
    )


def _cell(column: ShownColumn, value: Value, regions: Mapping[str, str]) -> _Cell:
    json = b'"%b":%b' % (column.name.encode(), _encode(value))
    if value is None or value == ():
        return _Cell("", "", json, "")
    if isinstance(value, bool):
        text = "true" if value else "false"
        return _Cell(text, text, json, _in_sheet(str(told(column, value, regions))))
    if isinstance(value, dt.date):
        text = day_text(value)
        if value >= _EARLIEST:
            return _Cell(text, text, json, f' s="2"><v>{(value - _ORIGIN).days}</v></c>')
        return _Cell(text, text, json, _in_sheet(text))
    text = SEPARATOR.join(value) if isinstance(value, tuple) else str(value)
    return _Cell(text, guarded(text), json, _in_sheet(str(told(column, text, regions))))


def _in_sheet(text: str) -> str | None:
    """A text as it stands in a sheet; where it needs more than the three names of XML, it is not in the plain form."""
    if len(text) > _LONG:
        text = cut_cell(text)
    if not text.isprintable() or "&" in text or "<" in text or ">" in text or "_x" in text:
        if _SPECIAL.search(text):
            return None
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


@lru_cache(maxsize=20_000)
def day_text(day: dt.date) -> str:
    """A day as text."""
    return day.isoformat()


def letters(place: int) -> str:
    """A sheet's column, counted from 0: ``A`` … ``Z``, ``AA`` …"""
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def digested(data: bytes) -> Digested:
    """The size and digest of some bytes."""
    return Digested(len(data), hashlib.sha256(data).hexdigest())
