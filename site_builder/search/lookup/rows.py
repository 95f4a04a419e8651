"""What the lookup is made from: one row a published record, and the order rows are numbered in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from site_builder.errors import Exit, refuse

MOST_ROWS = 1 << 24
"""Row numbers are written in three bytes."""


class LookupRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One record as the lookup finds and shows it; every field is text, empty where there is none.

    Searched: ``title`` (a subject's or role model's name, a measure's title), ``code`` (the visible pieces of a masked
    one) and ``number`` (the decision's). Shown: ``href`` (relative to the web root), ``public_until`` and ``date``
    (``YYYY-MM-DD``; ``date`` also orders the hits, newest first), ``note``. Filtered by: ``kind``, ``year``,
    ``region``, ``category``, ``authority``. Responsible persons have no field here: they are never a search key.
    """

    kind: str
    id: str
    href: str
    title: str
    code: str = ""
    number: str = ""
    date: str = ""
    year: str = ""
    region: str = ""
    category: str = ""
    authority: str = ""
    public_until: str = ""
    note: str = ""


FIELDS: tuple[str, ...] = LookupRow.__struct_fields__
"""The names of a row's fields, in the order the index stores them."""

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(LookupRow)


_AFTER_KEY = b"\xff"
"""A byte no UTF-8 has."""


def order_key(row: LookupRow) -> bytes:
    """What rows are numbered by: day, kind, id."""
    return f"{row.date}\0{row.kind}\0{row.id}".encode() + _AFTER_KEY


def in_order(rows: Iterable[LookupRow]) -> Iterator[LookupRow]:
    """The rows from the oldest to the newest, then by kind, id and every other field: a row's place is its number.

    The oldest comes first so that a new record moves no other. Rows are held packed, about 350 bytes each.
    """
    packed = [order_key(row) + _ENCODER.encode(row) for row in rows]
    if len(packed) > MOST_ROWS:
        raise refuse("too-many-rows", f"检索最多容纳 {MOST_ROWS} 条记录，现有 {len(packed)} 条", exit_code=Exit.MACHINE)
    packed.sort(reverse=True)
    while packed:
        yield _DECODER.decode(packed.pop().partition(_AFTER_KEY)[2])
