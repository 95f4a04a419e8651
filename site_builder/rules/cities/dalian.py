"""大连: the rules of 大连市社会信用条例, in the order their reasons are counted."""

from __future__ import annotations

from functools import partial

from site_builder.kinds.measures import rules as measures
from site_builder.kinds.role_models import rules as role_models
from site_builder.kinds.rules import ruled
from site_builder.kinds.severe_list import rules as severe
from site_builder.rules import clocks, crossing, lawful
from site_builder.rules.decision import Reason, Rule
from site_builder.rules.ruleset import RuleSet, personal_data_rule
from site_builder.rules.term import dalian_term, dalian_text
from site_builder.rules.watch import Across, Clock, Watch
from site_builder.vocabulary import Kind

severe_view = partial(crossing.severe_view, term_of=dalian_term, term_text=dalian_text, ordinary_ends=False)

RULES = RuleSet(
    code="DL",
    regulation="大连市社会信用条例",
    severe=(
        Rule(Reason.NOT_PUBLIC, ("DL 19",), "披露方式不是社会公开吗？", severe.not_public),
        Rule(Reason.SUPPRESSED, ("DL 42", "DL 43"), "有决定要求停止公开吗？", severe.suppressed),
        Rule(Reason.NOT_YET_PUBLISHED, ("DL 32",), "还没到公示日期吗？", severe.not_yet_published),
        Rule(Reason.MINOR, ("DL 3",), "主体是未成年人吗？", severe.minor),
        Rule(Reason.REVOKED, ("DL 43",), "认定决定已被撤销吗？", severe.revoked),
        Rule(Reason.REPAIRED, ("DL 44",), "已完成信用修复，且修复没有被撤销吗？", severe.repaired),
        Rule(Reason.REMOVED, ("DL 33", "DL 35"), "已移出名单吗？", severe.removed),
        Rule(Reason.TERM_UNKNOWN, ("DL 35",), "披露期限从哪天起算无从得知吗？", severe.dalian_term_unknown),
        Rule(Reason.EXPIRED, ("DL 35",), "披露期限已满吗？", severe.dalian_expired),
        Rule(Reason.NO_PRIOR_NOTICE, ("DL 33",), "决定作出前没有告知当事人吗？", severe.dalian_no_prior_notice),
        Rule(Reason.INCOMPLETE, ("DL 33",), "六项内容缺一项吗？", severe.dalian_incomplete),
        personal_data_rule(severe_view, ("DL 4", "DL 58")),
    ),
    measures=(
        Rule(Reason.NOT_PUBLIC, ("DL 19",), "披露方式不是社会公开吗？", measures.not_public),
        Rule(Reason.SUPPRESSED, ("DL 42", "DL 43"), "有决定要求停止公开吗？", measures.suppressed),
        Rule(Reason.NOT_YET_PUBLISHED, ("DL 28",), "还没到公示日期吗？", measures.not_yet_published),
        Rule(Reason.REPEALED, ("DL 28",), "措施已废止吗？", measures.repealed),
        Rule(Reason.INCOMPLETE, ("DL 28",), "内容、对象、实施主体或依据空缺吗？", measures.incomplete),
        personal_data_rule(crossing.measure_view, ("DL 4", "DL 58")),
    ),
    role_models=(
        Rule(Reason.NOT_PUBLIC, ("DL 19",), "披露方式不是社会公开吗？", role_models.not_public),
        Rule(Reason.SUPPRESSED, ("DL 42", "DL 43"), "有决定要求停止公开吗？", role_models.suppressed),
        Rule(Reason.NOT_YET_PUBLISHED, ("DL 29", "DL 56"), "还没到公示日期吗？", role_models.not_yet_published),
        Rule(Reason.MINOR, ("DL 3",), "主体是未成年人吗？", role_models.minor),
        Rule(Reason.NO_CONSENT, ("DL 58",), "是自然人，且本人没有同意公开吗？", role_models.no_consent),
        Rule(Reason.WITHDRAWN, ("DL 31",), "荣誉已被撤下吗？", role_models.withdrawn),
        Rule(Reason.EXPIRED, ("DL 29", "DL 56"), "有效期已过吗？", role_models.expired),
        Rule(Reason.INCOMPLETE, ("DL 56",), "没有写诚信事迹吗？", role_models.incomplete),
        Rule(
            Reason.ON_SEVERE_LIST,
            ("DL 31",),
            "同一主体有公示中的严重失信记录吗？",
            role_models.on_severe_list,
        ),
        personal_data_rule(crossing.role_model_view, ("DL 4", "DL 58")),
    ),
    term_of=dalian_term,
    severe_view=severe_view,
    unpublished_measure_stops=True,
    list_profile_stops=False,
    show_responsible=False,
    watches=(
        Watch("dates-out-of-order", ("DL 14",), "日期的先后合理吗？", clocks.out_of_order),
        Watch("objection-overdue", ("DL 42",), "异议超过三个或者八个工作日了吗？", clocks.overdue_objection),
        Watch("objection-clock-unknown", ("DL 42",), "节假日表能说明异议是否超期吗？", clocks.unknown_objection),
        Watch("stale-ongoing-act", ("DL 35",), "持续中的行为一年内核实过吗？", clocks.stale_act),
        Watch("repair-not-allowed", ("DL 44",), "修复了不适用修复的吗？", lawful.dalian_repair),
        Watch("basis-below-law", ("DL 28", "DL 31", "DL 34"), "措施的依据低于法律法规吗？", lawful.dalian_low_basis),
        Watch(
            "other-item-without-basis",
            ("DL 29", "DL 31", "DL 34"),
            "「其他措施」写明另行规定它的文件了吗？",
            lawful.dalian_other_item,
        ),
        Watch("forbidden-words", ("DL 18",), "自然人的文字里有不得采集的信息吗？", lawful.forbidden_words),
        Watch("code-is-resident-id", ("DL 4",), "单位的代码会不会是个人的身份证号？", lawful.code_is_resident_id),
    ),
    across=(
        Across("honour-of-listed", ("DL 31",), "名单上的主体还有荣誉吗？"),
        Across("later-term-start", ("DL 35",), "披露期限的起算日比线上版本晚了吗？"),
        Across("revocation-waiting", ("DL 43",), "决定撤销三个工作日后线上还在公示吗？"),
    ),
    clocks={Clock.OBJECTION: ("DL 42",), Clock.REVOCATION: ("DL 43",)},
    duties={Kind.SEVERE: ("DL 32", "DL 33"), Kind.MEASURE: ("DL 28",), Kind.ROLE_MODEL: ("DL 29", "DL 56")},
    others=ruled("DL"),
)
"""Asked from the top; all reasons that hold are kept and the first is counted."""
