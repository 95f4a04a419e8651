"""A shard's parts of what is put together later: CSV and JSON lines downloads, rows for lookup and full text."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from site_builder.build.rendering import Rendering, part_file
from site_builder.outputs import columns, downloads, workbook
from site_builder.public.views import View
from site_builder.search.records import lookup_row
from site_builder.search.texts import record_text
from site_builder.vocabulary import Kind


def write_parts(rendering: Rendering, kind: Kind, shard: int, views: Sequence[View]) -> None:
    """Write the parts of one shard of published records."""
    rows = [columns.row(view, rendering.around.canonical) for view in views]
    parts = {
        "csv": downloads.csv_part(rows),
        "jsonl": downloads.jsonl_part(kind, rows),
        "xlsx": workbook.rows_part(kind, rows),
        "lookup": msgspec.msgpack.encode([lookup_row(view, rendering.around) for view in views]),
    }
    if kind in rendering.fulltext:
        parts["fulltext"] = msgspec.msgpack.encode([record_text(view, rendering.around) for view in views])
    for extension, data in parts.items():
        part_file(rendering.parts, kind, shard, extension).write_bytes(data)
