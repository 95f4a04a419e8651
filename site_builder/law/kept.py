"""What is left of a law's file where only some of it counts: by the day, or by the rules above that apply.

A mapping of a list that is marked counts or not, by its marks. Where one value stands, a list of marked ones may stand,
of which the first that counts is taken; one that is no mapping is written under ``value``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

from site_builder.config.source import Mapping, Node, Scalar
from site_builder.config.source import Sequence as NodeList

VALUE: Final = "value"
LISTS: Final = frozenset({"withhold", "watch", "cross_watch", "ways", "when_any"})
"""The keys under which a list holds several things at once; under others its marked items take turns."""


def kept(
    node: Node,
    marks: Collection[str],
    counts: Callable[[Mapping], bool],
    several: Callable[[Scalar, Sequence[Node]], None] = lambda _key, _counting: None,
) -> Node:
    """The same without what does not count, and without the ``marks`` that say so.

    ``counts`` is asked of what has marks; ``several`` is told of a value of which more than one counts.
    """

    def all_of(node: Node) -> Node:
        if isinstance(node, Mapping):
            picked = ((key, one_of(key, value)) for key, value in node.entries)
            return Mapping(tuple((key, value) for key, value in picked if value is not None), node.row)
        if isinstance(node, NodeList):
            return NodeList(tuple(all_of(_bare(one, marks)) for one in node.items if holds(one)), node.row)
        return node

    def one_of(key: Scalar, value: Node) -> Node | None:
        if not isinstance(value, NodeList) or key.text in LISTS or not any(marked(one, marks) for one in value.items):
            return all_of(_value(value, marks)) if holds(value) else None
        counting = [one for one in value.items if holds(one)]
        if len(counting) > 1:
            several(key, counting)
        return all_of(_value(counting[0], marks)) if counting else None

    def holds(node: Node) -> bool:
        return not isinstance(node, Mapping) or not marked(node, marks) or counts(node)

    return all_of(node)


def marked(node: Node, marks: Collection[str]) -> bool:
    """Whether a node is a mapping that says when it counts."""
    return isinstance(node, Mapping) and any(key.text in marks for key, _ in node.entries)


def _bare(node: Node, marks: Collection[str]) -> Node:
    """A mapping without its marks."""
    if not isinstance(node, Mapping) or not marked(node, marks):
        return node
    return Mapping(tuple(one for one in node.entries if one[0].text not in marks), node.row)


def _value(node: Node, marks: Collection[str]) -> Node:
    """What a marked value says."""
    bare = _bare(node, marks)
    if isinstance(bare, Mapping) and bare is not node and [key.text for key, _ in bare.entries] == [VALUE]:
        return bare.entries[0][1]
    return bare
