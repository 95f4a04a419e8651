"""What the full text is made from: one document a page."""

from __future__ import annotations

import msgspec


class FullTextDoc(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One page: its text is what is searched (with the title) and what excerpts are cut from; plain, never HTML.

    ``kind`` is a record's kind, ``laws``, ``news`` or ``pages``; ``id`` is empty where there is none; ``href`` is
    relative to the web root, different for each document. ``date`` and ``public_until`` are ``YYYY-MM-DD`` or empty;
    the rest is what hits are filtered by, empty where there is none.
    """

    kind: str
    id: str
    href: str
    title: str
    text: str
    date: str = ""
    year: str = ""
    region: str = ""
    category: str = ""
    authority: str = ""
    public_until: str = ""
    row: int = -1


FIELDS: tuple[str, ...] = FullTextDoc.__struct_fields__
"""The names of a document's fields, in the order the index stores them."""
