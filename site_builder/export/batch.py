"""What the three readers share: batches of rows, the faults of one file, and the count of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from site_builder.errors import Finding, Place
from site_builder.export.cells import Cell
from site_builder.export.descriptor import Resource
from site_builder.export.names import shown, shown_path

Headers = Mapping[str, str]
"""Every accepted header of a resource (machine name or Chinese label) to its machine name."""

_MOST_FAULTS: Final = 1000


class Batch(msgspec.Struct, frozen=True):
    """Some rows of one list: ``columns`` are machine names, each row is aligned with them.

    ``numbers`` are the rows' places: the spreadsheet row (the header is 1), or the line of a JSONL file.
    """

    resource: str
    file: str
    columns: tuple[str, ...]
    numbers: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


class FaultLog:
    """Notes the faults of one file into a shared list: the first thousand, then one that says there are more."""

    def __init__(self, file: str, findings: list[Finding]) -> None:
        self.file = shown_path(file)
        self._findings = findings
        self._left = _MOST_FAULTS

    def note(self, code: str, row: int, column: str, message: str, hint: str = "", *, warning: bool = False) -> None:
        """Note one fault, or a warning. ``message`` repeats no cell; ``column`` is a header, shortened here."""
        if self._left > 0:
            self._findings.append(Finding(code, Place(self.file, row, shown(column)), message, hint, warning))
        elif self._left == 0:
            message = f"问题超过 {_MOST_FAULTS} 条，其余不再列出"
            self._findings.append(Finding("too-many-faults", Place(self.file), message, "先改正已列出的问题"))
        self._left -= 1


class Batcher:
    """Gathers rows into batches, counts the file's data rows, and at the end compares with the descriptor."""

    def __init__(self, resource: Resource, log: FaultLog, batch_rows: int) -> None:
        self.columns: tuple[str, ...] = ()
        self.count = 0
        self.complete = True
        self._resource = resource
        self._log = log
        self._most = max(1, batch_rows)
        self._numbers: list[int] = []
        self._rows: list[tuple[Cell, ...]] = []

    def add(self, number: int, row: tuple[Cell, ...]) -> bool:
        """Keep a row; True when the batch is full and should be taken."""
        self._numbers.append(number)
        self._rows.append(row)
        return len(self._rows) >= self._most

    def take(self) -> Batch:
        """The rows kept since the last batch."""
        resource = self._resource
        batch = Batch(resource.name, resource.path, self.columns, tuple(self._numbers), tuple(self._rows))
        self._numbers, self._rows = [], []
        return batch

    def finish(self) -> Iterator[Batch]:
        """The last batch, if any; notes ``row-count`` when the whole file was read and has other rows than told."""
        if self._rows:
            yield self.take()
        told = self._resource.rows
        if self.complete and told is not None and told != self.count:
            message = f"有 {self.count} 行数据，描述文件写的是 {told} 行"
            self._log.note("row-count", 0, "", message, "文件不全或描述文件有误：请重新导出")
