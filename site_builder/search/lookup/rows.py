"""What the lookup is made from: one row a published record, and the order rows are numbered in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import os
from pathlib import Path
import struct
import tempfile

import msgspec

from site_builder.errors import Exit, refuse

SYLLABLES = "'"
"""Stands between syllables (GB/T 16159, 隔音符号): no folded text holds it, and it makes no number of single digits."""

MOST_ROWS = 1 << 24
"""Row numbers are written in three bytes."""


class LookupRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One record as the lookup finds and shows it; every field is text, empty where there is none.

    Searched: ``title`` (a subject's or role model's name, a measure's title), ``code`` (the visible pieces of a masked
    one), ``number`` (the decision's), ``id``, ``authority``, ``list_name``, and ``readings``: the ways the folded title
    is read, a line each, ``SYLLABLES`` between syllables. Shown: ``href`` (relative to the web root), ``public_until``
    and ``date`` (``YYYY-MM-DD``; ``date`` also orders the hits, newest first), ``note``. Filtered by: ``kind``,
    ``year``, ``region``, ``category``, ``authority``. ``subject_type`` is a subject's. Responsible persons have no
    field here: they are never a search key.
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
    list_name: str = ""
    subject_type: str = ""
    readings: str = ""


FIELDS: tuple[str, ...] = LookupRow.__struct_fields__
"""The names of a row's fields, in the order the index stores them."""

_PLACE = struct.Struct(">QI")
"""Where a packed row lies and how long it is, behind what rows are ordered by."""

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(LookupRow)


_AFTER_KEY = b"\xff"
"""A byte no UTF-8 has."""


def order_key(row: LookupRow) -> bytes:
    """What rows are numbered by: day, kind, id."""
    return f"{row.date}\0{row.kind}\0{row.id}".encode() + _AFTER_KEY


def in_order(rows: Iterable[LookupRow], scratch: Path | None = None) -> Iterator[LookupRow]:
    """The rows from the oldest to the newest, then by kind, id and every other field: a row's place is its number.

    The oldest comes first so that a new record moves no other. The rows lie in a file below ``scratch`` meanwhile
    (without one, in the machine's temporary folder); what they are ordered by is held, about 100 bytes each.
    """
    with tempfile.TemporaryFile(dir=scratch) as file:
        keys: list[bytes] = []
        at = 0
        for row in rows:
            data = _ENCODER.encode(row)
            file.write(data)
            keys.append(order_key(row) + _PLACE.pack(at, len(data)))
            at += len(data)
        if len(keys) > MOST_ROWS:
            message = f"检索最多容纳 {MOST_ROWS} 条记录，现有 {len(keys)} 条"
            raise refuse("too-many-rows", message, exit_code=Exit.MACHINE)
        file.flush()
        keys.sort(reverse=True)
        while keys:
            alike = [keys.pop()]
            while keys and keys[-1][: -_PLACE.size] == alike[0][: -_PLACE.size]:
                alike.append(keys.pop())
            places = (_PLACE.unpack(key[-_PLACE.size :]) for key in alike)
            for data in sorted(os.pread(file.fileno(), size, start) for start, size in places):
                yield _DECODER.decode(data)
