"""Words that a column does not know, each told once with how often it stands there."""

from __future__ import annotations

from collections.abc import Iterator
import difflib
from typing import Final

import msgspec

from site_builder.errors import Finding, Place
from site_builder.records.columns import Column, Type
from site_builder.vocabulary import Kind

_LONGEST: Final = 20
_FEWEST: Final = 2
_DIGITS: Final = 4


class _Met(msgspec.Struct):
    """Where one unknown word stands first, and how often; ``open``: in a row that may be told."""

    column: Column
    place: Place
    title: str
    count: int = 0
    open: bool = False


class Words:
    """The unknown words of one list, in the order they were met."""

    def __init__(self) -> None:
        self._met: dict[tuple[str, str], _Met] = {}

    def note(self, column: Column, word: str, place: Place, title: str, *, open_row: bool) -> None:
        """Take in one cell. ``open_row``: its row is public and no natural person's."""
        met = self._met.setdefault((column.name, word), _Met(column, place, title))
        met.count += 1
        met.open = met.open or open_row

    def findings(self, kind: Kind) -> Iterator[Finding]:
        """Each word once. A word that stands in a single row which is not open is not repeated."""
        for (_, word), met in self._met.items():
            found = f"「{word}」" if _may_be_told(word, met) else "一个不认识的词"
            where = f"（第 {met.place.row} 行起共 {met.count} 行）" if met.count > 1 else ""
            if met.column.type is Type.BOOLEAN:
                known, code = ["是", "否"], "bad-boolean"
            else:
                known, code = [one for one in dict.fromkeys(met.column.words) if not one.isascii()], "unknown-word"
            message = f"「{met.title}」写的是{found}{where}，应为 {'、'.join(known)} 之一"
            near = next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.3)), known[0])
            hint = f"改正原表；或在对照表的 {kind.value} → values 里换词，例如 {met.column.label}: {{{word}: {near}}}"
            if not _may_be_told(word, met):
                hint = "改正原表，或在对照表的 values 里换词"
            yield Finding(code, met.place, message, hint)


def _may_be_told(word: str, met: _Met) -> bool:
    """Whether a word may be repeated: it stands in an open row, or so often that it is a word of the office's."""
    short = len(word) <= _LONGEST and "\n" not in word and sum(char.isdigit() for char in word) < _DIGITS
    return short and (met.open or met.count >= _FEWEST)
