"""Laws that hold for every record and every export, whatever is in it."""

import datetime as dt
from pathlib import Path
import tempfile

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
import pytest
import random_exports
from sizes import examples
import small_sites

from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.law.cities import all_shipped
from site_builder.records.record import AWAITED, known_day
from site_builder.records.values import add_months
from site_builder.rules.decision import Facts, OverlayOrder, Publish, Reason
from site_builder.rules.ruleset import change_days, decide_record, view_of
from site_builder.rules.term import NotBegun, Ordinary, Special, Unknown
from site_builder.vocabulary import Action, Category, Disclosure, Kind, Level, SubjectType, TermStart

AS_OF = small_sites.AS_OF
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31))
MAYBE = st.none() | DAYS
CITY = st.sampled_from(sorted(all_shipped()))
LEVELS = st.sampled_from([level for level in Level if level is not Level.NORMATIVE_DOCUMENT])
TEXT = st.sampled_from(["演示", "无", "", "演示电话13912345678"])


@st.composite
def entries(draw):
    """Any entry the schema lets through."""
    person = draw(st.booleans())
    special = draw(st.booleans())
    return SevereEntry(
        id="S-1",
        disclosure=draw(st.sampled_from(Disclosure)),
        subject_name="演示",
        subject_type=SubjectType.NATURAL_PERSON if person else SubjectType.LEGAL_PERSON,
        subject_code=draw(st.sampled_from(["", small_sites.resident_id(), "110105201001010021"])) if person else "",
        minor=draw(st.booleans()),
        natural_person_basis=draw(st.sampled_from(["", "《演示办法》"])),
        category=draw(st.sampled_from(Category)),
        authority="演示局",
        decision_no="演示1号",
        cause=draw(TEXT),
        basis=("演示",),
        measures_notice=draw(TEXT),
        removal_conditions="演示",
        removal_procedure="演示",
        remedies="演示",
        decided_on=draw(DAYS),
        notified_on=draw(MAYBE),
        listed_on=draw(DAYS),
        published_on=draw(DAYS),
        removed_on=draw(MAYBE),
        act_ended_on=draw(MAYBE),
        act_ongoing=draw(st.booleans()),
        sentenced=person and draw(st.booleans()),
        sentence_served_on=draw(MAYBE) if person else None,
        term_months=draw(st.integers(1, 240)) if special else None,
        term_start=draw(st.sampled_from(TermStart)) if special else None,
        term_basis="《演示法》" if special else "",
        term_level=draw(LEVELS) if special else None,
        repaired_on=draw(MAYBE),
        repair_revoked_on=draw(MAYBE),
        revoked_on=draw(MAYBE),
        objection_received_on=draw(MAYBE),
        objection_closed_on=draw(MAYBE),
    )


def facts(as_of=AS_OF, **given_facts):
    return Facts(as_of=as_of, show_responsible=True, **given_facts)


def why(city, entry, given_facts=None):
    decision = decide_record(entry, all_shipped()[city], given_facts or facts())
    return () if isinstance(decision, Publish) else decision.reasons


def changed(entry, **changes):
    return SevereEntry(**({name: getattr(entry, name) for name in entry.__struct_fields__} | changes))


def last_day(term):
    return term.last_day if isinstance(term, (Ordinary, Special)) else None


@given(CITY, entries())
def test_term_never_ends_before_it_starts(city, entry):
    term = all_shipped()[city].latest.terms.of(entry, AS_OF)
    if isinstance(term, (Ordinary, Special)):
        assert term.last_day > term.start


@given(CITY, entries(), st.integers(0, 60))
def test_longer_special_term_never_ends_earlier(city, entry, more):
    if entry.term_months is None:
        return
    shorter = all_shipped()[city].latest.terms.of(entry, AS_OF)
    longer = all_shipped()[city].latest.terms.of(changed(entry, term_months=entry.term_months + more), AS_OF)
    if isinstance(shorter, Special) and isinstance(longer, Special):
        assert longer.last_day >= shorter.last_day
    elif isinstance(shorter, Special):
        assert city == "lingyuan"
        assert last_day(longer) >= shorter.last_day
    elif isinstance(shorter, NotBegun):
        assert isinstance(longer, NotBegun)
    else:
        assert longer == shorter


@given(CITY, entries(), st.integers(0, 400))
def test_later_end_of_the_act_never_ends_an_ordinary_term_earlier(city, entry, days):
    if entry.act_ended_on is None:
        return
    later = changed(entry, act_ended_on=entry.act_ended_on + dt.timedelta(days=days))
    before, after = all_shipped()[city].latest.terms.of(entry, AS_OF), all_shipped()[city].latest.terms.of(later, AS_OF)
    if isinstance(before, Ordinary) and isinstance(after, Ordinary):
        assert after.last_day >= before.last_day


@given(entries())
def test_lingyuan_never_shows_longer_than_five_years_but_by_law(entry):
    term = all_shipped()["lingyuan"].latest.terms.of(entry, AS_OF)
    last = last_day(term)
    if last is None or known_day(entry, "act_ended_on", AS_OF) is None:
        return
    assert last <= add_months(entry.act_ended_on, 60) or (
        isinstance(term, Special) and entry.term_level in all_shipped()["lingyuan"].latest.terms.wins
    )


@given(entries(), DAYS)
def test_lingyuan_withholds_whatever_is_past_its_last_day(entry, as_of):
    last = last_day(all_shipped()["lingyuan"].latest.terms.of(entry, as_of))
    expired = Reason.EXPIRED in why("lingyuan", entry, facts(as_of))
    assert expired == (last is not None and as_of > last)


@given(entries(), DAYS)
def test_dalian_ordinary_term_never_expires(entry, as_of):
    term = all_shipped()["dalian"].latest.terms.of(entry, as_of)
    expired = Reason.EXPIRED in why("dalian", entry, facts(as_of))
    assert expired == (isinstance(term, Special) and as_of > term.last_day)


@given(CITY, entries())
def test_unknown_term_is_withheld_and_an_explained_one_is_not(city, entry):
    term = all_shipped()[city].latest.terms.of(entry, AS_OF)
    assert (Reason.TERM_UNKNOWN in why(city, entry)) == isinstance(term, Unknown)
    if isinstance(term, NotBegun):
        assert entry.act_ongoing or (city == "dalian" and entry.sentenced)


@given(CITY, entries())
def test_day_that_has_not_come_counts_as_empty(city, entry):
    known = changed(entry, **{column: known_day(entry, column, AS_OF) for column in AWAITED})
    assert why(city, entry) == why(city, known)
    assert view_of(entry, all_shipped()[city], facts()) == view_of(known, all_shipped()[city], facts())


@given(CITY, entries())
def test_no_last_day_is_told_but_one_that_ends_the_disclosure(city, entry):
    view = view_of(entry, all_shipped()[city], facts())
    awaited = any(known_day(entry, column, AS_OF) != getattr(entry, column) for column in AWAITED)
    if view.public_until is not None and not awaited:
        day = dt.timedelta(days=1)
        assert Reason.EXPIRED not in why(city, entry, facts(view.public_until))
        assert Reason.EXPIRED in why(city, entry, facts(view.public_until + day))
        assert view.term_text == f"公示至 {view.public_until}"


@given(CITY, entries(), st.sampled_from(["removed_on", "revoked_on", "repaired_on"]), DAYS)
def test_adding_a_date_that_withholds_never_publishes(city, entry, field, day):
    if getattr(entry, field) is not None or entry.repair_revoked_on is not None:
        return
    assert set(why(city, entry)) <= set(why(city, changed(entry, **{field: day})))


@given(
    CITY,
    entries(),
    st.lists(st.builds(OverlayOrder, st.sampled_from(Action), DAYS, MAYBE), min_size=1, max_size=3),
)
def test_overlay_only_marks_or_withholds(city, entry, orders):
    given_facts = facts(orders={(Kind.SEVERE, "s-1"): tuple(orders)})
    assert set(why(city, entry)) <= set(why(city, entry, given_facts))
    if all(order.what is Action.OBJECTION for order in orders):
        assert why(city, entry) == why(city, entry, given_facts)


@given(CITY, entries())
def test_reasons_stand_in_the_contracts_order_once_each(city, entry):
    order = [list(Reason).index(reason) for reason in why(city, entry)]
    assert order == sorted(set(order))


@given(CITY, entries(), DAYS)
def test_entry_that_is_not_public_is_withheld_on_every_day(city, entry, as_of):
    if entry.disclosure is not Disclosure.PUBLIC:
        assert why(city, entry, facts(as_of))[0] is Reason.NOT_PUBLIC


@given(CITY, entries(), st.integers(1, 6000))
def test_nothing_changes_between_the_days_that_are_foreseen(city, entry, ahead):
    """What is decided and shown on any later day is what the last foreseen day before it, or today, has."""
    rules = all_shipped()[city]
    later = AS_OF + dt.timedelta(days=ahead)
    days = [day for day in change_days(entry, rules, facts()) if day <= later]
    last = days[-1] if days else AS_OF

    def seen(day):
        on_day = facts(day)
        return why(city, entry, on_day), view_of(entry, rules, on_day)

    assert seen(later) == seen(last)


@given(CITY, entries())
def test_masked_code_is_all_that_is_seen_of_a_natural_persons(city, entry):
    view = view_of(entry, all_shipped()[city], facts())
    if entry.is_person and entry.subject_code:
        assert entry.subject_code not in repr(view)


BROKEN = st.sampled_from(
    [
        {"category": "演示"},
        {"decided_on": "2024-02-30"},
        {"subject_code": "91350100M000100Y44"},
        {"term_months": "12"},
        {"subject_name": ""},
        {"region": "1"},
        {"act_ongoing": "也许"},
        {"disclosure": ""},
    ]
)


@settings(
    max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(CITY, random_exports.exports(), st.lists(BROKEN, max_size=3), st.sampled_from(["csv", "jsonl"]))
@example("dalian", {"severe": [], "measures": [], "models": []}, [], "csv")
def test_every_row_is_published_withheld_or_rejected(city, lists, broken, style):
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        site = small_sites.write_site(folder / "content", city)
        faulty = [small_sites.entry(f"B-{number}", **change) for number, change in enumerate(broken)]
        export = small_sites.write_export(
            folder / "export", style=style, **lists | {"severe": lists["severe"] + faulty}
        )
        found = small_sites.examined(site, export, quarantine=True, allow=("unpublished-measure",))
        expected = {Kind.SEVERE: "severe", Kind.MEASURE: "measures", Kind.ROLE_MODEL: "models"}
        rows_of = {kind: lists[name] for kind, name in expected.items()} | lists.get("others", {})
        assert set(found.resolved.counts) == set(rows_of)
        for kind, given_rows in rows_of.items():
            count = found.resolved.counts[kind]
            assert count.rows == len(given_rows) + (len(faulty) if kind is Kind.SEVERE else 0)
            assert count.published + sum(count.withheld.values()) + count.rejected == count.rows
            assert count.rejected == (len(faulty) if kind is Kind.SEVERE else 0)
            assert min(count.published, count.rejected, *count.withheld.values(), 0) == 0


@pytest.mark.parametrize("city", sorted(all_shipped()))
def test_no_reason_holds_for_a_complete_entry(city):
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        site = small_sites.write_site(folder / "content", city)
        export = small_sites.write_export(
            folder / "export",
            severe=[small_sites.entry(), small_sites.person()],
            measures=[small_sites.measure()],
            models=[small_sites.model(), small_sites.person_model()],
        )
        assert not any(small_sites.reasons(site, export).values())
