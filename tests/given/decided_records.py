"""Records that both cities publish, to be changed one field at a time, and what a city decides of them."""

import datetime as dt

from site_builder.kinds.abnormal_list.record import AbnormalRecord
from site_builder.kinds.catalogue.record import CatalogueRecord
from site_builder.kinds.commitments.record import CommitmentRecord
from site_builder.kinds.grades.record import GradeRecord
from site_builder.kinds.licences.record import LicenceRecord
from site_builder.kinds.measures.record import Measure
from site_builder.kinds.penalties.record import PenaltyRecord
from site_builder.kinds.role_models.record import RoleModel
from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.kinds.watch_list.record import WatchRecord
from site_builder.law.cities import all_shipped
from site_builder.rules.decision import Facts, OverlayOrder, Publish
from site_builder.rules.ruleset import decide_record, view_of
from site_builder.vocabulary import (
    Category,
    Disclosure,
    Effect,
    Grade,
    Gravity,
    Keeping,
    Kind,
    Level,
    LicenceCategory,
    ModelCategory,
    Procedure,
    SubjectType,
)

AS_OF = dt.date(2026, 11, 20)
BEFORE = AS_OF - dt.timedelta(days=1)
AFTER = AS_OF + dt.timedelta(days=1)
BOTH = ("dalian", "lingyuan")
CODE = "91350100M000100Y43"


def facts(as_of=AS_OF, **changes):
    """``ML-1`` is an item that is open to the public; none is where the export has no catalogue (None)."""
    return Facts(**({"as_of": as_of, "show_responsible": True, "catalogue": frozenset({"ML-1"})} | changes))


def entry(**changes):
    values = {
        "id": "S-1",
        "disclosure": Disclosure.PUBLIC,
        "subject_name": "演示公司",
        "subject_type": SubjectType.LEGAL_PERSON,
        "subject_code": CODE,
        "category": Category.MARKET_ORDER,
        "cause": "演示事由",
        "basis": ("《演示条例》第一条",),
        "measures_notice": "演示提示",
        "removal_conditions": "演示条件",
        "removal_procedure": "演示程序",
        "remedies": "演示救济",
        "authority": "演示局",
        "decision_no": "演示〔2024〕1号",
        "decided_on": dt.date(2024, 5, 10),
        "notified_on": dt.date(2024, 5, 1),
        "listed_on": dt.date(2024, 5, 12),
        "act_ended_on": dt.date(2024, 4, 30),
        "published_on": dt.date(2024, 5, 15),
    }
    return SevereEntry(**(values | changes))


def person(**changes):
    values = {
        "subject_type": SubjectType.NATURAL_PERSON,
        "subject_code": "11010519491231002X",
        "natural_person_basis": "《演示办法》第六条",
        "natural_person_basis_level": Level.NATIONAL_RULE,
    }
    return entry(**(values | changes))


def measure(**changes):
    values = {
        "id": "M-1",
        "disclosure": Disclosure.PUBLIC,
        "effect": Effect.PENALTY,
        "title": "演示措施",
        "content": "演示内容",
        "targets": "演示对象",
        "implementing_bodies": ("演示局",),
        "basis": ("《演示条例》",),
        "effective_on": dt.date(2022, 1, 1),
        "published_on": dt.date(2022, 1, 5),
    }
    return Measure(**(values | changes))


def model(**changes):
    values = {
        "id": "R-1",
        "disclosure": Disclosure.PUBLIC,
        "subject_name": "演示诚信公司",
        "subject_type": SubjectType.LEGAL_PERSON,
        "subject_code": CODE,
        "honour": "演示称号",
        "category": ModelCategory.MODEL,
        "awarded_by": "演示单位",
        "awarded_on": dt.date(2025, 3, 5),
        "notified_on": dt.date(2025, 3, 1),
        "deeds": "演示事迹",
        "published_on": dt.date(2025, 3, 10),
    }
    return RoleModel(**(values | changes))


def grade(**changes):
    values = {
        "id": "G-1",
        "disclosure": Disclosure.PUBLIC,
        "subject_name": "演示评级公司",
        "subject_type": SubjectType.LEGAL_PERSON,
        "subject_code": CODE,
        "grade": Grade.AA,
        "rated_by": "演示评价单位",
        "rated_on": dt.date(2025, 6, 1),
        "published_on": dt.date(2025, 6, 10),
    }
    return GradeRecord(**(values | changes))


def watched(**changes):
    values = {
        "id": "W-1",
        "disclosure": Disclosure.PUBLIC,
        "subject_name": "演示关注公司",
        "subject_type": SubjectType.LEGAL_PERSON,
        "subject_code": CODE,
        "cause": "演示事由",
        "basis": ("《演示条例》第一条",),
        "measures": "演示措施",
        "authority": "演示局",
        "listed_on": dt.date(2025, 6, 1),
        "valid_through": dt.date(2027, 5, 31),
        "published_on": dt.date(2025, 6, 10),
    }
    return WatchRecord(**(values | changes))


def watched_person(**changes):
    values = {
        "subject_type": SubjectType.NATURAL_PERSON,
        "subject_code": "11010519491231002X",
        "natural_person_basis": "《演示办法》第六条",
        "natural_person_basis_level": Level.NATIONAL_RULE,
        "act_ended_on": dt.date(2025, 5, 1),
    }
    return watched(**(values | changes))


def item(**changes):
    values = {
        "id": "ML-1",
        "disclosure": Disclosure.PUBLIC,
        "item": "演示事项",
        "authority": "演示局",
        "standard": "演示标准",
        "term": "五年",
        "version": "演示 2026 年版",
        "published_on": dt.date(2026, 1, 5),
    }
    return CatalogueRecord(**(values | changes))


def commitment(**changes):
    values = {
        "id": "C-1",
        "disclosure": Disclosure.PUBLIC,
        "subject_name": "演示承诺公司",
        "subject_type": SubjectType.LEGAL_PERSON,
        "subject_code": CODE,
        "matter": "演示承诺事项",
        "text": "演示承诺内容",
        "authority": "演示局",
        "made_on": dt.date(2025, 6, 1),
        "state": Keeping.OPEN,
        "published_on": dt.date(2025, 6, 10),
    }
    return CommitmentRecord(**(values | changes))


def breach(**changes):
    values = {"state": Keeping.BROKEN, "decision_no": "演示〔2025〕9号", "act_ended_on": dt.date(2025, 9, 1)}
    return commitment(**(values | changes))


def penalty(**changes):
    values = {
        "id": "CF-1",
        "disclosure": Disclosure.PUBLIC,
        "subject_name": "演示受罚公司",
        "subject_type": SubjectType.ORGANISATION,
        "subject_code": CODE,
        "legal_representative": "演示法定代表人",
        "decision_no": "演示罚〔2026〕1号",
        "violation": "演示违法行为",
        "conduct": "演示违法事实",
        "basis": ("《演示条例》第三条",),
        "types": ("警告", "罚款"),
        "content": "演示处罚内容",
        "decided_on": dt.date(2026, 6, 22),
        "authority": "演示局",
        "procedure": Procedure.ORDINARY,
        "gravity": Gravity.GENERAL,
        "act_ended_on": dt.date(2026, 5, 30),
        "published_on": dt.date(2026, 7, 1),
    }
    return PenaltyRecord(**(values | changes))


def licence(**changes):
    values = {
        "id": "XK-1",
        "disclosure": Disclosure.PUBLIC,
        "subject_name": "演示获准公司",
        "subject_type": SubjectType.ORGANISATION,
        "subject_code": CODE,
        "legal_representative": "演示法定代表人",
        "decision_no": "演示许〔2025〕1号",
        "category": LicenceCategory.ORDINARY,
        "content": "演示许可内容",
        "decided_on": dt.date(2025, 6, 24),
        "licensed_through": dt.date(2030, 6, 23),
        "authority": "演示局",
        "published_on": dt.date(2025, 7, 1),
    }
    return LicenceRecord(**(values | changes))


def abnormal(**changes):
    values = {
        "id": "YC-1",
        "disclosure": Disclosure.PUBLIC,
        "subject_name": "演示异常公司",
        "subject_type": SubjectType.ORGANISATION,
        "subject_code": CODE,
        "catalogue_item": "ML-1",
        "legal_representative": "演示法定代表人",
        "cause": "演示没有按规定的期限公示年度报告",
        "authority": "演示局",
        "decision_no": "演示异列字〔2026〕1号",
        "listed_on": dt.date(2026, 7, 10),
        "published_on": dt.date(2026, 7, 15),
    }
    return AbnormalRecord(**(values | changes))


OPTIONAL = {
    Kind.WATCH: watched,
    Kind.CATALOGUE: item,
    Kind.GRADE: grade,
    Kind.COMMITMENT: breach,
    Kind.PENALTY: penalty,
    Kind.LICENCE: licence,
    Kind.ABNORMAL: abnormal,
}
"""A maker of a record of each optional kind that both cities publish."""


def person_model(**changes):
    return model(**({"subject_type": SubjectType.NATURAL_PERSON, "subject_code": "", "consent": True} | changes))


def reasons(city, record, given=None):
    """Why the city withholds the record; empty where it is published."""
    decision = decide_record(record, all_shipped()[city], given or facts())
    return [] if isinstance(decision, Publish) else [reason.value for reason in decision.reasons]


def view(city, record, given=None):
    return view_of(record, all_shipped()[city], given or facts())


def ordered(record, what, on, closed_on=None):
    """Facts with one overlay item for the record."""
    return facts(orders={(record.kind, record.id.lower()): (OverlayOrder(what, on, closed_on),)})


def looks(city, code):
    """What a city's watches of this code find in a record, given facts."""
    watches = [one for one in all_shipped()[city].latest.watches if one.code == code]
    assert watches
    return lambda record, facts: [told for one in watches for told in one.finds(record, facts)]
