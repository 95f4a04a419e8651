"""What of a law is in force on a day: anything in its files may say ``from`` which day it holds and ``until`` which.

What says so counts on those days alone (``kept``); of a list of dated values one is in force at a time. Both days are
inclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Items
import datetime as dt
from typing import Final

from site_builder.config.fields import Fields
from site_builder.config.source import Faults, Mapping, Node, Scalar, Sequence
from site_builder.law.kept import kept, marked

FROM: Final = "from"
UNTIL: Final = "until"
MARKS: Final = frozenset({FROM, UNTIL})

Days = tuple[dt.date, dt.date]
"""The first and the last day, ``date.min`` and ``date.max`` where none is written."""


def first_days(nodes: Iterable[tuple[Node | None, Faults]]) -> list[dt.date]:
    """The days on which what is written in these files changes, after ``date.min``, in order. Notes wrong days."""
    found = {dt.date.min}
    for root, faults in nodes:
        for node in _dated(root):
            first, last = _read(node, faults)
            found |= {first} | ({last + dt.timedelta(days=1)} if last < dt.date.max else set())
    return sorted(found)


def in_force(node: Node, day: dt.date, faults: Faults) -> Node:
    """The same without what is not in force on a day, and without its days. Notes values that hold at once."""

    def counts(node: Mapping) -> bool:
        first, last = _read(node, Faults(""))
        return first <= day <= last

    def several(key: Scalar, counting: Items[Node]) -> None:
        message = f"「{key.text}」同一天有 {len(counting)} 个在施行"
        faults.add("dates-overlap", counting[1].row, message, "写上 from、until：前一个的最后一天，后一个的第一天")

    return kept(node, MARKS, counts, several)


def _dated(node: Node | None) -> Iterator[Mapping]:
    """Everything under a node that says from or until which day it holds."""
    inner = node.items if isinstance(node, Sequence) else ()
    if isinstance(node, Mapping):
        inner = tuple(value for _, value in node.entries)
    for one in inner:
        if isinstance(one, Mapping) and marked(one, MARKS):
            yield one
        yield from _dated(one)


def _read(node: Mapping, faults: Faults) -> Days:
    fields = Fields(node, faults)
    first, last = fields.day(FROM) or dt.date.min, fields.day(UNTIL) or dt.date.max
    if last < first:
        message = f"施行到 {last}，而 {first} 才开始"
        faults.add("bad-value", fields.row_of(UNTIL), message, "until 是最后一天，不早于 from")
        return dt.date.min, dt.date.max
    return first, last


def told(first: dt.date, last: dt.date) -> str:
    """A period in words: ``2026-04-01 起``, ``到 2026-03-31``, ``2026-04-01 至 2026-12-31``; empty for always."""
    if first == dt.date.min:
        return "" if last == dt.date.max else f"到 {last}"
    return f"{first} 起" if last == dt.date.max else f"{first} 至 {last}"
