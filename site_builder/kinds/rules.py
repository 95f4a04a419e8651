"""The registry of the kinds: how a record of each becomes what is seen, and what published ones mean for others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import msgspec

from site_builder.kinds.abnormal_list import rules as abnormal_list
from site_builder.kinds.catalogue import rules as catalogue
from site_builder.kinds.commitments import rules as commitments
from site_builder.kinds.grades import rules as grades
from site_builder.kinds.licences import rules as licences
from site_builder.kinds.measures import rules as measures
from site_builder.kinds.penalties import rules as penalties
from site_builder.kinds.role_models import rules as role_models
from site_builder.kinds.severe_list import rules as severe_list
from site_builder.kinds.watch_list import rules as watch_list
from site_builder.public.view import View
from site_builder.rules.decision import Facts
from site_builder.rules.ruled import CrossFacts, gather_nothing
from site_builder.rules.term import Period, Terms
from site_builder.vocabulary import Kind

Seen = Callable[[Any, Facts], View]
Barred = Callable[[Any, Facts], bool]
"""Whether a record cannot be repaired."""


def never(_record: Any, _facts: Facts) -> bool:  # noqa: ANN401 (a record of any kind)
    """What no law keeps from repair."""
    return False


class Crossing(msgspec.Struct, frozen=True, kw_only=True):
    """How records of a kind cross: what is seen of one, and what published ones mean.

    ``seen`` takes how terms are reckoned, and which entries cannot be repaired.
    """

    seen: Callable[[Terms, Period, Barred], Seen]
    gather: Callable[[Sequence[Any], Facts], CrossFacts] = gather_nothing


CROSSINGS: Final[dict[Kind, Crossing]] = {
    Kind.SEVERE: Crossing(
        seen=lambda terms, _period, barred: partial(severe_list.view, terms=terms, barred=barred),
        gather=severe_list.gather,
    ),
    Kind.MEASURE: Crossing(seen=lambda _terms, _period, _barred: measures.view, gather=measures.gather),
    Kind.ROLE_MODEL: Crossing(seen=lambda _terms, _period, _barred: role_models.view),
    Kind.WATCH: Crossing(seen=lambda _terms, period, _barred: partial(watch_list.view, period=period)),
    Kind.CATALOGUE: Crossing(seen=lambda _terms, _period, _barred: catalogue.view, gather=catalogue.gather),
    Kind.GRADE: Crossing(seen=lambda _terms, _period, _barred: grades.view),
    Kind.COMMITMENT: Crossing(seen=lambda _terms, period, _barred: partial(commitments.view, period=period)),
    Kind.PENALTY: Crossing(
        seen=lambda _terms, period, barred: partial(penalties.view, period=period, barred=barred),
    ),
    Kind.LICENCE: Crossing(seen=lambda _terms, period, _barred: partial(licences.view, period=period)),
    Kind.ABNORMAL: Crossing(seen=lambda _terms, _period, _barred: abnormal_list.view),
}
