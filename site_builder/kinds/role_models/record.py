"""An integrity role model as the export says it (contract, section 1; DL 56, LY 18, 20, 44)."""

from __future__ import annotations

import datetime as dt

import msgspec

from site_builder.vocabulary import Disclosure, ModelCategory, SubjectType


class RoleModel(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One row of ``role-models``. Absent text is empty, absent dates are None; every value is trimmed."""

    id: str
    disclosure: Disclosure
    name: str
    subject_type: SubjectType
    honour: str
    category: ModelCategory
    awarded_by: str
    awarded_on: dt.date
    published_on: dt.date
    subject_code: str = ""
    minor: bool = False
    consent: bool = False
    notified_on: dt.date | None = None
    valid_through: dt.date | None = None
    region: str = ""
    catalogue_item: str = ""
    summary: str = ""
    deeds: str = ""
    photo: str = ""
    withdrawn_on: dt.date | None = None
    objection_received_on: dt.date | None = None
    objection_closed_on: dt.date | None = None
    updated_on: dt.date | None = None
    change_note: str = ""

    @property
    def is_person(self) -> bool:
        """Whether the honour is a natural person's."""
        return self.subject_type is SubjectType.NATURAL_PERSON
