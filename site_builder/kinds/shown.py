"""The registry of the kinds: what is shown of each."""

from __future__ import annotations

from typing import Final

from site_builder.kinds.abnormal_list import shown as abnormal_list
from site_builder.kinds.catalogue import shown as catalogue
from site_builder.kinds.commitments import shown as commitments
from site_builder.kinds.grades import shown as grades
from site_builder.kinds.licences import shown as licences
from site_builder.kinds.measures import shown as measures
from site_builder.kinds.penalties import shown as penalties
from site_builder.kinds.role_models import shown as role_models
from site_builder.kinds.severe_list import shown as severe_list
from site_builder.kinds.watch_list import shown as watch_list
from site_builder.public.view import Shown
from site_builder.vocabulary import Kind

SHOWN: Final[dict[Kind, Shown]] = {
    Kind.SEVERE: severe_list.SHOWN,
    Kind.MEASURE: measures.SHOWN,
    Kind.ROLE_MODEL: role_models.SHOWN,
    Kind.WATCH: watch_list.SHOWN,
    Kind.CATALOGUE: catalogue.SHOWN,
    Kind.GRADE: grades.SHOWN,
    Kind.COMMITMENT: commitments.SHOWN,
    Kind.PENALTY: penalties.SHOWN,
    Kind.LICENCE: licences.SHOWN,
    Kind.ABNORMAL: abnormal_list.SHOWN,
}
"""How each kind is shown."""
