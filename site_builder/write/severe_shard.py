"""Second pass over one shard of severe entries: their pages, rows, and parts of the downloads."""

from __future__ import annotations

import datetime as dt
from typing import cast

import msgspec

from site_builder.kinds.severe_list.shown import SevereView
from site_builder.outputs.feed import Item, newest
from site_builder.pages import urls
from site_builder.pages.listings import Listing, keys_of
from site_builder.pages.severe import severe_page, severe_row, summary
from site_builder.release.shared import Written
from site_builder.vocabulary import Kind
from site_builder.write.change_pages import PART, by_authority
from site_builder.write.parts import write_parts
from site_builder.write.rendering import Rendering, part_file, row_file


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """What a shard gave: what was written, entries for the lists, feed items, the earliest last day."""

    written: Written
    listing: Listing
    feed: list[Item]
    valid_through: dt.date | None


def render_severe_shard(rendering: Rendering, shard: int) -> Rendered:
    """Write every page of the shard and its parts."""
    around, renderer = rendering.around, rendering.renderer
    tree = rendering.tree()
    listing = Listing(shard)
    feed: list[tuple[str, Item]] = []
    row_bytes = bytearray()
    ends: list[dt.date] = []
    views = cast("list[SevereView]", list(rendering.views(Kind.SEVERE, shard)))
    lasting = around.lasting()
    digests = {one: rendering.key(row) for one, row in around.measures.items()}
    for view in views:
        # What a page is made of is told without making it: most pages of a rebuild are those of the last release.
        applied = [one for one in view.measure_ids if one in digests]
        key = rendering.key("severe.html", msgspec.structs.astuple(view), [digests[one] for one in applied])
        address = urls.record(Kind.SEVERE, view.id)
        if not tree.keep(address, key):
            page, meta = severe_page(view, tuple(around.measures[one] for one in applied), lasting)
            rendering.render(tree, key, "severe.html", page, meta, "severe")
        row_bytes += renderer.row(severe_row(view, around)).encode()
        changed = max(view.published_on, view.updated_on or view.published_on)
        keys = keys_of(view, around)
        listing.add(view.id, view.listed_on, changed, len(row_bytes), keys, is_person=view.is_person)
        item = Item(
            changed,
            around.canonical(address),
            view.subject_name,
            summary(view),
            view.published_on,
            is_person=view.is_person,
            public_until=view.public_until,
        )
        feed.append((view.authority, item))
        if view.public_until is not None:
            ends.append(view.public_until)
    row_file(rendering.parts, Kind.SEVERE, shard).write_bytes(row_bytes)
    part_file(rendering.parts, Kind.SEVERE, shard, PART).write_bytes(by_authority(feed))
    write_parts(rendering, Kind.SEVERE, shard, views)
    return Rendered(
        written=tree.close(),
        listing=listing,
        feed=newest(item for _, item in feed),
        valid_through=min(ends, default=None),
    )
