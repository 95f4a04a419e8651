"""The Atom feed of what was published or updated last (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
import datetime as dt
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import msgspec

from site_builder.vocabulary import Kind

SHOWN: Final = 50
"""Items in the feed."""


class Item(msgspec.Struct, frozen=True, order=True):
    """One record in the feed, ordered by the day it last changed; ``what``: how, see ``following.last_change``."""

    changed_on: dt.date
    url: str
    title: str
    summary: str
    published_on: dt.date
    kind: Kind = Kind.SEVERE
    is_person: bool = False
    public_until: dt.date | None = None
    what: str = "published"


def newest(items: Iterable[Item]) -> list[Item]:
    """The newest items, the newest first."""
    return sorted(items, reverse=True)[:SHOWN]


def atom(title: str, author: str, home: str, feed_url: str, items: Iterable[Item], empty_since: dt.date) -> bytes:
    """The feed; its ``updated`` is its newest item's day, so that nothing but the records changes it.

    Without an item, for ``updated`` has to be there (RFC 4287, 4.1.1), it is the day of the export, ``empty_since``.
    """
    shown = newest(items)
    updated = _moment(shown[0].changed_on if shown else empty_since)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<title>{escape(title)}</title>",
        f"<id>{escape(feed_url)}</id>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(feed_url)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(home)}/>',
        f"<updated>{updated}</updated>",
        f"<author><name>{escape(author)}</name></author>",
    ]
    for item in shown:
        lines += [
            "<entry>",
            f"<title>{escape(item.title)}</title>",
            f"<id>{escape(item.url)}</id>",
            f'<link rel="alternate" type="text/html" href={quoteattr(item.url)}/>',
            f"<published>{_moment(item.published_on)}</published>",
            f"<updated>{_moment(item.changed_on)}</updated>",
            f"<summary>{escape(item.summary)}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""]).encode()


def _moment(day: dt.date) -> str:
    return f"{day}T00:00:00+08:00"
