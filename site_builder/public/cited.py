"""A text as it stands in another sentence: whole where it is short, else up to a stop."""

from __future__ import annotations

from typing import Final

LONGEST: Final = 60
"""Characters of a cited text; a longer one ends at a stop within them."""

EXCERPT: Final = "（摘录，全文见下）"
"""Said where a text is not cited whole."""

_STOPS: Final = ("。；！？", "，：", "、")
_OPEN: Final = "（《〔「『“‘("
_CLOSE: Final = "）》〕」』”’)"


def cited(text: str) -> str:
    """A text as it stands in a sentence: whole, or up to a stop within ``LONGEST`` characters and marked as excerpt.

    A full stop ends it before a comma does, and no bracket or quotation is cut in two; the last stop is left out, for
    the sentence goes on.
    """
    whole, kept = _whole(text), piece(text)
    return kept if kept == whole else f"{kept}{EXCERPT}"


def piece(text: str) -> str:
    """What is cited of a text, as it stands there."""
    whole = _whole(text)
    return whole if len(whole) <= LONGEST else _cut(whole).rstrip("。；，：、！？")


def _whole(text: str) -> str:
    return " ".join(text.split()).rstrip("。；")


def _cut(text: str) -> str:
    depth = 0
    ends: dict[str, int] = {}
    for place, one in enumerate(text[:LONGEST]):
        depth += (one in _OPEN) - (one in _CLOSE)
        for stops in _STOPS:
            if one in stops and depth <= 0:
                ends[stops] = place
    return text[: next((end for stops in _STOPS if (end := ends.get(stops))), LONGEST)]
