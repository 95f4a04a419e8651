"""How a record may be named elsewhere in an export, or may seem to be: by words, and by numbers that are codes."""

from __future__ import annotations

from typing import Final

from site_builder.records.record import Record, SubjectRecord
from site_builder.records.values import has_id_shape, is_credit_code

HEAD: Final = 2
"""The fewest characters of a word a record is named by."""


def called(record: Record) -> tuple[str, ...]:
    """How a record about a subject may be named elsewhere: its subject, an organisation's code, its document's number.

    Nothing for records that are about no subject.
    """
    if not isinstance(record, SubjectRecord):
        return ()
    code = "" if record.is_person else record.subject_code
    words = (record.name, code, getattr(record, "decision_no", ""))
    return tuple(one for one in words if len(one) >= HEAD)


def number_codes(record: Record) -> set[str]:
    """The record's organisation codes that are numbers, so that a text naming them is no leak."""
    found = [getattr(record, "authority_code", "")]
    if not record.is_person:
        found.append(getattr(record, "subject_code", ""))
    return {code.upper() for code in found if has_id_shape(code) and is_credit_code(code)}
