"""The pages of the open data: the downloads with their dictionary, the tables to look at, measures as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from site_builder.pages import urls
from site_builder.pages.contexts import DataPage, Dataset, FileLink, Link, Meta
from site_builder.pages.surroundings import Surroundings, crumbs

TITLE: Final = "数据开放"
INTRO: Final = "公示中的全部信息可以整批下载。记录停止公示后，请停止使用手中的副本。"
TERMS: Final = (
    "使用者应当以最新一次发布为准：过了 public_until 的行、最新一次发布里不再有的行，一律停止使用和传播，并删除副本；"
    "objection_received_on 有日期的行正在处理异议，引用时须一并说明；引用时写明网站名称、数据版本和记录网址。"
)
"""What users of the downloads keep to (DL 42, 43; LY 32)."""


def data_page(
    datasets: Sequence[Dataset], tables: Sequence[Dataset], database: FileLink, terms: str, around: Surroundings
) -> tuple[DataPage, Meta]:
    """``data/``."""
    page = DataPage(
        datasets=tuple(datasets),
        tables=tuple(tables),
        database=database,
        others=(
            Link(urls.DATA_PACKAGE, "datapackage.json"),
            Link(urls.CHECKSUMS, "SHA256SUMS"),
            Link(urls.DATASETTE, "datasette.json"),
            Link(urls.CATALOGUE, "data.json"),
        ),
        terms=terms,
        licence=around.site.publish.licence,
        days=around.days,
        crumbs=crumbs(),
    )
    return page, around.meta(TITLE, INTRO, "data", urls.DATA)
