"""What becomes of a cell of the office's table: the text of an export's cell, or why it cannot be one."""

from __future__ import annotations

import re
from typing import Final
import unicodedata

import msgspec

NOTHING: Final = frozenset({"无", "/", "-", "--", "—", "——", "\\", "空"})
"""What people write in a cell for nothing, in columns that hold no free text."""

_NO_CODE: Final = re.compile(
    r"[-‐-―−ー/\\_.。·]+|空|(?:暂|尚|目前)?(?:无|没有|未有|缺)(?:(?:统一社会|社会)?信用代码|代码|证件号码?|号码?)?|[(]无[)]"
    r"|不详|不明|未知|暂缺|未提供|未填|未办理?|不适用|N/?A|NONE|NULL|NIL",
    re.IGNORECASE,
)


def says_no_code(text: str) -> bool:
    """Whether people write this where there is no code, or they do not know it: 无, /, ——, 暂无, 不详."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return plain in NOTHING or _NO_CODE.fullmatch(plain) is not None


class Converted(msgspec.Struct, frozen=True):
    """The text of an export's cell, and what was done to it; nothing was where ``done`` is empty."""

    text: str
    done: str = ""


class Refused(msgspec.Struct, frozen=True):
    """Why a cell cannot be converted: a code and what was expected."""

    code: str
    expected: str
