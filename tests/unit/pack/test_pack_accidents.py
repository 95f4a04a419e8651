"""Accidents of real tables in which a record would be lost or changed without a word; and hints that work as given."""

import datetime as dt
import re

import openpyxl
from packed_tables import HEADINGS, Packing, table, text
import pytest
from test_pack_workbooks import TABLES, changed, workbook
import yaml

from site_builder.pack.guessing import nearest, nearest_word, yaml_word

PLACE = {title: number for number, title in enumerate(HEADINGS)}


def write(desk, rows, name="own.csv"):
    path = desk.folder / name
    path.write_text(text(rows))
    return path


@pytest.mark.parametrize(
    "mapping",
    [
        "values: {主体类型: {公司: 企业团体}}",
        "values: {披露方式: {对外: 公之于众}}",
        "fixed: {未成年人: 也许}",
        "fixed: {告知日期: 不详}",
    ],
)
def test_map_that_writes_what_a_column_cannot_hold_is_refused_with_its_line(desk, mapping):
    done = Packing(desk, write(desk, table(2, 主体类型="公司")), mapping=f"severe-list:\n  {mapping}\n")
    assert (done.code, [code for code, _, _ in done.findings]) == (2, ["bad-value"])


def test_map_may_write_our_words_in_the_ways_they_are_understood(desk):
    mapping = "severe-list: {values: {主体类型: {厂: '法 人'}}}\n"
    assert Packing(desk, write(desk, table(1, 主体类型="厂")), mapping=mapping).records[0]["主体类型"] == "法人"


@pytest.mark.parametrize("word", ["不公开", "依申请公开", "非公开"])
def test_no_word_is_offered_for_how_a_record_is_disclosed(desk, word):
    done = Packing(desk, write(desk, table(3, 披露方式=word)))
    assert f"披露方式: {{{word}: …}}" in done.told.stderr


@pytest.mark.parametrize(
    ("heading", "near"),
    [
        ("决定日期", "认定日期"),
        ("公示时间", "公示日期"),
        ("移出", ""),
        ("单位性质", ""),
        ("主体名称(曾用名)", ""),
        ("不予公示日期", ""),
        ("认定决定日期", "认定日期"),
    ],
)
def test_heading_is_offered_a_name_only_where_nothing_makes_it_another(heading, near):
    assert nearest(heading, [*HEADINGS, "决定撤销日期", "移出程序", "移出日期"]) == near


def test_opposite_of_a_word_is_never_offered():
    assert nearest_word("非法人", ["法人", "自然人"]) == ""
    assert nearest_word("个体经营户", ["法人", "个体工商户"]) == "个体工商户"


@pytest.mark.parametrize(
    "word",
    ["[编号]", "{花}", "@联系人", "%占比", "null", "~", "#号", '"引号"', "企业: 国有", "- 企业", "true", "12", "公司"],
)
def test_word_of_a_hint_is_read_back_as_it_was(word):
    assert yaml.safe_load(f"{{{yaml_word(word)}: 1}}") == {word: 1}


def test_two_tables_in_one_sheet_are_refused_and_not_taken_for_titles(desk):
    first = table(2)
    second = [[*row, "《演示》"] for row in table(4)[3:]]
    rows = [*first, [], ["二、自然人"], [*HEADINGS, "自然人公开依据"], *second]
    done = Packing(desk, workbook(desk, {"名单": rows}))
    assert done.findings == [("repeated-header", 6, "")]


def test_header_printed_again_in_the_middle_is_refused_with_its_row(desk):
    rows = table(3)
    done = Packing(desk, write(desk, [*rows[:2], rows[0], *rows[2:]]))
    assert done.findings == [("repeated-header", 3, "")]


def test_formula_without_a_saved_value_is_refused_at_its_cell(desk):
    path = workbook(desk, {"名单": [[*row, extra] for row, extra in zip(table(2), ["移出日期", "=DATE(2026,6,1)", ""],
                                                                     strict=True)]})  # fmt: skip
    done = Packing(desk, path)
    assert done.findings == [("formula-cell", 2, "removed_on")]
    assert "再保存一次" in done.found[0]["message"]


def test_rows_swallowed_from_the_middle_of_a_row_are_warned_of(desk):
    rows = table(3)
    rows[1][PLACE["主体名称"]] = '"演示1号有限公司'
    rows[2][PLACE["主体名称"]] = '演示2号有限公司"'
    done = Packing(desk, write(desk, rows))
    assert done.ids == ["YZ2026-001", "YZ2026-003"]
    assert "own.csv:2:主体名称 swallowed-rows" in done.told.stderr


@pytest.mark.parametrize("name", ["共青城演示2号店", "注：演示公司（曾用名）", "合计演示公司", "审核演示公司"])
def test_last_record_with_a_fault_is_no_closing_line(desk, name):
    rows = table(2)
    order = ["主体名称", *(title for title in HEADINGS if title not in {"主体名称", "认定事由", "记录编号"})]
    rows = [[row[PLACE[title]] for title in order] for row in rows]
    rows[2][0], rows[2][order.index("公示日期")] = name, ""
    options = ("--assign-ids", str(desk.folder / "ids.csv"))
    done = Packing(desk, workbook(desk, {"名单": rows}), *options)
    assert done.findings == [("missing", 3, "published_on")]
    cut = write(desk, [*rows[:2], rows[2][:6]])
    assert Packing(desk, cut, *options).findings == [("ragged-row", 3, "")]


@pytest.mark.parametrize(
    "lines",
    [
        [["汇总", 3]],
        [["单位（盖章）：", "", "日期：2026年11月"]],
        [["（以下空白）"]],
        [["第 1 页 共 1 页"]],
        [["*注：演示"]],
        [["注：1.演示一。"], ["2.演示二。"], ["3.演示三。"]],
        [["以上共3家"]],
        [["合计（家）", 3]],
        [["备注1、演示"]],
        [["【说明】演示"]],
    ],
)
def test_closing_lines_of_many_shapes_are_left_out(desk, lines):
    assert Packing(desk, workbook(desk, {"名单": [*table(2), *lines]})).ids == ["YZ2026-001", "YZ2026-002"]


def test_line_that_is_no_record_is_one_finding_with_what_to_do(desk):
    done = Packing(desk, workbook(desk, {"名单": [*table(1), ["一、法人"], *table(2)[2:]]}))
    assert done.findings == [("missing", 3, "")]
    assert "删去这一行" in done.found[0]["hint"]


def test_numbering_that_goes_on_below_the_table_is_left_out_and_told(desk):
    rows = [["序号", *HEADINGS], *([number, *row] for number, row in enumerate(table(2)[1:], start=1)), [3], [4]]
    done = Packing(desk, workbook(desk, {"名单": rows}))
    assert done.ids == ["YZ2026-001", "YZ2026-002"]
    assert "2 行在要导出的各列里都是空的（如只有序号），略去：第 4—5 行" in done.told.stdout


def test_open_workbook_may_count_its_days_from_1904(desk):
    (one,) = Packing(desk, TABLES / "from1904.ods").records
    assert one["认定日期"] == "2026-03-05"


@pytest.mark.parametrize(
    ("title", "cell", "style"),
    [("决定文书号", 1, '"演示〔2026〕"0"号"'), ("记录编号", 5, "0000"), ("认定事由", 12, "0%")],
)
def test_number_that_is_shown_as_another_text_is_refused(desk, title, cell, style):
    def dress(book):
        one = book.active.cell(2, PLACE[title] + 1)
        one.value, one.number_format = cell, style

    path = changed(workbook(desk, {"名单": table(1)}), dress)
    assert [code for code, _, _ in Packing(desk, path).findings] == ["lossy-number"]


@pytest.mark.parametrize(
    ("title", "cell"),
    [("决定文书号", "2.02603E+11"), ("认定事由", "########"), ("认定事由", "#SPILL!"), ("认定日期", 20263)],
)
def test_value_that_is_none_is_refused(desk, title, cell):
    rows = table(1)
    rows[1][PLACE[title]] = cell
    assert Packing(desk, workbook(desk, {"名单": rows})).code == 1


def test_identifier_that_became_a_date_is_refused(desk):
    rows = table(1)
    rows[1][0] = dt.date(2026, 1, 1)
    done = Packing(desk, workbook(desk, {"名单": rows}))
    assert done.findings == [("wrong-type", 2, "id")]


def test_one_cell_of_another_encoding_in_a_gbk_file_is_refused(desk):
    rows = text(table(2)).encode("gb18030").split(b"\n")
    rows[1] = rows[1].replace("演示事由。".encode("gb18030"), "演示事由。".encode())
    path = desk.folder / "own.csv"
    path.write_bytes(b"\n".join(rows))
    assert [code for code, _, _ in Packing(desk, path).findings] == ["not-in-encoding"]


def test_number_the_ledger_gave_to_another_record_is_refused(desk):
    ledger = ("--assign-ids", str(desk.folder / "ids.csv"))
    rows = [row[1:] for row in table(1)]
    done = Packing(desk, write(desk, rows), *ledger)
    (given,) = done.ids
    done.folder.rename(desk.folder / "first")
    other = table(2)
    other = [other[0], [given, *other[2][1:]]]
    assert Packing(desk, write(desk, other), *ledger).findings == [("repeated-id", 2, "id")]
    same = [other[0], [given, *table(1)[1][1:]]]
    assert Packing(desk, write(desk, same), *ledger).ids == [given]


def test_brackets_between_digits_do_not_make_two_documents_one(desk):
    rows = [row[1:] for row in table(2)]
    place = PLACE["决定文书号"] - 1
    for row, document in zip(rows[1:], ["演示〔2026〕1(1)号", "演示〔2026〕11号"], strict=True):
        row[place], row[PLACE["统一社会信用代码"] - 1] = document, table(1)[1][PLACE["统一社会信用代码"]]
        row[PLACE["主体名称"] - 1] = "演示公司"
    done = Packing(desk, write(desk, rows), "--assign-ids", str(desk.folder / "ids.csv"))
    assert len(set(done.ids)) == 2


def test_map_that_names_a_record_for_the_header_repeats_nothing_of_it(desk):
    done = Packing(desk, write(desk, table(2, 披露方式="授权查询")), mapping="severe-list: {header: 2}\n")
    assert done.findings == [("no-header", 2, "")]
    assert "演示1号" not in done.told.stderr


def test_sheet_whose_header_stands_elsewhere_than_the_map_says_is_asked_about(desk):
    rows = table(2)
    path = workbook(desk, {"甲": [["演示"], *rows[:2]], "乙": [rows[0], rows[2]]})
    done = Packing(desk, path, mapping="severe-list: {header: 2}\n")
    assert done.findings == [("no-header", 1, "")]


def test_fixed_text_is_given_to_each_sheet_that_lacks_the_column(desk):
    rows = table(2)
    sheets = {"甲": rows[:2], "乙": [[*rows[0], "名单名称"], [*rows[2], "演示名单"]]}
    mapping = "severe-list: {sheets: [甲, 乙], fixed: {名单名称: 固定名单}}\n"
    done = Packing(desk, workbook(desk, sheets), mapping=mapping)
    assert [one["名单名称"] for one in done.records] == ["固定名单", "演示名单"]


def test_several_words_of_one_column_are_one_line_of_the_map(desk):
    rows = [table(1)[0], *(row for _ in range(3) for row in table(2)[1:])]
    for number, row in enumerate(rows[1:]):
        row[0], row[3] = f"YZ2026-1{number}", ["企业", "个体经营户"][number % 2]
    done = Packing(desk, write(desk, rows))
    hints = {one["hint"] for one in done.found}
    assert len(hints) == 1
    (line,) = re.findall(r"主体类型: {.*}", hints.pop())
    words = yaml.safe_load(line)["主体类型"]
    assert list(words) == ["企业", "个体经营户"]
    filled = {"severe-list": {"values": {"主体类型": words | {"企业": "法人"}}}}
    done = Packing(desk, write(desk, rows), mapping=yaml.safe_dump(filled, allow_unicode=True))
    assert len(done.ids) == 6


def test_number_in_a_column_of_words_is_mapped_like_a_word(desk):
    rows = table(1)
    rows[1][3] = 1
    mapping = 'severe-list: {values: {主体类型: {"1": 法人}}}\n'
    assert Packing(desk, workbook(desk, {"名单": rows}), mapping=mapping).records[0]["主体类型"] == "法人"


def test_column_that_stands_twice_is_addressed_by_its_letter(desk):
    rows = [[*row, extra] for row, extra in zip(table(1), ["认定日期", "演示"], strict=True)]
    asked = Packing(desk, write(desk, rows))
    assert [code for code, _, _ in asked.findings] == ["repeated-header"]
    assert 'M: "-"' in asked.found[0]["hint"]
    assert Packing(desk, write(desk, rows), mapping='severe-list: {columns: {M: "-"}}\n').code == 0


def test_mended_rows_are_packed_together_with_the_table_they_came_from(desk):
    rows = table(3)
    rows[2][8] = "不详"
    path = workbook(desk, {"名单": [["演示"], *rows]})
    mapping = "severe-list: {header: 2, sheets: [名单]}\n"
    done = Packing(desk, path, "--quarantine", mapping=mapping)
    assert done.ids == ["YZ2026-001", "YZ2026-003"]
    back = done.folder.with_name("packed.quarantine.xlsx")

    def mend(book):
        book.active.cell(2, 11).value = "2026-03-05"

    mended = changed(back, mend).rename(desk.folder / "mended.xlsx")
    done.folder.rename(desk.folder / "first")
    again = Packing(desk, path, "--severe-list", str(mended), "--quarantine", mapping=mapping)
    assert sorted(again.ids) == ["YZ2026-001", "YZ2026-002", "YZ2026-003"]


def test_lossy_number_stays_lossy_on_its_way_back(desk):
    rows = table(1)
    rows[1][4], rows[1][8] = 912102021990010123.0, "不详"
    done = Packing(desk, workbook(desk, {"名单": rows}), "--quarantine")
    sheet = openpyxl.load_workbook(done.folder.with_name("packed.quarantine.xlsx")).active
    assert "E+" in sheet.cell(2, 7).value


def test_unquoted_text_wrappers_of_exporting_programs_are_read(desk):
    rows = table(1, 统一社会信用代码='="91000000000000101C"')
    assert Packing(desk, write(desk, rows)).records[0]["统一社会信用代码"] == "91000000000000101C"


def test_workbook_is_known_by_its_bytes_and_not_by_its_name(desk):
    path = desk.folder / "own.xlsx"
    path.write_bytes((TABLES / "hidden.xls").read_bytes())
    assert Packing(desk, path, mapping="severe-list: {hidden: keep}\n").code == 0


def test_cut_workbook_is_refused_without_a_word_of_the_library(desk, capfd):
    path = desk.folder / "own.xls"
    path.write_bytes((TABLES / "hidden.xls").read_bytes()[:5000])
    assert Packing(desk, path).findings == [("damaged-xlsx", 0, "")]
    assert "panicked" not in capfd.readouterr().err
