"""How text is folded before it is indexed or looked up; ``normalise.js`` does the same, character for character."""

from __future__ import annotations

from functools import cache
import re
from unicodedata import is_normalized, normalize

from site_builder.search.lookup.characters import dropped, simplified

MASK = "*"
"""What masks a code: however many stand together are one, and no key or word begins or ends with it."""

_BETWEEN_WORDS = re.compile(r"[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+", re.ASCII)
_MASKS = re.compile(r"\*{2,}")


class _Translation(dict[int, int | str | None]):
    """A table for ``str.translate``; a character it lacks is noted as itself, which is quicker than to lack it."""

    def __missing__(self, point: int) -> int:
        self[point] = point
        return point


@cache
def _table() -> _Translation:
    table = _Translation((ord(old), new) for old, new in simplified().items())
    for first, last in dropped():
        table.update(dict.fromkeys(range(first, last + 1)))
    table[ord("ς")] = "σ"
    return table


def fold(text: str) -> str:
    """NFKC, lower case, without brackets, spaces and what is invisible, in Simplified characters.

    Lower casing looks at neighbours for the Greek final sigma alone, so that letter is made one with the other.
    """
    if text.isascii():
        return _without_masks(text.lower() if text.isalnum() else text.lower().translate(_table()))
    if not is_normalized("NFKC", text):
        text = normalize("NFKC", text)
    return _without_masks(normalize("NFKC", text.lower().translate(_table())))


def _without_masks(text: str) -> str:
    return _MASKS.sub(MASK, text).strip(MASK) if MASK in text else text


def words(query: str) -> list[str]:
    """The different folded words of a query, in its order: parted at white space."""
    found = map(fold, _BETWEEN_WORDS.split(normalize("NFKC", query)))
    return list(dict.fromkeys(word for word in found if word))
