"""The columns of the resources (contract, section 1), their headers, and the record each row becomes."""

from __future__ import annotations

from typing import Final

from site_builder.kinds.record import RECORDED
from site_builder.records.columns import Column
from site_builder.records.record import Record
from site_builder.vocabulary import Kind

COLUMNS: Final[dict[Kind, tuple[Column, ...]]] = {kind: one.columns for kind, one in RECORDED.items()}
"""The columns of each resource in the contract's order."""

RECORDS: Final[dict[Kind, type[Record]]] = {kind: one.record for kind, one in RECORDED.items()}
"""The record each resource's rows become."""

FIELDS: Final = {
    kind: dict(zip(record.__struct_encode_fields__, record.__struct_fields__, strict=True))
    for kind, record in RECORDS.items()
}
"""The field of its record each column becomes."""


def headers(kind: Kind) -> dict[str, str]:
    """Every accepted header of a resource (machine name or label) to the machine name, in the contract's order."""
    names: dict[str, str] = {}
    for column in COLUMNS[kind]:
        names[column.name] = column.name
        names[column.label] = column.name
    return names | RECORDED[kind].headers
