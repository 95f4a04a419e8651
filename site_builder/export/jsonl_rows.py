"""Reads a list from JSONL: one JSON object a line, keys are machine names or Chinese labels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from site_builder.errors import Finding
from site_builder.export.batch import Batch, Batcher, FaultLog, Headers
from site_builder.export.cells import Cell
from site_builder.export.columns import machine_name
from site_builder.export.descriptor import Resource
from site_builder.export.disk import on_disk, open_plain
from site_builder.export.names import shown
from site_builder.export.strict_json import JsonFault, loads
from site_builder.export.text_lines import TextFault, text_lines


def read_jsonl(
    path: Path,
    resource: Resource,
    headers: Headers,
    ignore: frozenset[str],
    faults: list[Finding],
    batch_rows: int,
) -> Iterator[Batch]:
    """The rows of a JSONL file in batches, over all columns of ``headers``; every fault is appended to ``faults``.

    Empty text, null and ``[]`` are None; arrays of texts are tuples. Faulty lines are left out and still counted;
    after undecodable bytes reading stops.
    """
    log = FaultLog(resource.path, faults)
    batcher = Batcher(resource, log, batch_rows)
    rows = _LineRows(headers, ignore, log)
    batcher.columns = rows.columns
    line, blank = 0, 0
    with on_disk("读取文件", log.file), open_plain(path) as file:
        try:
            for line, text in enumerate(text_lines(file, resource.encoding), start=1):
                if not text.strip(" \t\r"):
                    blank = blank or line
                    continue
                if blank:
                    log.note("blank-line", blank, "", "数据中间有空行", "每行写一个 JSON 对象，中间不留空行")
                    blank = 0
                batcher.count += 1
                row = rows.parse(line, text)
                if row is not None and batcher.add(line, row):
                    yield batcher.take()
        except TextFault as fault:
            batcher.complete = False
            log.note(fault.code, line + 1, "", fault.message, fault.hint)
    yield from batcher.finish()


class _LineRows:
    """Turns lines into rows aligned with ``columns``, noting each unknown key once."""

    def __init__(self, headers: Headers, ignore: frozenset[str], log: FaultLog) -> None:
        self.columns = tuple(dict.fromkeys(headers.values()))
        self._headers = headers
        self._ignore = ignore
        self._log = log
        self._width = len(self.columns)
        self._position = {name: index for index, name in enumerate(self.columns)}
        self._known: dict[str, int | None] = {}

    def parse(self, line: int, text: str) -> tuple[Cell, ...] | None:
        """The row of one line; None where it is faulty, which is noted."""
        try:
            value = loads(text)
        except JsonFault as fault:
            column = fault.key if fault.key.strip() in self._headers else ""
            self._log.note(fault.code, line, column, fault.message, "每行应为一个合法的 JSON 对象")
            return None
        if not isinstance(value, dict):
            self._log.note("not-an-object", line, "", "不是 JSON 对象", "每行写一个对象 {…}")
            return None
        return self._row(line, value)

    def _row(self, line: int, value: dict[str, object]) -> tuple[Cell, ...] | None:
        cells: list[Cell] = [None] * self._width
        taken: set[int] = set()
        sound = True
        for key, content in value.items():
            position = self._known[key] if key in self._known else self._meet(key, line)
            if position is None:
                continue
            if position in taken:
                message = f"列「{shown(key)}」出现两次（机器名与中文名算同一列）"
                self._log.note("repeated-header", line, self.columns[position], message, "只保留一个")
                sound = False
            taken.add(position)
            if isinstance(content, str):
                cells[position] = content or None
            elif content is None or isinstance(content, bool | int | float):
                cells[position] = content
            elif isinstance(content, list) and all(isinstance(item, str) for item in content):
                cells[position] = tuple(content) or None
            else:
                message = "值应为文字、数字、布尔、null 或文字的数组"
                self._log.note("wrong-type", line, self.columns[position], message)
                sound = False
        return tuple(cells) if sound else None

    def _meet(self, key: str, line: int) -> int | None:
        """The position of a key seen for the first time; None where the column is dropped."""
        if not key.strip():
            self._log.note("empty-header", line, "", "有一个键是空的", "补上列名或删去这一项")
            name = None
        else:
            name = machine_name(key, line, self._headers, self._ignore, self._log)
        position = None if name is None else self._position[name]
        self._known[key] = position
        return position
