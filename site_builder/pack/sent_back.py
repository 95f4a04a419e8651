"""The file that goes back to the office: the rows left out, under the office's own headings, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
import io

import xlsxwriter

from site_builder.pack.heading import ASKED_BACK
from site_builder.pack.rows import Packed
from site_builder.vocabulary import LABELS


def sent_back(packed: Iterable[Packed]) -> bytes:
    """A workbook with a sheet for each list that has rows left out; every cell is text, as it stood there.

    Once mended it can be packed itself: the two columns before the office's own are known and left out.
    """
    with io.BytesIO() as out:
        book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for one in packed:
            if not one.left_out:
                continue
            sheet = book.add_worksheet(LABELS[one.kind][:31])
            titles = list(dict.fromkeys(title for row in one.left_out for title in row.cells))
            sheet.set_column(0, len(titles) + 1, 18, text)
            sheet.freeze_panes(1, 0)
            for position, title in enumerate((*ASKED_BACK, *titles)):
                sheet.write_string(0, position, title, text)
            for number, row in enumerate(one.left_out, start=1):
                cells = (str(row.place), "\n".join(row.reasons), *(row.cells.get(title, "") for title in titles))
                for position, cell in enumerate(cells):
                    shown = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
                    sheet.write_string(number, position, shown, text)
        book.close()
        return out.getvalue()
