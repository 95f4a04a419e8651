"""What becomes of a cell of the office's table: the text of an export's cell, or why it cannot be one."""

from __future__ import annotations

from typing import Final

import msgspec

NOTHING: Final = frozenset({"无", "/", "-", "--", "—", "——", "\\", "空"})
"""What people write in a cell for nothing, in columns that hold no free text."""


class Converted(msgspec.Struct, frozen=True):
    """The text of an export's cell, and what was done to it; nothing was where ``done`` is empty."""

    text: str
    done: str = ""


class Refused(msgspec.Struct, frozen=True):
    """Why a cell cannot be converted: a code and what was expected."""

    code: str
    expected: str
