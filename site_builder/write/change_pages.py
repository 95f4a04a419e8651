"""What was published or updated last: the feeds (all, each kind, each authority), their page, and it for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from site_builder.outputs import feed, following
from site_builder.outputs.following import Changed
from site_builder.pages import changes, urls
from site_builder.pages.contexts import Change
from site_builder.pages.surroundings import Surroundings, label
from site_builder.public.view import View
from site_builder.vocabulary import Kind
from site_builder.write.site_pages import Writer

PART = "feed"
"""Extension of the parts that hold the newest items of each authority of a shard."""

CHANGED = "changed"
"""Extension of the parts that hold the newest records of a shard for ``changes/index.json``."""

Items = dict[str, list[feed.Item]]


def write_changes(writer: Writer, newest: Iterable[tuple[Kind, list[feed.Item]]], records: int) -> None:
    """Write the feeds, the page and ``changes/index.json``; ``newest`` are the newest items of each shard.

    ``records``: how many there are in all.
    """
    around = writer.rendering.around
    found: dict[Kind, list[feed.Item]] = {kind: [] for kind in around.kinds}
    for kind, items in newest:
        found[kind] = feed.newest([*found[kind], *items])
    whole = feed.newest(item for items in found.values() for item in items)
    name = around.site.site.name
    _write(writer, urls.FEED, name, whole)
    for kind, items in found.items():
        _write(writer, urls.feed(kind), f"{name}：{label(kind)}", items)
    authorities = _by_authority(writer.rendering.parts)
    for authority, items in authorities.items():
        _write(writer, urls.authority_feed(authority), f"{name}：{authority}", items)
    rows = [_change(item, around) for item in whole]
    page = changes.changes_page(rows, list(authorities), around, noindex=any(item.is_person for item in whole))
    writer.page("changes.html", page, "data")
    shown = following.newest(_changed(writer.rendering.parts))
    writer.tree.write(urls.CHANGES_INDEX, following.changes_json(shown, records))


def by_authority(items: Iterable[tuple[str, feed.Item]]) -> bytes:
    """A shard's part: the newest items of each authority."""
    found: Items = {}
    for authority, item in items:
        found.setdefault(authority, []).append(item)
    return msgspec.msgpack.encode({authority: feed.newest(items) for authority, items in found.items()})


def _by_authority(parts: Path) -> Items:
    """The newest items of each authority, whatever the number of shards."""
    found: Items = {}
    for part in sorted(parts.glob(f"*.{PART}")):
        for authority, items in msgspec.msgpack.decode(part.read_bytes(), type=Items).items():
            found[authority] = feed.newest([*found.get(authority, ()), *items])
    return found


def changed_part(views: Iterable[View], around: Surroundings) -> bytes:
    """A shard's part: its newest records."""
    return msgspec.msgpack.encode(following.newest(_change_of(view, around) for view in views))


def _change_of(view: View, around: Surroundings) -> Changed:
    changed, what = following.last_change(view)
    url = around.canonical(urls.record(view.kind, view.id))
    return Changed(changed, what, view.kind, view.id, url, view.public_until)


def _changed(parts: Path) -> Iterator[Changed]:
    for part in parts.glob(f"*.{CHANGED}"):
        yield from msgspec.msgpack.decode(part.read_bytes(), type=list[Changed])


def _write(writer: Writer, address: str, title: str, items: Iterable[feed.Item]) -> None:
    around = writer.rendering.around
    owner, home = around.site.unit.owner, around.canonical(urls.HOME)
    writer.tree.write(address, feed.atom(title, owner, home, around.canonical(address), items, around.data_on))


def _change(item: feed.Item, around: Surroundings) -> Change:
    return Change(
        on=item.changed_on,
        href=item.url.removeprefix(around.canonical(urls.HOME)),
        title=item.title,
        kind=label(item.kind),
        what=changes.WHAT[item.what],
        public_until=item.public_until,
    )
