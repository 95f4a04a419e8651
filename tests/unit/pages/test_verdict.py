"""A record in one sentence, for every kind and every case of a term, and the doors below it."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

from decided_records import AS_OF, breach, commitment, entry, grade, item, model, person, person_model, view, watched
from hypothesis import given
from hypothesis import strategies as st
import msgspec
import pytest

from site_builder.law.cities import all_shipped
from site_builder.pages.contexts import Link
from site_builder.pages.verdict import doors, verdict
from site_builder.public.cited import EXCERPT, LONGEST, cited
from site_builder.rules.term import Maximum, NotBegun, Ordinary, Special
from site_builder.vocabulary import TermStart

DAY, LAST, PAST = dt.date(2024, 4, 30), dt.date(2029, 4, 30), dt.date(2026, 4, 30)
HEAD = "在《演示名单》上。因演示事由，由演示局于 2024-05-12 列入；"

TERMS = [
    (Ordinary(DAY, LAST), "公示至 2029-04-30。"),
    (Ordinary(DAY, LAST, extended=True), "公示至 2029-04-30，届满未移出的依法延长。"),
    (Ordinary(DAY, PAST, extended=True), "披露期限依法延长至移出名单之日。"),
    (Special(DAY, LAST), "公示至 2029-04-30。"),
    (Maximum(DAY, LAST), "公示至 2029-04-30。"),
    (NotBegun(TermStart.ACT_END), "公示期限自失信行为终止之日起五年。"),
    (NotBegun(TermStart.SENTENCE_END), "公示期限自刑罚执行完毕之日起五年。"),
    (NotBegun(TermStart.SENTENCE_END, 36), "公示期限自刑罚执行完毕之日起三十六个月。"),
]


@pytest.mark.parametrize("make", [entry, person])
@pytest.mark.parametrize(("term", "told"), TERMS)
def test_entry_says_its_list_its_cause_who_since_when_and_its_term_in_every_case(make, term, told):
    seen = view("dalian", make(list_name="演示名单"))
    text = all_shipped()["dalian"].latest.terms.text(term, AS_OF)
    assert verdict(msgspec.structs.replace(seen, term_text=text)) == HEAD + told


@pytest.mark.parametrize(
    ("city", "changes", "told"),
    [
        ("dalian", {}, "公示至 2029-04-30，届满未移出的依法延长。"),
        ("dalian", {"act_ended_on": dt.date(2020, 4, 30)}, "披露期限依法延长至移出名单之日。"),
        ("dalian", {"act_ended_on": None, "act_ongoing": True}, "公示期限自失信行为终止之日起五年。"),
        ("lingyuan", {}, "公示至 2029-04-30。"),
        ("lingyuan", {"act_ended_on": None, "act_ongoing": True}, "公示期限自失信行为终止之日起五年。"),
    ],
)
def test_term_of_a_decided_entry_ends_its_sentence(city, changes, told):
    assert verdict(view(city, entry(list_name="演示名单", **changes))) == HEAD + told


def test_entry_of_no_named_list_is_on_the_severe_list():
    assert verdict(view("lingyuan", entry())).startswith("在严重失信主体名单上。因演示事由，由演示局")


def test_cause_that_says_because_itself_does_not_say_it_twice():
    assert "上。因欠缴税款，由" in verdict(view("lingyuan", entry(cause="因欠缴税款。")))


def test_long_cause_is_cut_at_a_stop_and_said_to_be_an_excerpt():
    cause = "演示企业未按照规定申报，少缴税款一百万元，经催告仍不缴纳。" * 3
    told = verdict(view("lingyuan", entry(cause=cause)))
    assert f"少缴税款一百万元，经催告仍不缴纳{EXCERPT}，由演示局于" in told


def test_other_kinds_say_what_they_are_by_whom_and_until_when():
    assert verdict(view("lingyuan", watched())) == (
        "在重点关注主体名单上。因演示事由，由演示局于 2025-06-01 列入；公示至 2027-05-31。"
    )
    assert verdict(view("lingyuan", grade())) == "信用等级为 AA级，由演示评价单位于 2025-06-01 评定。"
    until = verdict(view("lingyuan", grade(valid_through=dt.date(2028, 5, 31))))
    assert until == "信用等级为 AA级，由演示评价单位于 2025-06-01 评定；有效期至 2028-05-31。"
    assert verdict(view("lingyuan", commitment())) == "2025-06-01 就“演示承诺事项”向演示局作出承诺，现在履行中。"
    assert verdict(view("lingyuan", breach())) == (
        "2025-06-01 就“演示承诺事项”向演示局作出承诺，现在违约（演示〔2025〕9号）；公示至 2030-09-01。"
    )


@pytest.mark.parametrize("make", [model, person_model])
def test_role_model_says_why_by_whom_and_until_when(make):
    assert verdict(view("lingyuan", make())) == "由演示单位于 2025-03-05 授予“演示称号”。"
    told = verdict(view("lingyuan", make(summary="多年守信。", valid_through=dt.date(2028, 3, 4))))
    assert told == "因多年守信，由演示单位于 2025-03-05 授予“演示称号”；有效期至 2028-03-04。"


def test_item_of_the_catalogue_has_no_sentence_and_no_doors():
    seen = view("lingyuan", item())
    assert verdict(seen) == ""
    assert doors(seen, SimpleNamespace(guides=(), letters=())) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("短的。", "短的"),
        ("两行\n的", "两行 的"),
        ("一" * 60, "一" * 60),
        ("一" * 61, "一" * 60 + EXCERPT),
        ("一" * 30 + "，" + "二" * 60, "一" * 30 + EXCERPT),
        ("一" * 20 + "。" + "二" * 20 + "，" + "三" * 60, "一" * 20 + EXCERPT),
        ("一" * 20 + "、" + "二" * 60, "一" * 20 + EXCERPT),
        ("一" * 20 + "，二（三，" + "四" * 60, "一" * 20 + EXCERPT),
        ("一" * 20 + "，二（三），" + "四" * 60, "一" * 20 + "，二（三）" + EXCERPT),
        ("，" + "一" * 60, "，" + "一" * 59 + EXCERPT),
        ("一" * 30 + "，" + "二" * 29, "一" * 30 + "，" + "二" * 29),
        ("一" * 20 + "？！" + "二" * 60, "一" * 20 + EXCERPT),
        ("一" * 20 + "X，" + "二" * 60, "一" * 20 + "X" + EXCERPT),
        ("演示X", "演示X"),
    ],
)
def test_text_is_cited_whole_or_up_to_a_stop(text, told):
    assert cited(text) == told


@given(st.text("一二。；，：、（）《》「」 \n", max_size=200))
def test_what_is_cited_begins_the_text_and_is_short(text):
    whole = " ".join(text.split())
    told = cited(text)
    assert whole.startswith(told.removesuffix(EXCERPT))
    assert len(told.removesuffix(EXCERPT)) <= LONGEST
    assert told.endswith(EXCERPT) == (len(whole.rstrip("。；")) > LONGEST)


GUIDE = Link("guide/objection.html", "异议申请指南")


@pytest.mark.parametrize(
    ("make", "leaving"),
    [
        (entry, "怎样移出或修复"),
        (watched, "怎样移出或修复"),
        (breach, "怎样修复"),
        (commitment, ""),
        (grade, ""),
        (model, "怎样请求撤下"),
    ],
)
def test_subject_has_a_door_to_object_and_where_it_can_leave_one_to_that(make, leaving):
    seen = view("lingyuan", make())
    first, *others = doors(seen, SimpleNamespace(guides=(GUIDE,), letters=()))
    assert first == Link("guide/objection.html", "不认可？")
    assert others == ([Link("#ways", leaving)] if leaving else [])
    assert doors(seen, SimpleNamespace(guides=(), letters=()))[0] == Link("#ways", "不认可？")
    letter = Link(GUIDE.href + "#letter", "异议申请书")
    assert doors(seen, SimpleNamespace(guides=(GUIDE,), letters=(letter,)))[0] == Link(letter.href, "不认可？")
