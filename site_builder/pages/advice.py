"""What the subject of an entry can do, in our words for its city's regulation and by the kind of its conduct."""

from __future__ import annotations

from typing import Final

import msgspec

from site_builder.vocabulary import Category


class Way(msgspec.Struct, frozen=True):
    """One way open (or barred) to the subject: heading, text, the guide page that tells more, the articles."""

    title: str
    text: str
    guide: str
    clauses: tuple[str, ...]


_BARRED_LY: Final = (
    Category.HEALTH_SAFETY,
    Category.MARKET_ORDER,
    Category.CREDIBILITY_REFUSAL,
    Category.NATIONAL_DEFENCE,
)
"""LY 35(1)–(4) name the first four kinds of conduct: they are not repaired."""

_DALIAN: Final = (
    Way(
        "认为信息有误",
        "可以向市公共信用信息工作机构或者提供信息的单位提出异议。本单位能处理的，三个工作日内核查处理；"
        "需要其他单位协助的，八个工作日内核查处理。处理期间会标注异议。",
        "objection",
        ("DL-41", "DL-42"),
    ),
    Way(
        "已经改正，申请修复",
        "在规定期限内主动履行义务、纠正行为、消除影响的，可以按程序申请信用修复；修复完成后停止公开。"
        "存在国家规定的特定违法犯罪行为的，被责令停产停业、吊销许可证或者执照的，以及依规定不可修复的，不适用修复。",
        "repair",
        ("DL-44",),
    ),
    Way(
        "申请移出名单",
        "符合本页所列移出条件的，按移出程序向认定单位申请。移出之前，五年届满的信息仍依法继续公开。",
        "removal",
        ("DL-33", "DL-35"),
    ),
)

_DALIAN_SPECIAL: Final = Way(
    "申请移出名单",
    "符合本页所列移出条件的，按移出程序向认定单位申请。这条信息的期限另有规定，到期停止公开，不延长。",
    "removal",
    ("DL-33", "DL-35"),
)
"""Where another rule sets the term (DL 35(2))."""

_LINGYUAN: Final = (
    Way(
        "认为信息有误",
        "信息有错误、遗漏，不符合列入条件，应当移出而未移出，或者超过期限仍在公开的，可以提出异议。处理期间会标注异议。",
        "objection",
        ("LY-32",),
    ),
    Way(
        "申请移出名单",
        "符合本页所列移出条件的，按移出程序向认定单位申请。披露期限最长五年，期满后从本站删除。",
        "removal",
        ("LY-15", "LY-21"),
    ),
)

_LINGYUAN_SPECIAL: Final = Way(
    "申请移出名单",
    "符合本页所列移出条件的，按移出程序向认定单位申请。这条信息的披露期限另有规定，期满后从本站删除。",
    "removal",
    ("LY-15", "LY-21"),
)
"""Where another rule sets the term (LY 15(2))."""

_REPAIR_LY: Final = Way(
    "已经改正，申请修复",
    "纠正行为、消除不利影响的，可以向提供信息的单位申请信用修复；修复后不再对外提供查询。依规定不得修复的情形除外。",
    "repair",
    ("LY-33", "LY-34", "LY-35"),
)
_BARRED: Final = Way(
    "关于信用修复",
    "这一类行为依规定不予信用修复。符合移出条件的，仍可以申请移出名单；认为认定有误的，可以提出异议。",
    "repair",
    ("LY-35",),
)


def ways(city: str, category: Category, *, special_term: bool = False) -> tuple[Way, ...]:
    """The ways open to the subject of an entry of this category, whose term another rule sets or the city's own."""
    if city == "dalian":
        return (*_DALIAN[:2], _DALIAN_SPECIAL if special_term else _DALIAN[2])
    removal = _LINGYUAN_SPECIAL if special_term else _LINGYUAN[1]
    return (_LINGYUAN[0], _BARRED if category in _BARRED_LY else _REPAIR_LY, removal)


_GENERAL: Final = {
    "dalian": (
        Way(
            "认为信息有误",
            "提出异议，三个工作日内核查处理；需要其他单位协助的，八个工作日内。",
            "objection",
            ("DL-42",),
        ),
        Way(
            "已经改正",
            "主动履行义务、纠正行为、消除影响的，可以申请信用修复；依规定不可修复的除外。",
            "repair",
            ("DL-44",),
        ),
        Way("符合移出条件", "条件和程序写在每条记录里，向认定单位申请。", "removal", ("DL-33",)),
    ),
    "lingyuan": (
        Way("认为信息有误", "提出异议，受理单位核查处理并告知结果，处理期间标注异议。", "objection", ("LY-32",)),
        Way(
            "已经改正",
            "纠正行为、消除不利影响的，可以申请信用修复；依规定不予修复的除外。",
            "repair",
            ("LY-33", "LY-35"),
        ),
        Way("符合移出条件", "条件和程序写在每条记录里，向认定单位申请。", "removal", ("LY-25",)),
    ),
}


_MEANING: Final = (
    "认定单位依法作出决定并依法公开。它只说明所列的那一件事，不是对该主体的全面评价；依法移出、修复或者期满后不再公开。"
)


def general(city: str) -> tuple[Way, ...]:
    """What being listed means, and the ways in general, for the home page."""
    clause = "DL-32" if city == "dalian" else "LY-25"
    return (Way("列入名单意味着什么", _MEANING, "meaning", (clause,)), *_GENERAL[city])


def correcting(city: str, *, repairable: bool) -> tuple[Way, ...]:
    """What the subject of an optional kind's record can do: object, and where it is ``repairable`` have it repaired."""
    objection, repair, _ = _GENERAL[city]
    return (objection, repair) if repairable else (objection,)
