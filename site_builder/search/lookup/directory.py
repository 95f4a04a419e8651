"""The way to a leaf: a root that names pages, pages that name up to 256 leaves and the common pieces among them."""

from __future__ import annotations

from bisect import bisect_right

from site_builder.search.lookup.blocks import Out, write_json
from site_builder.search.lookup.leaves import Leaves
from site_builder.search.lookup.pieces import Piece, write_heads

PAGE_LEAVES = 256
"""Leaves a page names."""

HEADS = 16
"""Heads in a block: piece i of a page is in its block i // 16."""


def write_directory(leaves: Leaves, pieces: list[Piece], out: Out) -> str:
    """Write pages and root; returns the root's name.

    A page is ``{divider: [...], leaf: names run together, piece: [...], head: names run together}``, the root
    ``{divider: [...], page: names run together}``. A piece stands in the last page whose divider is not above it.
    """
    starts = list(range(0, len(leaves.names), PAGE_LEAVES))
    dividers = [leaves.dividers[start] for start in starts]
    places = [_as_compared(divider) for divider in dividers]
    of_page: list[list[Piece]] = [[] for _ in starts]
    for piece in sorted(pieces, key=lambda piece: _as_compared(piece.text)):
        of_page[bisect_right(places, _as_compared(piece.text)) - 1].append(piece)
    names = []
    for start, inside in zip(starts, of_page, strict=True):
        stop = start + PAGE_LEAVES
        page = {
            "divider": leaves.dividers[start:stop],
            "leaf": "".join(leaves.names[start:stop]),
            "piece": [piece.text for piece in inside],
            "head": "".join(write_heads(inside, HEADS, out)),
        }
        names.append(write_json("page", page, out))
    return write_json("root", {"divider": dividers, "page": "".join(names)}, out)


def _as_compared(text: str) -> bytes:
    """Text as the browser compares it: by its UTF-16 units."""
    return text.encode("utf-16-be")
