import datetime as dt
import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest
from rows_read import numbers_of, read_bytes, rows_of
from sizes import examples
import xlsxwriter

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff_"), max_size=8)
DATES = st.dates(dt.date(1901, 1, 1), dt.date(2999, 12, 31))
CELL = TEXT | st.integers(-(10**12), 10**12) | st.booleans() | DATES | st.just(1.5)


def book(table, edit=None, **options):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as workbook:
        sheet = workbook.add_worksheet("名单")
        date = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(row, column, cell, date)
                elif isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                else:
                    sheet.write(row, column, cell)
        if edit:
            edit(workbook, sheet)
    return out.getvalue()


def edited(data, part, old, new):
    """The workbook with some bytes of one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert old in text
            target.writestr(name, text.replace(old, new) if name == part else text)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SMALL = book([("id", "认定事由"), ("1", "a"), ("2", "b")])


@settings(deadline=None, max_examples=examples(40))
@given(st.lists(st.tuples(TEXT.filter(bool), CELL, CELL), max_size=8), st.sampled_from([{}, {"date_1904": True}]))
def test_what_a_workbook_holds_is_read_back(table, options):
    batches, faults = read_bytes(book([("id", "cause", "basis"), *table], **options), "xlsx", rows=len(table))
    assert faults == []
    assert rows_of(batches) == [tuple(None if cell == "" else cell for cell in row) for row in table]
    assert [type(cell) for row in rows_of(batches) for cell in row if cell is not None] == [
        type(cell) for row in table for cell in row if cell != ""
    ]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=5), st.booleans())
def test_flipped_bytes_are_read_or_refused(flips, inside):
    with zipfile.ZipFile(io.BytesIO(SMALL)) as archive:
        data = bytearray(archive.read(SHEET) if inside else SMALL)
    for place, value in flips:
        data[place % len(data)] = value
    if inside:
        with zipfile.ZipFile(io.BytesIO(SMALL)) as archive:
            read_bytes(edited(SMALL, SHEET, archive.read(SHEET), bytes(data)), "xlsx")
    else:
        read_bytes(bytes(data), "xlsx")


@pytest.mark.parametrize("value", [0, 1, 127, 128, 255])
def test_no_directory_however_wrong_is_taken_for_the_machines_fault(value):
    for place in range(len(SMALL) - 22, len(SMALL)):
        data = bytearray(SMALL)
        data[place] = value
        read_bytes(bytes(data), "xlsx")


@given(st.binary())
def test_any_bytes_are_refused(data):
    assert [code for code, _ in read_bytes(data, "xlsx")[1]] == ["damaged-xlsx"]


def test_only_the_first_sheet_is_read_and_formatting_does_not_matter():
    def edit(workbook, sheet):
        workbook.add_worksheet("别的").write(0, 0, "=1")
        sheet.set_row(0, 30, workbook.add_format({"bold": True}))
        sheet.write_blank(1_048_575, 16_383, None, workbook.add_format({"bold": True}))
        sheet.merge_range(3, 0, 3, 1, "3")

    batches, faults = read_bytes(book([("id", "cause"), ("1", "a"), ("2", "b")], edit), "xlsx", rows=3)
    assert faults == []
    assert rows_of(batches) == [("1", "a"), ("2", "b"), ("3", None)]
    assert numbers_of(batches) == [2, 3, 4]


def test_empty_rows_may_end_a_sheet_but_not_stand_inside():
    assert read_bytes(book([("id",), ("1",), ("",), ("",)]), "xlsx", rows=1)[1] == []
    assert read_bytes(book([("id",), ("1",), ("",), ("",), ("2",)]), "xlsx", rows=2)[1] == [("empty-row", "3")]


def test_no_header_is_said():
    assert read_bytes(book([]), "xlsx")[1] == [("no-header", "1")]
    assert read_bytes(book([(), ("id",)]), "xlsx")[1] == [("no-header", "1")]


def test_header_that_starts_in_column_b_is_refused():
    assert read_bytes(book([("", "id"), ("", "1")]), "xlsx")[1] == [("empty-header", "1")]


@pytest.mark.parametrize(
    "value",
    [dt.datetime(2026, 1, 2, 3, 4), dt.time(3, 4), dt.timedelta(hours=30)],  # noqa: DTZ001 - a cell's
)
def test_moments_and_durations_are_no_dates(value):
    def edit(workbook, sheet):
        formats = {dt.datetime: "yyyy-mm-dd hh:mm", dt.time: "hh:mm", dt.timedelta: "[h]:mm"}
        sheet.write_datetime(1, 1, value, workbook.add_format({"num_format": formats[type(value)]}))

    assert read_bytes(book([("id", "cause"), ("1",)], edit), "xlsx")[1] == [("wrong-type", "2:cause")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'<c r="A2"', b'<c r="A1"', "damaged-xlsx"),
        (b'<c r="A2"', b'<c r="XFD1048576"', "damaged-xlsx"),
        (b'<row r="3"', b'<row r="2"', "damaged-xlsx"),
        (b"<sheetData>", b"<sheetData><x>", "damaged-xlsx"),
        (b'<c r="B2"', b'<c r="IW2"', "cell-outside"),
        (b'<c r="A2" t="s"><v>', b'<c r="A2" t="s"><x:f xmlns:x="y">1</x:f><v>', "formula-cell"),
        (b'<c r="A2" t="s"><v>2</v>', b'<c r="A2"><v>NaN</v>', "wrong-type"),
        (b'<c r="A2" t="s"><v>2</v>', b'<c r="A2"><v>1e999</v>', "wrong-type"),
        (b'<c r="A2" t="s"><v>2</v>', b'<c r="A2" t="s"><v>999</v>', "damaged-xlsx"),
    ],
)
def test_forged_sheet_is_refused(old, new, code):
    assert [found for found, _ in read_bytes(edited(SMALL, SHEET, old, new), "xlsx")[1]] == [code]


def test_endless_texts_are_not_unpacked():
    start = b"<si><t>"
    data = edited(SMALL, "xl/sharedStrings.xml", start, start + b"x" * (130 << 20))
    assert read_bytes(data, "xlsx")[1] == [("too-large", "")]
