"""凌源: the rules of 凌源市社会信用管理办法."""

from __future__ import annotations

from site_builder.kinds.rules import ruled
from site_builder.rules import clocks, lawful
from site_builder.rules.ruleset import RuleSet
from site_builder.rules.term import lingyuan_term
from site_builder.rules.watch import Clock, CrossWatch, Watch
from site_builder.vocabulary import Kind

RULES = RuleSet(
    code="LY",
    regulation="凌源市社会信用管理办法",
    term_of=lingyuan_term,
    unpublished_measure_stops=False,
    list_profile_stops=True,
    show_responsible=True,
    watches=(
        Watch("dates-out-of-order", ("LY 10",), "日期的先后合理吗？", clocks.out_of_order),
        Watch("stale-ongoing-act", ("LY 15",), "持续中的行为一年内核实过吗？", clocks.stale_act, Kind.SEVERE),
        Watch("repair-not-allowed", ("LY 35",), "修复了不予修复的吗？", lawful.lingyuan_repair, Kind.SEVERE),
        Watch("basis-below-law", ("LY 22",), "惩戒措施的依据低于法律法规吗？", lawful.lingyuan_low_basis, Kind.MEASURE),
        Watch(
            "other-item-without-basis",
            ("LY 20", "LY 22"),
            "「其他措施」写明另行规定它的文件了吗？",
            lawful.lingyuan_other_item,
            Kind.MEASURE,
        ),
        Watch("forbidden-words", ("LY 12",), "自然人的文字里有不得采集的信息吗？", lawful.forbidden_words),
        Watch("code-is-resident-id", ("LY 8",), "单位的代码会不会是个人的身份证号？", lawful.code_is_resident_id),
    ),
    cross_watches=(
        CrossWatch("honour-of-listed", ("LY 22",), "名单上的主体还有荣誉吗？"),
        CrossWatch("later-term-start", ("LY 15",), "披露期限的起算日比线上版本晚了吗？"),
    ),
    clocks={Clock.REPORT: ("LY 10",)},
    kinds=ruled("LY"),
)
