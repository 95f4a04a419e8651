"""What the feeds must hold, written a second time from the published records: each the newest of its own, no other.

They are held byte for byte (RFC 4287). Apart from the program's own writer: what a feed says of a record is told here
once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
import datetime as dt
import enum
from heapq import nlargest
from html import escape
from itertools import chain
from typing import Any, Final

from site_builder.audit.following import last_change
from site_builder.audit.staged import Expected
from site_builder.config.site import Site
from site_builder.content.announcements import announced
from site_builder.kinds.shown import SHOWN
from site_builder.pages import urls
from site_builder.public.view import View
from site_builder.vocabulary import LABELS, Kind

Entry = tuple[dt.date, str, str]
"""The day a record last changed, its address, and what the feeds say of it."""

Entries = dict[tuple[str, str], list[Entry]]
"""By (address of a feed, whose it is) its newest entries, the newest first."""

MOST: Final = 50
"""How many of the newest records a feed tells."""

_LONGEST: Final = 120


def entries(views: Iterable[View], canonical: Callable[[str], str]) -> Entries:
    """The newest of a shard, by kind and by authority."""
    found: dict[tuple[str, str], list[tuple[dt.date, str, View]]] = {}
    for view in views:
        one = (last_change(view)[0], canonical(urls.record(view.kind, view.id)), view)
        found.setdefault((urls.feed(view.kind), LABELS[view.kind]), []).append(one)
        if authority := _said(view, SHOWN[view.kind].authority):
            found.setdefault((urls.authority_feed(authority), authority), []).append(one)
    return {
        feed: [(day, url, _of_record(view, url, day)) for day, url, view in nlargest(MOST, those, key=_when)]
        for feed, those in found.items()
    }


def add(known: Entries, more: Entries) -> None:
    """Take in the entries of another shard."""
    for feed, those in more.items():
        known[feed] = nlargest(MOST, [*known.get(feed, ()), *those], key=_when)


def newest(found: Entries, kinds: Iterable[Kind]) -> list[Entry]:
    """The newest of all kinds."""
    return nlargest(MOST, chain.from_iterable(found.get((urls.feed(one), LABELS[one]), ()) for one in kinds), key=_when)


def wanted(site: Site, expected: Expected, found: Entries, canonical: Callable[[str], str]) -> dict[str, bytes]:
    """Path → what the feed must hold, of all there must be."""
    name, day = site.site.name, expected.created.date()
    of_kinds: Entries = {(urls.feed(kind), LABELS[kind]): [] for kind in expected.rows}
    told = {address: (f"{name}：{whose}", those) for (address, whose), those in (of_kinds | found).items()}
    told[urls.FEED] = (name, newest(found, expected.rows))
    if news := _news(site, expected.facts.as_of, canonical):
        told[urls.NEWS_FEED] = (f"{name}：公告动态", news)
    home = canonical(urls.HOME)
    return {
        path: _atom(title, site.unit.owner, home, canonical(path), those, day) for path, (title, those) in told.items()
    }


def _when(one: Sequence[Any]) -> tuple[dt.date, str]:
    return one[0], one[1]


def _atom(title: str, owner: str, home: str, own: str, those: Sequence[Entry], day: dt.date) -> bytes:
    """A feed; without entries it is as of the export's day."""
    address = escape(own)
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">\n'
        f"<title>{escape(title, quote=False)}</title>\n<id>{address}</id>\n"
        f'<link rel="self" type="application/atom+xml" href="{address}"/>\n'
        f'<link rel="alternate" type="text/html" href="{escape(home)}"/>\n'
        f"<updated>{_moment(those[0][0] if those else day)}</updated>\n"
        f"<author><name>{escape(owner, quote=False)}</name></author>\n"
    )
    return "".join([head, *(text for *_, text in those), "</feed>\n"]).encode()


def _entry(title: str, url: str, published: dt.date, updated: dt.date, summary: str) -> str:
    address = escape(url)
    return (
        f"<entry>\n<title>{escape(title, quote=False)}</title>\n<id>{address}</id>\n"
        f'<link rel="alternate" type="text/html" href="{address}"/>\n<published>{_moment(published)}</published>\n'
        f"<updated>{_moment(updated)}</updated>\n<summary>{escape(summary, quote=False)}</summary>\n</entry>\n"
    )


def _of_record(view: View, url: str, day: dt.date) -> str:
    received = getattr(view, "objection_received_on", None)
    objection = "" if received is None else f"异议处理中（{received} 受理）。"
    return _entry(view.name, url, view.published_on, day, objection + _summary(view))


def _summary(view: View) -> str:
    """A record in a few words."""
    one: Any = view
    if view.kind is Kind.SEVERE:
        return f"{view.name}，{LABELS[one.category]}，{one.authority}认定，{one.listed_on} 列入，{one.term_text}。"
    if view.kind is Kind.MEASURE:
        return f"{LABELS[one.effect]}：{one.content}"
    if view.kind is Kind.ROLE_MODEL:
        return f"{one.honour}，{one.awarded_by}授予。{one.summary}"
    shown = SHOWN[view.kind]
    told = "，".join(f"{shown.label(name)} {text}" for name in shown.heads if (text := _said(view, name)))
    return f"{view.name}，{told}。"[:_LONGEST]


def _said(view: View, name: str) -> str:
    """A field in the words visitors read."""
    value = getattr(view, name) if name else None
    if isinstance(value, enum.StrEnum):
        return LABELS[value]
    if isinstance(value, tuple):
        return "、".join(value)
    return "" if value is None else str(value)


def _news(site: Site, as_of: dt.date, canonical: Callable[[str], str]) -> list[Entry]:
    """What the office announces on a day."""
    found = [
        (one.on, url, _entry(one.title, url, one.on, one.on, one.description or one.title))
        for one in announced(site.folder, as_of, site.site.address)
        for url in [canonical(urls.announcement(one.stem))]
    ]
    return nlargest(MOST, found, key=_when)


def _moment(day: dt.date) -> str:
    return f"{day}T00:00:00+08:00"
