"""What is packed and yet told: a table without a record, a cell that seems to name several subjects, a record twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
import re
from typing import Final

import msgspec

from site_builder.errors import Finding, Place
from site_builder.pack.ledger import key_of
from site_builder.pack.parts import Row, TablePart
from site_builder.vocabulary import LABELS, Kind

_NAMES: Final = ("subject_name", "name")
_SEVERAL: Final = re.compile(r"[、;；\n]\s*\S")
"""What stands between names: no name of a subject has it."""

_NO_ROWS: Final = (
    "真是一条也没有的，不用改；不是的，核对是不是选错了文件、工作表，或者还没有存盘。"
    "线上公示着这一类的，构建时会停下（vanished、shrink）：不再公示的在原来的行里填写日期，不删行"
)


def without_records(kind: Kind, parts: Sequence[TablePart]) -> Iterator[Finding]:
    """A warning for each table that has no record below its header."""
    for part in parts:
        if not part.rows and not part.heading.faults:
            message = f"「{LABELS[kind]}」的这张表，表头（第 {part.heading.row} 行）下面一条记录也没有"
            yield Finding("no-records", Place(part.label, part.heading.row), message, _NO_ROWS, warning=True)


def doubts(kind: Kind, rows: Sequence[Row]) -> Iterator[Finding]:
    """A warning for each such row; no word of it is repeated. ``rows`` are numbered."""
    seen: dict[str, tuple[Place, str]] = {}
    for row in rows:
        name = next((one for one in _NAMES if row.texts.get(one)), "")
        if name and _SEVERAL.search(row.texts[name]):
            at = msgspec.structs.replace(row.place, column=name)
            hint = "一条记录是一个主体的：拆成几行，各写各的名称、代码和编号，再打包；确是一个主体的不用改"
            yield Finding("several-subjects", at, "这一格像是写着几个主体，打包成了一条记录", hint, warning=True)
        if not name:
            continue
        place, number = seen.setdefault(key_of(kind, row.texts), (row.place, row.texts.get("id", "")))
        if number != row.texts.get("id", ""):
            message = f"与 {place} 是同一个主体、同一份文书，编号不同，打包成了两条记录"
            hint = "是同一条的删去一行，留下已经公示过的编号，再打包；不是的不用改"
            yield Finding("repeated-record", row.place, message, hint, warning=True)
