"""Which lines at the end of a table are no records: 合计, 注, 填表人. Between records there are none."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
import re
from typing import Final

from site_builder.pack.heading import Heading
from site_builder.pack.table import Raw, is_empty

MOST: Final = 6
"""More texts than this are no closing line."""

_WORD: Final = (
    r"(?:合\s*计|总\s*计|共\s*计|小\s*计|填表|填报|制表|编制|审核|复核|审批|批准|负责人|联系人|经办人?|备注|说明|注)"
)
_SUM: Final = r"(?:合\s*计|总\s*计|共\s*计|共).{0,12}[0-9０-９]+.{0,6}"
_CLOSING: Final = re.compile(rf"{_WORD}[^:：，,。]{{0,6}}[:：].*|{_WORD}|{_SUM}", re.DOTALL)
"""A closing word alone or with a colon (注：……、审核人：……), or a sum (合计 12 条)."""


def closing_rows(heading: Heading, records: dict[int, list[Raw]], needed: AbstractSet[str]) -> list[int]:
    """The closing lines after the last record. ``needed`` are the columns a record must have something in.

    A line that begins so and has all that a record needs is a record: names may begin with 注 or 审核.
    """
    found: list[int] = []
    for row in reversed(records):
        cells = records[row]
        if is_empty(cells):
            continue
        own = [
            str(cell).strip()
            for position, cell in enumerate(cells)
            if (row, position) not in heading.table.filled or not heading.table.filled[row, position].sideways
        ]
        filled = [text for text in own if text]
        if not filled or len(filled) > MOST or not _CLOSING.fullmatch(filled[0]) or _is_record(heading, own, needed):
            break
        found.append(row)
    return found[::-1]


def _is_record(heading: Heading, own: list[str], needed: AbstractSet[str]) -> bool:
    return all(position < len(own) and own[position] for position, name in heading.columns.items() if name in needed)
