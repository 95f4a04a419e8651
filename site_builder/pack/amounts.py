"""A sum of money in an office's table: counted in 万元, as the heads of the national tables say."""

from __future__ import annotations

import re
from typing import Final
import unicodedata

from site_builder.export.cells import amount_of
from site_builder.pack.converted import NOTHING, Converted, Refused
from site_builder.pack.table import Raw

_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_SUM: Final = re.compile(r"0*([0-9]{1,12})(?:\.([0-9]{1,6}?)0*)?")
_NO_AMOUNT: Final = Refused("bad-amount", "以万元计的数，最多六位小数，如 0.5、1200（写着「元」的换算成万元）")


def amount(cell: Raw) -> Converted | Refused:
    """The cell as decimal text; separators of thousands and the unit of the column are left out."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        found = amount_of(cell)
        return _NO_AMOUNT if found is None else Converted(found, "数字格 → 文字")
    if not isinstance(cell, str):
        return _NO_AMOUNT
    text = unicodedata.normalize("NFKC", cell).strip().removesuffix("万元").strip()
    if text in NOTHING:
        return Converted("", "「无」一类 → 空")
    text = text.replace(",", "") if _THOUSANDS.fullmatch(text) else text
    match = _SUM.fullmatch(text)
    if text and match is None:
        return _NO_AMOUNT
    told = match[1] + (f".{cents}" if (cents := (match[2] or "").rstrip("0")) else "") if match else ""
    return Converted(told, "" if told == cell else "金额写法 → 1200.5 的写法")
