"""The pages of the open data: the downloads with their dictionary, the tables to look at, measures as data."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from site_builder.kinds.shown import SHOWN
from site_builder.pages import linked_data, urls
from site_builder.pages.citing import citation
from site_builder.pages.contexts import (
    Citation,
    DataPage,
    Dataset,
    Entities,
    ExplorePage,
    FileLink,
    Link,
    Meta,
    YearFile,
)
from site_builder.pages.surroundings import OTHER_REGION, Surroundings, crumbs
from site_builder.public.columns import SUMS
from site_builder.public.view import REGION

TITLE: Final = "数据开放"
INTRO: Final = "公示中的全部信息可以整批下载。记录停止公示后，请停止使用手中的副本。"
ENTITIES: Final = "entities"
"""The place on the page of the entities in the model of FollowTheMoney."""

TERMS: Final = (
    "使用者应当以最新一次发布为准：过了 public_until 的行、最新一次发布里不再有的行，一律停止使用和传播，并删除副本；"
    "objection_received_on 有日期的行正在处理异议，引用时须一并说明；引用时写明网站名称、数据版本和记录网址。"
)
"""What users of the downloads keep to (DL 42, 43; LY 32)."""


MAIN: Final[dict[str, tuple[str, ...]]] = {
    "measure-links": ("title", "kind", "basis", "implementing_body", "clause_text", "effective_on", "cited_by"),
    **{kind: shown.leading for kind, shown in SHOWN.items()},
}
"""The columns a table shows at first."""

COUNTED: Final[dict[str, tuple[str, ...]]] = {
    "measure-links": ("kind", "implementing_body"),
    **{kind: shown.counted_by for kind, shown in SHOWN.items()},
}
"""The columns whose values stand beside a table to narrow it by."""

TITLES: Final[dict[str, str]] = {"measure-links": "title", **{kind: shown.title for kind, shown in SHOWN.items()}}
"""The column that says what a row is about: it stays in sight."""

_LINKED: Final = {
    "id": "url",
    "subject_name": "url",
    "name": "url",
    "title": "url",
    "measure_id": "measure_url",
    "basis": "basis_url",
    "clause_text": "clause_url",
    "cited_by": "entries_url",
}
"""The columns that lead somewhere, and the column that says where."""


FEW: Final = 300
"""Rows that are shown at once, of all years."""


def explore_page(
    data: Dataset,
    files: Sequence[YearFile],
    words: Mapping[str, Mapping[str, str]],
    headings: Mapping[str, str],
    days: Collection[str],
    around: Surroundings,
    *,
    noindex: bool,
) -> tuple[ExplorePage, Meta]:
    """``data/<name>/``: the rows of ``files``, the newest first.

    ``words`` are what the values of some columns are called, ``headings`` what the columns are, where that is told;
    ``days`` are the columns of days.
    """
    names = {field.name for field in data.fields}
    columns = []
    for field in data.fields:
        told: dict[str, object] = {
            "name": field.name,
            "label": headings[field.name],
            "about": field.about,
            "main": field.name in MAIN[data.name],
            "facet": field.name in COUNTED[data.name],
        }
        link = _LINKED.get(field.name, "")
        link = "measure_url" if link == "url" and "url" not in names else link
        if link in names:
            told["link"] = link
        if field.name in days:
            told["day"] = True
        if field.unit == SUMS:
            told["number"] = True
        if words.get(field.name):
            told["words"] = words[field.name]
        if field.name == REGION.name:
            told["other"] = OTHER_REGION
        columns.append(told)
    year, rows = usual(files, around.data_on.year)
    about = {
        "name": data.name,
        "title": data.title,
        "title_column": TITLES[data.name],
        "site": around.site.site.name,
        "version": around.version,
        "day": around.data_on.isoformat(),
        "home": around.canonical(urls.HOME),
        "columns": columns,
        "files": [{"year": file.year, "href": file.href} for file in files],
        "usual": year,
    }
    page = ExplorePage(
        title=f"看数据：{data.title}",
        name=data.name,
        note=data.note,
        files=tuple(files),
        first=rows,
        columns=tuple((field.name, headings[field.name]) for field in data.fields),
        downloads=data.files,
        about=linked_data.block(about),
        crumbs=crumbs((urls.DATA, TITLE)),
    )
    return page, around.meta(page.title, f"{data.note}可以排序、筛选、计数。", "data", data.explore, noindex=noindex)


def usual(files: Sequence[YearFile], year: int) -> tuple[str, int]:
    """Which year is shown where none is asked for, and its rows: all where they are few, else the newest begun."""
    rows = sum(file.rows for file in files)
    if len(files) > 1 and rows <= FEW:
        return "all", rows
    begun = [file for file in files if file.year <= str(year)] or files
    return (begun[0].year, begun[0].rows) if begun else ("all", 0)


def cited(name: str, title: str, around: Surroundings) -> Citation:
    """How a data set is cited: at its place on the data page."""
    return citation(f"{TITLE}：{title}", around.site.unit.owner, around.data_on, f"{urls.DATA}#{name}", around)


def data_page(
    datasets: Sequence[Dataset],
    tables: Sequence[Dataset],
    database: FileLink,
    entities: Entities,
    terms: str,
    media: Mapping[str, str],
    addresses: Sequence[tuple[str, str, str]],
    around: Surroundings,
) -> tuple[DataPage, Meta]:
    """``data/``; ``addresses`` are those programs read: each with what is there and its media type."""
    page = DataPage(
        datasets=tuple(datasets),
        tables=tuple(tables),
        database=database,
        entities=entities,
        others=(
            Link(urls.DATA_PACKAGE, "datapackage.json"),
            Link(urls.CHECKSUMS, "SHA256SUMS"),
            Link(urls.DATASETTE, "datasette.json"),
            Link(urls.CATALOGUE, "data.json"),
            Link(urls.OPENAPI, "openapi.json"),
            Link(urls.IDS, "ids.json"),
            Link(urls.CHANGES_INDEX, "changes/index.json"),
        ),
        addresses=tuple((f"/{path}", about, media) for path, about, media in addresses),
        terms=terms,
        licence=around.site.publish.licence,
        citation=citation(f"{TITLE}：公示中的全部信息", around.site.unit.owner, around.data_on, urls.DATA, around),
        days=around.days,
        crumbs=crumbs(),
    )
    linked = linked_data.data_catalog((*datasets, *tables), terms, media, around)
    return page, around.meta(TITLE, INTRO, "data", urls.DATA, linked=linked)
