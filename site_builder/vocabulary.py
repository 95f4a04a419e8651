"""The words both vocabularies share: machine names and the Chinese words the regulations use for them.

Each enumeration's value is the machine name of the export; ``LABELS`` gives what people read, ``WORDS`` what an
export may write. What a city calls otherwise is told in its ``words.yml``.
"""

from __future__ import annotations

import enum


class Kind(enum.StrEnum):
    """The kinds of record; the value is the resource's name. Each is a folder of ``kinds/``."""

    SEVERE = "severe-list"
    MEASURE = "measures"
    ROLE_MODEL = "role-models"
    WATCH = "watch-list"
    CATALOGUE = "catalogue"
    GRADE = "grades"
    COMMITMENT = "commitments"
    PENALTY = "penalties"
    LICENCE = "licences"
    ABNORMAL = "abnormal-list"


ALWAYS = (Kind.SEVERE, Kind.MEASURE, Kind.ROLE_MODEL)
"""The kinds every site shows."""

OPTIONAL = tuple(kind for kind in Kind if kind not in ALWAYS)
"""The kinds a site may switch on: shown where the site says so and the export has them."""


NAMED_ONLY = (Kind.PENALTY, Kind.LICENCE, Kind.ABNORMAL)
"""Those of them that no law shows as a rule: a site that does not name them is as it would be without them."""


INVENTED = "YANSHI-"
"""What the ids of the invented records begin with that a new site shows something by."""


class Disclosure(enum.StrEnum):
    """How a record may be disclosed (DL 19, LY 13)."""

    PUBLIC = "public"
    QUERY = "query"
    SHARED = "shared"


class SubjectType(enum.StrEnum):
    """What kind of subject a record is about; the last is the national tables' word for the first two."""

    LEGAL_PERSON = "legal_person"
    UNINCORPORATED = "unincorporated"
    INDIVIDUAL_BUSINESS = "individual_business"
    NATURAL_PERSON = "natural_person"
    ORGANISATION = "organisation"


SUBJECT_TYPES = tuple(one for one in SubjectType if one is not SubjectType.ORGANISATION)
"""Those a record may be about whose subject's sort is told exactly."""


class Category(enum.StrEnum):
    """The five kinds of conduct that lead to the severe list (DL 32(1)–(5))."""

    HEALTH_SAFETY = "health_safety"
    MARKET_ORDER = "market_order"
    CREDIBILITY_REFUSAL = "credibility_refusal"
    NATIONAL_DEFENCE = "national_defence"
    OTHER_STATUTORY = "other_statutory"


class TermStart(enum.StrEnum):
    """The day a special disclosure term runs from."""

    ACT_END = "act_end"
    SENTENCE_END = "sentence_end"
    LISTING = "listing"
    DECISION = "decision"
    PUBLICATION = "publication"


class Level(enum.StrEnum):
    """The rank of a legal basis; the last is no basis for a term of its own."""

    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative_regulation"
    LOCAL_REGULATION = "local_regulation"
    NATIONAL_RULE = "national_rule"
    NORMATIVE_DOCUMENT = "normative_document"


class BasisAct(enum.StrEnum):
    """What instrument a listing rests on."""

    PENALTY = "penalty"
    JUDGMENT = "judgment"
    OTHER = "other"


class Procedure(enum.StrEnum):
    """By which procedure a penalty was decided (行政处罚法, chapter 5)."""

    ORDINARY = "ordinary"
    SUMMARY = "summary"


class Effect(enum.StrEnum):
    """Whether a measure rewards or penalises (DL 28); the column is called ``kind``."""

    INCENTIVE = "incentive"
    PENALTY = "penalty"


class Action(enum.StrEnum):
    """What an item of the overlay does to a record (DL 42, 43; contract, section 3)."""

    COURT = "court"
    REVOKED = "revoked"
    REPAIRED = "repaired"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    OBJECTION = "objection"


class ModelCategory(enum.StrEnum):
    """The honours shown: role models, citizens of integrity (诚信某某人 by the city's name) and the red list."""

    MODEL = "model"
    CITIZEN = "citizen"
    RED_LIST = "red_list"


class Grade(enum.StrEnum):
    """The nine credit grades of organisations (LY 19)."""

    AAA = "AAA"
    AA = "AA"
    A = "A"
    BBB = "BBB"
    BB = "BB"
    B = "B"
    CCC = "CCC"
    CC = "CC"
    C = "C"


class Keeping(enum.StrEnum):
    """What became of a commitment (LY 26, DL 9)."""

    KEPT = "kept"
    OPEN = "open"
    BROKEN = "broken"


class Gravity(enum.StrEnum):
    """How grave dishonest conduct is (《信用修复管理办法》): what decides how long it is shown."""

    MINOR = "minor"
    GENERAL = "general"
    SEVERE = "severe"


class Annulment(enum.StrEnum):
    """What became of a penalty that no longer stands as it was decided."""

    ANNULLED = "annulled"
    CHANGED = "changed"
    INVALID = "found_invalid"


class LicenceCategory(enum.StrEnum):
    """The categories of administrative licences (行政许可法, article 12, and the national table)."""

    ORDINARY = "ordinary_licence"
    FRANCHISE = "franchise"
    QUALIFICATION = "qualification"
    APPROVAL = "approval"
    REGISTRATION = "registration"
    OTHER = "other_licence"


class Validity(enum.StrEnum):
    """Whether a licence is in force."""

    VALID = "valid"
    INVALID = "invalid"


LABELS: dict[str, str] = {
    Kind.SEVERE: "严重失信主体名单",
    Kind.MEASURE: "信用奖惩措施清单",
    Kind.ROLE_MODEL: "诚信典型",
    Kind.WATCH: "重点关注主体名单",
    Kind.CATALOGUE: "公共信用信息目录",
    Kind.GRADE: "信用等级",
    Kind.COMMITMENT: "信用承诺",
    Kind.PENALTY: "行政处罚",
    Kind.LICENCE: "行政许可",
    Kind.ABNORMAL: "经营异常名录",
    Disclosure.PUBLIC: "社会公开",
    Disclosure.QUERY: "授权查询",
    Disclosure.SHARED: "政务共享",
    SubjectType.LEGAL_PERSON: "法人",
    SubjectType.UNINCORPORATED: "非法人组织",
    SubjectType.INDIVIDUAL_BUSINESS: "个体工商户",
    SubjectType.NATURAL_PERSON: "自然人",
    SubjectType.ORGANISATION: "法人及非法人组织",
    Category.HEALTH_SAFETY: "危害身体健康和生命安全",
    Category.MARKET_ORDER: "破坏市场公平竞争和社会秩序",
    Category.CREDIBILITY_REFUSAL: "拒不履行法定义务",
    Category.NATIONAL_DEFENCE: "拒不履行国防义务",
    Category.OTHER_STATUTORY: "其他法定情形",
    TermStart.ACT_END: "行为终止",
    TermStart.SENTENCE_END: "刑罚执行完毕",
    TermStart.LISTING: "列入",
    TermStart.DECISION: "认定",
    TermStart.PUBLICATION: "公示",
    Level.LAW: "法律",
    Level.ADMINISTRATIVE_REGULATION: "行政法规",
    Level.LOCAL_REGULATION: "地方性法规",
    Level.NATIONAL_RULE: "国家有关规定",
    Level.NORMATIVE_DOCUMENT: "规范性文件",
    Procedure.ORDINARY: "一般程序",
    Procedure.SUMMARY: "简易程序",
    Effect.INCENTIVE: "守信激励",
    Effect.PENALTY: "失信惩戒",
    ModelCategory.MODEL: "诚信典型",
    ModelCategory.CITIZEN: "诚信市民",
    ModelCategory.RED_LIST: "守信红名单",
    **{grade: f"{grade}级" for grade in Grade},
    Keeping.KEPT: "已履行",
    Keeping.OPEN: "履行中",
    Keeping.BROKEN: "违约",
    Gravity.MINOR: "轻微",
    Gravity.GENERAL: "一般",
    Gravity.SEVERE: "严重",
    Annulment.ANNULLED: "撤销",
    Annulment.CHANGED: "变更",
    Annulment.INVALID: "确认违法或者无效",
    LicenceCategory.ORDINARY: "普通",
    LicenceCategory.FRANCHISE: "特许",
    LicenceCategory.QUALIFICATION: "认可",
    LicenceCategory.APPROVAL: "核准",
    LicenceCategory.REGISTRATION: "登记",
    LicenceCategory.OTHER: "其他",
    Validity.VALID: "有效",
    Validity.INVALID: "无效",
}
"""The Chinese label of every enumeration member above."""

ACTION_LABELS: dict[Action, str] = {
    Action.COURT: "法院等要求停止公开",
    Action.REVOKED: "决定撤销",
    Action.REPAIRED: "信用修复",
    Action.REMOVED: "移出名单",
    Action.WITHDRAWN: "撤下",
    Action.OBJECTION: "异议",
}
"""What the overlay may say, in words."""

ACTION_WORDS: dict[str, Action] = {label: action for action, label in ACTION_LABELS.items()} | {
    "法院要求": Action.COURT,
    "撤销": Action.REVOKED,
    "修复": Action.REPAIRED,
    "移出": Action.REMOVED,
    "撤下荣誉": Action.WITHDRAWN,
    "异议处理中": Action.OBJECTION,
}
"""Chinese words an overlay may use."""

ALIASES: dict[str, Disclosure] = {"公开": Disclosure.PUBLIC, "查询": Disclosure.QUERY}
"""Second Chinese words an export may use."""

AMOUNT = r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?"
"""A sum as an export writes it and the downloads publish it: plain decimal text, counted in 万元."""

SHAPES: dict[str, enum.StrEnum] = {"诚信[\u4e00-\u9fff]{1,8}人": ModelCategory.CITIZEN}
"""Regular expressions of words that hold a place's name, and what each stands for."""
