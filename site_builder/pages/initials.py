"""The letter a subject's name is filed under: the initial of its first character's usual pinyin."""

from __future__ import annotations

from functools import cache

from pypinyin import Style, pinyin

OTHER = "other"
"""Names that begin with neither a Chinese character nor a Latin letter."""


def initial(name: str) -> str:
    """``a`` to ``z``, or ``other``."""
    return _initial(name[:1])


@cache
def _initial(char: str) -> str:
    letter = pinyin(char, style=Style.FIRST_LETTER, errors="default")[0][0][:1].lower() if char else ""
    return letter if letter.isascii() and letter.isalpha() else OTHER
