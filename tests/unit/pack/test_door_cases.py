"""The shared tables with one fault each: what a careful clerk expects of each of them."""

import json
import os
from pathlib import Path

from decided_records import entry, reasons
from packed_tables import Packing
import pytest

CASES = os.environ.get("SITE_BUILDER_CASES")
pytestmark = pytest.mark.skipif(not CASES, reason="the shared cases are not at hand (SITE_BUILDER_CASES)")
DOOR = Path(CASES or "") / "door"


@pytest.mark.parametrize("name", ["csv_shift_silent.csv", "csv_short_row.csv", "csv_truncated_removal.csv"])
def test_ragged_row_is_refused_with_its_row(desk, name):
    done = Packing(desk, DOOR / name)
    assert (done.code, done.findings) == (1, [("ragged-row", 3, "")])


def test_lists_divided_by_semicolons_do_not_make_a_semicolon_table(desk):
    done = Packing(desk, DOOR / "csv_measure_ids_semicolon.csv")
    assert done.code == 0
    assert len(done.records) == 8
    assert {one["惩戒措施编号"].count("；") for one in done.records} == {23}


def test_cut_character_is_refused_with_its_row_its_column_and_its_byte(desk):
    done = Packing(desk, DOOR / "csv_utf8_cut_char.csv")
    assert (done.code, done.findings) == (1, [("not-in-encoding", 2, "cause")])
    assert "第 206 个字节，E3 80" in done.found[0]["message"]


def test_hidden_sheet_is_not_read_and_named(desk):
    done = Packing(desk, DOOR / "x_hidden_old_sheet.xlsx")
    assert [one["主体名称"] for one in done.records] == ["演示1号有限公司"]
    assert "工作表「作废」没有读：是隐藏的（2 行有内容）" in done.told.stdout


@pytest.mark.parametrize(("hidden", "ids"), [("keep", [1, 2, 3]), ("leave", [1, 3])])
def test_hidden_row_is_asked_about_and_the_map_decides(desk, hidden, ids):
    asked = Packing(desk, DOOR / "x_hidden_row.xlsx")
    assert (asked.code, asked.findings) == (1, [("hidden-content", 3, "")])
    done = Packing(desk, DOOR / "x_hidden_row.xlsx", mapping=f"severe-list: {{hidden: {hidden}}}\n")
    assert done.ids == [f"YZ2026-00{number}" for number in ids]
    assert "隐藏的 1 行" in done.told.stdout
    assert "第 3 行" in done.told.stdout


def test_sheets_of_one_header_are_read_in_order_and_named_with_their_counts(desk):
    done = Packing(desk, DOOR / "x_sheets_by_year.xlsx")
    assert done.ids == ["YZ2026-001", "YZ2026-002", "YZ2026-003", "YZ2026-004"]
    for sheet, count in (("2024年", 1), ("2025年", 2), ("2026年", 1)):
        assert f"「{sheet}」表头第 1 行，{count} 行记录" in done.told.stdout


def test_serial_numbers_follow_the_epoch_of_the_workbook(desk):
    (one,) = Packing(desk, DOOR / "x1904_all_serials.xlsx").records
    assert (one["认定日期"], one["公示日期"]) == ("2026-03-05", "2026-03-07")


def test_names_that_begin_like_closing_lines_are_records(desk):
    mapping = """
grades:
  fixed: {披露方式: 社会公开, 主体类型: 法人, 评价单位: 演示局, 评价日期: "2026-03-05", 公示日期: "2026-03-06"}
"""
    options = ("--assign-ids", str(desk.folder / "ids.csv"))
    done = Packing(desk, DOOR / "x_grades_three_columns.xlsx", *options, kind="grades", mapping=mapping)
    assert done.code == 0
    assert len(done.records) == 5
    assert done.records[3]["主体名称"] == "说明书演示印刷厂"


@pytest.mark.parametrize(
    ("name", "column"),
    [("x_bracket_code.xlsx", "统一社会信用代码(认定单位)"), ("x_bracket_headings.xlsx", "公示日期(截止)")],
)
def test_bracket_that_changes_the_meaning_makes_an_unknown_column(desk, name, column):
    done = Packing(desk, DOOR / name)
    assert (done.code, done.findings) == (1, [("unknown-column", 1, column)])


def test_merged_block_fills_all_its_cells_and_what_lay_under_it_is_told(desk):
    done = Packing(desk, DOOR / "x_block_merge.xlsx")
    block = {one[title] for one in done.records for title in ("移出条件", "移出程序", "救济措施")}
    assert block == {"见演示办法第九条：条件、程序、救济"}
    assert "5 格，其中 5 格下面压着看不见的别的内容" in done.told.stdout


def test_cell_in_the_far_corner_is_refused(desk):
    done = Packing(desk, DOOR / "x_stray_cell_far_corner.xlsx")
    assert (done.code, done.findings) == (1, [("cell-outside", 1048576, "OK")])


def test_time_of_day_is_refused_and_the_map_can_cut_it(desk):
    asked = Packing(desk, DOOR / "x_timestamps.xlsx")
    assert asked.findings == [("bad-date", 2, "decided_on"), ("bad-date", 2, "notified_on")]
    done = Packing(desk, DOOR / "x_timestamps.xlsx", mapping="severe-list: {times: cut}\n")
    assert (done.records[0]["认定日期"], done.records[0]["告知日期"]) == ("2026-03-05", "2026-02-20")
    assert "     2  日期带的时刻 → 只留日期" in done.told.stdout


def test_owners_number_in_the_code_column_is_packed_and_warned_of(desk):
    done = Packing(desk, DOOR / "x_owner_id_in_code.xlsx")
    assert done.code == 0
    checked = desk.run("check", "--pending", "--json", "--export", str(done.folder))
    found = json.loads(checked.stdout)["findings"]
    assert [one["place"]["column"] for one in found if one["code"] == "code-is-resident-id"] == ["subject_code"]
    assert done.records[0]["统一社会信用代码"] not in checked.stdout + checked.stderr


def test_numbers_however_they_are_written_are_withheld_and_what_only_looks_like_one_is_shown(desk):
    packed = Packing(desk, DOOR / "pii_shapes.csv")
    assert packed.code == 0
    numbers = {1, 2, 3, 4, 5, 6, 8, 9, 16, 20}
    told = {one["记录编号"]: reasons("dalian", entry(cause=one["认定事由"])) for one in packed.records}
    assert told == {f"YZ2026-{row:03}": ["personal_data"] if row in numbers else [] for row in range(1, 21)}
