"""The cities whose law comes with the program: each a folder of ``cities/``, read once a process."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from site_builder.law.folder import RULES, read_law
from site_builder.rules.ruleset import RuleSet

FOLDER: Final = Path(__file__).parents[1] / "cities"

CITIES: Final[dict[str, RuleSet]] = {
    place.parent.name: read_law(place.parent) for place in sorted(FOLDER.glob(f"*/{RULES}"))
}
"""Rule sets by the ``site.city`` of a site file."""
