"""The file that goes back to the office: the rows left out, under the office's own headings, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
import io
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from site_builder.pack.heading import ASKED_BACK
from site_builder.pack.left_out import LeftOut
from site_builder.pack.rows import Packed
from site_builder.vocabulary import LABELS

CELL: Final = 32_767
"""UTF-16 units a cell holds."""


def sent_back(packed: Iterable[Packed]) -> bytes:
    """A workbook with a sheet for each list that has rows left out; every cell is text, as it stood there.

    Once mended it can be packed itself: the two columns before the office's own are known and left out.
    """
    with io.BytesIO() as out:
        book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for one in packed:
            if one.left_out:
                _sheet(book.add_worksheet(LABELS[one.kind][:31]), one.left_out, text)
        book.close()
        return out.getvalue()


def _sheet(sheet: Worksheet, rows: Sequence[LeftOut], text: Format) -> None:
    """One list: each column once, under the heading it has where it was met first."""
    titles: dict[str, str] = {}
    for row in rows:
        for title, name in row.names.items():
            titles.setdefault(name, title)
    sheet.set_column(0, len(titles) + 1, 18, text)
    sheet.freeze_panes(1, 0)
    for position, title in enumerate((*ASKED_BACK, *titles.values())):
        sheet.write_string(0, position, title, text)
    for number, row in enumerate(rows, start=1):
        cells = {name: row.cells[title] for title, name in row.names.items()}
        long = [titles[name] for name, cell in cells.items() if len(cell.encode("utf-16-le")) // 2 > CELL]
        reasons = [*row.reasons, *(f"「{title}」太长，一格放不下，这里空着：照原表补上" for title in long)]
        sheet.write_string(number, 0, str(row.place), text)
        sheet.write_string(number, 1, "\n".join(reasons), text)
        for position, (name, title) in enumerate(titles.items(), start=len(ASKED_BACK)):
            sheet.write_string(number, position, "" if title in long else cells.get(name, ""), text)
