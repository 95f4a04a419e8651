"""What the cities decide about reward and penalty measures (DL 28), and the crossing to what is seen."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.kinds.measures.record import Measure
from site_builder.kinds.measures.shown import MeasureView
from site_builder.rules.decision import Facts
from site_builder.rules.ruled import CrossFacts
from site_builder.vocabulary import Effect


def view(measure: Measure, facts: Facts) -> MeasureView:
    """What may be seen of a measure."""
    return MeasureView(
        id=measure.id,
        effect=measure.effect,
        title=measure.title,
        content=measure.content,
        targets=measure.targets,
        implementing_bodies=measure.implementing_bodies,
        basis=measure.basis,
        basis_level=measure.basis_level,
        clause=measure.clause,
        effective_on=measure.effective_on,
        published_on=measure.published_on,
        updated_on=measure.updated_on,
        change_note=measure.change_note,
        in_force=in_force(measure, facts),
    )


def in_force(measure: Measure, facts: Facts) -> bool:
    """Whether the measure applies on the as-of day; it may be published before."""
    return measure.effective_on <= facts.as_of


def gather(measures: Sequence[Measure], facts: Facts) -> CrossFacts:
    """What published measures mean for others: which there are, penalise, are in force, and for which lists alone."""
    return CrossFacts(
        measures=frozenset(one.id for one in measures),
        penalties=frozenset(one.id for one in measures if one.effect is Effect.PENALTY),
        in_force=frozenset(one.id for one in measures if in_force(one, facts)),
        limited={one.id: frozenset(one.lists) for one in measures if one.lists},
    )
