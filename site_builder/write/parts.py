"""A shard's parts of what is put together later: its rows in every format, rows for lookup and full text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import msgspec

from site_builder.attempts import put
from site_builder.kinds.severe_list.shown import SevereView
from site_builder.outputs import columns, following, formats, ftm, measure_links
from site_builder.outputs.formats import jsonl
from site_builder.public.view import View
from site_builder.search.records import lookup_row
from site_builder.search.texts import record_text
from site_builder.vocabulary import Kind
from site_builder.write.rendering import Rendering, part_file

VALID = "valid"
"""Extension of the parts that hold a shard's lines of ``data/ids.json``."""

ENTITIES = "entities"
"""Extension of the parts that hold a shard's lines of ``data/entities.ftm.json``."""

CITING = "citing."
"""Begins the extension of the parts that tell which entry names which measure."""


def write_parts(rendering: Rendering, kind: Kind, shard: int, views: Sequence[View]) -> Sequence[bytes]:
    """Write the parts of one shard of published records; their JSON lines."""
    around = rendering.around
    rows = [columns.row(view, around.canonical) for view in views]
    table = formats.table_of(kind, around.site.regions)
    pieces = {one.name: one.part(table, rows) for one in formats.FORMATS}
    parts = {name: b"".join(found) for name, found in pieces.items()} | {
        "lookup": msgspec.msgpack.encode([lookup_row(view, around) for view in views]),
        VALID: following.valid_part(views, around.canonical),
    }
    if kind in ftm.WHY:
        parts[ENTITIES] = ftm.entities(views, around.canonical, around.site.export.name)
    if kind in rendering.fulltext:
        parts["fulltext"] = msgspec.msgpack.encode([record_text(view, around) for view in views])
    parts |= _by_year(kind, views, pieces)
    if kind is Kind.SEVERE:
        parts |= _citing(rendering, cast("Sequence[SevereView]", views))
    for extension, data in parts.items():
        put(part_file(rendering.parts, kind, shard, extension), data)
    return pieces[jsonl.FORMAT.name]


def _by_year(kind: Kind, views: Sequence[View], pieces: Mapping[str, Sequence[bytes]]) -> dict[str, bytes]:
    """The lines of each year, and how many each has."""
    members: dict[str, list[int]] = {}
    for place, view in enumerate(views):
        members.setdefault(columns.year_of(kind, view), []).append(place)
    parts = {"years": msgspec.msgpack.encode({year: len(places) for year, places in members.items()})}
    for year, places in members.items():
        for one in formats.by_line():
            lines = pieces[one.name]
            parts[f"{year}.{one.name}"] = b"".join([lines[place] for place in places])
    return parts


def _citing(rendering: Rendering, views: Sequence[SevereView]) -> dict[str, bytes]:
    around = rendering.around
    rows = [row for view in views for row in measure_links.citing_rows(view, around.measures, around)]
    chosen = (*formats.by_line(), *formats.together())
    return {f"{CITING}{one.name}": b"".join(one.part(formats.MEASURE_ENTRIES, rows)) for one in chosen}
