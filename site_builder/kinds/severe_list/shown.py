"""What a visitor may see: one allow-listed view a kind, made only by ``rules.crossing``.

Nothing after the rules can name a field that is not here. Text is trimmed and never None: what is absent is an
empty string or tuple; dates are ``datetime.date`` or None.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from site_builder.public.view import FiledView
from site_builder.vocabulary import Category, Effect, Level, ModelCategory, SubjectType


class SevereView(msgspec.Struct, frozen=True, gc=False):
    """One published entry of the severe list (contract, section 1, the columns marked as shown).

    ``subject_code`` is a natural person's only in masked form; ``measure_ids`` are those published and in force;
    ``objection_received_on`` is set while the objection is open (DL 42, LY 32); ``public_until`` is empty where no
    last day may be told.
    """

    id: str
    subject_name: str
    subject_type: SubjectType
    subject_code: str
    natural_person_basis: str
    legal_representative: str
    principal: str
    actual_controller: str
    responsible_persons_basis: str
    region: str
    list_name: str
    category: Category
    cause: str
    basis: tuple[str, ...]
    measures_notice: str
    removal_conditions: str
    removal_procedure: str
    remedies: str
    measure_ids: tuple[str, ...]
    authority: str
    source: str
    decision_no: str
    decided_on: dt.date
    listed_on: dt.date
    act_ended_on: dt.date | None
    act_ongoing: bool
    term_basis: str
    published_on: dt.date
    updated_on: dt.date | None
    objection_received_on: dt.date | None
    change_note: str
    term_text: str
    public_until: dt.date | None

    @property
    def name(self) -> str:
        """What the record is called in a list."""
        return self.subject_name

    @property
    def is_person(self) -> bool:
        """Whether the subject is a natural person: such pages are ``noindex``."""
        return self.subject_type is SubjectType.NATURAL_PERSON


class MeasureView(msgspec.Struct, frozen=True, gc=False):
    """One published reward or penalty measure (DL 28); ``in_force`` is False before ``effective_on``."""

    id: str
    effect: Effect = msgspec.field(name="kind")
    title: str
    content: str
    targets: str
    implementing_bodies: tuple[str, ...]
    basis: tuple[str, ...]
    basis_level: Level | None
    clause: str
    effective_on: dt.date
    published_on: dt.date
    updated_on: dt.date | None
    change_note: str
    in_force: bool

    @property
    def name(self) -> str:
        """What the record is called in a list."""
        return self.title

    @property
    def is_person(self) -> bool:
        """A measure is about no one person."""
        return False


class RoleModelView(msgspec.Struct, frozen=True, gc=False):
    """One published integrity role model; ``deeds`` is Markdown, ``photo`` names a picture of the export."""

    id: str
    name: str
    subject_type: SubjectType
    subject_code: str
    honour: str
    category: ModelCategory
    awarded_by: str
    awarded_on: dt.date
    valid_through: dt.date | None
    region: str
    summary: str
    deeds: str
    photo: str
    objection_received_on: dt.date | None
    published_on: dt.date
    updated_on: dt.date | None
    change_note: str

    @property
    def public_until(self) -> dt.date | None:
        """The last day of the honour, where it has one."""
        return self.valid_through

    @property
    def is_person(self) -> bool:
        """Whether the honour is a natural person's: such pages are ``noindex``."""
        return self.subject_type is SubjectType.NATURAL_PERSON


View = SevereView | MeasureView | RoleModelView | FiledView
