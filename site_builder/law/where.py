"""What of a law's files counts only where a rule above it applies (``where``), or does not (``unless``)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from site_builder.config.source import Mapping, Node, Scalar
from site_builder.law.kept import kept

WHERE: Final = "where"
UNLESS: Final = "unless"


def counting(node: Node, applied: Collection[str]) -> Node:
    """The same without what does not count where these rules apply, and without its conditions."""

    def counts(node: Mapping) -> bool:
        said = {key.text: value for key, value in node.entries}
        where, unless = said.get(WHERE), said.get(UNLESS)
        asked = where.text in applied if isinstance(where, Scalar) else where is None
        return asked and not (isinstance(unless, Scalar) and unless.text in applied)

    return kept(node, {WHERE, UNLESS}, counts)
