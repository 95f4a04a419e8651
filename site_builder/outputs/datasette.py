"""``data/datasette.json``: what Datasette shows beside the database (``datasette credit.sqlite -m datasette.json``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from site_builder.kinds.shown import SHOWN
from site_builder.outputs.columns import COLUMNS, words_of
from site_builder.outputs.datapackage import About
from site_builder.outputs.formats.sqlite import name_of, tables_of
from site_builder.pages import urls
from site_builder.public.columns import ShownColumn
from site_builder.public.view import Shown
from site_builder.vocabulary import LABELS, Kind

TITLES: Final = {name_of(kind): LABELS[kind] for kind in COLUMNS} | {
    "measure_links": "措施、依据、实施主体、条款",
    "measure_entries": "措施与适用的名单记录",
}
"""What each table is called."""


def _table(shown: Shown) -> dict[str, Any]:
    lists = {one.name for one in shown.columns if one.type == "list"}
    facets = [{"array": name} if name in lists else name for name in shown.counted_by]
    order = {"sort_desc": shown.day} if shown.newest_first else {}
    return {"facets": facets, **order, "label_column": shown.title}


_SHOWN: Final[dict[str, dict[str, Any]]] = {
    **{name_of(kind): _table(shown) for kind, shown in SHOWN.items()},
    "measure_links": {"facets": ["kind", "implementing_body", "clause"]},
    "measure_entries": {"facets": ["measure_id"]},
}


def datasette(about: About, kinds: Sequence[Kind]) -> bytes:
    """The metadata: titles, what each column means, what to count by, licence and source."""
    tables = {
        table: {"title": TITLES[table], "columns": {one.name: _meaning(one) for one in columns}, **_SHOWN[table]}
        for table, columns in tables_of(kinds).items()
    }
    name = urls.DATABASE.rpartition("/")[2].partition(".")[0]
    described: dict[str, Any] = {
        "title": about.title,
        "description": about.terms,
        "license": about.licence,
        "license_url": about.licence_url,
        "source": about.publisher,
        "source_url": about.homepage,
        "databases": {name: {"title": about.title, "tables": tables}},
    }
    if not about.licence:
        del described["license"], described["license_url"]
    return msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"


def _meaning(column: ShownColumn) -> str:
    words = words_of(column)
    return f"{column.label}：{column.about}{f'（{words}）' if words else ''}"
