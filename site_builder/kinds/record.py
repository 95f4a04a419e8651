"""The registry of the further kinds: what an export holds of each."""

from __future__ import annotations

from typing import Final

from site_builder.kinds.catalogue import record as catalogue
from site_builder.kinds.commitments import record as commitments
from site_builder.kinds.grades import record as grades
from site_builder.kinds.watch_list import record as watch_list
from site_builder.records.record import Recorded
from site_builder.vocabulary import Kind

RECORDED: Final[dict[Kind, Recorded]] = {
    Kind.WATCH: watch_list.RECORDED,
    Kind.CATALOGUE: catalogue.RECORDED,
    Kind.GRADE: grades.RECORDED,
    Kind.COMMITMENT: commitments.RECORDED,
}
"""Each further kind's part of an export."""
