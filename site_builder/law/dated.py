"""What of a law is in force on a day: anything in its files may say ``from`` which day it holds and ``until`` which.

A mapping of a list that says so counts on those days alone. Where one value stands, a list of dated ones may stand, of
which one is in force at a time; one that is no mapping is written under ``value``. Both days are inclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import datetime as dt
from typing import Final

from site_builder.config.fields import Fields
from site_builder.config.source import Faults, Mapping, Node, Scalar, Sequence

FROM: Final = "from"
UNTIL: Final = "until"
VALUE: Final = "value"
LISTS: Final = frozenset({"withhold", "watch", "cross_watch", "ways", "when_any"})
"""The keys under which a list holds several things at once; under others its dated items take turns."""

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
    if isinstance(node, Mapping):
        picked = ((key, _picked(key, value, day, faults)) for key, value in node.entries)
        return Mapping(tuple((key, value) for key, value in picked if value is not None), node.row)
    if isinstance(node, Sequence):
        counting = (_bare(one) for one in node.items if _counts(one, day))
        return Sequence(tuple(in_force(one, day, faults) for one in counting), node.row)
    return node


def _picked(key: Scalar, value: Node, day: dt.date, faults: Faults) -> Node | None:
    takes_turns = isinstance(value, Sequence) and key.text not in LISTS and any(map(_is_dated, value.items))
    if isinstance(value, Sequence) and takes_turns:
        counting = [one for one in value.items if _counts(one, day)]
        if len(counting) > 1:
            message = f"「{key.text}」同一天有 {len(counting)} 个在施行"
            faults.add("dates-overlap", counting[1].row, message, "写上 from、until：前一个的最后一天，后一个的第一天")
        return in_force(_value(counting[0]), day, faults) if counting else None
    return in_force(_value(value), day, faults) if _counts(value, day) else None


def _is_dated(node: Node) -> bool:
    return isinstance(node, Mapping) and any(key.text in {FROM, UNTIL} for key, _ in node.entries)


def _bare(node: Node) -> Node:
    """A mapping without its days."""
    if not isinstance(node, Mapping) or not _is_dated(node):
        return node
    return Mapping(tuple(one for one in node.entries if one[0].text not in {FROM, UNTIL}), node.row)


def _value(node: Node) -> Node:
    """What a dated value says."""
    bare = _bare(node)
    if isinstance(bare, Mapping) and bare is not node and [key.text for key, _ in bare.entries] == [VALUE]:
        return bare.entries[0][1]
    return bare


def _counts(node: Node, day: dt.date) -> bool:
    if not isinstance(node, Mapping) or not _is_dated(node):
        return True
    first, last = _read(node, Faults(""))
    return first <= day <= last


def _dated(node: Node | None) -> Iterator[Mapping]:
    """Everything under a node that says from or until which day it holds."""
    inner = node.items if isinstance(node, Sequence) else ()
    if isinstance(node, Mapping):
        inner = tuple(value for _, value in node.entries)
    for one in inner:
        if isinstance(one, Mapping) and _is_dated(one):
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
