"""What the cities decide about reward and penalty measures (DL 28), and the crossing to what is seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from site_builder.kinds.measures.record import Measure
from site_builder.kinds.measures.shown import MeasureView
from site_builder.rules import questions
from site_builder.rules.decision import Facts, Reason, Rule
from site_builder.rules.empty import all_empty, is_empty
from site_builder.rules.questions import CrossFacts, Ruled
from site_builder.rules.ruleset import personal_data_rule
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


def gather(measures: Sequence[Measure], facts: Facts) -> CrossFacts:
    """What published measures mean for others: which there are, penalise, and are in force."""
    return CrossFacts(
        measures=frozenset(one.id for one in measures),
        penalties=frozenset(one.id for one in measures if one.effect is Effect.PENALTY),
        in_force=frozenset(one.id for one in measures if in_force(one, facts)),
    )


RULED: Final = {
    "DL": Ruled(
        rules=(
            *questions.opening("DL", ("DL 28",)),
            Rule(Reason.REPEALED, ("DL 28",), "措施已废止吗？", repealed),
            Rule(Reason.INCOMPLETE, ("DL 28",), "内容、对象、实施主体或依据空缺吗？", incomplete),
            personal_data_rule(view, ("DL 4", "DL 58")),
        ),
        view=view,
        duties=("DL 28",),
        gather=gather,
    ),
    "LY": Ruled(
        rules=(
            Rule(Reason.NOT_PUBLIC, ("LY 13",), "披露方式不是社会公开吗？", questions.not_public),
            Rule(Reason.SUPPRESSED, ("LY 32",), "有决定要求停止公开吗？", questions.suppressed),
            Rule(Reason.NOT_YET_PUBLISHED, ("LY 21",), "还没到公示日期吗？", questions.not_yet_published),
            Rule(Reason.REPEALED, ("LY 21",), "措施已废止吗？", repealed),
            Rule(Reason.INCOMPLETE, ("DL 28",), "内容、对象、实施主体或依据空缺吗？", incomplete),
            personal_data_rule(view, ("LY 4", "LY 12", "LY 47")),
        ),
        view=view,
        duties=("LY 21",),
        gather=gather,
    ),
}
"""By the code of the regulation."""
