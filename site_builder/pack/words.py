"""Words that a column does not know, each told once with how often it stands there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from site_builder.errors import Finding, Place
from site_builder.pack.guessing import nearest_word, yaml_word
from site_builder.records.columns import DISCLOSURE, Column, Type
from site_builder.vocabulary import Kind

_LONGEST: Final = 20
_FEW, _MANY = 3, 10
_DIGITS: Final = 4


class _Met(msgspec.Struct):
    """Where one unknown word stands first, and how often; ``open``: in a row that may be told."""

    column: Column
    place: Place
    title: str
    count: int = 0
    open: bool = False


class UnknownWords:
    """The unknown words of one list, in the order they were met."""

    def __init__(self) -> None:
        self._met: dict[tuple[str, str], _Met] = {}

    def note(self, column: Column, word: str, place: Place, title: str, *, open_row: bool) -> None:
        """Take in one cell. ``open_row``: its row is public and no natural person's."""
        met = self._met.setdefault((column.name, word), _Met(column, place, title))
        met.count += 1
        met.open = met.open or open_row

    def findings(self, kind: Kind) -> Iterator[Finding]:
        """Each word once, with the line of the map for all words of its column. Words not to be told are counted."""
        hints = {name: self._hint(kind, name) for name, _ in self._met}
        for (name, word), met in self._met.items():
            found = f"「{word}」" if _may_be_told(word, met) else "一个不认识的词"
            where = f"（第 {met.place.row} 行起共 {met.count} 行）" if met.count > 1 else ""
            code = "bad-boolean" if met.column.type is Type.BOOLEAN else "unknown-word"
            message = f"「{met.title}」写的是{found}{where}，应为 {'、'.join(_known(met.column))} 之一"
            yield Finding(code, met.place, message, hints[name])

    def _hint(self, kind: Kind, name: str) -> str:
        """One line of the map for the column: every word that may be told, with ours beside it where one is near."""
        met = {word: one for (column, word), one in self._met.items() if column == name and _may_be_told(word, one)}
        if not met:
            return "改正原表，或在对照表的 values 里换词"
        column = next(iter(met.values())).column
        guessed = column.type is not Type.BOOLEAN and column.name != DISCLOSURE.name
        pairs = ", ".join(f"{yaml_word(word)}: {_guess(word, column) if guessed else '…'}" for word in met)
        line = f"{column.label}: {{{pairs}}}"
        return f"改正原表；或在对照表的 {kind.value} → values 里换词，逐个核对（… 换成我们的词）：{line}"


def _guess(word: str, column: Column) -> str:
    return nearest_word(word, _known(column)) or "…"


def _known(column: Column) -> list[str]:
    if column.type is Type.BOOLEAN:
        return ["是", "否"]
    return [one for one in dict.fromkeys(column.words) if not one.isascii()]


def _may_be_told(word: str, met: _Met) -> bool:
    """Whether a word may be repeated: it stands in an open row, or in so many that it is a word of the office's.

    How a record is disclosed, or whether it is a person's, cannot be known while that very word is unknown; there a
    few rows are enough.
    """
    short = len(word) <= _LONGEST and "\n" not in word and sum(char.isdigit() for char in word) < _DIGITS
    fewest = _FEW if met.column.name in {DISCLOSURE.name, "subject_type"} else _MANY
    return short and (met.open or met.count >= fewest)
