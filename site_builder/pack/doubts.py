"""What is packed and yet told: a cell that seems to name several subjects, a record that stands there twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
import re
from typing import Final

import msgspec

from site_builder.errors import Finding, Place
from site_builder.pack.ledger import key_of
from site_builder.pack.parts import Row
from site_builder.vocabulary import Kind

_NAMES: Final = ("subject_name", "name")
_SEVERAL: Final = re.compile(r"[、;；\n]\s*\S")
"""What stands between names: no name of a subject has it."""


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
