"""What is seen of an item of the catalogue (DL 8; LY 9, 13)."""

from __future__ import annotations

from typing import ClassVar, Final

from site_builder.public.columns import list_of, text, word
from site_builder.public.view import DATED, Shown, View
from site_builder.vocabulary import Action, Disclosure, Kind


class CatalogueView(View, frozen=True, gc=False, kw_only=True):
    """One published item: every element of the catalogue (LY 9)."""

    kind: ClassVar[Kind] = Kind.CATALOGUE

    item: str
    authority: str
    authority_code: str
    standard: str
    disclosure: Disclosure
    term: str
    version: str
    basis: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the item is called."""
        return self.item


SHOWN: Final = Shown(
    view=CatalogueView,
    folder="catalogue/",
    short="目录",
    intro="哪些信息记入信用档案，由谁提供，向谁披露，保留多久。",
    note="公共信用信息目录，每行一个事项。",
    none="现无公布的目录事项。",
    columns=(
        text("item", "信息事项", required=True, about="记入信用档案的信息"),
        text("authority", "信息提供单位", required=True, about="提供这项信息的单位"),
        text("authority_code", "信息提供单位代码", about="提供单位的统一社会信用代码"),
        text("standard", "数据标准", required=True, about="数据项和格式按什么标准"),
        word("disclosure", "披露方式", Disclosure, about="这项信息向谁披露"),
        text("term", "有效期限", required=True, about="这项信息披露和使用多久"),
        text("version", "目录版本", required=True, about="所属的目录版本"),
        list_of("basis", "依据", about="归集所依据的规定，可以有几项"),
        *DATED,
    ),
    day="published_on",
    title="item",
    code="",
    category="disclosure",
    authority="authority",
    heads=("authority", "disclosure", "term", "version"),
    filters={"disclosure": "披露方式", "authority": "信息提供单位", "version": "目录版本", "published_on": "公布年份"},
    texts=("item", "authority", "standard", "term", "version", "basis", "change_note"),
    leading=("id", "item", "authority", "disclosure", "term", "version"),
    overlay=(Action.COURT,),
)
