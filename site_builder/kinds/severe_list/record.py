"""An entry of the severe-dishonesty list as the export says it (contract, section 1)."""

from __future__ import annotations

import datetime as dt

import msgspec

from site_builder.vocabulary import Category, Disclosure, Level, SubjectType, TermStart


class SevereEntry(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One row of ``severe-list``. Absent text is empty, absent dates are None; every value is trimmed."""

    id: str
    disclosure: Disclosure
    subject_name: str
    subject_type: SubjectType
    category: Category
    authority: str
    decision_no: str
    decided_on: dt.date
    listed_on: dt.date
    published_on: dt.date
    subject_code: str = ""
    minor: bool = False
    natural_person_basis: str = ""
    legal_representative: str = ""
    principal: str = ""
    actual_controller: str = ""
    responsible_persons_basis: str = ""
    region: str = ""
    catalogue_item: str = ""
    list_name: str = ""
    cause: str = ""
    basis: tuple[str, ...] = ()
    measures_notice: str = ""
    removal_conditions: str = ""
    removal_procedure: str = ""
    remedies: str = ""
    measure_ids: tuple[str, ...] = ()
    authority_code: str = ""
    source: str = ""
    notified_on: dt.date | None = None
    removed_on: dt.date | None = None
    act_ended_on: dt.date | None = None
    act_ongoing: bool = False
    sentenced: bool = False
    sentence_served_on: dt.date | None = None
    term_months: int | None = None
    term_start: TermStart | None = None
    term_basis: str = ""
    term_level: Level | None = None
    updated_on: dt.date | None = None
    repaired_on: dt.date | None = None
    repair_revoked_on: dt.date | None = None
    revoked_on: dt.date | None = None
    objection_received_on: dt.date | None = None
    objection_assisted: bool = False
    objection_closed_on: dt.date | None = None
    change_note: str = ""

    @property
    def is_person(self) -> bool:
        """Whether the subject is a natural person."""
        return self.subject_type is SubjectType.NATURAL_PERSON
