"""What is decided: the reasons a record may be withheld for, the facts a rule may ask, and the decision."""

from __future__ import annotations

from collections.abc import Callable
import datetime as dt
import enum
from typing import Final, Generic, TypeVar

import msgspec

from site_builder.records.record import Record
from site_builder.rules.workdays import Calendar
from site_builder.vocabulary import Action, Kind

R = TypeVar("R")


class Reason(enum.StrEnum):
    """Why a record is withheld, in the order they are counted (contract, section 3)."""

    NOT_PUBLIC = "not_public"
    CATALOGUE_MODE = "catalogue_mode"
    NOT_IN_CATALOGUE = "not_in_catalogue"
    SUPPRESSED = "suppressed"
    NOT_YET_PUBLISHED = "not_yet_published"
    MINOR = "minor"
    NATURAL_PERSON = "natural_person"
    ORGANISATIONS_ONLY = "organisations_only"
    NO_CONSENT = "no_consent"
    BELOW_A = "below_a"
    NOT_DISHONEST = "not_dishonest"
    MINOR_CLASS = "minor_class"
    REVOKED = "revoked"
    REPAIRED = "repaired"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    REPEALED = "repealed"
    TERM_UNKNOWN = "term_unknown"
    CLASS_UNKNOWN = "class_unknown"
    EXPIRED = "expired"
    PAST_NATIONAL_MAXIMUM = "past_national_maximum"
    NO_PRIOR_NOTICE = "no_prior_notice"
    INCOMPLETE = "incomplete"
    ON_SEVERE_LIST = "on_severe_list"
    PERSONAL_DATA = "personal_data"


REASON_LABELS: dict[Reason, str] = {
    Reason.NOT_PUBLIC: "不属于社会公开",
    Reason.CATALOGUE_MODE: "比目录规定的披露方式更公开",
    Reason.NOT_IN_CATALOGUE: "目录没有列为社会公开",
    Reason.SUPPRESSED: "依法院等决定停止公开",
    Reason.NOT_YET_PUBLISHED: "未到公示日期",
    Reason.MINOR: "未成年人",
    Reason.NATURAL_PERSON: "自然人且无公开依据",
    Reason.ORGANISATIONS_ONLY: "只公示组织的，主体是自然人",
    Reason.NO_CONSENT: "本人未同意公开",
    Reason.BELOW_A: "等级低于 A 级",
    Reason.NOT_DISHONEST: "不属于失信信息",
    Reason.MINOR_CLASS: "轻微失信，国家规定不公示",
    Reason.REVOKED: "决定已撤销",
    Reason.REPAIRED: "已信用修复",
    Reason.WITHDRAWN: "已撤下",
    Reason.REMOVED: "已移出名单",
    Reason.REPEALED: "已废止",
    Reason.TERM_UNKNOWN: "披露期限起算日不明",
    Reason.CLASS_UNKNOWN: "轻微、一般、严重不明",
    Reason.EXPIRED: "披露期限届满",
    Reason.PAST_NATIONAL_MAXIMUM: "超过国家规定的最长公示期",
    Reason.NO_PRIOR_NOTICE: "未事先告知",
    Reason.INCOMPLETE: "应载明的内容不全",
    Reason.ON_SEVERE_LIST: "同一主体在严重失信主体名单上",
    Reason.PERSONAL_DATA: "公开字段含个人信息",
}
"""What each reason is called for the webmaster; never shown to visitors."""


REASON_CLEAR: dict[Reason, str] = {
    Reason.NOT_PUBLIC: "披露方式是社会公开",
    Reason.CATALOGUE_MODE: "不比目录规定的披露方式更公开",
    Reason.NOT_IN_CATALOGUE: "目录列为社会公开",
    Reason.SUPPRESSED: "没有停止公开的决定",
    Reason.NOT_YET_PUBLISHED: "已到公示日期",
    Reason.MINOR: "不是未成年人",
    Reason.NATURAL_PERSON: "不是自然人，或者有公开依据",
    Reason.ORGANISATIONS_ONLY: "主体是组织",
    Reason.NO_CONSENT: "不是自然人，或者本人同意公开",
    Reason.BELOW_A: "等级不低于 A 级",
    Reason.NOT_DISHONEST: "属于失信信息",
    Reason.MINOR_CLASS: "不是轻微失信",
    Reason.REVOKED: "决定没有撤销",
    Reason.REPAIRED: "没有完成信用修复",
    Reason.WITHDRAWN: "没有撤下",
    Reason.REMOVED: "没有移出名单",
    Reason.REPEALED: "没有废止",
    Reason.TERM_UNKNOWN: "披露期限怎样起算是清楚的",
    Reason.CLASS_UNKNOWN: "轻微、一般还是严重是清楚的",
    Reason.EXPIRED: "披露期限没有届满",
    Reason.PAST_NATIONAL_MAXIMUM: "没有超过国家规定的最长公示期",
    Reason.NO_PRIOR_NOTICE: "已告知",
    Reason.INCOMPLETE: "应载明的内容齐全",
    Reason.ON_SEVERE_LIST: "同一主体不在严重失信主体名单上",
    Reason.PERSONAL_DATA: "公开字段没有个人信息",
}
"""What holds of a record that a reason does not withhold."""


REASON_COLUMNS: dict[Reason, tuple[str, ...]] = {
    Reason.NOT_PUBLIC: ("disclosure",),
    Reason.CATALOGUE_MODE: ("catalogue_item", "disclosure"),
    Reason.NOT_IN_CATALOGUE: ("catalogue_item",),
    Reason.SUPPRESSED: ("overlay.yml",),
    Reason.NOT_YET_PUBLISHED: ("published_on",),
    Reason.MINOR: ("minor", "subject_code", "decided_on"),
    Reason.NATURAL_PERSON: ("natural_person_basis",),
    Reason.ORGANISATIONS_ONLY: ("subject_type",),
    Reason.NO_CONSENT: ("consent",),
    Reason.BELOW_A: ("grade",),
    Reason.NOT_DISHONEST: ("basis_act", "procedure", "minor_breach", "gravity"),
    Reason.MINOR_CLASS: ("gravity", "procedure"),
    Reason.REVOKED: ("revoked_on", "annulled_on", "annulled_how", "overlay.yml"),
    Reason.REPAIRED: ("repaired_on", "repair_revoked_on", "overlay.yml"),
    Reason.WITHDRAWN: ("withdrawn_on", "overlay.yml"),
    Reason.REMOVED: ("removed_on", "removal_cause", "removal_no", "overlay.yml"),
    Reason.REPEALED: ("repealed_on",),
    Reason.TERM_UNKNOWN: ("act_ended_on", "act_ongoing", "sentence_served_on", "term_start"),
    Reason.CLASS_UNKNOWN: ("gravity", "sector"),
    Reason.EXPIRED: (
        *("act_ended_on", "term_months", "term_start", "term_level", "valid_through"),
        *("disclosed_through", "licensed_through", "current_state"),
    ),
    Reason.PAST_NATIONAL_MAXIMUM: (
        "decided_on",
        "act_corrected_on",
        "duties_fulfilled_on",
        "beyond_maximum_basis",
        "beyond_maximum_until",
        "term_level",
    ),
    Reason.NO_PRIOR_NOTICE: ("notified_on", "decided_on", "published_on"),
    Reason.INCOMPLETE: (
        "cause",
        "basis",
        "measures_notice",
        "removal_conditions",
        "removal_procedure",
        "remedies",
        "content",
        "targets",
        "implementing_bodies",
        "deeds",
        "conduct",
    ),
    Reason.ON_SEVERE_LIST: ("subject_code",),
    Reason.PERSONAL_DATA: (),
}
"""Where to look for each reason: columns (those its kind has), or the overlay; personal data may be anywhere."""

DATED: Final = frozenset(
    {
        Reason.SUPPRESSED,
        Reason.NOT_YET_PUBLISHED,
        Reason.REVOKED,
        Reason.REPAIRED,
        Reason.WITHDRAWN,
        Reason.REMOVED,
        Reason.REPEALED,
        Reason.EXPIRED,
        Reason.PAST_NATIONAL_MAXIMUM,
    }
)
"""Reasons that a date or the overlay gives: their leaving is lawful and no loss."""

MENDABLE: Final = frozenset(
    {Reason.INCOMPLETE, Reason.NO_PRIOR_NOTICE, Reason.PERSONAL_DATA, Reason.TERM_UNKNOWN, Reason.CLASS_UNKNOWN}
)
"""Reasons that speak of what the office has not done, not of the record's right to be left alone."""

FORBIDDEN: Final = frozenset(
    {
        Reason.NOT_PUBLIC,
        Reason.CATALOGUE_MODE,
        Reason.NOT_IN_CATALOGUE,
        Reason.MINOR,
        Reason.NATURAL_PERSON,
        Reason.ORGANISATIONS_ONLY,
        Reason.NO_CONSENT,
        Reason.BELOW_A,
        Reason.NOT_DISHONEST,
        Reason.MINOR_CLASS,
    }
)
"""Reasons by which the law itself forbids to show a record: it is owed to nobody, nobody is asked to complete it."""


OWN_COLUMNS: Final = {
    Action.REVOKED: "revoked_on",
    Action.REPAIRED: "repaired_on",
    Action.REMOVED: "removed_on",
    Action.WITHDRAWN: "withdrawn_on",
}
"""The column beside which an overlay item of each action acts (DL 43, 44; LY 31, 33)."""


ORDERED: Final = {
    Action.COURT: Reason.SUPPRESSED,
    Action.REVOKED: Reason.REVOKED,
    Action.REPAIRED: Reason.REPAIRED,
    Action.REMOVED: Reason.REMOVED,
    Action.WITHDRAWN: Reason.WITHDRAWN,
}
"""What an overlay item that withholds is decided as."""


class OverlayOrder(msgspec.Struct, frozen=True):
    """One overlay item for one record: from ``on`` it acts beside the column of its name (DL 42, 43)."""

    what: Action
    on: dt.date
    closed_on: dt.date | None = None


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """All a rule may know beside the record.

    ``as_of`` is a day in Asia/Shanghai. ``show_responsible`` is the site's choice (LY 23). ``orders`` holds the overlay
    by (kind, id in lower case). ``listed_codes`` are the upper-case codes of published severe entries;
    ``excused`` are numbers that are organisation codes of this export; ``in_force`` the ids of measures that are
    published and in force, ``limited`` the lists they are for, of those that are not for all. These four are empty
    while an export is first surveyed.
    ``grave``: the names of lists known to tell of severe acts, whose sector sets no minimum of its own
    (《信用修复管理办法》). ``catalogue`` holds the ids of the published items of the catalogue that are open to the
    public, None where the export has no catalogue. ``calendar`` tells working days. ``offices`` are the addresses of
    authorities and of the site's unit, ``waived`` the texts a second person has let stand: (id in lower case, column,
    digest of the text).
    """

    as_of: dt.date
    show_responsible: bool
    orders: dict[tuple[Kind, str], tuple[OverlayOrder, ...]] = msgspec.field(default_factory=dict)
    listed_codes: frozenset[str] = frozenset()
    excused: frozenset[str] = frozenset()
    in_force: frozenset[str] = frozenset()
    limited: dict[str, frozenset[str]] = {}
    grave: frozenset[str] = frozenset()
    catalogue: frozenset[str] | None = None
    calendar: Calendar = Calendar()
    offices: frozenset[str] = frozenset()
    waived: frozenset[tuple[str, str, str]] = frozenset()

    def applies(self, measure: str, list_name: str) -> bool:
        """Whether a measure is published, in force, and for the list of this name."""
        return measure in self.in_force and list_name in self.limited.get(measure, {list_name})

    def orders_of(self, record: Record) -> tuple[OverlayOrder, ...]:
        """The overlay items for a record."""
        return self.orders.get((record.kind, record.id.lower()), ())

    def ordered(self, record: Record, what: Action) -> bool:
        """Whether an overlay item of this action is in force for the record."""
        return any(order.what is what and order.on <= self.as_of for order in self.orders_of(record))

    def past(self, record: Record, column: str, undone_by: str = "") -> bool:
        """Whether the day of a column has come, or that of an overlay item that acts beside it.

        Not where it was undone since: on the day of ``undone_by``, another column, not before it.
        """
        day, undone = getattr(record, column), getattr(record, undone_by) if undone_by else None
        days = [day] if day is not None else []
        days += [one.on for one in self.orders_of(record) if OWN_COLUMNS.get(one.what) == column]
        return any(one <= self.as_of and not (undone is not None and one <= undone <= self.as_of) for one in days)


class Rule(msgspec.Struct, Generic[R], frozen=True):
    """One rule of a city: the reason it gives, its articles, what it asks, and whether it holds for a record."""

    reason: Reason
    articles: tuple[str, ...]
    question: str
    holds: Callable[[R, Facts], bool]


class Publish(msgspec.Struct, frozen=True):
    """Nothing speaks against publishing."""


class Withhold(msgspec.Struct, frozen=True):
    """Every reason that holds, in the contract's order; the first is counted."""

    reasons: tuple[Reason, ...]


Decision = Publish | Withhold


def decide(record: R, rules: tuple[Rule[R], ...], facts: Facts) -> Decision:
    """Ask every rule; publish only where none holds."""
    reasons = tuple(rule.reason for rule in rules if rule.holds(record, facts))
    return Withhold(reasons) if reasons else Publish()
