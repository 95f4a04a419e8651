"""Addresses with what is published in them: as public as that, though no record says them.

A withheld record may say one by chance, or name the page of a published one as its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import datetime as dt
from typing import Final

from site_builder.kinds.shown import SHOWN
from site_builder.outputs.columns import COLUMNS
from site_builder.pages import urls
from site_builder.vocabulary import Kind

PARTED: Final = frozenset(
    {"authority", "list_name", "region", "measure_ids", "implementing_bodies", "basis", "clause"}.union(
        *(shown.filters for shown in SHOWN.values())
    )
)
"""The fields whose text stands in the address of a list, or in what a table is asked for its records."""

FIRST_YEAR: Final = 1900

_PAGES: Final = (
    *(urls.HOME, urls.SEARCH, urls.BATCH, urls.GUIDE, urls.LAWS, urls.OTHERS, urls.STATISTICS, urls.CHANGES, urls.NEWS),
    *(urls.DATA, urls.SITE_MAP, urls.FEED, urls.NEWS_FEED, urls.CHANGES_INDEX, urls.IDS, urls.ENTITIES, urls.DATABASE),
    *(urls.DATA_PACKAGE, urls.CATALOGUE, urls.RELEASE, urls.RELEASE_FILES),
    *map(urls.browse, ("authority", "region", "category", "list", "pinyin")),
)
"""The pages and files of any site."""


def of_record(root: str, kind: Kind, record_id: str) -> str:
    """The addresses of a record, a line each; ``root``: of the site, with a slash at the end."""
    return f"{root}{urls.record(kind, record_id)}\n{root}{urls.record_json(kind, record_id)}"


def of_value(root: str, kind: Kind, field: str, value: str) -> str:
    """The addresses of those records that have a value in one of the fields ``PARTED``, a line each."""
    table = f"{root}{urls.explorer(kind)}#"
    text = urls.view_of_text(field, value)
    found = [table + text, text.partition("%22")[0] + f'"{value}"', table + urls.view_of_word(field, value)]
    found.append(f"{root}{urls.measure_entries(value) if field == 'measure_ids' else urls.by(kind, field, value)}")
    return "\n".join(found)


def of_words(root: str, as_of: dt.date) -> Iterator[str]:
    """The addresses every site may have: of machine words and of years up to that of ``as_of``, a line each."""
    years = [f"{year:04}" for year in range(FIRST_YEAR, as_of.year + 1)]
    for kind, columns in COLUMNS.items():
        table = f"{root}{urls.explorer(kind)}#"
        for column in columns:
            for word in column.words:
                yield f"{table}{urls.view_of_word(column.name, word)}\n{root}{urls.by(kind, column.name, word)}"
            if column.type == "date" and column.name in PARTED:
                for year in years:
                    view = urls.view_of_word(column.name, f"{year}-")
                    yield f"{table}{view}\n{root}{urls.by(kind, column.name, year)}"
        for year in years:
            yield f"{table}{urls.view_of_year(int(year))}"
            yield from (f"{root}{urls.download_of_year(kind, year, one)}" for one in ("csv", "jsonl"))
    yield from (f"{root}{urls.year(int(year))}" for year in years)


def of_pages(root: str, guides: Iterable[str], laws: Iterable[str]) -> Iterator[str]:
    """The addresses of the site's own pages that are none of a record's, nor named after one; by the names of files."""
    yield from (f"{root}{one}" for one in _PAGES)
    for kind in Kind:
        own = (urls.first_of(kind), urls.whole(kind), urls.explorer(kind), urls.feed(kind), urls.schema(kind))
        yield from (f"{root}{one}" for one in own)
    yield from (f"{root}{urls.guide(one)}" for one in guides)
    yield from (f"{root}{urls.law(one)}" for one in laws)
