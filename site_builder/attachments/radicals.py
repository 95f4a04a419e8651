"""Characters of PDF files as they are written elsewhere: many files name a radical that looks like the character.

A font that draws 示 and the radical ⽰ alike may tell of either; then a name in a file is not the name looked for.
"""

from __future__ import annotations

import re
from typing import Final
import unicodedata

_WHOLE: Final = (
    "⺓幺⺟母⺠民⺧牛⺩王⺬示⺶羊⺼肉⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长"
    "⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾"
    "⻬齐⻮齿⻰龙⻱龜⻳龟⺋卩⺌小⺎兀⺒巳⺜日⺝月⻃覀⻖阝⻗雨⻐钅"
)
_WRITTEN: Final = dict(zip(_WHOLE[::2], _WHOLE[1::2], strict=True))
"""Radicals that are characters by themselves and that Unicode does not map (Equivalent_Unified_Ideograph, UAX 44)."""

_ODD: Final = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
"""Radicals, and ideographs kept for compatibility."""


def usual(text: str) -> str:
    """The text with the usual character for each radical and each character kept for compatibility."""
    return _ODD.sub(lambda char: _WRITTEN.get(char[0]) or unicodedata.normalize("NFKC", char[0]), text)
