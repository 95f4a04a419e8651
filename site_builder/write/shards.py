"""Second pass over one shard of any kind: its records' pages, rows, and parts of the downloads."""

from __future__ import annotations

import datetime as dt

import msgspec

from site_builder.attempts import put
from site_builder.outputs.feed import Item, newest
from site_builder.outputs.following import last_change
from site_builder.pages import urls
from site_builder.pages.listings import Listing
from site_builder.public.view import View
from site_builder.release.shared import Written
from site_builder.release.tree import Tree
from site_builder.render.pages import NOT_TOLD, Joined
from site_builder.vocabulary import Kind
from site_builder.write.change_pages import CHANGED, PART, by_authority, changed_part
from site_builder.write.hints import Hints
from site_builder.write.parts import write_parts
from site_builder.write.record_json import write_records
from site_builder.write.record_pages import RecordPages, pages_of
from site_builder.write.rendering import Rendering, hint_file, part_file, row_file


class ShardJob(msgspec.Struct, frozen=True):
    """One shard of a kind."""

    kind: Kind
    shard: int


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """What a shard gave: what was written, records for the lists, feed items, the earliest last day."""

    kind: Kind
    written: Written
    listing: Listing
    feed: list[Item]
    valid_through: dt.date | None


def render_shard(rendering: Rendering, job: ShardJob) -> Rendered:
    """Write every page of the shard and its parts."""
    kind, around, tree = job.kind, rendering.around, rendering.tree()
    pages, row = pages_of(rendering, kind), rendering.renderer.row
    listing = Listing(job.shard)
    feed: list[tuple[str, Item]] = []
    rows = bytearray()
    ends: list[dt.date] = []
    views = list(rendering.views(kind, job.shard))
    hints = Hints()
    for view in views:
        hints.add(view.id, _write_page(rendering, tree, pages, kind, view))
        rows += row(pages.row(view)).encode()
        changed, what = last_change(view)
        until = view.public_until
        listing.add(
            view.id,
            pages.day(view),
            changed,
            len(rows),
            pages.keys(view),
            is_person=view.is_person,
            sound=pages.sound(view),
        )
        url = around.canonical(urls.record(kind, view.id))
        summary = _objection(view) + pages.summary(view)
        item = Item(changed, url, view.name, summary, view.published_on, kind, view.is_person, until, what)
        feed.append((pages.authority(view), item))
        if until is not None:
            ends.append(until)
    put(hint_file(rendering.parts, kind, job.shard), hints.packed())
    put(row_file(rendering.parts, kind, job.shard), rows)
    put(part_file(rendering.parts, kind, job.shard, PART), by_authority(one for one in feed if one[0]))
    put(part_file(rendering.parts, kind, job.shard, CHANGED), changed_part(views, around))
    lines = write_parts(rendering, kind, job.shard, views)
    if rendering.record_json:
        write_records(tree, views, lines, around)
    return Rendered(
        kind=kind,
        written=tree.close(),
        listing=listing,
        feed=newest(item for _, item in feed),
        valid_through=min(ends, default=None),
    )


def _write_page(rendering: Rendering, tree: Tree, pages: RecordPages, kind: Kind, view: View) -> Joined:
    """Write a record's page, or take it over where it is made of the same; what one that is written is joined of."""
    made = None
    if pages.made_of is not None:
        key = rendering.key(pages.template, *pages.made_of(view))
    else:
        made = pages.page(view)
        key = rendering.key(pages.template, *made, pages.section)
    if tree.keep(urls.record(kind, view.id), key):
        return NOT_TOLD
    return rendering.render(tree, key, pages.template, *(made or pages.page(view)), pages.section)


def _objection(view: View) -> str:
    """What the feeds say of an open objection: whoever uses the record says so too (DL 42, LY 32)."""
    received = getattr(view, "objection_received_on", None)
    return f"异议处理中（{received} 受理）。" if received is not None else ""
