"""Laws of measures and role models, and of every kind: what may never be published never is."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
import msgspec
import small_sites
from test_laws import CITY, DAYS, MAYBE, TEXT, entries, facts

from site_builder.kinds.measures.record import Measure
from site_builder.kinds.role_models.record import RoleModel
from site_builder.law.cities import all_shipped
from site_builder.rules.decision import OverlayOrder, Publish, Reason
from site_builder.rules.ruleset import change_days, decide_record, view_of
from site_builder.vocabulary import Action, Disclosure, Effect, ModelCategory, SubjectType

CODE = small_sites.credit_code(7)
NUMBERS = st.sampled_from(
    ["", "演示", "13912345678", small_sites.resident_id(), "6222020000000000000", "138 0000 0000"]
)


@st.composite
def measures(draw):
    """Any measure the schema lets through."""
    return Measure(
        id="M-1",
        disclosure=draw(st.sampled_from(Disclosure)),
        effect=draw(st.sampled_from(Effect)),
        title="演示",
        content=draw(TEXT),
        targets=draw(TEXT),
        implementing_bodies=draw(st.sampled_from([(), ("演示局",), ("无", "略")])),
        basis=draw(st.sampled_from([(), ("演示",), ("-",)])),
        effective_on=draw(DAYS),
        published_on=draw(DAYS),
        repealed_on=draw(MAYBE),
        updated_on=draw(MAYBE),
    )


@st.composite
def models(draw):
    """Any role model the schema lets through."""
    person = draw(st.booleans())
    return RoleModel(
        id="R-1",
        disclosure=draw(st.sampled_from(Disclosure)),
        subject_name="演示",
        subject_type=SubjectType.NATURAL_PERSON if person else SubjectType.LEGAL_PERSON,
        subject_code="" if person else CODE,
        minor=draw(st.booleans()),
        consent=draw(st.booleans()),
        honour="演示",
        category=draw(st.sampled_from(ModelCategory)),
        awarded_by="演示",
        awarded_on=draw(DAYS),
        notified_on=draw(MAYBE),
        published_on=draw(DAYS),
        valid_through=draw(MAYBE),
        withdrawn_on=draw(MAYBE),
        deeds=draw(TEXT),
        summary=draw(NUMBERS),
        objection_received_on=draw(MAYBE),
        objection_closed_on=draw(MAYBE),
    )


RECORDS = st.one_of(entries(), measures(), models())


def published(city, record, given_facts):
    return isinstance(decide_record(record, all_shipped()[city], given_facts), Publish)


@given(CITY, RECORDS, DAYS)
def test_only_what_is_public_and_due_is_published(city, record, as_of):
    if published(city, record, facts(as_of)):
        assert record.disclosure is Disclosure.PUBLIC
        assert record.published_on <= as_of


@given(CITY, RECORDS, DAYS, DAYS)
def test_court_order_withholds_from_its_day_on_and_not_before(city, record, as_of, on):
    orders = {(record.kind, record.id.lower()): (OverlayOrder(Action.COURT, on),)}
    decided = decide_record(record, all_shipped()[city], facts(as_of, orders=orders))
    suppressed = not isinstance(decided, Publish) and Reason.SUPPRESSED in decided.reasons
    assert suppressed == (on <= as_of)


@given(CITY, models(), DAYS)
def test_no_minor_and_nobody_without_consent_is_shown_as_an_example(city, model, as_of):
    if published(city, model, facts(as_of)) and model.is_person:
        assert model.consent
        assert not model.minor


@given(CITY, models(), DAYS, st.booleans())
def test_organisation_on_the_severe_list_is_no_example(city, model, as_of, listed):
    known = facts(as_of, listed_codes=frozenset({CODE} if listed else set()))
    if listed and not model.is_person:
        assert not published(city, model, known)
    else:
        assert published(city, model, known) == published(city, model, facts(as_of))


@given(CITY, models(), DAYS)
def test_honour_is_gone_after_its_last_day_and_when_withdrawn(city, model, as_of):
    if published(city, model, facts(as_of)):
        assert model.valid_through is None or as_of <= model.valid_through
        assert model.withdrawn_on is None or as_of < model.withdrawn_on


@given(CITY, measures(), DAYS)
def test_repealed_or_empty_measure_is_never_published(city, measure, as_of):
    if published(city, measure, facts(as_of)):
        assert measure.repealed_on is None or as_of < measure.repealed_on
        assert measure.content == measure.targets == "演示"
        assert measure.implementing_bodies == ("演示局",)
        assert measure.basis == ("演示",)


@given(CITY, RECORDS, st.integers(1, 6000))
def test_nothing_of_any_kind_changes_between_foreseen_days(city, record, ahead):
    rules = all_shipped()[city]
    later = small_sites.AS_OF + dt.timedelta(days=ahead)
    days = [day for day in change_days(record, rules, facts()) if day <= later]
    last = days[-1] if days else small_sites.AS_OF
    assert decide_record(record, rules, facts(later)) == decide_record(record, rules, facts(last))
    assert view_of(record, rules, facts(later)) == view_of(record, rules, facts(last))


@given(CITY, models(), DAYS)
def test_personal_numbers_are_never_published(city, model, as_of):
    if published(city, model, facts(as_of)):
        assert model.summary in {"", "演示"} or as_of < dt.date(1949, 12, 31)


@given(CITY, RECORDS, DAYS)
def test_deciding_depends_on_nothing_that_is_not_asked(city, record, as_of):
    """Whether a responsible person's name is shown decides nothing; twice asked is twice the same."""
    known = facts(as_of)
    hidden = msgspec.structs.replace(known, show_responsible=False)
    first = decide_record(record, all_shipped()[city], known)
    assert (
        first == decide_record(record, all_shipped()[city], known) == decide_record(record, all_shipped()[city], hidden)
    )
