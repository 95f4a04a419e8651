"""凌源: the rules of 凌源市社会信用管理办法, in the order their reasons are counted."""

from __future__ import annotations

from functools import partial

from site_builder.kinds.measures import rules as measures
from site_builder.kinds.role_models import rules as role_models
from site_builder.kinds.rules import ruled
from site_builder.kinds.severe_list import rules as severe
from site_builder.rules import clocks, crossing, lawful
from site_builder.rules.decision import Reason, Rule
from site_builder.rules.questions import catalogue_rule
from site_builder.rules.ruleset import RuleSet, personal_data_rule
from site_builder.rules.term import lingyuan_term, lingyuan_text
from site_builder.rules.watch import Across, Clock, Watch
from site_builder.vocabulary import Kind

severe_view = partial(crossing.severe_view, term_of=lingyuan_term, term_text=lingyuan_text, ordinary_ends=True)

RULES = RuleSet(
    code="LY",
    regulation="凌源市社会信用管理办法",
    severe=(
        Rule(Reason.NOT_PUBLIC, ("LY 13",), "披露方式不是社会公开吗？", severe.not_public),
        catalogue_rule(),
        Rule(Reason.SUPPRESSED, ("LY 32",), "有决定要求停止公开吗？", severe.suppressed),
        Rule(Reason.NOT_YET_PUBLISHED, ("LY 25",), "还没到公示日期吗？", severe.not_yet_published),
        Rule(Reason.MINOR, ("LY 3",), "主体是未成年人吗？", severe.minor),
        Rule(Reason.NATURAL_PERSON, ("LY 13",), "是自然人，且没有写明公开依据的文件吗？", severe.natural_person),
        Rule(Reason.REVOKED, ("LY 32",), "认定决定已被撤销吗？", severe.revoked),
        Rule(Reason.REPAIRED, ("LY 33", "LY 36"), "已完成信用修复，且修复没有被撤销吗？", severe.repaired),
        Rule(Reason.REMOVED, ("LY 25",), "已移出名单吗？", severe.removed),
        Rule(Reason.TERM_UNKNOWN, ("LY 15",), "披露期限从哪天起算无从得知吗？", severe.lingyuan_term_unknown),
        Rule(Reason.EXPIRED, ("LY 15",), "披露期限已满吗？", severe.lingyuan_expired),
        Rule(Reason.NO_PRIOR_NOTICE, ("LY 25",), "公布前没有告知当事人吗？", severe.lingyuan_no_prior_notice),
        Rule(
            Reason.INCOMPLETE,
            ("LY 21",),
            "认定事由、依据、移出条件、移出程序、救济措施缺一项吗？",
            severe.lingyuan_incomplete,
        ),
        personal_data_rule(severe_view, ("LY 4", "LY 12", "LY 47")),
    ),
    measures=(
        Rule(Reason.NOT_PUBLIC, ("LY 13",), "披露方式不是社会公开吗？", measures.not_public),
        Rule(Reason.SUPPRESSED, ("LY 32",), "有决定要求停止公开吗？", measures.suppressed),
        Rule(Reason.NOT_YET_PUBLISHED, ("LY 21",), "还没到公示日期吗？", measures.not_yet_published),
        Rule(Reason.REPEALED, ("LY 21",), "措施已废止吗？", measures.repealed),
        Rule(Reason.INCOMPLETE, ("DL 28",), "内容、对象、实施主体或依据空缺吗？", measures.incomplete),
        personal_data_rule(crossing.measure_view, ("LY 4", "LY 12", "LY 47")),
    ),
    role_models=(
        Rule(Reason.NOT_PUBLIC, ("LY 13",), "披露方式不是社会公开吗？", role_models.not_public),
        catalogue_rule(),
        Rule(Reason.SUPPRESSED, ("LY 32",), "有决定要求停止公开吗？", role_models.suppressed),
        Rule(Reason.NOT_YET_PUBLISHED, ("LY 20", "LY 44"), "还没到公示日期吗？", role_models.not_yet_published),
        Rule(Reason.MINOR, ("LY 3",), "主体是未成年人吗？", role_models.minor),
        Rule(Reason.NO_CONSENT, ("LY 13", "LY 47"), "是自然人，且本人没有同意公开吗？", role_models.no_consent),
        Rule(Reason.WITHDRAWN, ("LY 22", "LY 31"), "荣誉已被撤下吗？", role_models.withdrawn),
        Rule(Reason.EXPIRED, ("LY 20", "LY 44"), "有效期已过吗？", role_models.expired),
        Rule(Reason.NO_PRIOR_NOTICE, ("LY 25",), "守信红名单公布前没有告知吗？", role_models.no_prior_notice),
        Rule(Reason.INCOMPLETE, ("LY 44",), "没有写诚信事迹吗？", role_models.incomplete),
        Rule(
            Reason.ON_SEVERE_LIST,
            ("LY 22",),
            "同一主体有公示中的严重失信记录吗？",
            role_models.on_severe_list,
        ),
        personal_data_rule(crossing.role_model_view, ("LY 4", "LY 12", "LY 47")),
    ),
    term_of=lingyuan_term,
    severe_view=severe_view,
    unpublished_measure_stops=False,
    list_profile_stops=True,
    show_responsible=True,
    watches=(
        Watch("dates-out-of-order", ("LY 10",), "日期的先后合理吗？", clocks.out_of_order),
        Watch("stale-ongoing-act", ("LY 15",), "持续中的行为一年内核实过吗？", clocks.stale_act),
        Watch("repair-not-allowed", ("LY 35",), "修复了不予修复的吗？", lawful.lingyuan_repair),
        Watch("basis-below-law", ("LY 22",), "惩戒措施的依据低于法律法规吗？", lawful.lingyuan_low_basis),
        Watch(
            "other-item-without-basis",
            ("LY 20", "LY 22"),
            "「其他措施」写明另行规定它的文件了吗？",
            lawful.lingyuan_other_item,
        ),
        Watch("forbidden-words", ("LY 12",), "自然人的文字里有不得采集的信息吗？", lawful.forbidden_words),
        Watch("code-is-resident-id", ("LY 8",), "单位的代码会不会是个人的身份证号？", lawful.code_is_resident_id),
    ),
    across=(
        Across("honour-of-listed", ("LY 22",), "名单上的主体还有荣誉吗？"),
        Across("later-term-start", ("LY 15",), "披露期限的起算日比线上版本晚了吗？"),
    ),
    clocks={Clock.REPORT: ("LY 10",)},
    duties={Kind.SEVERE: ("LY 25",), Kind.MEASURE: ("LY 21",), Kind.ROLE_MODEL: ("LY 20", "LY 44")},
    others=ruled("LY"),
)
"""Asked from the top; all reasons that hold are kept and the first is counted."""
