"""How text is folded before it is indexed or looked up; ``normalise.js`` does the same, character for character."""

from __future__ import annotations

from functools import cache
import re
from typing import Final
from unicodedata import is_normalized, normalize

from site_builder.search.lookup import characters

MASK: Final = "*"
"""What masks a code: however many stand together are one, and no key or word begins or ends with it."""

_MASKS: Final = re.compile(r"\*{2,}")
_NO_DECIMAL: Final = re.compile(r"(?<![0-9])\.|\.(?![0-9])")
"""A full stop but between two digits, where it parts a number."""


class _Translation(dict[int, int | str | None]):
    """A table for ``str.translate``; a character it lacks is noted as itself, which is quicker than to lack it."""

    def __missing__(self, point: int) -> int:
        self[point] = point
        return point


def _table_without(ranges: tuple[tuple[int, int], ...]) -> _Translation:
    table = _Translation((ord(old), new) for old, new in characters.simplified().items())
    for first, last in ranges:
        table.update(dict.fromkeys(range(first, last + 1)))
    table[ord("ς")] = "σ"
    return table


@cache
def _bare_table() -> _Translation:
    return _table_without(characters.bare())


@cache
def _table() -> _Translation:
    return _table_without(characters.dropped())


def fold(text: str) -> str:
    """What the lookup makes of a text: two ways to type a name are one.

    NFKC, lower case, in Simplified characters, 〇 and ○ as 零, letters without accents; without brackets, spaces, what
    is invisible, quotation marks, apostrophes, dashes and dots (but a full stop between digits, which parts a number).
    Lower casing looks at neighbours for the Greek final sigma alone, so that letter is made one with the other.
    """
    if text.isascii():
        folded = text.lower()
        if folded.isalnum():
            return folded
        return _ended(folded.translate(_table()))
    if not is_normalized("NFKD", text):
        text = normalize("NFKD", text)
    return _ended(normalize("NFKC", text.lower().translate(_table())))


def bare(text: str) -> str:
    """The same for what tells two documents apart: accents, dots, dashes and quotation marks stay."""
    if not is_normalized("NFKC", text):
        text = normalize("NFKC", text)
    return _without_masks(normalize("NFKC", text.lower().translate(_bare_table())))


def _ended(text: str) -> str:
    return _without_masks(_NO_DECIMAL.sub("", text) if "." in text else text)


def _without_masks(text: str) -> str:
    return _MASKS.sub(MASK, text).strip(MASK) if MASK in text else text
