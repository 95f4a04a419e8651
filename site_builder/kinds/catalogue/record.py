"""An item of the catalogue as the export says it (docs/kinds.md; DL 8, LY 9)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from site_builder.records.columns import DISCLOSURE, Column, Type, date, list_of, need
from site_builder.records.record import DATED, Record, Recorded
from site_builder.vocabulary import Kind


class CatalogueRecord(Record, frozen=True, gc=False, kw_only=True):
    """One row of ``catalogue``; ``disclosure`` is how the information of this item is disclosed."""

    kind: ClassVar[Kind] = Kind.CATALOGUE

    item: str
    authority: str
    standard: str
    term: str
    version: str
    authority_code: str = ""
    basis: tuple[str, ...] = ()
    repealed_on: dt.date | None = None

    @property
    def name(self) -> str:
        """What the item is called."""
        return self.item


RECORDED: Final = Recorded(
    record=CatalogueRecord,
    columns=(
        Column("id", "事项编号", Type.CODE, required=True),
        need("item", "信息事项"),
        need("authority", "信息提供单位"),
        Column("authority_code", "信息提供单位代码", Type.CODE),
        need("standard", "数据标准"),
        DISCLOSURE,
        need("term", "有效期限"),
        need("version", "目录版本"),
        list_of("basis", "依据"),
        date("repealed_on", "废止日期"),
        *DATED,
    ),
    order=(("published_on", "updated_on"), ("published_on", "repealed_on")),
    done=("updated_on",),
    ended="",
    unit="authority",
    ledger=("ML", ("item", "authority"), "published_on"),
)
