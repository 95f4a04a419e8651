"""The days a disclosure term may run from."""

from __future__ import annotations

import datetime as dt
from typing import Final

from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.records.record import known_day
from site_builder.vocabulary import TermStart

STARTS: Final = {
    TermStart.ACT_END: ("act_ended_on", "失信行为终止"),
    TermStart.SENTENCE_END: ("sentence_served_on", "刑罚执行完毕"),
    TermStart.LISTING: ("listed_on", "列入名单"),
    TermStart.DECISION: ("decided_on", "作出认定决定"),
    TermStart.PUBLICATION: ("published_on", "公示"),
}
"""The column of the day a term starts from, and what happens on it."""


def start_day(entry: SevereEntry, start: TermStart, as_of: dt.date) -> dt.date | None:
    """The day an entry's term starts from, by what is known on ``as_of``."""
    return known_day(entry, STARTS[start][0], as_of)
