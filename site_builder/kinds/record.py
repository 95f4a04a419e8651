"""The registry of the kinds: what an export holds of each."""

from __future__ import annotations

from typing import Final

from site_builder.kinds.abnormal_list import record as abnormal_list
from site_builder.kinds.catalogue import record as catalogue
from site_builder.kinds.commitments import record as commitments
from site_builder.kinds.grades import record as grades
from site_builder.kinds.licences import record as licences
from site_builder.kinds.measures import record as measures
from site_builder.kinds.penalties import record as penalties
from site_builder.kinds.role_models import record as role_models
from site_builder.kinds.severe_list import record as severe_list
from site_builder.kinds.watch_list import record as watch_list
from site_builder.records.record import Recorded
from site_builder.vocabulary import Kind

RECORDED: Final[dict[Kind, Recorded]] = {
    Kind.SEVERE: severe_list.RECORDED,
    Kind.MEASURE: measures.RECORDED,
    Kind.ROLE_MODEL: role_models.RECORDED,
    Kind.WATCH: watch_list.RECORDED,
    Kind.CATALOGUE: catalogue.RECORDED,
    Kind.GRADE: grades.RECORDED,
    Kind.COMMITMENT: commitments.RECORDED,
    Kind.PENALTY: penalties.RECORDED,
    Kind.LICENCE: licences.RECORDED,
    Kind.ABNORMAL: abnormal_list.RECORDED,
}
"""Each kind's part of an export."""

COLUMN_LABELS: Final = {kind: {column.name: column.label for column in one.columns} for kind, one in RECORDED.items()}
"""What each kind's columns are called."""
