"""Which norm decides an entry's last day, and which ones it displaces: each with its level and articles."""

from __future__ import annotations

import datetime as dt

import msgspec

from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.records.record import Record
from site_builder.rules.decision import Reason
from site_builder.rules.ruleset import RuleSet
from site_builder.rules.term import Maximum, Unknown, is_special, last_day, public_until, special_term
from site_builder.vocabulary import Kind, Level


class WeighedNorm(msgspec.Struct, frozen=True, kw_only=True):
    """One norm that speaks of an entry's term.

    ``norm``: its title, empty for the basis the record itself names. ``level``: its rank. ``last_day``: the last day it
    sets, None where it sets none; ``extended``: it goes on after that day while the subject is on the list.
    ``decides``: it sets the day, and the others give way.
    """

    norm: str
    level: Level
    articles: tuple[str, ...]
    last_day: dt.date | None
    extended: bool
    decides: bool


def weighed_norms(entry: Record, rules: RuleSet, as_of: dt.date) -> tuple[WeighedNorm, ...]:
    """The norms that speak of an entry's term on a day: the city's own, a special term, a rule above that applies.

    Of a record of another kind there are none.
    """
    if not isinstance(entry, SevereEntry):
        return ()
    terms, deciding = rules.terms, rules.terms.of(entry, as_of)
    own = terms.ordinary(entry, as_of)
    expired = next((one.articles for one in rules.kinds[Kind.SEVERE].rules if one.reason is Reason.EXPIRED), ())
    found = [
        WeighedNorm(
            norm=rules.regulation,
            level=rules.rank,
            articles=expired,
            last_day=last_day(own),
            extended=last_day(own) != public_until(own),
            decides=deciding == own and not isinstance(own, Unknown),
        )
    ]
    if entry.term_level is not None:
        special = special_term(entry, as_of)
        found.append(
            WeighedNorm(
                norm="",
                level=entry.term_level,
                articles=(),
                last_day=special.last_day if special is not None else None,
                extended=False,
                decides=is_special(deciding),
            )
        )
    if terms.above is not None:
        norm = next(one for one in rules.norms if one.rule == terms.above.rule)
        last = terms.above.last_day(entry, as_of)
        found.append(
            WeighedNorm(
                norm=norm.title,
                level=norm.rank,
                articles=norm.articles,
                last_day=last,
                extended=False,
                decides=isinstance(deciding, Maximum),
            )
        )
    return tuple(found)
