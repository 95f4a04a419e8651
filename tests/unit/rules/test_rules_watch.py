"""What each city warns the webmaster of, and what it leaves alone; no message repeats what a record says."""

import datetime as dt

import decided_records
import pytest

from site_builder.law.articles import article, articles
from site_builder.law.cities import all_shipped
from site_builder.rules.decision import Facts, OverlayOrder
from site_builder.rules.workdays import Calendar
from site_builder.vocabulary import Action, Category, Effect, Kind, Level, SubjectType

NAMES = {"DL": "大连条例", "LY": "凌源办法"}

AS_OF = dt.date(2026, 11, 20)
TABLE = Calendar()
FACTS = Facts(as_of=AS_OF, show_responsible=False)


def codes(city, record, facts=FACTS):
    """The codes a city's watches find in a record, in order."""
    return [watch.code for watch in all_shipped()[city].latest.watches for _ in watch.finds(record, facts)]


def day(text):
    return dt.date.fromisoformat(text)


def test_articles_are_named_as_people_name_them():
    assert article("DL 42", NAMES) == "大连条例第四十二条"
    assert article("LY 10", NAMES) == "凌源办法第十条"
    assert article("LY 3", NAMES) == "凌源办法第三条"
    assert articles(("DL 33", "DL 33", "DL 35", "LY 15"), NAMES) == "大连条例第三十三条、第三十五条、凌源办法第十五条"


def test_working_days_leave_out_weekends_and_holidays_and_count_the_days_made_up():
    # 2026-02-14 (a Saturday) is worked for the spring festival of 2026, 15 to 23 February.
    assert TABLE.passed(day("2026-02-13"), day("2026-02-24")).days == 2
    assert TABLE.last_day(day("2026-02-13"), 3) == day("2026-02-25")
    assert TABLE.last_day(day("2026-11-13"), 3) == day("2026-11-18")


def test_past_the_table_of_holidays_nothing_is_known():
    gone = TABLE.passed(day("2026-12-30"), day("2027-02-01"))
    assert (gone.days, gone.known) == (1, False)
    assert TABLE.last_day(day("2026-12-30"), 3) is None
    assert not TABLE.more_than(3, day("2026-12-30"), day("2027-02-01"))


@pytest.mark.parametrize(
    ("received", "assisted", "found"),
    [
        ("2026-11-17", False, []),
        ("2026-11-16", False, ["objection-overdue"]),
        ("2026-11-10", True, []),
        ("2026-11-09", True, ["objection-overdue"]),
    ],
)
def test_objection_is_overdue_after_three_or_eight_working_days_in_dalian_alone(received, assisted, found):
    entry = decided_records.entry(objection_received_on=day(received), objection_assisted=assisted)
    assert codes("dalian", entry) == found
    assert codes("lingyuan", entry) == []


def test_objection_of_the_overlay_is_watched_like_one_of_the_export():
    orders = {(Kind.SEVERE, decided_records.entry().id.lower()): (OverlayOrder(Action.OBJECTION, day("2026-11-02")),)}
    facts = Facts(as_of=AS_OF, show_responsible=False, orders=orders)
    assert codes("dalian", decided_records.entry(), facts) == ["objection-overdue"]


def test_objection_past_the_table_is_unknown_and_overdue_where_enough_days_are_known():
    facts = Facts(as_of=day("2027-01-08"), show_responsible=False)
    entry = decided_records.entry(objection_received_on=day("2026-12-30"))
    assert codes("dalian", entry, facts) == ["objection-clock-unknown"]
    entry = decided_records.entry(objection_received_on=day("2026-12-20"))
    assert codes("dalian", entry, facts) == ["objection-overdue"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"cause": "演示公司被吊销食品经营许可证"}, ["repair-not-allowed"]),
        ({"cause": "演示公司被责令停产停业"}, ["repair-not-allowed"]),
        ({"cause": "演示公司被吊销营业执照"}, ["repair-not-allowed"]),
        ({"subject_type": SubjectType.NATURAL_PERSON, "sentenced": True}, ["repair-not-allowed"]),
        ({"cause": "演示公司未履行义务"}, []),
    ],
)
def test_dalian_asks_about_repairs_its_article_44_does_not_know(changes, found):
    repaired = {"repaired_on": day("2026-01-05"), "repair_notice_served_on": day("2026-01-05")}
    assert codes("dalian", decided_records.entry(**repaired, **changes)) == found
    assert codes("dalian", decided_records.entry(**changes)) == []


def test_lingyuan_asks_about_repairs_of_the_kinds_its_article_35_names():
    repaired = {"repaired_on": day("2026-01-05"), "repair_notice_served_on": day("2026-01-05")}
    found = codes("lingyuan", decided_records.entry(**repaired, category=Category.MARKET_ORDER))
    assert found == ["repair-not-allowed"]
    assert codes("lingyuan", decided_records.entry(**repaired, category=Category.OTHER_STATUTORY)) == []


@pytest.mark.parametrize(
    ("city", "changes", "found"),
    [
        ("dalian", {"basis_level": Level.NORMATIVE_DOCUMENT}, ["basis-below-law"]),
        ("dalian", {"basis_level": Level.NATIONAL_RULE}, []),
        (
            "dalian",
            {"basis_level": Level.NORMATIVE_DOCUMENT, "effect": Effect.INCENTIVE, "clause": "DL-29-7"},
            ["other-item-without-basis"],
        ),
        ("lingyuan", {"basis_level": Level.NORMATIVE_DOCUMENT, "clause": "LY-22-4"}, ["basis-below-law"]),
        ("lingyuan", {"basis_level": Level.NORMATIVE_DOCUMENT, "effect": Effect.INCENTIVE}, []),
        ("dalian", {"clause": "DL-34-6", "basis": ("《大连市社会信用条例》第三十四条",)}, ["other-item-without-basis"]),
        ("dalian", {"clause": "DL-34-6", "basis": ("《中华人民共和国安全生产法》第九十三条",)}, []),
        ("dalian", {"clause": "DL-34-5", "basis": ("《大连市社会信用条例》第三十四条",)}, []),
        ("lingyuan", {"clause": "LY-22-10", "basis": ("依规定",)}, ["other-item-without-basis"]),
    ],
)
def test_measures_are_asked_for_their_rank_and_other_items_for_their_own_rule(city, changes, found):
    given = {"basis": ("《大连市社会信用条例》第三十四条",), "basis_level": Level.LOCAL_REGULATION} | changes
    assert codes(city, decided_records.measure(**given)) == found


@pytest.mark.parametrize("city", sorted(all_shipped()))
def test_act_that_goes_on_is_asked_about_after_a_year(city):
    ongoing = {
        "act_ended_on": None,
        "act_ongoing": True,
        "listed_on": day("2025-10-01"),
        "decided_on": day("2025-09-30"),
    }
    assert codes(city, decided_records.entry(**ongoing, published_on=day("2025-11-19"))) == ["stale-ongoing-act"]
    assert codes(city, decided_records.entry(**ongoing, published_on=day("2025-11-20"))) == []
    assert (
        codes(city, decided_records.entry(**ongoing, published_on=day("2025-11-19"), updated_on=day("2026-05-01")))
        == []
    )
    assert (
        codes(city, decided_records.entry(**ongoing, published_on=day("2025-11-19"), removed_on=day("2026-05-01")))
        == []
    )


@pytest.mark.parametrize("city", sorted(all_shipped()))
def test_words_that_may_not_be_collected_are_found_in_text_about_a_natural_person(city):
    person = {"subject_type": SubjectType.NATURAL_PERSON, "subject_code": ""}
    assert codes(city, decided_records.entry(**person, cause="演示人员 宗 教信仰")) == ["forbidden-words"]
    assert codes(city, decided_records.entry(**person, measures_notice="限制购买不动产")) == []
    assert codes(city, decided_records.entry(cause="演示公司隐瞒营业收入")) == []


@pytest.mark.parametrize("city", sorted(all_shipped()))
def test_dates_out_of_order_are_told_once_each(city):
    entry = decided_records.entry(
        decided_on=day("2025-06-01"), listed_on=day("2025-05-01"), published_on=day("2025-06-02")
    )
    assert codes(city, entry) == ["dates-out-of-order"]


@pytest.mark.parametrize("city", sorted(all_shipped()))
def test_no_watch_repeats_what_the_record_says(city):
    entry = decided_records.entry(
        subject_type=SubjectType.NATURAL_PERSON,
        sentenced=True,
        subject_name="演示甲乙丙",
        cause="演示丁戊己 疾病 吊销许可证",
        repaired_on=day("2026-01-05"),
        objection_received_on=day("2026-11-02"),
        act_ongoing=True,
    )
    told = [one for watch in all_shipped()[city].latest.watches for one in watch.finds(entry, FACTS)]
    assert len(told) >= 3
    for one in told:
        assert not any(word in one.message for word in ("演示", "甲乙丙", "丁戊己", "疾病", "吊销许可证演示"))
