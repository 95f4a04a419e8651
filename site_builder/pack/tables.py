"""The office's own tables: workbooks, or text in whatever encoding, with titles above the header."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from site_builder.errors import Exit, Place, refuse
from site_builder.pack import texts, workbooks
from site_builder.pack.mapping import ListMap
from site_builder.pack.table import Raw, Table, is_empty

MOST_BYTES: Final = 256 << 20
"""The largest table that is read."""


def read_tables(path: Path, mapping: ListMap, known: Callable[[Sequence[Raw]], int]) -> list[Table]:
    """Every worksheet of a workbook, or the one table of a text file. ``known``: how many headings of a row are known.

    Raises SiteBuilderError: no such file (exit 2), a kind of file that is not read, a file that is unsound.
    """
    if not path.is_file():
        raise refuse("missing-file", f"没有找到文件 {path}", hint="核对文件名", exit_code=Exit.USAGE)
    if path.stat().st_size > MOST_BYTES:
        message = f"文件超过 {MOST_BYTES >> 20} MiB"
        raise refuse("too-large", message, hint="分成几份，或改用导出格式", place=Place(path.name))
    empty = refuse(
        "empty-file", "文件是空的", hint="核对文件：也许没有存盘、没有传完，或者选错了", place=Place(path.name)
    )
    if not path.stat().st_size:
        raise empty
    tables = None
    if path.suffix.lower() in workbooks.ENDINGS:
        tables = workbooks.read_workbook(path)
    if path.suffix.lower() in texts.ENDINGS:
        tables = [texts.read_text(path, mapping.delimiter, mapping.header, known)]
    if tables is not None:
        if all(is_empty(cells) for table in tables for cells in table.rows.values()):
            raise empty
        return tables
    kinds = "、".join((*workbooks.ENDINGS, *texts.ENDINGS))
    raise refuse("not-a-table", f"不认识这种文件「{path.suffix}」", hint=f"可以用 {kinds}", place=Place(path.name))
