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
from site_builder.public.columns import Column
from site_builder.vocabulary import LABELS, Kind

TITLES: Final = {name_of(kind): LABELS[kind] for kind in COLUMNS} | {
    "measure_links": "措施、依据、实施主体、条款",
    "measure_entries": "措施与适用的名单记录",
}
"""What each table is called."""

_SHOWN: Final[dict[str, dict[str, Any]]] = {
    name_of(Kind.SEVERE): {
        "facets": ["category", "authority", "region", {"array": "measure_ids"}],
        "sort_desc": "listed_on",
        "label_column": "subject_name",
    },
    name_of(Kind.MEASURE): {"facets": ["kind", {"array": "implementing_bodies"}], "label_column": "title"},
    name_of(Kind.ROLE_MODEL): {"facets": ["category"], "sort_desc": "awarded_on", "label_column": "name"},
    **{
        name_of(kind): {
            "facets": list(shown.filters)[:-1],
            "sort_desc": shown.day,
            "label_column": shown.title,
        }
        for kind, shown in SHOWN.items()
    },
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
        "source": about.publisher,
        "source_url": about.homepage,
        "databases": {name: {"title": about.title, "tables": tables}},
    }
    if not about.licence:
        del described["license"]
    return msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"


def _meaning(column: Column) -> str:
    words = words_of(column)
    return f"{column.label}：{column.about}{f'（{words}）' if words else ''}"
