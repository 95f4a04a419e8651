"""How the digits of a number are written: plain, in Chinese, with gaps between them, some of them masked.

Every class is a set of single characters, so that a text is read as it stands: what NFKC makes one of these characters
of is in the class itself. A circled, raised or lowered digit, or one of a fraction, is none of a number beside it, and
so is in none.
"""

from __future__ import annotations

from typing import Final

_WIDE: Final = (0x30, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1FBF0)
"""Where 0 to 9 stand: ASCII, full width, mathematical, segmented."""

PLAIN: Final = tuple("".join(chr(zero + value) for zero in _WIDE) for value in range(10))
"""By value: the digits of numerals."""

CIRCLES: Final = "○◯￮"
"""Zero in Chinese, and what covers a digit: four of them together cover."""

CHINESE: Final = (
    f"〇零\uf9b2{CIRCLES}",
    "一壹壱弌幺\u2f00\u2f33",
    "二贰貳弐弍\u2f06",
    "三叁參叄弎\uf96b",
    "四肆",
    "五伍",
    "六陆陸\uf9d1\uf9d3",
    "七柒",
    "八捌\u2f0b",
    "九玖",
)
"""By value: Chinese digits, ordinary and capital."""

ENCLOSED: Final = (
    "⓪⓿⁰₀",
    *(
        "".join(
            (chr(0x245F + value), chr(0x24F4 + value), chr(0x2775 + value), chr(0x277F + value), chr(0x2789 + value))
        )
        + "⁰¹²³⁴⁵⁶⁷⁸⁹"[value]
        + chr(0x2080 + value)
        for value in range(1, 10)
    ),
)
"""By value: circled, raised and lowered digits, which make a number among themselves alone."""

LETTER_X: Final = "XxＸｘⅩⅹ𝐗𝐱𝑋𝑥𝑿𝒙𝒳𝓍𝓧𝔁𝔛𝔵𝕏𝕩𝖃𝖝𝖷𝗑𝗫𝘅𝘟𝘹𝙓𝙭𝚇𝚡"
"""The check character of a resident ID, and a letter that covers a digit."""

CROSSES: Final = "×✕✖✗✘╳☓⨉⨯"
MASKS: Final = "*＊﹡٭⁎∗✱✲✳✻✼✽❉❊❋⚹※★☆●•⚫⬤◉◎◌■￭□▪▫◼◻◾◽█▇▆▓▒░◆◇▲△#＃﹟?？﹖︖" + CROSSES + CIRCLES + LETTER_X
"""What covers a digit."""

NARROW: Final = (
    " \t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u2800"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "\xad\u034f\u061c\u115f\u1160\u180e\ufeff\u3164\uffa0"
    + "".join(map(chr, (*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F))))
    + "".join(map(chr, (*range(0x2060, 0x2070), *range(0xFE00, 0xFE10))))
    + "-－﹣−⁃─━ーｰ⸺⸻︱︲﹘"
    + "".join(map(chr, range(0x2010, 0x2016)))
)
"""Spaces, what has no width, hyphens and dashes: any number of them is a gap."""

SENTENCES: Final = "。｡︒"
DOTS: Final = SENTENCES + ".．﹒․·\u0387•‧∙⋅・･ꞏ⸱"
SLASHES: Final = "/／∕⁄⧸"
COMMAS: Final = ",，﹐︐、､﹑︑"
SEPARATORS: Final = DOTS + SLASHES + COMMAS
"""Dots, middle dots, slashes and commas: one of them is a gap."""
