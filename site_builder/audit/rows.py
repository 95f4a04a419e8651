"""What the downloads must hold of one shard, written a second time and apart from the program's own writers.

A download whose bytes are exactly these says exactly what the published records say, and nothing else; only another one
has to be read row by row. Formats: RFC 4180, JSON lines, and of ECMA-376 the plain form of a row (18.3.1.73).
"""

from __future__ import annotations

from collections.abc import Sequence
import csv
import datetime as dt
from functools import lru_cache
import hashlib
import io
import re
from typing import Final

import msgspec

from site_builder.audit.downloads import cut_cell, guarded
from site_builder.outputs.columns import COLUMNS, Value
from site_builder.vocabulary import Kind

SEPARATOR: Final = "；"
FIRST_ROW: Final = 2
"""The number of a sheet's first row below its header."""

DAY_STYLE: Final = b"2"
"""The number of the cell style that the rows' dates have."""

_STARTERS: Final = frozenset("=+-@\t\r'")
_SPECIAL: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_ORIGIN: Final = dt.date(1899, 12, 30)
_EARLIEST: Final = dt.date(1900, 3, 1)
_LONG: Final = 16_000
_encode: Final = msgspec.json.Encoder().encode


class Part(msgspec.Struct, frozen=True):
    """So many bytes with this SHA-256."""

    size: int
    digest: str


class Parts(msgspec.Struct, frozen=True):
    """What each download must hold of a shard. ``xlsx`` is None where a row is not in the plain form."""

    csv: Part
    jsonl: Part
    xlsx: Part | None


class Rows:
    """Takes the rows of a shard; ``first`` is the number of its first row, counted from 0."""

    def __init__(self, kind: Kind, first: int) -> None:
        self._names = [column.name for column in COLUMNS[kind]]
        self._letters = [letters(place) for place in range(len(self._names))]
        self._number = first + FIRST_ROW
        self._csv: list[list[str]] = []
        self._json: list[bytes] = []
        self._sheet: list[str] = []
        self._plain = True

    def add(self, row: Sequence[Value]) -> list[str]:
        """Put in a row; gives back its cells as text."""
        number = self._number
        cells: list[str] = []
        sheet = [f'<row r="{number}">']
        safe = cells
        for value, letter in zip(row, self._letters, strict=True):
            if value is None or value == ():
                cells.append("")
                continue
            at = f'<c r="{letter}{number}"'
            if isinstance(value, dt.date):
                text = day_text(value)
                cells.append(text)
                if value >= _EARLIEST:
                    sheet.append(f'{at} s="2"><v>{(value - _ORIGIN).days}</v></c>')
                    continue
            elif isinstance(value, bool):
                cells.append("true" if value else "false")
                sheet.append(f'{at} t="b"><v>{value:d}</v></c>')
                continue
            else:
                text = SEPARATOR.join(value) if isinstance(value, tuple) else str(value)
                cells.append(text)
            sheet.append(f'{at} t="inlineStr"><is><t xml:space="preserve">{self._shown(text)}</t></is></c>')
        if not _STARTERS.isdisjoint([text[:1] for text in cells]):
            safe = [
                guarded(text) if isinstance(value, (str, tuple)) else text
                for text, value in zip(cells, row, strict=True)
            ]
        sheet.append("</row>")
        self._sheet.append("".join(sheet))
        self._json.append(_encode(dict(zip(self._names, row, strict=True))))
        self._csv.append(safe)
        self._number += 1
        return cells

    def _shown(self, text: str) -> str:
        """A text as it stands in a sheet; where it needs more than the three names of XML, the row is not plain."""
        if len(text) > _LONG:
            text = cut_cell(text)
        if not text.isprintable() or "&" in text or "<" in text or ">" in text or "_x" in text:
            self._plain = self._plain and not _SPECIAL.search(text)
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return text

    def parts(self) -> Parts:
        """What the downloads must hold of the rows put in."""
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerows(self._csv)
        sheet = _part("".join(self._sheet).encode("utf-8", "surrogatepass")) if self._plain else None
        return Parts(_part(out.getvalue().encode()), _part(b"".join([b"%b\n" % line for line in self._json])), sheet)


@lru_cache(maxsize=20_000)
def day_text(day: dt.date) -> str:
    """A day as text."""
    return day.isoformat()


def letters(place: int) -> str:
    """A sheet's column, counted from 0: ``A`` … ``Z``, ``AA`` …"""
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def _part(data: bytes) -> Part:
    return Part(len(data), hashlib.sha256(data).hexdigest())
