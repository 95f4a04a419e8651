"""Which records should have stood on the live release, where what it withheld is not known any more."""

from __future__ import annotations

import msgspec

from site_builder.records.record import Record
from site_builder.release.guards import Memory
from site_builder.rules.decision import Facts, Reason, Withhold
from site_builder.rules.ruleset import Law, decide_record
from site_builder.vocabulary import Kind


class Stood(msgspec.Struct, frozen=True):
    """The live release: the facts of its day, with the orders that are still known, and the ids on it by kind."""

    facts: Facts
    published: dict[Kind, frozenset[str]]


def stood_on(memory: Memory, facts: Facts) -> Stood | None:
    """The live release to ask about, given the facts of today; None where nothing was lost."""
    if memory.adopted is None or memory.live is None:
        return None
    adopted = memory.adopted
    # An order that is not in force today explains nothing: the live release may be of a day to come, by a wrong clock.
    orders = {key: tuple(one for one in known if one.on <= facts.as_of) for key, known in facts.orders.items()}
    then = msgspec.structs.replace(facts, as_of=adopted.as_of, listed_codes=adopted.listed_codes, orders=orders)
    return Stood(then, memory.live.published)


def absent(record: Record, law: Law, live: Stood | None) -> bool:
    """Whether a record that is public now is not on the live release, though it should have been.

    Its own dates and the orders in force today would have put it there. Personal data is not asked about: what excuses
    a number depends on the other records of that day.
    """
    if live is None or record.id in live.published.get(record.kind, frozenset()):
        return False
    decision = decide_record(record, law, live.facts)
    return not isinstance(decision, Withhold) or set(decision.reasons) <= {Reason.PERSONAL_DATA}
