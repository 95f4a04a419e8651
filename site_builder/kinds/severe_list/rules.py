"""What the cities decide about the severe list, and the crossing from an entry to what is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.kinds.severe_list.shown import SevereView
from site_builder.records.record import known_day
from site_builder.records.values import person_code
from site_builder.rules.clocks import open_objection
from site_builder.rules.decision import Facts
from site_builder.rules.empty import CITED
from site_builder.rules.ruled import CrossFacts
from site_builder.rules.term import Term, Terms, ends_alone, public_until, waits_for
from site_builder.vocabulary import Action

Barred = Callable[[SevereEntry, Facts], bool]
"""Whether an entry cannot be repaired."""


def view(entry: SevereEntry, facts: Facts, terms: Terms, barred: Barred) -> SevereView:
    """What may be seen of an entry whose term is reckoned so, and which may be repaired unless ``barred``."""
    show = facts.show_responsible
    cited = show and CITED.search(entry.responsible_persons_basis) is not None
    term = terms.of(entry, facts.as_of)
    return SevereView(
        id=entry.id,
        subject_name=entry.subject_name,
        subject_type=entry.subject_type,
        subject_code=person_code(entry.subject_code) if entry.is_person else entry.subject_code,
        natural_person_basis=entry.natural_person_basis,
        legal_representative=entry.legal_representative if show else "",
        principal=entry.principal if cited else "",
        actual_controller=entry.actual_controller if cited else "",
        responsible_persons_basis=entry.responsible_persons_basis,
        region=entry.region,
        list_name=entry.list_name,
        category=entry.category,
        cause=entry.cause,
        basis=entry.basis,
        measures_notice=entry.measures_notice,
        removal_conditions=entry.removal_conditions,
        removal_procedure=entry.removal_procedure,
        remedies=entry.remedies,
        measure_ids=()
        if suspended(entry, facts)
        else tuple(one for one in dict.fromkeys(entry.measure_ids) if facts.applies(one, entry.list_name)),
        measures_suspended=suspended(entry, facts),
        authority=entry.authority,
        source=entry.source or entry.authority,
        decision_no=entry.decision_no,
        decided_on=entry.decided_on,
        listed_on=entry.listed_on,
        act_ended_on=known_day(entry, "act_ended_on", facts.as_of),
        act_ongoing=entry.act_ongoing,
        term_basis=entry.term_basis,
        published_on=entry.published_on,
        updated_on=entry.updated_on,
        objection_received_on=open_objection(entry, facts),
        change_note=entry.change_note,
        special_term=ends_alone(term),
        term_text=terms.text(term, facts.as_of),
        told=_told(entry, facts, terms, term, barred) if terms.above is not None else (),
        public_until=public_until(term),
    )


def _told(entry: SevereEntry, facts: Facts, terms: Terms, term: Term, barred: Barred) -> tuple[str, ...]:
    """What the subject is told, where a rule above the city's applies: from when repair may be asked for, the last day.

    Nothing is said of repair where it is excluded, the class of the list is not known, its sector sets another minimum,
    or the entry is not shown as long as that.
    """
    assert terms.above is not None  # noqa: S101  # asked before
    words, last = terms.above.words, public_until(term)
    first = terms.above.minimum.day(entry, facts.as_of)
    silent = (
        entry.list_name not in facts.grave
        or barred(entry, facts)
        or (last is not None and first is not None and last <= first)
    )
    repair = [] if silent or first is None else [words.repair_from.replace("{日}", str(first))]
    if last is not None:
        return (*repair, words.shown_until.replace("{日}", str(last)))
    return (*repair, words.no_day.replace("{原因}", words.why[waits_for(term)]))


def suspended(entry: SevereEntry, facts: Facts) -> bool:
    """Whether the measures against the subject are lifted for a time, as while it is reorganised; both ends count."""
    first, last = entry.measures_suspended_from, entry.measures_suspended_until
    return first is not None and first <= facts.as_of and (last is None or facts.as_of <= last)


def stands(entry: SevereEntry, facts: Facts) -> bool:
    """Whether the subject is on the list on the day of the facts, published or not."""
    return entry.listed_on <= facts.as_of and not (
        facts.past(entry, "removed_on")
        or facts.past(entry, "repaired_on", undone_by="repair_revoked_on")
        or facts.past(entry, "revoked_on")
        or facts.ordered(entry, Action.COURT)
    )


def gather(entries: Sequence[SevereEntry], _facts: Facts) -> CrossFacts:
    """What published entries mean for others: who is listed, which measures are named, which lists there are."""
    named: dict[tuple[str, str], str] = {}
    for entry in entries:
        for measure in entry.measure_ids:
            named.setdefault((measure, entry.list_name), entry.id)
    return CrossFacts(
        listed=frozenset(one.subject_code.upper() for one in entries if not one.is_person),
        named=named,
        lists=Counter(one.list_name for one in entries),
    )
