"""Full-width marks where YAML asks for the plain ones: what is wrong with a line, and its cure.

People write Chinese with them, so a line is looked at only once something is wrong in it.
"""

from __future__ import annotations

import re
from typing import Final

COLON: Final = ("「：」是全角的", "换成半角的冒号和一个空格「: 」")
COMMA: Final = ("「，」是全角的", "换成半角的逗号和一个空格「, 」；它若是文字的一部分，给这一项加半角引号")
QUOTES: Final = ("引号是全角的", '换成半角的双引号「"」；引号若是文字的一部分，在外面再加一对半角的')

_KEY: Final = r"[^\s：:，\"'#{}\[\]“”]{1,40}"
_COLON: Final = re.compile(rf"^\s*(?:- +)*(?:{_KEY}：)|[{{\[,，]\s*{_KEY}：")
_QUOTED: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_QUOTES: Final = re.compile(r"(?:^\s*(?:- +)*|[:：]\s*|[{\[,，]\s*)[“‘「『][^”’」』]*[”’」』]?\s*(?=$|[,，\]}])")
_COMMA: Final = re.compile(r"[\[{][^\]}]*[，、]")


def cures(line: str) -> list[tuple[str, str]]:
    """What is full-width in a line of YAML that should be plain, each with its cure; texts in quotes do not count."""
    bare = _QUOTED.sub('""', line)
    found = [COLON] if _COLON.search(bare) else []
    found += [COMMA] if _COMMA.search(bare) else []
    return found + ([QUOTES] if _QUOTES.search(bare) else [])
