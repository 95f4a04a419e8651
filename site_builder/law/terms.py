"""The disclosure term as a city's ``rules.yml`` gives it."""

from __future__ import annotations

from typing import Final

from site_builder.config.fields import Fields
from site_builder.rules.term import Period, Terms
from site_builder.vocabulary import Level, TermStart

LONGEST: Final = 960
"""Months a term may have at most."""

ALWAYS: Final = "always"


def read_terms(fields: Fields) -> Terms:
    """The mapping ``term`` of ``rules.yml``. Notes every fault."""
    words = tuple(TermStart)
    start = TermStart(fields.choice("start", words, required=True, default=TermStart.ACT_END))
    wins = fields.choices("special_wins", (ALWAYS, *Level))
    found = Terms(
        months=fields.number("months", required=True, minimum=1, maximum=LONGEST),
        start=start,
        sentenced=TermStart(fields.choice("when_sentenced", words, default=start)),
        extended=fields.choice("at_end", ("extend", "stop"), required=True) == "extend",
        wins=frozenset(Level(one) for one in wins if one != ALWAYS),
        always=ALWAYS in wins,
    )
    fields.finish()
    return found


def read_period(fields: Fields, days: tuple[str, ...]) -> Period:
    """The mapping ``term`` of a kind that is not the severe list; ``days`` are its columns. Notes every fault."""
    starts = fields.choices("start", days)
    found = Period(
        until=fields.choice("last_day", days),
        months=fields.number("months", required=bool(starts), maximum=LONGEST),
        starts=starts,
    )
    if found.months and not starts:
        fields.faults.add(
            "missing-key", fields.row, "term 有 months，没有 start", "写上从哪一列的日子起算，如 start: [listed_on]"
        )
    fields.finish()
    return found
