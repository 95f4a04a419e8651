"""What the search's tests share: the browser's side run in Node, and small indexes that are built as large ones are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lookup_node import Node, write_index
import pytest

from site_builder.search.lookup import LookupRow, build, directory, leaves, pieces

Indexed = Callable[[list[LookupRow]], Node]


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    with Node() as started:
        yield started


@pytest.fixture
def crowded(monkeypatch):
    """Small leaves and pages, and pieces that are soon common: a few rows then make every part of a large index."""
    monkeypatch.setattr(leaves, "LEAF_ENTRIES", 8)
    monkeypatch.setattr(directory, "PAGE_LEAVES", 4)
    monkeypatch.setattr(pieces, "FEWEST", 6)
    monkeypatch.setattr(pieces, "FIRST_HITS", 4)


@pytest.fixture
def indexed(node, tmp_path) -> Indexed:
    """Builds an index, opens it in Node, gives the Node."""

    def make(rows):
        files: dict[str, bytes] = {}
        build(rows, files.__setitem__)
        write_index(tmp_path, files)
        node.call("open", str(tmp_path))
        return node

    return make
