"""What a text says: when it counts as empty (contract, section 3, ``incomplete``), and the instruments it cites."""

from __future__ import annotations

from collections.abc import Iterable
import re
from typing import Final
import unicodedata

PLACEHOLDERS: Final = frozenset({"", "无", "/", "-", "—", "见文书", "详见文书", "略"})
"""Texts that say nothing, compared exactly after NFKC."""

CITED: Final = re.compile(r"《[^《》]*[^《》\s][^《》]*》")
"""A cited instrument: 《…》 with something between."""

_LONGEST: Final = 16
"""Characters of a text that may yet be a placeholder; none of them is composed of many."""


def is_empty(text: str) -> bool:
    """Whether ``text`` is absent or a placeholder."""
    bare = text.strip()
    return len(bare) <= _LONGEST and unicodedata.normalize("NFKC", bare).strip() in PLACEHOLDERS


def all_empty(items: Iterable[str]) -> bool:
    """Whether a list holds nothing but placeholders."""
    return all(is_empty(item) for item in items)
