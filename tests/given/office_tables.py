"""An export's rows written as an office would: titles, merges, several sheets, encodings, spellings of dates, hidden
rows, closing lines, headings of two levels; and with the faults that accidents make."""

import csv
import datetime as dt
import io

from hypothesis import strategies as st
import openpyxl
import small_sites

from site_builder.export.schema import COLUMNS
from site_builder.records.columns import Type
from site_builder.vocabulary import Kind

COLUMN = {column.name: column for column in COLUMNS[Kind.SEVERE]}
REQUIRED = tuple(name for name, column in COLUMN.items() if column.required)
ALWAYS = (*REQUIRED, "subject_code")
OPTIONAL = tuple(
    name
    for name in COLUMN
    if name not in ALWAYS and not name.startswith("term_") and name not in {"sentenced", "sentence_served_on"}
)
FREE = st.text("演示甲注：，。,;；|\t\"'\n（）-1a合计 ", max_size=12).map(str.strip)
ITEM = st.text("演示《》第一条（）,|'\"a1 ", min_size=1, max_size=8).map(str.strip).filter(bool)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1))
BRACKETS = ("", "", "（必填）", "(选填)", "*", "【格式：文本】", "（ 必填 ）")


def value(name, number):
    """A strategy of one cell as an export has it."""
    column = COLUMN[name]
    special = {
        "id": st.just(f"S-{number}"),
        "subject_code": st.just(small_sites.credit_code(number)),
        "subject_type": st.sampled_from(["法人", "个体工商户", "unincorporated"]),
        "measure_ids": st.lists(st.sampled_from(["DL-34-1", "M-2", "M-3"]), max_size=3).map("；".join),
        "region": st.sampled_from(["210202", ""]),
    }
    if name in special:
        return special[name]
    match column.type:
        case Type.DATE:
            return DAYS.map(str) if column.required else st.one_of(st.just(""), DAYS.map(str))
        case Type.WORD:
            words = list(column.words)
            return st.sampled_from(words if column.required else [*words, ""])
        case Type.BOOLEAN:
            return st.sampled_from(["是", "否", ""])
        case Type.LIST:
            return st.lists(ITEM, max_size=3).map("；".join)
        case Type.CODE:
            return st.sampled_from(["", "91210200000000000A", "0012"])
        case _:
            return FREE.filter(bool) if column.required else FREE


@st.composite
def tables(draw):
    """(columns, rows): machine names in the office's order, and texts as an export has them."""
    some = draw(st.lists(st.sampled_from(OPTIONAL), unique=True, max_size=6))
    columns = draw(st.permutations([*ALWAYS, *some]))
    count = draw(st.integers(1, 6))
    rows = [tuple(draw(value(name, number)) for name in columns) for number in range(1, count + 1)]
    if draw(st.booleans()):  # runs of equal texts, which an office merges
        place = columns.index("authority")
        rows = [(*row[:place], "演示局", *row[place + 1 :]) for row in rows]
    return tuple(columns), rows


def spelt(draw, name, text, *, workbook, from_1904=False):
    """The cell as somebody types it."""
    if not text:
        return ""
    column = COLUMN[name]
    if column.type is Type.DATE:
        day = dt.date.fromisoformat(text)
        forms = [text, f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}", f"{day:%Y.%m.%d}"]
        forms += [f"{day:%Y%m%d}", f"{text} 00:00:00", f"{day.year}-{day.month}-{day.day}"]
        if workbook:
            first = dt.date(1904, 1, 1) if from_1904 else dt.date(1899, 12, 30)
            forms += [day, (day - first).days]
        return draw(st.sampled_from(forms))
    if column.type is Type.BOOLEAN:
        return draw(st.sampled_from({"是": ["是", "√", "Y"], "否": ["否", "×", "N"]}[text]))
    if column.type is Type.CODE:
        wide = "".join(chr(ord(char) + 0xFEE0) if "0" <= char <= "9" else char for char in text)
        return draw(st.sampled_from([text, f" {text}", f"{text[:4]} {text[4:]}", wide]))
    if column.type is Type.LIST:
        return draw(st.sampled_from([text, text.replace("；", ";"), text.replace("；", "\n")]))
    return draw(st.sampled_from([text, f"{text} ", f"　{text}"]))


class Written:
    """What was written: bytes by file name, what should come out, and what should be refused.

    ``records``: indices of the rows that should come out, in order; ``mapping``: the text of the map. ``refused``: the
    rows that must be named, or None where the table is to be packed.
    """

    def __init__(self, name, data, records, mapping, refused):
        self.name, self.data, self.records, self.mapping, self.refused = name, data, records, mapping, refused

    def __repr__(self):
        return f"{self.name} {len(self.data)} bytes, records {self.records}, map {self.mapping}, refused {self.refused}"


def heads(draw, columns):
    """The headings over an office's columns, and what is written between them."""
    return [COLUMN[name].label + draw(st.sampled_from(BRACKETS)) for name in columns]


CLOSING = st.lists(
    st.sampled_from([["合计", 3], ["注：以上由演示局报送"], ["填表人：演示员", "", "审核：演示长"], ["共 12 条"], []]),
    max_size=2,
)


@st.composite
def text_tables(draw):
    """A table in a text file."""
    columns, rows = draw(tables())
    delimiter, name = draw(st.sampled_from([(",", "own.csv"), ("\t", "own.tsv"), (";", "own.csv"), ("|", "own.txt")]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
    above = draw(
        st.sampled_from([[], [["演示市严重失信主体名单"]], [["演示名单", ""], ["填报单位：演示局", "2026年"]]])
    )
    lines = [*above, heads(draw, columns)]
    numbers = []
    for row in rows:
        if draw(st.integers(0, 5)) == 0:
            lines.append([""] * len(columns))
        lines.append([spelt(draw, one, text, workbook=False) for one, text in zip(columns, row, strict=True)])
        numbers.append(len(lines))
    fault = draw(st.sampled_from(["", "", "", "short", "long"]))
    refused = None
    if fault:
        victim = draw(st.sampled_from(numbers))
        lines[victim - 1] = lines[victim - 1][:-1] if fault == "short" else [*lines[victim - 1], "演示"]
        refused = {victim}
    lines += draw(CLOSING)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=draw(st.sampled_from(["\n", "\r\n"]))).writerows(lines)
    return columns, rows, Written(name, out.getvalue().encode(encoding), range(len(rows)), "", refused)


@st.composite
def workbooks(draw):
    """A table in a workbook of one to three sheets."""
    columns, rows = draw(tables())
    from_1904 = draw(st.booleans())
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.remove(book.active)
    if draw(st.booleans()):
        old = book.create_sheet("作废")
        old.sheet_state = draw(st.sampled_from(["hidden", "veryHidden"]))
        old.append([COLUMN[name].label for name in columns])
        old.append(list(rows[0]))
    if draw(st.booleans()):
        book.create_sheet("说明").append(["本表由演示局填报"])
    hide = draw(st.sampled_from(["", "", "keep", "leave"]))
    cuts = sorted(draw(st.lists(st.integers(0, len(rows)), max_size=2)))
    spans = [(low, high) for low, high in zip([0, *cuts], [*cuts, len(rows)], strict=True) if high > low]
    kept, refused = [], set()
    for number, (low, high) in enumerate(spans):
        sheet = book.create_sheet(f"{2024 + number}年")
        shown = one_sheet(draw, sheet, columns, rows[low:high], from_1904=from_1904)
        hidden = [one for one in range(low, high) if draw(st.integers(0, 4)) == 0]
        for one in hidden:
            sheet.row_dimensions[shown[one - low]].hidden = True
        refused |= {shown[one - low] for one in hidden[:1]} if not hide else set()
        kept += [one for one in range(low, high) if one not in hidden or hide != "leave"]
    out = io.BytesIO()
    book.save(out)
    mapping = f"severe-list: {{hidden: {hide}}}\n" if hide else ""
    return columns, rows, Written("own.xlsx", out.getvalue(), kept, mapping, refused or None)


def one_sheet(draw, sheet, columns, rows, *, from_1904):
    """Write one sheet; the spreadsheet row of each record."""
    width = len(columns)
    top = titles(draw, sheet, width)
    top = header(draw, sheet, heads(draw, columns), top)
    numbers = []
    for row in rows:
        top += 2 if draw(st.integers(0, 5)) == 0 else 1
        for place, (name, text) in enumerate(zip(columns, row, strict=True), start=1):
            sheet.cell(top, place, spelt(draw, name, text, workbook=True, from_1904=from_1904) or None)
        numbers.append(top)
    merge_runs(draw, sheet, columns, rows, numbers)
    for line in draw(CLOSING):
        top += 1
        for place, cell in enumerate(line, start=1):
            sheet.cell(top, place, cell or None)
        if len(line) == 1 and draw(st.booleans()):
            sheet.merge_cells(start_row=top, start_column=1, end_row=top, end_column=width)
    return numbers


def titles(draw, sheet, width):
    """Some lines above the header, merged or not; the row below them."""
    count = draw(st.integers(0, 2))
    for row in range(1, count + 1):
        sheet.cell(row, 1, "演示市严重失信主体名单")
        if draw(st.booleans()):
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    return count + 1


def header(draw, sheet, headings, top):
    """Headings in one row, or some of them under a heading of their own in a second; the last row of the header."""
    width = len(headings)
    if draw(st.booleans()):
        for place, title in enumerate(headings, start=1):
            sheet.cell(top, place, title)
        return top
    first = draw(st.integers(1, width - 1))
    last = draw(st.integers(first + 1, width))
    for place, title in enumerate(headings, start=1):
        inside = first <= place <= last
        sheet.cell(top + 1 if inside else top, place, title)
        if not inside:
            sheet.merge_cells(start_row=top, start_column=place, end_row=top + 1, end_column=place)
    sheet.cell(top, first, "演示分组")
    sheet.merge_cells(start_row=top, start_column=first, end_row=top, end_column=last)
    return top + 1


def merge_runs(draw, sheet, columns, rows, numbers):
    """Merge equal neighbours of a column downwards, sometimes with other text left under the block."""
    place = columns.index("authority")
    if len(rows) < 2 or len({row[place] for row in rows}) > 1 or not draw(st.booleans()):
        return
    stale = draw(st.booleans())
    for number in numbers[1:]:
        sheet.cell(number, place + 1).value = "演示旧局" if stale else None
    block = openpyxl.worksheet.cell_range.CellRange(
        min_row=numbers[0], max_row=numbers[-1], min_col=place + 1, max_col=place + 1
    )
    sheet.merged_cells.add(block)
