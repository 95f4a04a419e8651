"""Laws of the optional kinds: what may never be published never is, whatever the record says."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
import msgspec
import small_sites
from test_laws import CITY, DAYS, MAYBE, TEXT, facts

from site_builder.kinds.abnormal_list.record import AbnormalRecord
from site_builder.kinds.catalogue.record import CatalogueRecord
from site_builder.kinds.commitments.record import CommitmentRecord
from site_builder.kinds.grades.record import GradeRecord
from site_builder.kinds.licences.record import LicenceRecord
from site_builder.kinds.penalties.record import PenaltyRecord
from site_builder.kinds.watch_list.record import WatchRecord
from site_builder.law.cities import all_shipped, shipped
from site_builder.records.record import NO_END, SubjectRecord
from site_builder.rules.decision import OverlayOrder, Publish, Reason
from site_builder.rules.ruleset import change_days, decide_record, view_of
from site_builder.vocabulary import (
    OPTIONAL,
    Action,
    Annulment,
    Disclosure,
    Grade,
    Gravity,
    Keeping,
    Kind,
    Level,
    LicenceCategory,
    Procedure,
    SubjectType,
    Validity,
)

CODE = small_sites.credit_code(7)
ITEMS = st.sampled_from(["", "ML-1", "ML-2"])
KNOWN = st.sampled_from([None, frozenset(), frozenset({"ML-1"})])
LISTS = st.sampled_from([(), ("《演示条例》第一条",), ("无", "略")])


@st.composite
def subjects(draw):
    """What any record about a subject has."""
    person = draw(st.booleans())
    return {
        "id": "F-1",
        "disclosure": draw(st.sampled_from(Disclosure)),
        "subject_name": "演示",
        "subject_type": SubjectType.NATURAL_PERSON if person else SubjectType.LEGAL_PERSON,
        "subject_code": draw(st.sampled_from(["", small_sites.resident_id()])) if person else CODE,
        "catalogue_item": draw(ITEMS),
        "published_on": draw(DAYS),
        "updated_on": draw(MAYBE),
        "change_note": draw(TEXT),
        "objection_received_on": draw(MAYBE),
        "objection_closed_on": draw(MAYBE),
    }


NEVER = st.one_of(MAYBE, st.just(NO_END))


@st.composite
def decisions(draw, kind, common):
    """A penalty or a licence with what any record about a subject has."""
    both = {
        "decided_on": draw(DAYS),
        "authority": "演示局",
        "decision_no": "演示〔2026〕1号",
        "content": draw(TEXT),
        "minor": draw(st.booleans()),
        "natural_person_basis": draw(st.sampled_from(["", "《演示》", "演示规定"])),
        "natural_person_basis_level": draw(st.sampled_from([None, *Level])),
    }
    if kind is Kind.LICENCE:
        return LicenceRecord(
            **common,
            **both,
            category=draw(st.sampled_from(LicenceCategory)),
            licensed_through=draw(NEVER),
            current_state=draw(st.sampled_from([None, *Validity])),
            withdrawn_on=draw(MAYBE),
        )
    return PenaltyRecord(
        **common,
        **both,
        conduct=draw(TEXT),
        basis=draw(LISTS),
        effective_through=draw(NEVER),
        disclosed_through=draw(NEVER),
        procedure=draw(st.sampled_from([None, *Procedure])),
        minor_breach=draw(st.booleans()),
        gravity=draw(st.sampled_from([None, *Gravity])),
        act_ended_on=draw(MAYBE),
        act_corrected_on=draw(MAYBE),
        duties_fulfilled_on=draw(MAYBE),
        beyond_maximum_basis=draw(st.sampled_from(["", "《演示》"])),
        beyond_maximum_until=draw(MAYBE),
        annulled_on=draw(MAYBE),
        annulled_how=draw(st.sampled_from([None, *Annulment])),
        repaired_on=draw(MAYBE),
        repair_revoked_on=draw(MAYBE),
    )


@st.composite
def records(draw):
    """Any record of an optional kind the schema lets through."""
    kind = draw(st.sampled_from(sorted(OPTIONAL)))
    if kind is Kind.CATALOGUE:
        return CatalogueRecord(
            id="F-1",
            disclosure=draw(st.sampled_from(Disclosure)),
            item="演示",
            authority="演示局",
            standard=draw(TEXT) or "演示",
            term="五年",
            version="演示",
            published_on=draw(DAYS),
            repealed_on=draw(MAYBE),
        )
    common = draw(subjects())
    if kind in (Kind.PENALTY, Kind.LICENCE):
        return draw(decisions(kind, common))
    if kind is Kind.GRADE:
        own = {"grade": draw(st.sampled_from(Grade)), "rated_by": "演示", "rated_on": draw(DAYS)}
        return GradeRecord(**common, **own, valid_through=draw(MAYBE), withdrawn_on=draw(MAYBE))
    if kind is Kind.ABNORMAL:
        trader = draw(st.booleans()) and common["subject_type"] is SubjectType.LEGAL_PERSON
        sort = {"subject_type": SubjectType.INDIVIDUAL_BUSINESS} if trader else {}
        return AbnormalRecord(
            **common | sort,
            cause=draw(TEXT),
            authority="演示局",
            listed_on=draw(DAYS),
            removed_on=draw(MAYBE),
            removal_cause=draw(st.sampled_from(["", "演示已补报", "/"])),
            removal_no=draw(st.sampled_from(["", "演示〔2026〕2号"])),
            revoked_on=draw(MAYBE),
        )
    repairs = {name: draw(MAYBE) for name in ("revoked_on", "repaired_on", "repair_revoked_on")}
    if kind is Kind.WATCH:
        return WatchRecord(
            **common,
            **repairs,
            minor=draw(st.booleans()),
            natural_person_basis=draw(st.sampled_from(["", "《演示》", "演示规定"])),
            cause=draw(TEXT),
            basis=draw(LISTS),
            measures=draw(TEXT),
            authority="演示局",
            listed_on=draw(DAYS),
            valid_through=draw(MAYBE),
            removed_on=draw(MAYBE),
        )
    return CommitmentRecord(
        **common,
        **repairs,
        matter=draw(TEXT) or "演示",
        text=draw(TEXT) or "演示",
        authority="演示局",
        made_on=draw(DAYS),
        state=draw(st.sampled_from(Keeping)),
        decision_no=draw(st.sampled_from(["", "/", "演示〔2025〕1号"])),
        act_ended_on=draw(MAYBE),
        withdrawn_on=draw(MAYBE),
    )


def published(city, record, given_facts):
    return isinstance(decide_record(record, all_shipped()[city], given_facts), Publish)


@given(CITY, records(), KNOWN)
def test_published_optional_record_is_public_due_and_within_its_days(city, record, known):
    given_facts = facts(catalogue=known)
    if not published(city, record, given_facts):
        return
    assert record.published_on <= given_facts.as_of
    until = view_of(record, all_shipped()[city], given_facts).public_until
    assert until is None or until >= given_facts.as_of
    if isinstance(record, SubjectRecord):
        assert record.disclosure is Disclosure.PUBLIC
        closed = city == "lingyuan" and known is not None and not record.is_person
        assert not closed or record.catalogue_item in {"", *known}
    if isinstance(record, GradeRecord):
        assert record.grade in {Grade.AAA, Grade.AA, Grade.A}
    if isinstance(record, (GradeRecord, CommitmentRecord, AbnormalRecord)):
        assert not record.is_person
    if isinstance(record, AbnormalRecord):
        assert record.catalogue_item in (known or ()), "the catalogue opens its item"
        assert record.removed_on is None or record.removed_on > given_facts.as_of
        assert record.removed_on is not None or (record.removal_cause in {"", "/"} and not record.removal_no)
        assert record.revoked_on is None or record.revoked_on > given_facts.as_of
    if isinstance(record, PenaltyRecord):
        assert record.annulled_on is None or record.annulled_on > given_facts.as_of
        assert record.annulled_how is None or record.annulled_on is not None
        assert city != "dalian" or record.gravity is not Gravity.MINOR
        assert until is not None, "a penalty is shown to a day that is known"
        assert until != NO_END
    if isinstance(record, LicenceRecord):
        assert record.current_state is not Validity.INVALID
    if isinstance(record, (PenaltyRecord, LicenceRecord)) and record.is_person:
        assert record.natural_person_basis == "《演示》"
    if isinstance(record, CommitmentRecord) and record.broken:
        assert record.decision_no not in {"", "/"}
        assert record.act_ended_on is not None


@given(CITY, records(), KNOWN)
def test_nothing_of_a_natural_persons_code_but_its_mask_is_seen(city, record, known):
    seen = repr(view_of(record, all_shipped()[city], facts(catalogue=known)))
    if record.is_person and record.subject_code:
        assert record.subject_code not in seen
        if isinstance(record, (PenaltyRecord, LicenceRecord, AbnormalRecord)):
            assert record.subject_code[:4] not in seen


@given(CITY, records(), DAYS)
def test_court_order_always_withholds_an_optional_record_from_its_day_on(city, record, day):
    orders = {(record.kind, record.id.lower()): (OverlayOrder(Action.COURT, day),)}
    given_facts = facts(orders=orders)
    decision = decide_record(record, all_shipped()[city], given_facts)
    reasons = () if isinstance(decision, Publish) else decision.reasons
    assert (Reason.SUPPRESSED in reasons) == (day <= given_facts.as_of)


@given(CITY, records())
def test_where_the_national_rule_applies_nothing_is_shown_longer_or_without_a_class(city, record):
    """《信用修复管理办法》: it takes away and never brings back."""
    law, own = shipped(city, frozenset({"cn-repair-2026"})), all_shipped()[city]
    if not isinstance(decide_record(record, law, facts()), Publish):
        return
    assert isinstance(decide_record(record, own, facts()), Publish)
    if isinstance(record, PenaltyRecord):
        assert record.gravity in {Gravity.GENERAL, Gravity.SEVERE}
        assert record.procedure is not Procedure.SUMMARY
        assert view_of(record, law, facts()).public_until <= view_of(record, own, facts()).public_until


@given(CITY, records(), DAYS, st.integers(0, 4000))
def test_optional_record_changes_on_no_day_but_those_told(city, record, first, days):
    rules, now = all_shipped()[city], facts(first)
    told = change_days(record, rules, now)
    later = first + dt.timedelta(days=days)
    last = max((day for day in told if day <= later), default=first)

    def seen(day):
        on_day = msgspec.structs.replace(now, as_of=day)
        return decide_record(record, rules, on_day), view_of(record, rules, on_day)

    assert seen(later) == seen(last)


@given(CITY, records())
def test_reasons_of_an_optional_record_stand_in_their_order(city, record):
    decision = decide_record(record, all_shipped()[city], facts(catalogue=frozenset()))
    reasons = [] if isinstance(decision, Publish) else list(decision.reasons)
    assert reasons == sorted(reasons, key=list(Reason).index)
