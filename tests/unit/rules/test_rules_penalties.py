"""What is decided of administrative penalties and licences: each reason published once and withheld once."""

import datetime as dt
import re
import shutil

from decided_records import AFTER, AS_OF, BEFORE, BOTH, facts, licence, looks, ordered, penalty, reasons, view
import msgspec
import pytest

from site_builder.config.site import SHIPPED
from site_builder.law.cities import shipped
from site_builder.law.folder import read_law
from site_builder.records.record import NO_END
from site_builder.rules.decision import MENDABLE, REASON_COLUMNS, REASON_LABELS, Publish, Reason
from site_builder.rules.ruleset import change_days, decide_record, view_of
from site_builder.rules.watch import Clock
from site_builder.vocabulary import Action, Annulment, Gravity, Kind, Level, Procedure, SubjectType, Validity

PERSON = SubjectType.NATURAL_PERSON
SOMEONE = {
    "subject_type": PERSON,
    "subject_code": "11010519491231002X",
    "natural_person_basis": "《演示办法》第六条",
    "natural_person_basis_level": Level.NATIONAL_RULE,
}
MAKERS = [pytest.param(penalty, id="penalties"), pytest.param(licence, id="licences")]


def above(city):
    """A city's law where the national rule applies."""
    return shipped(city, frozenset({"cn-repair-2026"}))


def reasons_above(city, record, day=AS_OF):
    decision = decide_record(record, above(city), facts(day))
    return [] if isinstance(decision, Publish) else [one.value for one in decision.reasons]


def view_above(city, record, day=AS_OF):
    return view_of(record, above(city), facts(day))


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("make", MAKERS)
def test_natural_person_is_shown_by_each_citys_rule_and_never_by_a_number(city, make):
    assert reasons(city, make(**SOMEONE)) == []
    assert view(city, make(**SOMEONE)).subject_code == ""
    assert "1101" not in repr(view(city, make(**SOMEONE)))
    assert reasons(city, make(**SOMEONE | {"natural_person_basis": "演示规定"})) == ["natural_person"]
    assert reasons(city, make(**SOMEONE | {"natural_person_basis_level": Level.NORMATIVE_DOCUMENT})) == [
        "natural_person"
    ]
    local = reasons(city, make(**SOMEONE | {"natural_person_basis_level": Level.LOCAL_REGULATION}))
    assert local == {"dalian": [], "lingyuan": ["natural_person"]}[city]
    assert reasons(city, make(**SOMEONE | {"minor": True})) == ["minor"]
    assert reasons(city, make(**SOMEONE | {"subject_code": "110105201001010010"})) == ["minor"]


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("make", MAKERS)
def test_legal_representative_is_shown_where_the_site_shows_responsible_persons(city, make):
    assert view(city, make(), facts(show_responsible=True)).legal_representative == "演示法定代表人"
    assert view(city, make(), facts(show_responsible=False)).legal_representative == ""


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("make", MAKERS)
def test_sole_trader_without_a_code_is_shown_without_one(city, make):
    record = make(subject_type=SubjectType.INDIVIDUAL_BUSINESS, subject_code="")
    assert reasons(city, record) == []
    assert view(city, record).subject_code == ""


def test_dalian_shows_ordinary_procedure_alone_and_leaves_slight_breaches_out():
    """DL 12(4)."""
    assert reasons("dalian", penalty(procedure=Procedure.SUMMARY)) == ["not_dishonest"]
    assert reasons("dalian", penalty(minor_breach=True)) == ["not_dishonest"]
    assert reasons("dalian", penalty(gravity=Gravity.MINOR)) == ["not_dishonest"]
    assert reasons("lingyuan", penalty(gravity=Gravity.MINOR)) == []
    assert "gravity" in REASON_COLUMNS[Reason.NOT_DISHONEST]
    assert reasons("dalian", penalty(procedure=None)) == ["incomplete"]
    assert reasons("lingyuan", penalty(procedure=Procedure.SUMMARY, minor_breach=True)) == []
    assert reasons("lingyuan", penalty(procedure=None)) == []


@pytest.mark.parametrize("city", BOTH)
def test_penalty_is_shown_five_years_from_the_end_of_the_act_or_to_an_earlier_day_of_the_offices(city):
    record = penalty()
    assert view(city, record).public_until == dt.date(2031, 5, 30)
    assert reasons(city, record, facts(dt.date(2031, 5, 30))) == []
    assert reasons(city, record, facts(dt.date(2031, 5, 31))) == ["expired"]
    assert view(city, penalty(act_ended_on=None)).public_until == dt.date(2031, 6, 22)
    assert view(city, penalty(disclosed_through=AS_OF)).public_until == AS_OF
    assert reasons(city, penalty(disclosed_through=BEFORE)) == ["expired"]
    assert view(city, penalty(effective_through=BEFORE)).effective_through == BEFORE
    assert reasons(city, penalty(effective_through=BEFORE)) == [], "the decision's own end is no term of showing"


@pytest.mark.parametrize("city", BOTH)
def test_end_that_is_none_is_told_and_never_a_last_day(city):
    found = looks(city, "disclosed-through")
    assert list(found(penalty(), facts())) == []
    assert list(found(penalty(disclosed_through=dt.date(2027, 1, 1)), facts())) == []
    for day in (NO_END, dt.date(2031, 5, 31)):
        record = penalty(disclosed_through=day)
        assert view(city, record).public_until == dt.date(2031, 5, 30)
        assert [one.column for one in found(record, facts())] == ["disclosed_through"]
    assert view(city, penalty(effective_through=NO_END)).effective_through is None


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize(("gravity", "last"), [(Gravity.GENERAL, (2027, 6, 22)), (Gravity.SEVERE, (2029, 6, 22))])
def test_national_rule_shows_each_class_so_long(city, gravity, last):
    record, day = penalty(gravity=gravity), dt.date(*last)
    assert reasons_above(city, record, day) == []
    assert reasons_above(city, record, day + dt.timedelta(days=1)) == ["past_national_maximum"]
    assert view_above(city, record).public_until == day
    assert day + dt.timedelta(days=1) in change_days(record, above(city), facts())
    assert reasons(city, record, facts(day + dt.timedelta(days=1))) == [], "nothing of it where it does not apply"


@pytest.mark.parametrize("city", BOTH)
def test_national_rule_withholds_the_least_class_and_the_unknown(city):
    own = {"dalian": ["not_dishonest"], "lingyuan": []}[city]
    early = dt.date(2026, 7, 1)
    assert reasons_above(city, penalty(gravity=Gravity.MINOR), early) == [*own, "minor_class"]
    assert reasons_above(city, penalty(gravity=None), early) == ["class_unknown"]
    summary = penalty(gravity=None, procedure=Procedure.SUMMARY)
    assert reasons_above(city, summary, early) == [*own, "minor_class"]
    assert reasons(city, penalty(gravity=None)) == []
    assert Reason.CLASS_UNKNOWN in MENDABLE
    assert {Reason.CLASS_UNKNOWN, Reason.MINOR_CLASS} <= REASON_LABELS.keys()


@pytest.mark.parametrize("city", BOTH)
def test_act_that_is_not_corrected_goes_on_by_its_sectors_own_rule(city):
    after = dt.date(2027, 6, 23)
    basis = {"beyond_maximum_basis": "《演示行业办法》第九条"}
    assert reasons_above(city, penalty(**basis), after) == []
    assert view_above(city, penalty(**basis)).public_until == dt.date(2031, 5, 30)
    assert view_above(city, penalty(**basis, beyond_maximum_until=after)).public_until == after
    done = {"act_corrected_on": BEFORE, "duties_fulfilled_on": BEFORE}
    assert reasons_above(city, penalty(**basis, **done), after) == ["past_national_maximum"]
    assert reasons_above(city, penalty(beyond_maximum_basis="演示"), after) == ["past_national_maximum"]


@pytest.mark.parametrize("city", BOTH)
def test_subject_is_told_from_when_repair_may_be_asked_for(city):
    assert view_above(city, penalty()).repair_after == dt.date(2026, 9, 22)
    assert view_above(city, penalty(gravity=Gravity.SEVERE)).repair_after == dt.date(2027, 6, 22)
    assert view_above(city, penalty(disclosed_through=dt.date(2026, 9, 22))).repair_after is None
    assert view(city, penalty()).repair_after is None
    revoked = view_above(city, penalty(types=("吊销许可证件",)))
    assert revoked.repair_after == {"dalian": None, "lingyuan": dt.date(2026, 9, 22)}[city]
    assert bool(revoked.repair_closed) is (city == "dalian")
    assert not view_above(city, penalty()).repair_closed


@pytest.mark.parametrize("city", BOTH)
def test_penalty_that_no_longer_stands_leaves_on_its_day(city):
    assert reasons(city, penalty(annulled_on=AFTER)) == []
    assert reasons(city, penalty(annulled_on=AS_OF)) == ["revoked"]
    record = penalty()
    assert reasons(city, record, ordered(record, Action.REVOKED, AFTER)) == []
    assert reasons(city, record, ordered(record, Action.REVOKED, AS_OF)) == ["revoked"]


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("how", list(Annulment))
def test_penalty_of_which_it_is_not_known_since_when_it_no_longer_stands_is_withheld(city, how):
    """DL 43; LY 32."""
    assert reasons(city, penalty(annulled_how=how)) == ["revoked"]
    assert reasons(city, penalty(annulled_how=how, annulled_on=AFTER)) == []
    [found] = looks(city, "annulment-incomplete")(penalty(annulled_how=how), facts())
    assert "不公开" in found.hint
    assert "annulled_how" in REASON_COLUMNS[Reason.REVOKED]


def test_licence_that_was_taken_down_is_so_by_what_the_citys_law_says_of_truth():
    for city, article in {"dalian": "DL 14", "lingyuan": "LY 10"}.items():
        rules = shipped(city).latest.kinds[Kind.LICENCE].rules
        assert [rule.articles for rule in rules if rule.reason is Reason.WITHDRAWN] == [(article,)]


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("number", ["13912345678", "6222021234567890128"])
def test_number_of_a_licence_may_look_like_any_number_but_a_residents(city, number):
    assert reasons(city, licence(certificate_no=number)) == []
    assert reasons(city, licence(content=f"演示许可 {number}")) == ["personal_data"]
    assert reasons(city, licence(certificate_no="110105194912310038")) == ["personal_data"]


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("changes", [{"conduct": "无"}, {"basis": ()}, {"basis": ("/",)}, {"content": "见文书"}])
def test_penalty_states_what_was_done_by_what_rule_and_what_follows(city, changes):
    assert reasons(city, penalty(**changes)) == ["incomplete"]


@pytest.mark.parametrize("city", BOTH)
def test_licence_past_its_end_or_not_in_force_is_left_out(city):
    assert reasons(city, licence(licensed_through=AS_OF)) == []
    assert view(city, licence(licensed_through=AS_OF)).public_until == AS_OF
    assert reasons(city, licence(licensed_through=BEFORE)) == ["expired"]
    assert reasons(city, licence(current_state=Validity.INVALID)) == ["expired"]
    assert reasons(city, licence(current_state=Validity.VALID)) == []
    assert reasons(city, licence(content="略")) == ["incomplete"]


@pytest.mark.parametrize("city", BOTH)
def test_licence_without_an_end_says_so_and_has_no_last_day(city):
    record = licence(licensed_through=NO_END)
    assert reasons(city, record, facts(dt.date(2099, 12, 30))) == []
    shown = view(city, record)
    assert (shown.lasting, shown.licensed_through, shown.public_until) == ("长期", None, None)
    assert view(city, licence(licensed_through=None)).lasting == ""


@pytest.mark.parametrize("city", BOTH)
def test_seven_working_days_from_the_decision_are_the_national_layers(city):
    law = shipped(city).latest
    assert law.clocks[Clock.PUBLISH].days == 7
    assert law.names[law.clocks[Clock.PUBLISH].articles[0]] == "双公示意见"
    assert (Clock.REPORT in law.clocks) == (city == "lingyuan")


def test_national_maximum_holds_where_a_law_has_no_term_of_its_own(tmp_path):
    shutil.copytree(SHIPPED["lingyuan"], tmp_path / "law")
    rules = tmp_path / "law" / "rules.yml"
    text = rules.read_text("utf-8")
    start = text.index("  penalties:\n")
    own = re.sub(
        r"    term: .*\n|      - reason: expired\n(?:        .*\n)*", "", text[start : text.index("  licences:\n")]
    )
    rules.write_text(text[:start] + own + text[text.index("  licences:\n") :], "utf-8")
    law = read_law(tmp_path / "law", unfinished=True, applied=frozenset({"cn-repair-2026"}))
    late = decide_record(penalty(), law, facts(dt.date(2027, 6, 23)))
    assert [one.value for one in late.reasons] == ["past_national_maximum"]
    assert view_of(penalty(), law, facts()).public_until == dt.date(2027, 6, 22)


def test_both_kinds_are_off_where_the_site_does_not_name_them():
    for city in BOTH:
        assert not any(shipped(city).latest.kinds[kind].usual for kind in (Kind.PENALTY, Kind.LICENCE))


def test_records_are_frozen():
    with pytest.raises(AttributeError):
        penalty().fine = "1"
    assert msgspec.structs.replace(penalty(), fine="1").fine == "1"
