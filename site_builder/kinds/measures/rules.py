"""The rules for reward and penalty measures (DL 28)."""

from __future__ import annotations

from site_builder.kinds.measures.record import Measure
from site_builder.rules.decision import Action, Facts
from site_builder.rules.empty import all_empty, is_empty
from site_builder.vocabulary import Disclosure, Kind


def not_public(measure: Measure, _facts: Facts) -> bool:
    """DL 19, LY 13: only what is disclosed to the public is shown."""
    return measure.disclosure is not Disclosure.PUBLIC


def suppressed(measure: Measure, facts: Facts) -> bool:
    """DL 42, 43: a court or review body has ordered it off."""
    return facts.ordered(Kind.MEASURE, measure.id, Action.COURT)


def not_yet_published(measure: Measure, facts: Facts) -> bool:
    """Its day of publication has not come."""
    return measure.published_on > facts.as_of


def repealed(measure: Measure, facts: Facts) -> bool:
    """DL 28(2): the list is kept up to date; a repealed measure leaves it."""
    return measure.repealed_on is not None and measure.repealed_on <= facts.as_of


def incomplete(measure: Measure, _facts: Facts) -> bool:
    """DL 28(1): a measure states its content, targets, bodies and basis."""
    return (
        is_empty(measure.content)
        or is_empty(measure.targets)
        or all_empty(measure.implementing_bodies)
        or all_empty(measure.basis)
    )


def in_force(measure: Measure, facts: Facts) -> bool:
    """Whether the measure applies on the as-of day; it may be published before."""
    return measure.effective_on <= facts.as_of
