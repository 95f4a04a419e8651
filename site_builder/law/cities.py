"""A site's law, that comes with the program or is the site's own; and what its lawyer says applies above it."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path

from site_builder.config.fields import Fields
from site_builder.config.site import CITY, SHIPPED, Site
from site_builder.config.source import Faults
from site_builder.content.library import law_days
from site_builder.errors import SiteBuilderError
from site_builder.law.above import layers_above
from site_builder.law.answers import applying, hold_against, waiting
from site_builder.law.english import read_node
from site_builder.law.folder import read_law
from site_builder.rules.above import Norm
from site_builder.rules.ruleset import Law


def law_of(site: Site, kept: frozenset[str] = frozenset()) -> Law:
    """The law a site is built by. Raises ``SiteBuilderError`` with every fault of its folder, exit code 2.

    ``kept``: rules above the city's that apply whatever the site answers.
    """
    shipped_one = site.site.city in SHIPPED
    folder = SHIPPED[site.site.city] if shipped_one else site.law_folder
    answers, faults, norms = site.law.review, Faults(str(site.file)), _norms(folder)
    hold_against(answers, norms, faults)
    faults.stop()
    applied, asked = applying(answers) | kept, waiting(answers, norms) - kept
    law = shipped(site.site.city, applied, asked) if shipped_one else read_law(folder, applied=applied, waiting=asked)
    return law.changing(law_days(site.folder, site.laws))


def _norms(folder: Path) -> tuple[Norm, ...]:
    """What ranks above the law of a folder. Raises like ``read_law`` where its city cannot be read."""
    faults = Faults("")
    with suppress(SiteBuilderError):
        norms = layers_above(Fields(read_node(folder / CITY, faults), faults)).norms
        if not faults.found:
            return norms
    return read_law(folder).latest.norms


@cache
def shipped(city: str, applied: frozenset[str] = frozenset(), waiting: frozenset[str] = frozenset()) -> Law:
    """The law of a city that comes with the program; read once a process.

    ``applied`` are the rules above it that apply, ``waiting`` those that nobody has answered on.
    """
    return read_law(SHIPPED[city], applied=applied, waiting=waiting)


def all_shipped() -> dict[str, Law]:
    """Every law that comes with the program, by its city, without what may apply above it."""
    return {city: shipped(city) for city in SHIPPED}


def regulation(folder: Path) -> str:
    """The title of the regulation in a city's folder."""
    return read_law(folder).latest.regulation
