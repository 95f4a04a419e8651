"""What the cities decide about the catalogue, and the crossing from a record to what is seen.

The catalogue is published whole: how an item's information is disclosed withholds the information, not the item.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from site_builder.kinds.catalogue.record import CatalogueRecord
from site_builder.kinds.catalogue.shown import CatalogueView
from site_builder.rules import questions
from site_builder.rules.decision import Facts, Reason, Rule
from site_builder.rules.questions import CrossFacts, Ruled
from site_builder.rules.ruleset import personal_data_rule
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


def repealed(record: CatalogueRecord, facts: Facts) -> bool:
    """DL 8(2): the catalogue is kept up to date; a repealed item leaves it."""
    return record.repealed_on is not None and record.repealed_on <= facts.as_of


def gather(items: Sequence[CatalogueRecord], _facts: Facts) -> CrossFacts:
    """What published items mean for others: which are open to the public (LY 13)."""
    return CrossFacts(items=frozenset(one.id for one in items if one.disclosure is Disclosure.PUBLIC))


RULED: Final = {
    "DL": Ruled(
        rules=(
            Rule(Reason.SUPPRESSED, ("DL 42", "DL 43"), "有决定要求停止公开吗？", questions.suppressed),
            Rule(Reason.NOT_YET_PUBLISHED, ("DL 8",), "还没到公布日期吗？", questions.not_yet_published),
            Rule(Reason.REPEALED, ("DL 8",), "事项已废止吗？", repealed),
            personal_data_rule(view, ("DL 4", "DL 58")),
        ),
        view=view,
        duties=("DL 8",),
        gather=gather,
        usual=True,
    ),
    "LY": Ruled(
        rules=(
            Rule(Reason.SUPPRESSED, ("LY 32",), "有决定要求停止公开吗？", questions.suppressed),
            Rule(Reason.NOT_YET_PUBLISHED, ("LY 9",), "还没到公布日期吗？", questions.not_yet_published),
            Rule(Reason.REPEALED, ("LY 9",), "事项已废止吗？", repealed),
            personal_data_rule(view, ("LY 4", "LY 12", "LY 47")),
        ),
        view=view,
        duties=("LY 9", "LY 13"),
        gather=gather,
        usual=True,
    ),
}
"""By the code of the regulation."""
