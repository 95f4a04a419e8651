"""Which lines at the end of a table are no records: 合计, 注, 填表人. Between records there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
import re
from typing import Final

from site_builder.pack.cells import convert
from site_builder.pack.converted import Converted
from site_builder.pack.heading import Heading
from site_builder.pack.table import Raw, cell_at
from site_builder.records.columns import Column, Type
from site_builder.records.values import is_credit_code

MOST: Final = 6
"""More texts than this are no closing line."""

_WORD: Final = (
    r"(?:填表|填报|制表|编制|审核|复核|审批|批准|负责人|联系人|联系电话|经办人?|备注|说明|注|附件?|附注|数据来源|来源"
    r"|单位|报送单位|日期|填报日期|时间|以上|以下空白|第\s*[0-9]+\s*页)"
)
_SUM: Final = r"(?:合\s*计|总\s*计|小\s*计|共\s*计|汇\s*总|以上共|共)"
_UNIT: Final = r"(?:条|家|户|项|个|名|人|件|行|笔|元|万元)"
_COUNT: Final = rf"\s*(?:[（(][^（()）]{{1,4}}[)）])?\s*[:：]?\s*(?:[0-9０-９,，.]+\s*{_UNIT}?)?"
_CLOSING: Final = re.compile(
    rf"[*※【（(\[\s]*(?:{_WORD}[^:：，,。]{{0,8}}[:：].*|(?:备注|说明|注|附件?)\s*[0-9一二三]?[】)）、.．].*"
    rf"|以下空白[】)）]?|第\s*[0-9]+\s*页.*|{_SUM}{_COUNT})",
    re.DOTALL,
)
"""A closing word with a colon or as a title (注：…、审核人：…、【说明】), the end of a page, or a sum (合计 12 条)."""


def closing_rows(heading: Heading, records: dict[int, list[Raw]], known: Mapping[str, Column]) -> list[int]:
    """The closing lines after the last record, from the first that begins like one. ``records`` are not empty.

    A row with a date, a word or a code under their headings is a record, however it begins: names may begin with 注.
    """
    trailing: list[int] = []
    for row in reversed(records):
        own = _own(heading, row, records[row])
        if not own or len(own) > MOST or _is_record(heading, records[row], known):
            break
        trailing.append(row)
    trailing.reverse()
    first = next(
        (at for at, row in enumerate(trailing) if _CLOSING.fullmatch(_own(heading, row, records[row])[0])), None
    )
    return trailing[first:] if first is not None else []


def _own(heading: Heading, row: int, cells: Sequence[Raw]) -> list[str]:
    """The texts of a row, each text of merged cells once."""
    filled = heading.table.filled
    texts = (
        str(cell).strip()
        for position, cell in enumerate(cells)
        if (row, position) not in filled or not filled[row, position].sideways
    )
    return [text for text in texts if text]


def _is_record(heading: Heading, cells: list[Raw], known: Mapping[str, Column]) -> bool:
    """Whether a cell holds what only a record has under its heading."""
    for position, name in heading.columns.items():
        column, cell = known[name], cell_at(cells, position)
        if str(cell).strip() == "" or column.type not in {Type.DATE, Type.WORD, Type.CODE}:
            continue
        converted = convert(cell, column, {})
        told = isinstance(converted, Converted) and converted.text
        if told and (column.type is not Type.CODE or is_credit_code(told)):
            return True
    return False
