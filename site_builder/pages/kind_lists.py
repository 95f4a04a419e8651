"""What the lists of each kind say, and the fields they are parted by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from site_builder.kinds.shown import SHOWN
from site_builder.pages import measures, optional_kinds, role_models, severe_lists
from site_builder.pages.listings import ListKey, Words
from site_builder.pages.surroundings import Surroundings
from site_builder.vocabulary import Kind

FIELDS: Final[dict[Kind, Mapping[str, str]]] = {
    **{kind: shown.filters for kind, shown in SHOWN.items()},
    Kind.MEASURE: measures.FILTERS,
    Kind.ROLE_MODEL: role_models.FILTERS,
}
"""The fields whose lists are told beside each list of a kind, and what they are called.

The severe list has its own ways: years, and the pages of its browse keys.
"""


def words_of(kind: Kind, key: ListKey, around: Surroundings) -> Words:
    """What a list of a kind says."""
    match kind:
        case Kind.SEVERE:
            return severe_lists.words(key, around)
        case Kind.MEASURE:
            return measures.words(key, around)
        case Kind.ROLE_MODEL:
            return role_models.words(key)
        case _:
            return optional_kinds.words(kind, key, around)
