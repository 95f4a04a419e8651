"""Nodes as YAML that reads as the same nodes, each line with the row its node has."""

from __future__ import annotations

from collections.abc import Iterator
import json
import re
from typing import Final

from site_builder.config.source import Mapping, Node, Scalar, Sequence

WIDTH: Final = 110
"""Columns within which a mapping may stand in one line."""

Line = tuple[str, int]
"""A line, and the row of what it says."""

_PLAIN: Final = re.compile(r"[0-9A-Za-z_\u4e00-\u9fff《（〔…./+][^\n\t\"]*")
_UNSAFE: Final = re.compile(r": |:$| #|[\[\]{},?]|^(?:---|\.\.\.)|\s$|[\x00-\x1f\x7f-\x9f\ufeff\u2028\u2029]")
_CODE: Final = re.compile("0[0-9]+|[0-9]{10,}")
"""What other readers of YAML would take for a number, and is a code."""

_NULLS: Final = frozenset({"null", "Null", "NULL", "~"})
_FLAT: Final = 2


def yaml_text(root: Node, width: int = WIDTH) -> list[Line]:
    """The lines of a file; with ``width`` 0 each key stands in a line of its own."""
    return list(_block(root, 0, width))


def flow(node: Node) -> str:
    """A node in one line."""
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{scalar(key.text)}: {flow(value)}" for key, value in node.entries) + "}"
    if isinstance(node, Sequence):
        return "[" + ", ".join(_item(one) for one in node.items) + "]"
    return "" if node.is_null else scalar(node.text)


def scalar(text: str) -> str:
    """A text without quotes where it then reads as the same text, else in double quotes."""
    if _PLAIN.fullmatch(text) and not _UNSAFE.search(text) and text not in _NULLS and not _CODE.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _item(node: Node) -> str:
    written = flow(node)
    return (
        json.dumps(written, ensure_ascii=False)
        if isinstance(node, Scalar) and written[:1] != '"' and ("，" in written)
        else written or '""'
    )


def _block(node: Node, indent: int, width: int) -> Iterator[Line]:
    margin = " " * indent
    if isinstance(node, Mapping) and node.entries:
        for key, value in node.entries:
            name = f"{margin}{scalar(key.text)}:"
            if _stands_in_line(value, width - len(name) - 1, wide=width > 0):
                yield f"{name} {flow(value)}".rstrip(), value.row if isinstance(value, Scalar) else key.row
                continue
            yield name, key.row
            yield from _block(value, indent + 2, width)
    elif isinstance(node, Sequence) and node.items:
        for item in node.items:
            if _stands_in_line(item, width - indent - 2, wide=width > 0):
                yield f"{margin}- {flow(item)}", item.row
                continue
            (first, row), *rest = _block(item, indent + 2, width)
            yield f"{margin}- {first[indent + 2 :]}", row
            yield from rest
    else:
        yield f"{margin}{flow(node)}", node.row


def _stands_in_line(node: Node, room: int, *, wide: bool) -> bool:
    if isinstance(node, Scalar) or not _parts(node):
        return True
    if isinstance(node, Sequence) and all(isinstance(one, Scalar) for one in node.items):
        return True
    return wide and isinstance(node, Mapping) and _height(node) <= _FLAT and len(flow(node)) <= room


def _parts(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Mapping):
        return tuple(value for _, value in node.entries)
    return node.items if isinstance(node, Sequence) else ()


def _height(node: Node) -> int:
    """How many mappings stand in one another."""
    inside = max(map(_height, _parts(node)), default=0)
    return inside + isinstance(node, Mapping)
