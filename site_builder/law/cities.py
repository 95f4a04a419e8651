"""A site's law: one that comes with the program, or the site folder's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from site_builder.config.site import SHIPPED, Site
from site_builder.law.folder import read_law
from site_builder.rules.ruleset import Law


def law_of(site: Site) -> Law:
    """The law a site is built by. Raises ``SiteBuilderError`` with every fault of its folder, exit code 2."""
    return shipped(site.site.city) if site.site.city in SHIPPED else read_law(site.law_folder)


@cache
def shipped(city: str) -> Law:
    """The law of a city that comes with the program; read once a process."""
    return read_law(SHIPPED[city])


def all_shipped() -> dict[str, Law]:
    """Every law that comes with the program, by its city."""
    return {city: shipped(city) for city in SHIPPED}


def regulation(folder: Path) -> str:
    """The title of the regulation in a city's folder."""
    return read_law(folder).latest.regulation
