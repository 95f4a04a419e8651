"""The rules for entries of the severe list. Each asks one thing of one article; cities choose and order them."""

from __future__ import annotations

import datetime as dt

from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.records.values import person_birth, years_old
from site_builder.rules.decision import Action, Facts
from site_builder.rules.empty import all_empty, is_empty
from site_builder.rules.questions import ADULT, CITED
from site_builder.rules.term import Ordinary, Special, Unknown, dalian_term, lingyuan_term
from site_builder.vocabulary import Disclosure, Kind


def not_public(entry: SevereEntry, _facts: Facts) -> bool:
    """DL 19, LY 13: only what is disclosed to the public is shown."""
    return entry.disclosure is not Disclosure.PUBLIC


def suppressed(entry: SevereEntry, facts: Facts) -> bool:
    """DL 42, 43: a court or review body has ordered it off."""
    return facts.ordered(Kind.SEVERE, entry.id, Action.COURT)


def not_yet_published(entry: SevereEntry, facts: Facts) -> bool:
    """Its day of publication has not come."""
    return entry.published_on > facts.as_of


def minor(entry: SevereEntry, _facts: Facts) -> bool:
    """DL 3, LY 3: a natural person marked as a minor, or under 18 when the decision was made."""
    if not entry.is_person:
        return False
    born = person_birth(entry.subject_code)
    return entry.minor or (born is not None and years_old(born, entry.decided_on) < ADULT)


def natural_person(entry: SevereEntry, _facts: Facts) -> bool:
    """LY 13: natural persons are not shown unless an instrument is cited for it."""
    return entry.is_person and CITED.search(entry.natural_person_basis) is None


def revoked(entry: SevereEntry, facts: Facts) -> bool:
    """DL 43: the decision has been revoked."""
    return _reached(entry.revoked_on, facts) or facts.ordered(Kind.SEVERE, entry.id, Action.REVOKED)


def repaired(entry: SevereEntry, facts: Facts) -> bool:
    """DL 44, LY 33, 36: repaired, and the repair not revoked since; the clock does not restart."""
    return facts.repaired(Kind.SEVERE, entry.id, entry.repaired_on, entry.repair_revoked_on)


def removed(entry: SevereEntry, facts: Facts) -> bool:
    """DL 33, LY 25: the subject has been removed from the list."""
    return _reached(entry.removed_on, facts) or facts.ordered(Kind.SEVERE, entry.id, Action.REMOVED)


def dalian_term_unknown(entry: SevereEntry, _facts: Facts) -> bool:
    """DL 35: nothing tells when the disclosure term starts."""
    return isinstance(dalian_term(entry), Unknown)


def lingyuan_term_unknown(entry: SevereEntry, _facts: Facts) -> bool:
    """LY 15: nothing tells when the disclosure term starts."""
    return isinstance(lingyuan_term(entry), Unknown)


def dalian_expired(entry: SevereEntry, facts: Facts) -> bool:
    """DL 35: past the last day of a special term; an ordinary term lasts until removal (DL 35(2))."""
    term = dalian_term(entry)
    return isinstance(term, Special) and facts.as_of > term.last_day


def lingyuan_expired(entry: SevereEntry, facts: Facts) -> bool:
    """LY 15: past the last day of the term, on the list or not."""
    term = lingyuan_term(entry)
    return isinstance(term, (Special, Ordinary)) and facts.as_of > term.last_day


def dalian_no_prior_notice(entry: SevereEntry, _facts: Facts) -> bool:
    """DL 33(1): the subject was not told before the decision."""
    return entry.notified_on is None or entry.notified_on > entry.decided_on


def lingyuan_no_prior_notice(entry: SevereEntry, _facts: Facts) -> bool:
    """LY 25(2): the subject was not told before publication."""
    return entry.notified_on is None or entry.notified_on > entry.published_on


def dalian_incomplete(entry: SevereEntry, facts: Facts) -> bool:
    """DL 33(2): the decision must state all six contents."""
    return lingyuan_incomplete(entry, facts) or is_empty(entry.measures_notice)


def lingyuan_incomplete(entry: SevereEntry, _facts: Facts) -> bool:
    """LY 21: grounds, basis, procedure, remedies and the way off the list must be stated."""
    return all_empty(entry.basis) or any(
        is_empty(text) for text in (entry.cause, entry.removal_conditions, entry.removal_procedure, entry.remedies)
    )


def _reached(day: dt.date | None, facts: Facts) -> bool:
    return day is not None and day <= facts.as_of
