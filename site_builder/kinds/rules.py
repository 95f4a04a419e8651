"""The registry of the kinds: what each city decides about them."""

from __future__ import annotations

from site_builder.kinds.catalogue import rules as catalogue
from site_builder.kinds.commitments import rules as commitments
from site_builder.kinds.grades import rules as grades
from site_builder.kinds.measures import rules as measures
from site_builder.kinds.role_models import rules as role_models
from site_builder.kinds.severe_list import rules as severe_list
from site_builder.kinds.watch_list import rules as watch_list
from site_builder.rules.questions import Ruled
from site_builder.vocabulary import Kind


def ruled(code: str) -> dict[Kind, Ruled]:
    """What the regulation of this code (``DL``, ``LY``) decides about each kind it knows."""
    every = {
        Kind.SEVERE: severe_list.RULED,
        Kind.MEASURE: measures.RULED,
        Kind.ROLE_MODEL: role_models.RULED,
        Kind.WATCH: watch_list.RULED,
        Kind.CATALOGUE: catalogue.RULED,
        Kind.GRADE: grades.RULED,
        Kind.COMMITMENT: commitments.RULED,
    }
    return {kind: cities[code] for kind, cities in every.items() if code in cities}
