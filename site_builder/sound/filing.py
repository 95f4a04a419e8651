"""The letter a subject's name is filed under, and its place there: by sound."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from unicodedata import normalize

from site_builder.public.places import NOWHERE, Places
from site_builder.sound.beginning import start_of
from site_builder.sound.readings import readings

OTHER: Final = "other"
"""Names that begin with neither a Chinese character nor a Latin letter."""


@lru_cache(maxsize=1 << 16)
def sound_of(name: str, places: Places = NOWHERE) -> str:
    """How a name is read where it is filed, its syllables with spaces between.

    Brackets and marks are left out, and at the beginning the site's own province and city with a district's full name
    directly behind; any other place is the beginning of its name.
    """
    plain = "".join(filter(str.isalnum, normalize("NFKC", name))).lower()
    return " ".join(readings(plain, places)[0][start_of(plain, places) :])


def initial(name: str, places: Places = NOWHERE) -> str:
    """``a`` to ``z``, or ``other``."""
    letter = normalize("NFD", sound_of(name, places)[:1])[:1]
    return letter if letter.isascii() and letter.isalpha() else OTHER
