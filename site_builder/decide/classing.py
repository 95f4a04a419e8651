"""How grave a penalty's conduct is where the office does not say: by the standard its sector has published.

From a column or from such a standard, never from a table of the program's own (《信用修复管理办法》).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
import unicodedata

import msgspec

from site_builder.config.classes import ClassStandard
from site_builder.export.rows import Row
from site_builder.kinds.penalties.record import PenaltyRecord


def classed(rows: Iterable[Row], standards: Sequence[ClassStandard]) -> Iterator[Row]:
    """The rows, with the class of each penalty that has none and that a standard is for: the first that fits."""
    for row in rows:
        record = row.record
        if standards and isinstance(record, PenaltyRecord) and record.gravity is None:
            found = next((one for one in standards if fits(record, one)), None)
            if found is not None:
                told = msgspec.structs.replace(record, gravity=found.gravity, gravity_basis=found.document)
                yield msgspec.structs.replace(row, record=told)
                continue
        yield row


def fits(record: PenaltyRecord, standard: ClassStandard) -> bool:
    """Whether a penalty is of the standard's sector, and all that its test says holds."""
    if record.sector != standard.sector and (record.sector or record.authority not in standard.authorities):
        return False
    fine = Decimal(record.fine) if record.fine else None
    low, high = standard.fine_from, standard.fine_below
    return (
        (not standard.types or _tells(record.types, standard.types))
        and (not standard.violations or _tells((record.violation,), standard.violations))
        and (low is None or (fine is not None and fine >= low))
        and (high is None or (fine is not None and fine < high))
    )


def _tells(texts: Iterable[str], words: Iterable[str]) -> bool:
    """Whether one of the words stands in one of the texts, after NFKC."""
    told = [unicodedata.normalize("NFKC", one) for one in texts]
    return any(unicodedata.normalize("NFKC", word) in one for word in words for one in told)
