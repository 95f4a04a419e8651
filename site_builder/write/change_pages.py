"""What was published or updated last: the feeds (all, each kind, each authority) and their page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from site_builder.kinds.measures.shown import MeasureView
from site_builder.kinds.role_models.shown import RoleModelView
from site_builder.outputs import feed
from site_builder.pages import changes, urls
from site_builder.pages.contexts import Change
from site_builder.pages.surroundings import Surroundings, label
from site_builder.vocabulary import Kind
from site_builder.write.rendering import part_file
from site_builder.write.site_pages import Writer, changed_on

PART = "feed"
"""Extension of the parts that hold the newest items of each authority of a shard."""

SHOWN = feed.SHOWN
"""Records on the page: as many as in a feed, because no shard tells of more."""

Items = dict[str, list[feed.Item]]


def write_changes(
    writer: Writer,
    newest: Iterable[list[feed.Item]],
    shards: Sequence[tuple[Kind, int]],
    measures: Sequence[MeasureView],
    models: Sequence[RoleModelView],
    others: Mapping[Kind, Iterable[list[feed.Item]]],
) -> bool:
    """Write the feeds and the page.

    ``newest`` are the newest items of each shard of entries, ``others`` those of the further kinds, ``shards`` the
    shards of both.
    Returns whether a feed names a natural person.
    """
    around = writer.rendering.around
    kinds = {
        Kind.SEVERE: _newest(item for part in newest for item in part),
        Kind.MEASURE: _newest(_measure_item(view, around) for view in measures),
        Kind.ROLE_MODEL: _newest(_model_item(view, around) for view in models),
        **{kind: _newest(item for part in parts for item in part) for kind, parts in others.items()},
    }
    whole = _newest(item for items in kinds.values() for item in items)
    name = around.site.site.name
    _write(writer, urls.FEED, name, whole)
    for kind, items in kinds.items():
        _write(writer, urls.feed(kind), f"{name}：{label(kind)}", items)
    authorities = _by_authority(writer, shards)
    for view in models:
        authorities.setdefault(view.awarded_by, []).append(_model_item(view, around))
    for authority, items in authorities.items():
        _write(writer, urls.authority_feed(authority), f"{name}：{authority}", items)
    shown = whole[:SHOWN]
    rows = [_change(item, around) for item in shown]
    page = changes.changes_page(rows, list(authorities), around, noindex=any(item.is_person for item in shown))
    writer.page("changes.html", page, "data")
    return any(item.is_person for items in (*kinds.values(), *authorities.values()) for item in items)


def by_authority(items: Iterable[tuple[str, feed.Item]]) -> bytes:
    """A shard's part: the newest items of each authority."""
    found: Items = {}
    for authority, item in items:
        found.setdefault(authority, []).append(item)
    return msgspec.msgpack.encode({authority: feed.newest(items) for authority, items in found.items()})


def _by_authority(writer: Writer, shards: Sequence[tuple[Kind, int]]) -> Items:
    """The newest items of each authority, whatever the number of shards."""
    found: Items = {}
    for kind, shard in shards:
        part = part_file(writer.rendering.parts, kind, shard, PART)
        if part.exists():
            for authority, items in msgspec.msgpack.decode(part.read_bytes(), type=Items).items():
                found[authority] = feed.newest([*found.get(authority, ()), *items])
    return found


def _newest(items: Iterable[feed.Item]) -> list[feed.Item]:
    return sorted(items, reverse=True)[:SHOWN]


def _write(writer: Writer, address: str, title: str, items: Iterable[feed.Item]) -> None:
    around = writer.rendering.around
    owner, home = around.site.unit.owner, around.canonical(urls.HOME)
    writer.tree.write(address, feed.atom(title, owner, home, around.canonical(address), items))


def _change(item: feed.Item, around: Surroundings) -> Change:
    return Change(
        on=item.changed_on,
        href=item.url.removeprefix(around.canonical(urls.HOME)),
        title=item.title,
        kind=label(item.kind),
        updated=item.changed_on > item.published_on,
        public_until=item.public_until,
    )


def _measure_item(view: MeasureView, around: Surroundings) -> feed.Item:
    url = around.canonical(urls.record(Kind.MEASURE, view.id))
    summary = f"{label(view.effect)}：{view.content}"
    return feed.Item(changed_on(view), url, view.title, summary, view.published_on, Kind.MEASURE)


def _model_item(view: RoleModelView, around: Surroundings) -> feed.Item:
    return feed.Item(
        changed_on(view),
        around.canonical(urls.record(Kind.ROLE_MODEL, view.id)),
        view.name,
        f"{view.honour}，{view.awarded_by}授予。{view.summary}",
        view.published_on,
        Kind.ROLE_MODEL,
        view.is_person,
        view.public_until,
    )
