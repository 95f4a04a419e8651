"""大连: the rules of 大连市社会信用条例."""

from __future__ import annotations

from site_builder.kinds.rules import ruled
from site_builder.rules import clocks, lawful
from site_builder.rules.ruleset import RuleSet
from site_builder.rules.term import dalian_term
from site_builder.rules.watch import Clock, CrossWatch, Watch
from site_builder.vocabulary import Kind

RULES = RuleSet(
    code="DL",
    regulation="大连市社会信用条例",
    term_of=dalian_term,
    unpublished_measure_stops=True,
    list_profile_stops=False,
    show_responsible=False,
    watches=(
        Watch("dates-out-of-order", ("DL 14",), "日期的先后合理吗？", clocks.out_of_order),
        Watch("objection-overdue", ("DL 42",), "异议超过三个或者八个工作日了吗？", clocks.overdue_objection),
        Watch("objection-clock-unknown", ("DL 42",), "节假日表能说明异议是否超期吗？", clocks.unknown_objection),
        Watch("stale-ongoing-act", ("DL 35",), "持续中的行为一年内核实过吗？", clocks.stale_act, Kind.SEVERE),
        Watch("repair-not-allowed", ("DL 44",), "修复了不适用修复的吗？", lawful.dalian_repair, Kind.SEVERE),
        Watch(
            "basis-below-law",
            ("DL 28", "DL 31", "DL 34"),
            "措施的依据低于法律法规吗？",
            lawful.dalian_low_basis,
            Kind.MEASURE,
        ),
        Watch(
            "other-item-without-basis",
            ("DL 29", "DL 31", "DL 34"),
            "「其他措施」写明另行规定它的文件了吗？",
            lawful.dalian_other_item,
            Kind.MEASURE,
        ),
        Watch("forbidden-words", ("DL 18",), "自然人的文字里有不得采集的信息吗？", lawful.forbidden_words),
        Watch("code-is-resident-id", ("DL 4",), "单位的代码会不会是个人的身份证号？", lawful.code_is_resident_id),
    ),
    cross_watches=(
        CrossWatch("honour-of-listed", ("DL 31",), "名单上的主体还有荣誉吗？"),
        CrossWatch("later-term-start", ("DL 35",), "披露期限的起算日比线上版本晚了吗？"),
        CrossWatch("revocation-waiting", ("DL 43",), "决定撤销三个工作日后线上还在公示吗？"),
    ),
    clocks={Clock.OBJECTION: ("DL 42",), Clock.REVOCATION: ("DL 43",)},
    kinds=ruled("DL"),
)
