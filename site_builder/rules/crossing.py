"""The crossing: the only place where a record becomes what a visitor may see, field by field.

Every view is built by naming each of its fields; what is not named here cannot be shown. Call it only for records
that are decided ``Publish`` (or, while deciding, to look for personal data in what would be shown).
"""

from __future__ import annotations

from collections.abc import Callable
import datetime as dt

from site_builder.kinds.measures.record import Measure
from site_builder.kinds.role_models.record import RoleModel
from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.kinds.severe_list.shown import MeasureView, RoleModelView, SevereView
from site_builder.records.values import person_code
from site_builder.rules.decision import Action, Facts
from site_builder.rules.questions import CITED
from site_builder.rules.term import NotBegun, Ordinary, Special, Term, Unknown
from site_builder.vocabulary import Kind

TermOf = Callable[[SevereEntry], Term]
TermText = Callable[[Term, dt.date], str]


def severe_view(
    entry: SevereEntry, facts: Facts, term_of: TermOf, term_text: TermText, *, ordinary_ends: bool
) -> SevereView:
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
        objection_received_on=open_objection(
            Kind.SEVERE, entry.id, entry.objection_received_on, entry.objection_closed_on, facts
        ),
        change_note=entry.change_note,
        term_text=term_text(term, facts.as_of),
        public_until=public_until(term, ordinary_ends=ordinary_ends),
    )


def measure_view(measure: Measure, facts: Facts) -> MeasureView:
    """What may be seen of a measure."""
    return MeasureView(
        id=measure.id,
        effect=measure.effect,
        title=measure.title,
        content=measure.content,
        targets=measure.targets,
        implementing_bodies=measure.implementing_bodies,
        basis=measure.basis,
        basis_level=measure.basis_level,
        clause=measure.clause,
        effective_on=measure.effective_on,
        published_on=measure.published_on,
        updated_on=measure.updated_on,
        change_note=measure.change_note,
        in_force=measure.effective_on <= facts.as_of,
    )


def role_model_view(model: RoleModel, facts: Facts) -> RoleModelView:
    """What may be seen of a role model."""
    return RoleModelView(
        id=model.id,
        name=model.name,
        subject_type=model.subject_type,
        subject_code=person_code(model.subject_code) if model.is_person else model.subject_code,
        honour=model.honour,
        category=model.category,
        awarded_by=model.awarded_by,
        awarded_on=model.awarded_on,
        valid_through=model.valid_through,
        region=model.region,
        summary=model.summary,
        deeds=model.deeds,
        photo=model.photo,
        objection_received_on=open_objection(
            Kind.ROLE_MODEL, model.id, model.objection_received_on, model.objection_closed_on, facts
        ),
        published_on=model.published_on,
        updated_on=model.updated_on,
        change_note=model.change_note,
    )


def open_objection(
    kind: Kind, record_id: str, received: dt.date | None, closed: dt.date | None, facts: Facts
) -> dt.date | None:
    """The first day of the open objections: marked from receipt to the day before closing (DL 42, LY 32)."""
    spans = [(received, closed)] if received is not None else []
    spans += [
        (order.on, order.closed_on)
        for order in facts.orders.get((kind, record_id.lower()), ())
        if order.what is Action.OBJECTION
    ]
    days = [first for first, last in spans if first <= facts.as_of and (last is None or facts.as_of < last)]
    return min(days, default=None)


def public_until(term: Term, *, ordinary_ends: bool) -> dt.date | None:
    """The last day that may be told: of a special term, or of 凌源's five years; no other future date (contract, 3)."""
    match term:
        case Special(last_day=last):
            return last
        case Ordinary(last_day=last):
            return last if ordinary_ends else None
        case NotBegun() | Unknown():
            return None
