"""What the cities decide about the catalogue, and the crossing from a record to what is seen.

The catalogue is published whole: how an item's information is disclosed withholds the information, not the item.
"""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.kinds.catalogue.record import CatalogueRecord
from site_builder.kinds.catalogue.shown import CatalogueView
from site_builder.rules.decision import Facts
from site_builder.rules.ruled import CrossFacts
from site_builder.vocabulary import Disclosure


def view(record: CatalogueRecord, _facts: Facts) -> CatalogueView:
    """What may be seen of an item: all of it."""
    return CatalogueView(
        id=record.id,
        item=record.item,
        authority=record.authority,
        authority_code=record.authority_code,
        standard=record.standard,
        disclosure=record.disclosure,
        term=record.term,
        version=record.version,
        basis=record.basis,
        published_on=record.published_on,
        updated_on=record.updated_on,
        change_note=record.change_note,
    )


def gather(items: Sequence[CatalogueRecord], _facts: Facts) -> CrossFacts:
    """What published items mean for others: which are open to the public (LY 13)."""
    return CrossFacts(items=frozenset(one.id for one in items if one.disclosure is Disclosure.PUBLIC))
