"""Tables in workbooks: sheets, what is hidden, merged cells, cells far away; in XLSX, XLS and ODS alike."""

import json
from pathlib import Path
import subprocess
import sys

import openpyxl
from packed_tables import Packing, table
import pytest
import small_sites

TABLES = Path(__file__).parent / "tables"
"""Written by a spreadsheet program: a hidden row and sheet, a hidden column and an error, a cell far away."""

MOST = 300 << 10
"""KiB."""


def workbook(desk, sheets, name="own.xlsx"):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = desk.folder / name
    book.save(path)
    return path


def changed(path, change):
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_older_and_open_workbooks_are_looked_through_like_new_ones(desk, ending):
    path = TABLES / f"hidden.{ending}"
    asked = Packing(desk, path)
    assert asked.findings == [("hidden-content", 4, "")]
    done = Packing(desk, path, mapping="severe-list: {hidden: leave}\n")
    assert done.ids == ["YZ2026-001", "YZ2026-003"]
    assert {one["认定单位"] for one in done.records} == {"演示局"}
    assert done.records[0]["认定日期"] == "2026-03-05"
    assert "工作表「作废」没有读：是隐藏的" in done.told.stdout


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_hidden_columns_and_errors_are_found_in_older_and_open_workbooks(desk, ending):
    done = Packing(desk, TABLES / f"error.{ending}")
    assert sorted(done.findings) == [("error-cell", 3, "published_on"), ("hidden-content", 1, "cause")]


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_cell_far_away_is_refused_in_older_and_open_workbooks(desk, ending):
    assert Packing(desk, TABLES / f"far.{ending}").findings == [("cell-outside", 60000, "GR")]


def test_hidden_column_is_asked_about_and_the_map_decides(desk):
    path = changed(workbook(desk, {"名单": table(2)}), hide_column)
    assert Packing(desk, path).findings == [("hidden-content", 1, "cause")]
    done = Packing(desk, path, mapping="severe-list: {hidden: leave}\n")
    assert "认定事由" not in done.records[0]


def test_hidden_column_that_the_map_leaves_out_is_no_question(desk):
    path = changed(workbook(desk, {"名单": table(2)}), hide_column)
    done = Packing(desk, path, mapping='severe-list: {columns: {认定事由: "-"}}\n')
    assert done.ids == ["YZ2026-001", "YZ2026-002"]


def hide_column(book):
    book.active.column_dimensions["L"].hidden = True


def test_row_without_height_is_hidden(desk):
    def flatten(book):
        book.active.row_dimensions[3].height = 0.1

    path = changed(workbook(desk, {"名单": table(3)}), flatten)
    assert Packing(desk, path).findings == [("hidden-content", 3, "")]


def test_hidden_rows_above_the_header_and_empty_ones_are_no_question(desk):
    def hide(book):
        book.active.row_dimensions[1].hidden = True
        book.active.row_dimensions[4].hidden = True

    rows = [["演示名单"], *table(1), [], *table(2)[2:]]
    assert Packing(desk, changed(workbook(desk, {"名单": rows}), hide)).ids == ["YZ2026-001", "YZ2026-002"]


def test_sheet_with_another_header_of_the_same_list_is_asked_about(desk):
    rows = table(2)
    path = workbook(desk, {"甲": [row[:-1] for row in rows[:2]], "乙": [rows[0], rows[2]]})
    asked = Packing(desk, path)
    assert asked.findings == [("sheets-differ", 1, "")]
    assert "sheets: [甲, 乙]" in asked.found[0]["hint"]
    done = Packing(desk, path, mapping="severe-list: {sheets: [乙, 甲]}\n")
    assert done.ids == ["YZ2026-002", "YZ2026-001"]


def test_sheets_of_one_header_in_another_order_are_read(desk):
    rows = table(2)
    path = workbook(desk, {"甲": rows[:2], "乙": [row[::-1] for row in (rows[0], rows[2])]})
    assert Packing(desk, path).ids == ["YZ2026-001", "YZ2026-002"]


def test_map_may_name_a_hidden_sheet(desk):
    def hide(book):
        book["乙"].sheet_state = "hidden"

    rows = table(2)
    path = changed(workbook(desk, {"甲": rows[:2], "乙": [rows[0], rows[2]]}), hide)
    assert Packing(desk, path, mapping="severe-list: {sheets: [乙]}\n").ids == ["YZ2026-002"]


def test_one_number_in_two_sheets_names_both_rows(desk):
    rows = table(2)
    path = workbook(desk, {"甲": rows, "乙": [rows[0], rows[2]]})
    (found,) = Packing(desk, path).found
    assert (found["code"], found["place"]["file"], found["place"]["row"]) == ("repeated-id", "own.xlsx「乙」", 2)
    assert "own.xlsx「甲」:3" in found["message"]


def test_heading_merged_over_two_rows_and_headings_under_a_heading_of_their_own(desk):
    rows = table(2)
    top = [*rows[0][:8], "日期", "", "", rows[0][11]]
    below = [*[""] * 8, *rows[0][8:11], ""]

    def merge(book):
        for place in (*range(1, 9), 12):
            book.active.merge_cells(start_row=1, start_column=place, end_row=2, end_column=place)
        book.active.merge_cells("I1:K1")

    path = changed(workbook(desk, {"名单": [top, below, *rows[1:]]}), merge)
    done = Packing(desk, path)
    assert done.ids == ["YZ2026-001", "YZ2026-002"]
    assert done.records[0]["列入日期"] == "2026-03-06"


CLOSING = [["合计", 2], ["注：以上由演示局报送，", "演示"], ["填表人：演示员", "", "审核人：演示长", "", "2026年11月"]]


@pytest.mark.parametrize("line", CLOSING, ids=["sum", "note", "signatures"])
def test_closing_lines_are_left_out_after_the_last_record_and_told_with_their_row(desk, line):
    done = Packing(desk, workbook(desk, {"名单": [*table(2), [], line]}))
    assert done.ids == ["YZ2026-001", "YZ2026-002"]
    assert "表尾的一行，不是记录，略去：「名单」第 5 行" in done.told.stdout


def test_closing_line_in_merged_cells_is_left_out(desk):
    def merge(book):
        book.active.merge_cells("A4:L4")

    path = changed(workbook(desk, {"名单": [*table(2), ["注：演示"]]}), merge)
    assert Packing(desk, path).ids == ["YZ2026-001", "YZ2026-002"]


def test_closing_line_between_records_is_refused_with_its_row(desk):
    rows = table(2)
    done = Packing(desk, workbook(desk, {"名单": [*rows[:2], ["合计", 1], rows[2]]}))
    assert {row for _, row, _ in done.findings} == {3}


def test_line_that_only_begins_like_a_closing_line_is_refused_where_it_is_no_record(desk):
    done = Packing(desk, workbook(desk, {"名单": [*table(2), ["以上数据由演示局提供"]]}))
    assert {row for _, row, _ in done.findings} == {4}


@pytest.mark.parametrize(
    "heading",
    ["统一社会信用代码（18位）", "统一社会信用代码*", "统一社会信用代码 (必填)", "统一社会信用代码【文本格式】"],
)
def test_bracket_that_only_says_how_to_fill_in_is_left_out(desk, heading):
    rows = table(1)
    rows[0][4] = heading
    assert Packing(desk, workbook(desk, {"名单": rows})).ids == ["YZ2026-001"]


@pytest.mark.parametrize("heading", ["主体名称（曾用名）", "公示日期（截止）", "认定单位【抄送】", "认定事由(内部)"])
def test_bracket_that_changes_the_meaning_is_asked_and_no_name_is_offered(desk, heading):
    rows = table(1)
    place = [*rows[0]].index(heading[:4])
    rows[0][place] = heading
    (found,) = Packing(desk, workbook(desk, {"名单": rows})).found
    assert found["code"] == "unknown-column"
    assert "例如" not in found["hint"]


def test_column_without_a_heading_is_left_out_or_named_by_its_letter(desk):
    rows = table(2)
    rows[0][11] = None
    path = workbook(desk, {"名单": rows})
    assert Packing(desk, path).findings == [("empty-header", 1, "L列")]
    done = Packing(desk, path, mapping="severe-list: {columns: {L: 认定事由}}\n")
    assert done.records[0]["认定事由"] == "演示事由。"


def test_header_that_the_map_names_is_believed_and_every_unknown_column_is_told_once(desk):
    rows = table(2)
    rows[0] = [f"{title}栏" for title in rows[0]]
    path = workbook(desk, {"名单": [["演示"], *rows]})
    assert Packing(desk, path).findings == [("no-header", 0, "")]
    done = Packing(desk, path, mapping="severe-list: {header: 2}\n")
    assert done.findings == [("unknown-column", 2, title) for title in rows[0]]
    assert all(f"例如 {one['place']['column']}: {one['place']['column'][:-1]}" in one["hint"] for one in done.found)


def far(path, row, column):
    """A small table with one space far away."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    for line in table(2):
        sheet.append(line)
    book.save(path)
    return changed(path, lambda one: one.active.cell(row, column, " "))


@pytest.mark.parametrize(("row", "column"), [(1_048_576, 401), (1_048_576, 1), (1_048_576, 20), (60_000, 250)])
def test_one_cell_far_away_takes_little_memory_and_is_refused(desk, row, column):
    path = far(desk.folder / "own.xlsx", row, column)
    code = (
        "import sys\nfrom pathlib import Path\nfrom site_builder.cli import main\ntry:\n    main()\nfinally:\n"
        "    status = Path('/proc/self/status').read_text()\n"  # getrusage(2) would tell of the process before exec
        "    print('KiB', status.partition('VmHWM:')[2].split()[0])"
    )
    whole = desk.arguments("pack", str(desk.folder / "packed"), "--severe-list", str(path), "--json")
    done = subprocess.run(
        [sys.executable, "-c", code, *whole], cwd=small_sites.PROGRAM, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    printed, _, memory = done.stdout.rpartition("KiB ")
    assert json.loads(printed)["findings"][0]["code"] == "cell-outside"
    assert int(memory) < MOST
