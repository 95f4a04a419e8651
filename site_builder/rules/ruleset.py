"""A city's rules: an ordered list a kind, its terms, and its own words for what it publishes."""

from __future__ import annotations

from collections.abc import Callable
import datetime as dt
from typing import Any, assert_never

import msgspec

from site_builder.kinds.measures.record import Measure
from site_builder.kinds.role_models.record import RoleModel
from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.kinds.severe_list.shown import SevereView, View
from site_builder.records.record import Filed
from site_builder.rules import crossing
from site_builder.rules.decision import Decision, Facts, R, Reason, Rule, decide
from site_builder.rules.personal_data import births_to_come, personal_data
from site_builder.rules.questions import Ruled
from site_builder.rules.term import Ordinary, Special
from site_builder.rules.watch import Across, Clock, Watch
from site_builder.vocabulary import Kind

Record = SevereEntry | Measure | RoleModel | Filed


class RuleSet(msgspec.Struct, frozen=True, kw_only=True):
    """What a regulation decides. Its rules stand in the contract's order of reasons.

    ``term_of`` and ``severe_view``: the city's terms, and its entries with the terms in its own words.
    ``unpublished_measure_stops``: whether naming an unpublished penalty stops a release (DL 28) or warns.
    ``list_profile_stops``: whether a published list needs its procedures told (LY 25(2)).
    ``show_responsible``: whether responsible persons are shown where the site does not say (LY 23).
    ``watches``: what the webmaster is warned of in each record; ``across``: what between records or
    releases. ``clocks``: what has a number of working days, and by
    which article. ``duties``: the articles by which each kind is made public. ``others``: what it decides about the
    further kinds it knows.
    """

    code: str
    regulation: str
    severe: tuple[Rule[SevereEntry], ...]
    measures: tuple[Rule[Measure], ...]
    role_models: tuple[Rule[RoleModel], ...]
    term_of: crossing.TermOf
    severe_view: Callable[[SevereEntry, Facts], SevereView]
    unpublished_measure_stops: bool
    list_profile_stops: bool
    show_responsible: bool
    watches: tuple[Watch, ...]
    across: tuple[Across, ...]
    clocks: dict[Clock, tuple[str, ...]]
    duties: dict[Kind, tuple[str, ...]]
    others: dict[Kind, Ruled]

    def rules_of(self, kind: Kind) -> tuple[Rule[Any], ...]:
        """The rules for a kind, in order."""
        match kind:
            case Kind.SEVERE:
                return self.severe
            case Kind.MEASURE:
                return self.measures
            case Kind.ROLE_MODEL:
                return self.role_models
            case _:
                return self.others[kind].rules

    def duties_of(self, kind: Kind) -> tuple[str, ...]:
        """The articles by which a kind is made public."""
        return self.duties[kind] if kind in self.duties else self.others[kind].duties


def kind_of(record: Record) -> Kind:
    """The resource a record comes from."""
    match record:
        case SevereEntry():
            return Kind.SEVERE
        case Measure():
            return Kind.MEASURE
        case RoleModel():
            return Kind.ROLE_MODEL
        case Filed():
            return record.kind
        case _:
            assert_never(record)


def rules_for(record: Record, rules: RuleSet) -> tuple[Rule[Any], ...]:
    """The city's rules for this record, with the search for personal data in its shown fields last."""
    return rules.rules_of(kind_of(record))


def decide_record(record: Record, rules: RuleSet, facts: Facts) -> Decision:
    """Publish or withhold, with every reason that holds."""
    return decide(record, rules_for(record, rules), facts)


def view_of(record: Record, rules: RuleSet, facts: Facts) -> View:
    """What a visitor may see of a record that is decided ``Publish``."""
    match record:
        case SevereEntry():
            return rules.severe_view(record, facts)
        case Measure():
            return crossing.measure_view(record, facts)
        case RoleModel():
            return crossing.role_model_view(record, facts)
        case Filed():
            return rules.others[record.kind].view(record, facts)
        case _:
            assert_never(record)


def change_days(record: Record, rules: RuleSet, facts: Facts) -> list[dt.date]:
    """The days after ``as_of`` on which the record's fate or what is shown of it could change, in order."""
    days = {value for value in msgspec.structs.astuple(record) if isinstance(value, dt.date)}
    for order in facts.orders.get((kind_of(record), record.id.lower()), ()):
        days |= {order.on} | ({order.closed_on} if order.closed_on else set())
    days |= births_to_come(record, facts.as_of)
    ends = [record.valid_through] if isinstance(record, RoleModel) and record.valid_through else []
    if isinstance(record, Filed) and record.last_day is not None:
        ends.append(record.last_day)
    if isinstance(record, SevereEntry):
        term = rules.term_of(record)
        ends += [term.last_day] if isinstance(term, (Ordinary, Special)) else []
    days |= {end + dt.timedelta(days=1) for end in ends if end < dt.date.max}
    return sorted(day for day in days if day > facts.as_of)


def personal_data_rule(view: Callable[[R, Facts], View], articles: tuple[str, ...]) -> Rule[R]:
    """The rule every kind ends with; ``view`` makes the record's view from the record and the facts."""

    def holds(record: R, facts: Facts) -> bool:
        """DL 4, 18, 58(5); LY 4, 12, 47(5): what would be shown holds personal data."""
        return personal_data(view(record, facts), facts)

    return Rule(
        Reason.PERSONAL_DATA,
        articles,
        "公开字段里有身份证号、手机号或银行卡号吗？",
        holds,
    )
