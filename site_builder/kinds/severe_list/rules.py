"""What the cities decide about the severe list, and the crossing from an entry to what is seen."""

from __future__ import annotations

from collections.abc import Sequence
import datetime as dt
from functools import partial
from typing import Final

from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.kinds.severe_list.shown import SevereView
from site_builder.records.values import person_birth, person_code, years_old
from site_builder.rules import questions
from site_builder.rules.decision import Facts, Reason, Rule
from site_builder.rules.empty import all_empty, is_empty
from site_builder.rules.questions import ADULT, CITED, CrossFacts, Ruled, open_objection
from site_builder.rules.ruleset import personal_data_rule
from site_builder.rules.term import (
    Ordinary,
    Special,
    TermOf,
    TermText,
    Unknown,
    dalian_term,
    dalian_text,
    last_day,
    lingyuan_term,
    lingyuan_text,
    public_until,
)


def view(entry: SevereEntry, facts: Facts, term_of: TermOf, term_text: TermText, *, ordinary_ends: bool) -> SevereView:
    """What may be seen of an entry. ``ordinary_ends`` tells whether an ordinary term has a last day (LY 15)."""
    show = facts.show_responsible
    cited = show and CITED.search(entry.responsible_persons_basis) is not None
    term = term_of(entry)
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
        measure_ids=tuple(one for one in dict.fromkeys(entry.measure_ids) if one in facts.in_force),
        authority=entry.authority,
        source=entry.source or entry.authority,
        decision_no=entry.decision_no,
        decided_on=entry.decided_on,
        listed_on=entry.listed_on,
        act_ended_on=entry.act_ended_on,
        act_ongoing=entry.act_ongoing,
        term_basis=entry.term_basis,
        published_on=entry.published_on,
        updated_on=entry.updated_on,
        objection_received_on=open_objection(entry, facts),
        change_note=entry.change_note,
        term_text=term_text(term, facts.as_of),
        public_until=public_until(term, ordinary_ends=ordinary_ends),
    )


def minor(entry: SevereEntry, _facts: Facts) -> bool:
    """DL 3, LY 3: a natural person marked as a minor, or under 18 when the decision was made."""
    if not entry.is_person:
        return False
    born = person_birth(entry.subject_code)
    return entry.minor or (born is not None and years_old(born, entry.decided_on) < ADULT)


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


def stands(entry: SevereEntry, facts: Facts) -> bool:
    """Whether the subject is on the list on the day of the facts, published or not."""
    return entry.listed_on <= facts.as_of and not (
        questions.removed(entry, facts)
        or questions.repaired(entry, facts)
        or questions.revoked(entry, facts)
        or questions.suppressed(entry, facts)
    )


def gather(entries: Sequence[SevereEntry], _facts: Facts) -> CrossFacts:
    """What published entries mean for others: who is listed, which measures are named, which lists there are."""
    named: dict[str, str] = {}
    for entry in entries:
        for measure in entry.measure_ids:
            named.setdefault(measure, entry.id)
    return CrossFacts(
        listed=frozenset(one.subject_code.upper() for one in entries if not one.is_person),
        named=named,
        lists=frozenset(one.list_name for one in entries),
    )


_dalian_view = partial(view, term_of=dalian_term, term_text=dalian_text, ordinary_ends=False)
_lingyuan_view = partial(view, term_of=lingyuan_term, term_text=lingyuan_text, ordinary_ends=True)


def _dalian_last_day(entry: SevereEntry) -> dt.date | None:
    return last_day(dalian_term(entry))


def _lingyuan_last_day(entry: SevereEntry) -> dt.date | None:
    return last_day(lingyuan_term(entry))


RULED: Final = {
    "DL": Ruled(
        rules=(
            *questions.opening("DL", ("DL 32",)),
            Rule(Reason.MINOR, ("DL 3",), "主体是未成年人吗？", minor),
            Rule(Reason.REVOKED, ("DL 43",), "认定决定已被撤销吗？", questions.revoked),
            Rule(Reason.REPAIRED, ("DL 44",), "已完成信用修复，且修复没有被撤销吗？", questions.repaired),
            Rule(Reason.REMOVED, ("DL 33", "DL 35"), "已移出名单吗？", questions.removed),
            Rule(Reason.TERM_UNKNOWN, ("DL 35",), "披露期限从哪天起算无从得知吗？", dalian_term_unknown),
            Rule(Reason.EXPIRED, ("DL 35",), "披露期限已满吗？", dalian_expired),
            Rule(Reason.NO_PRIOR_NOTICE, ("DL 33",), "决定作出前没有告知当事人吗？", dalian_no_prior_notice),
            Rule(Reason.INCOMPLETE, ("DL 33",), "六项内容缺一项吗？", dalian_incomplete),
            personal_data_rule(_dalian_view, ("DL 4", "DL 58")),
        ),
        view=_dalian_view,
        duties=("DL 32", "DL 33"),
        last_day=_dalian_last_day,
        gather=gather,
    ),
    "LY": Ruled(
        rules=(
            *questions.opening("LY", ("LY 25",)),
            Rule(Reason.MINOR, ("LY 3",), "主体是未成年人吗？", minor),
            Rule(Reason.NATURAL_PERSON, ("LY 13",), "是自然人，且没有写明公开依据的文件吗？", questions.natural_person),
            Rule(Reason.REVOKED, ("LY 32",), "认定决定已被撤销吗？", questions.revoked),
            Rule(Reason.REPAIRED, ("LY 33", "LY 36"), "已完成信用修复，且修复没有被撤销吗？", questions.repaired),
            Rule(Reason.REMOVED, ("LY 25",), "已移出名单吗？", questions.removed),
            Rule(Reason.TERM_UNKNOWN, ("LY 15",), "披露期限从哪天起算无从得知吗？", lingyuan_term_unknown),
            Rule(Reason.EXPIRED, ("LY 15",), "披露期限已满吗？", lingyuan_expired),
            Rule(Reason.NO_PRIOR_NOTICE, ("LY 25",), "公布前没有告知当事人吗？", lingyuan_no_prior_notice),
            Rule(
                Reason.INCOMPLETE,
                ("LY 21",),
                "认定事由、依据、移出条件、移出程序、救济措施缺一项吗？",
                lingyuan_incomplete,
            ),
            personal_data_rule(_lingyuan_view, ("LY 4", "LY 12", "LY 47")),
        ),
        view=_lingyuan_view,
        duties=("LY 25",),
        last_day=_lingyuan_last_day,
        gather=gather,
    ),
}
"""By the code of the regulation."""
