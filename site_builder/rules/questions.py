"""The rules the further kinds share, each asking one thing of one article; kinds and cities choose and order them."""

from __future__ import annotations

from collections.abc import Callable
import datetime as dt
import re
from typing import Any, Final, Protocol

import msgspec

from site_builder.kinds.role_models.record import RoleModel
from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.public.view import FiledView
from site_builder.records.record import Filed, FiledSubject
from site_builder.rules.decision import Action, Facts, Reason, Rule
from site_builder.vocabulary import Disclosure, Kind

ADULT: Final = 18
"""Full capacity is what makes a credit subject (DL 3, LY 3)."""

CITED: Final = re.compile(r"《[^《》]*[^《》\s][^《》]*》")
"""A cited instrument: 《…》 with something between."""


class Ruled(msgspec.Struct, frozen=True, kw_only=True):
    """What a city decides about a further kind.

    ``rules`` stand in the order their reasons are counted; ``view`` makes what is seen of a record. ``duties`` are the
    articles by which it is made public. ``usual``: whether it is shown where the site does not say.
    """

    rules: tuple[Rule[Any], ...]
    view: Callable[[Any, Facts], FiledView]
    duties: tuple[str, ...]
    usual: bool


class Withdrawable(Protocol):
    """A record that can be taken off without having expired."""

    @property
    def kind(self) -> Kind:
        """Its kind."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def withdrawn_on(self) -> dt.date | None:
        """The day it is taken off."""


class Decided(Protocol):
    """A record that rests on a decision, and can be repaired."""

    @property
    def kind(self) -> Kind:
        """Its kind."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def revoked_on(self) -> dt.date | None:
        """The day the decision was revoked."""

    @property
    def repaired_on(self) -> dt.date | None:
        """The day it was repaired."""

    @property
    def repair_revoked_on(self) -> dt.date | None:
        """The day the repair was revoked."""


def opening(code: str, articles: tuple[str, ...]) -> tuple[Rule[Any], ...]:
    """The rules every kind begins with in a city; ``articles`` are those by which it is published."""
    open_by = {"DL": ("DL 19",), "LY": ("LY 13",)}[code]
    stopped_by = {"DL": ("DL 42", "DL 43"), "LY": ("LY 32",)}[code]
    return (
        Rule(Reason.NOT_PUBLIC, open_by, "披露方式不是社会公开吗？", not_public),
        *((catalogue_rule(),) if code == "LY" else ()),
        Rule(Reason.SUPPRESSED, stopped_by, "有决定要求停止公开吗？", suppressed),
        Rule(Reason.NOT_YET_PUBLISHED, articles, "还没到公示日期吗？", not_yet_published),
    )


def catalogue_rule() -> Rule[Any]:
    """LY 13: of an organisation's information the catalogue decides how it is disclosed."""
    return Rule(Reason.CATALOGUE_MODE, ("LY 13",), "所属的目录事项不是社会公开，或者目录里没有吗？", beyond_catalogue)


def beyond_catalogue(record: SevereEntry | RoleModel | FiledSubject, facts: Facts) -> bool:
    """LY 13(3): an organisation's record for the public, of an item the catalogue does not open to the public.

    Not asked where the export has no catalogue, or the record names no item; an item that is not published in the
    catalogue is unknown.
    """
    if facts.catalogue is None or record.is_person or not record.catalogue_item:
        return False
    return record.disclosure is Disclosure.PUBLIC and record.catalogue_item not in facts.catalogue


def not_public(record: Filed, _facts: Facts) -> bool:
    """DL 19, LY 13: only what is disclosed to the public is shown."""
    return record.disclosure is not Disclosure.PUBLIC


def suppressed(record: Filed, facts: Facts) -> bool:
    """DL 42, 43: a court or review body has ordered it off."""
    return facts.ordered(record.kind, record.id, Action.COURT)


def not_yet_published(record: Filed, facts: Facts) -> bool:
    """Its day of publication has not come."""
    return record.published_on > facts.as_of


def of_a_person(record: Filed, _facts: Facts) -> bool:
    """LY 13, 19: a record of organisations that is about a natural person."""
    return record.is_person


def withdrawn(record: Withdrawable, facts: Facts) -> bool:
    """LY 31: what speaks for the subject was given up or taken back."""
    return (record.withdrawn_on is not None and record.withdrawn_on <= facts.as_of) or facts.ordered(
        record.kind, record.id, Action.WITHDRAWN
    )


def revoked(record: Decided, facts: Facts) -> bool:
    """DL 43: the decision it rests on has been revoked."""
    return (record.revoked_on is not None and record.revoked_on <= facts.as_of) or facts.ordered(
        record.kind, record.id, Action.REVOKED
    )


def repaired(record: Decided, facts: Facts) -> bool:
    """DL 44, LY 33, 36: repaired, and the repair not revoked since."""
    return facts.repaired(record.kind, record.id, record.repaired_on, record.repair_revoked_on)


def expired(record: Filed, facts: Facts) -> bool:
    """Its last day has passed."""
    return record.last_day is not None and record.last_day < facts.as_of
