"""The places of a province, ``places.yml``: its divisions by their codes (GB/T 2260), and how some are read.

It stands with the layers above a city, or in the folder of a law of one's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from site_builder.config.fields import Fields
from site_builder.config.site import ABOVE
from site_builder.config.source import Faults, parse_yaml, read_text
from site_builder.public.places import NOWHERE, Places

PLACES: Final = "places.yml"

_SYLLABLES: Final = "[a-z]+( [a-z]+)*"
_PROVINCE, _PREFECTURE, _COUNTY = 2, 4, 6


def read_places(region: str, folder: Path, layers: Sequence[str]) -> Places:
    """The places of a region (a division code), as the first file that knows it has them.

    Raises ``SiteBuilderError`` with every fault of a file, exit code 2.
    """
    for path in (folder / PLACES, *(ABOVE / layer / PLACES for layer in layers)):
        if region and path.is_file():
            places = _read(path, region)
            if places.city:
                return places
    return NOWHERE


def _read(path: Path, region: str) -> Places:
    faults = Faults(str(path))
    fields = Fields(parse_yaml(read_text(path), faults), faults)
    divisions, zones, spelt = (fields.section(name) for name in ("divisions", "zones", "readings"))
    names = {code: divisions.text(code) for code in divisions.names()}
    readings: dict[str, tuple[str, ...]] = {}
    for place in spelt.names():
        said = tuple(
            spelt.text(place, pattern=_SYLLABLES, expected="应当是小写的拼音，一字一个音节，用空格隔开").split()
        )
        if len(said) != len(place):
            faults.add("bad-value", spelt.row_of(place), f"「{place}」的读音不是一字一个音节", "逐字写，用空格隔开")
        readings[place] = said
    of_zones = {code: zones.texts(code) for code in zones.names()}
    for one in (divisions, zones, spelt, fields):
        one.finish()
    faults.stop()
    below = tuple(name for code, name in names.items() if code.startswith(region) and code != region)
    return Places(
        province=names.get(region[:_PROVINCE], ""),
        prefecture=names.get(region[:_PREFECTURE], "") if len(region) == _COUNTY else "",
        city=names.get(region, ""),
        districts=tuple(sorted((*below, *of_zones.get(region, ())), key=len, reverse=True)),
        readings=tuple(readings.items()),
    )
