"""Second pass over one shard of a further kind: its pages, rows, and parts of the downloads; and its lists' pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
import datetime as dt
from typing import cast

import msgspec

from site_builder.kinds.shown import SHOWN
from site_builder.outputs.feed import Item, newest
from site_builder.pages import filed
from site_builder.pages.listings import PAGE_ROWS, Listing
from site_builder.public.view import View
from site_builder.vocabulary import Kind
from site_builder.write.change_pages import PART, by_authority
from site_builder.write.parts import write_parts
from site_builder.write.rendering import Rendering, part_file, row_file
from site_builder.write.severe_lists import Lists, read_rows
from site_builder.write.severe_shard import Rendered
from site_builder.write.site_pages import Writer, changed_on


class FiledJob(msgspec.Struct, frozen=True):
    """One shard of a further kind."""

    kind: Kind
    shard: int


def render_filed_shard(rendering: Rendering, job: FiledJob) -> tuple[Kind, Rendered]:
    """Write every page of the shard and its parts."""
    kind, around, shown = job.kind, rendering.around, SHOWN[job.kind]
    tree = rendering.tree()
    listing = Listing(job.shard)
    feed: list[tuple[str, Item]] = []
    rows = bytearray()
    views = cast("list[View]", list(rendering.views(kind, job.shard)))
    for view in views:
        page, meta = filed.filed_page(view, around)
        rendering.write(tree, "filed.html", page, meta, filed.SECTION)
        rows += rendering.renderer.row(filed.filed_row(view, around)).encode()
        changed, day = changed_on(view), cast("dt.date", getattr(view, shown.day))
        listing.add(view.id, day, changed, len(rows), filed.keys_of(view), is_person=view.is_person)
        item = Item(
            changed,
            meta.canonical,
            view.name,
            meta.description,
            view.published_on,
            kind,
            is_person=view.is_person,
            public_until=view.public_until,
        )
        feed.append((filed.told(view, shown.authority), item))
    row_file(rendering.parts, kind, job.shard).write_bytes(rows)
    part_file(rendering.parts, kind, job.shard, PART).write_bytes(by_authority(one for one in feed if one[0]))
    write_parts(rendering, kind, job.shard, views)
    return kind, Rendered(
        written=tree.close(),
        listing=listing,
        feed=newest(item for _, item in feed),
        valid_through=min((view.public_until for view in views if view.public_until is not None), default=None),
    )


def write_filed(writer: Writer, lists: Sequence[Lists], counts: Mapping[Kind, int]) -> None:
    """The first page of each further kind, and the page that leads to them; the other pages are the workers'."""
    around = writer.rendering.around
    for one in lists:
        newest = one.newest("", PAGE_ROWS, persons=True)
        rows = read_rows(writer.rendering, one.places(newest), one.kind)
        total, noindex = len(one), one.any_person(newest)
        built = filed.filed_index(one.kind, total, rows, one.keys, one.counts, around, noindex=noindex)
        writer.page("filed-list.html", built, filed.SECTION)
    if lists:
        writer.page("content.html", filed.others_page(counts, around), filed.SECTION)
