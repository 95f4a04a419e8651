"""What of a law's files counts only where a rule above it applies (``where``), or only where it does not (``unless``).

A mapping of a list that says so counts then alone. Where one value stands, a list of such may stand, of which the first
that counts is taken.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from site_builder.config.source import Mapping, Node, Scalar, Sequence
from site_builder.law.dated import LISTS

WHERE: Final = "where"
UNLESS: Final = "unless"


def counting(node: Node, applied: Collection[str]) -> Node:
    """The same without what does not count where these rules apply, and without its conditions."""
    if isinstance(node, Mapping):
        picked = ((key, _picked(key, value, applied)) for key, value in node.entries)
        return Mapping(tuple((key, value) for key, value in picked if value is not None), node.row)
    if isinstance(node, Sequence):
        return Sequence(tuple(counting(_bare(one), applied) for one in node.items if _counts(one, applied)), node.row)
    return node


def _picked(key: Scalar, value: Node, applied: Collection[str]) -> Node | None:
    if isinstance(value, Sequence) and key.text not in LISTS and any(map(_is_conditional, value.items)):
        first = next((one for one in value.items if _counts(one, applied)), None)
        return None if first is None else counting(_bare(first), applied)
    return counting(_bare(value), applied) if _counts(value, applied) else None


def _is_conditional(node: Node) -> bool:
    return isinstance(node, Mapping) and any(key.text in {WHERE, UNLESS} for key, _ in node.entries)


def _bare(node: Node) -> Node:
    if not isinstance(node, Mapping):
        return node
    return Mapping(tuple(one for one in node.entries if one[0].text not in {WHERE, UNLESS}), node.row)


def _counts(node: Node, applied: Collection[str]) -> bool:
    said = {key.text: value for key, value in node.entries} if isinstance(node, Mapping) else {}
    where, unless = said.get(WHERE), said.get(UNLESS)
    asked = where.text in applied if isinstance(where, Scalar) else where is None
    return asked and not (isinstance(unless, Scalar) and unless.text in applied)
