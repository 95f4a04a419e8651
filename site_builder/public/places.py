"""The places a site's names begin with, as its law's city data give them."""

from __future__ import annotations

import msgspec


class Places(msgspec.Struct, frozen=True):
    """A site's own province, prefecture (of a county-level city) and city, in full; empty where they are not known.

    ``districts``: its districts, counties and zones, in full. ``readings``: places of the province and how they are
    read, a syllable a character, where that is not how the word is read elsewhere.
    """

    province: str = ""
    prefecture: str = ""
    city: str = ""
    districts: tuple[str, ...] = ()
    readings: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def city_alone(self) -> str:
        """The city without 市, 县 or 区."""
        return self.city[:-1]


NOWHERE = Places()
"""Where nothing is known of a site's places."""
