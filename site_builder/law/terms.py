"""The disclosure term as a city's ``rules.yml`` gives it."""

from __future__ import annotations

from typing import Final

from site_builder.config.fields import Fields
from site_builder.rules.term import Terms
from site_builder.vocabulary import Level, TermStart

LONGEST: Final = 960
"""Months a term may have at most."""

ALWAYS: Final = "always"


def read_terms(fields: Fields) -> Terms:
    """The mapping ``term`` of ``rules.yml``. Notes every fault."""
    words = tuple(TermStart)
    start = TermStart(fields.choice("from", words, required=True, default=TermStart.ACT_END))
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
