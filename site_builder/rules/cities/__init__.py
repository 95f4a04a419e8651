"""The cities whose regulation the program knows. A third city is one new file here and one line below."""

from __future__ import annotations

from typing import Final

from site_builder.rules.cities import dalian, lingyuan
from site_builder.rules.ruleset import RuleSet

CITIES: Final[dict[str, RuleSet]] = {"dalian": dalian.RULES, "lingyuan": lingyuan.RULES}
"""Rule sets by the ``site.city`` of a site file."""
