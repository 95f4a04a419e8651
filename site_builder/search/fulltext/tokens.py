"""Text as ASCII words, so that no word list, stemmer or locale decides what is found.

Each pair of neighbouring characters of the folded text becomes one word: ``x`` and four base-36 digits a character. A
query of the same words in the same order, asked for as a phrase, is found where the text holds the query and nowhere
else. ``fulltext.js`` makes the same words.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
import itertools
import re

from site_builder.search.lookup.normalise import fold

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LENGTH = 4

BREAK = "xbreak"
"""Stands between the title and the text, so that no phrase runs across."""

_WORD = re.compile(rb"ix([0-9a-z]{4})([0-9a-z]{4})")
"""A word in Pagefind's CBOR: ``i`` says that nine bytes of text follow."""


@cache
def _digits(character: str) -> str:
    point = ord(character)
    digits = ""
    for _ in range(_LENGTH):
        point, last = divmod(point, len(_DIGITS))
        digits = _DIGITS[last] + digits
    return digits


def tokens(text: str) -> str:
    """The words of a text, parted by spaces; a single character has none."""
    digits = [_digits(character) for character in fold(text)]
    return " ".join(f"x{one}{other}" for one, other in itertools.pairwise(digits))


def pairs_in(data: bytes) -> Iterator[str]:
    """The pairs of characters whose words an unpacked ``pf_index`` holds."""
    for one, other in _WORD.findall(data):
        yield chr(int(one, len(_DIGITS))) + chr(int(other, len(_DIGITS)))
