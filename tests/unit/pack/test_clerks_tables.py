"""Tables as a clerk sends them: columns of two sorts of number, everything wrong told at once, days of before kept."""

import csv
import datetime as dt
import json

from national_tables import PENALTY, packed, records
import openpyxl
from packed_tables import CODES, Packing, table, text
import pytest
import small_sites

from site_builder.pack.cells import convert
from site_builder.pack.converted import Refused
from site_builder.pack.mixed import is_mixed
from site_builder.records.columns import Column, Type
from site_builder.vocabulary import Kind

CODE = "行政相对人代码_1（统一社会信用代码）"
REGISTERED = "210200600012345"


def write(desk, rows, name="own.csv"):
    path = desk.folder / name
    path.write_text(text(rows))
    return path


def without(rows, *titles):
    """A table's rows without some of its columns."""
    kept = [place for place, title in enumerate(rows[0]) if title not in titles]
    return [[row[place] for place in kept] for row in rows]


def renamed(rows, **titles):
    """A table's rows under other headings."""
    return [[titles.get(title, title) for title in rows[0]], *rows[1:]]


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("统一社会信用代码/注册号", True),
        ("统一社会信用代码（注册号）", True),
        ("统一社会信用代码 或 工商注册号", True),
        ("社会信用代码/证件号码", True),
        ("身份证号码／统一社会信用代码", True),
        ("统一社会信用代码/组织机构代码/注册号", True),
        ("统一社会信用代码（认定单位）", False),
        ("认定单位统一社会信用代码/注册号", False),
        ("法定代表人证件号码/统一社会信用代码", False),
        ("统一社会信用代码/名称", False),
        ("注册号", False),
    ],
)
def test_heading_of_codes_and_other_numbers_is_known_and_no_other(heading, known):
    assert is_mixed(heading) is known


def mixed(heading, **changes):
    return {key: value for key, value in PENALTY.items() if key != CODE} | {heading: ""} | changes


def test_code_among_registration_numbers_is_read_and_a_sole_traders_number_left_out():
    heading = "统一社会信用代码/注册号"
    rows = [
        mixed(heading, **{heading: small_sites.credit_code(1).lower()}),
        mixed(heading, **{heading: REGISTERED, "行政相对人类别": "个体工商户"}),
    ]
    done = packed(Kind.PENALTY, rows)
    assert [one["subject_code"].upper() for one in records(done)] == [small_sites.credit_code(1), ""]
    assert [one.row for one in done.steps if "注册号" in one.done and "不导出" in one.done] == [3]
    assert REGISTERED not in repr(done)


@pytest.mark.parametrize("number", [REGISTERED, "2102001234567", "12345678-9", 210200600012345])
def test_organisation_with_another_number_in_place_of_its_code_is_told_so(number):
    heading = "统一社会信用代码（注册号）"
    [fault] = packed(Kind.PENALTY, [mixed(heading, **{heading: number})]).faults
    assert (fault.code, fault.place.row, fault.place.column) == ("bad-credit-code", 2, "subject_code")
    assert "注册号" in fault.message
    assert str(number) not in fault.message


@pytest.mark.parametrize(("body", "minor"), [("21020020080622002", ""), ("21020020080623003", "是")])
def test_natural_persons_number_among_codes_tells_a_minor_and_stays_out(body, minor):
    heading, number = "社会信用代码/证件号码", small_sites.resident_id(body)
    done = packed(Kind.PENALTY, [mixed(heading, **{heading: number, "行政相对人类别": "自然人"})])
    [record] = records(done)
    assert (record["subject_code"], record.get("minor", "")) == ("", minor)
    assert number not in repr(done)


def test_severe_list_keeps_a_natural_persons_number_which_it_shows_masked(desk):
    number = small_sites.resident_id()
    rows = renamed(table(1, 主体类型="自然人", 统一社会信用代码=number), 统一社会信用代码="统一社会信用代码/身份证号")
    [record] = Packing(desk, write(desk, rows)).records
    assert record["统一社会信用代码"] == number


def test_unknown_headings_words_days_and_hidden_things_are_told_at_once(desk):
    rows = renamed(table(3, 主体类型="股份公司"), 主体名称="企业名称")
    rows[2][8] = "某日"
    done = Packing(desk, write(desk, without(rows, "公示日期")))
    assert [(code, row) for code, row, _ in done.findings] == [
        ("unknown-column", 1),
        ("unknown-word", 2),
        ("bad-date", 3),
    ]
    assert "还没有着落的必填列：主体名称、公示日期（表里没有的，在 fixed 里写" in done.told.stderr
    mapping = "columns: {企业名称: 主体名称}, values: {主体类型: {股份公司: 法人}}, fixed: {公示日期: 2026-04-01}"
    done = Packing(desk, write(desk, without(rows, "公示日期")), mapping=f"severe-list: {{{mapping}}}\n")
    assert done.findings == [("bad-date", 3, "decided_on")]


def test_nothing_is_repeated_of_a_row_of_which_it_is_not_known_whether_it_is_a_persons(desk):
    rows = [[*row, "演示某人的期限"] for row in renamed(table(1, 主体类型="自然人"), 主体类型="类型")]
    rows[0][-1] = "特别披露期限月数"
    done = Packing(desk, write(desk, rows))
    assert ("bad-integer", 2, "term_months") in done.findings
    assert "演示某人的期限" not in done.told.stderr
    rows = renamed([rows[0], [*rows[1][:3], "法人", *rows[1][4:]]], 类型="主体类型")
    assert "演示某人的期限" in Packing(desk, write(desk, rows)).told.stderr


def test_every_file_of_a_list_is_read_before_it_stops(desk):
    first, second = renamed(table(1), 主体名称="企业名称"), table(2)
    second[2] = second[2][:-1]
    (desk.folder / "broken.xlsx").write_bytes(b"PK")
    more = [write(desk, second, "b.csv"), desk.folder / "broken.xlsx"]
    done = Packing(desk, write(desk, first, "a.csv"), *(part for path in more for part in ("--severe-list", str(path))))
    told = {(one["place"]["file"], one["code"]) for one in done.found}
    assert {("a.csv", "unknown-column"), ("broken.xlsx", "damaged-xlsx")} < told
    assert any(file == "b.csv" for file, _ in told)


def test_columns_that_are_not_there_are_told_once_and_not_for_every_row(desk):
    gone = ("披露方式", "主体类型", "失信行为类别", "认定单位", "公示日期", "统一社会信用代码")
    done = Packing(desk, write(desk, without(table(4), *gone)))
    assert sorted(done.findings) == sorted(
        ("missing", 1, name) for name in ("disclosure", "subject_type", "category", "authority", "published_on")
    )
    done = Packing(desk, write(desk, without(table(4), "统一社会信用代码")))
    assert done.findings == [("missing", 1, "subject_code")]


def test_sum_in_yuan_is_never_taken_for_one_in_ten_thousands():
    row = {key: value for key, value in PENALTY.items() if key != "罚款金额（万元）"} | {"罚款金额（元）": 1000}
    [fault] = packed(Kind.PENALTY, [row]).faults
    assert (fault.code, "除以 10000" in fault.hint, "): 罚款金额" in fault.hint) == ("unknown-column", True, False)
    [fault] = packed(Kind.PENALTY, [row], columns={"罚款金额（元）": "fine"}).faults
    assert (fault.code, fault.place.row) == ("bad-amount", 1)
    [record] = records(packed(Kind.PENALTY, [row], columns={"罚款金额（元）": "-"}))
    assert "fine" not in record


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇二六年三月五日", "2026-03-05"),
        ("二○二六年十二月三十一日", "2026-12-31"),
        ("二零二零年十月二十号", "2020-10-20"),
        ("一九九九年十一月十日", "1999-11-10"),
        ("二〇二六年十三月五日", None),
        ("二〇二六年二月三十日", None),
        ("二〇二六年三月", None),
        ("二六年三月五日", None),
        ("二〇二六年十十月五日", None),
    ],
)
def test_day_in_numerals_is_read_where_it_is_whole(written, day):
    done = convert(written, Column("decided_on", "认定日期", Type.DATE), {})
    assert done.text == day if day else isinstance(done, Refused)


@pytest.mark.parametrize("written", ["未移出", "未恢复"])
def test_entry_that_says_it_is_not_removed_is_not_removed(written):
    row = {
        "企业名称": "演示甲公司",
        "主体类型": "企业",
        "统一社会信用代码": small_sites.credit_code(1),
        "列入日期": dt.date(2026, 3, 5),
        "列入原因": "演示原因",
        "作出决定机关": "演示局",
        "移出日期": written,
        "披露方式": "公开",
        "公示日期": "2026-03-06",
    }
    assert [one["removed_on"] for one in records(packed(Kind.ABNORMAL, [row]))] == [""]


def dated(day):
    return f"severe-list: {{fixed: {{公示日期: {day}}}}}\n"


def month(desk, rows, day, name, *options):
    """A month's table, without numbers or days of publication, packed with one day for all."""
    ledger = desk.folder / "ids.csv"
    path = write(desk, without(rows, "记录编号", "公示日期"))
    return Packing(Desked(desk, name), path, "--assign-ids", str(ledger), *options, mapping=dated(day))


class Desked:
    """A desk whose packages have names of their own."""

    def __init__(self, desk, name):
        self.folder, self.run = desk.folder / name, desk.run
        self.folder.mkdir()


def days(done):
    return {one["决定文书号"]: one["公示日期"] for one in done.records}


def test_record_keeps_the_day_it_was_first_published(desk):
    first = month(desk, table(2), "2026-04-01", "april")
    assert set(days(first).values()) == {"2026-04-01"}
    second = month(desk, table(3), "2026-05-06", "may")
    assert list(days(second).values()) == ["2026-04-01", "2026-04-01", "2026-05-06"]
    assert "2  台账里已有：公示日期照第一次的" in second.told.stdout
    third = month(desk, table(4)[:1] + table(4)[2:], "2026-06-03", "june")
    assert list(days(third).values()) == ["2026-04-01", "2026-05-06", "2026-06-03"]
    with (desk.folder / "ids.csv").open(newline="") as file:
        kept = [one["published_on"] for one in csv.DictReader(file)]
    assert kept == ["2026-04-01", "2026-04-01", "2026-05-06", "2026-06-03"]


def test_day_that_had_not_come_was_not_the_first(desk):
    month(desk, table(1), "2026-12-01", "planned")
    again = month(desk, table(1), "2026-12-03", "later")
    assert list(days(again).values()) == ["2026-12-03"]


def test_days_of_the_table_itself_stand_and_are_kept(desk):
    month(desk, table(2), "2026-04-01", "april")
    own = without(table(2, 公示日期="2026-03-02"), "记录编号")
    options = ("--assign-ids", str(desk.folder / "ids.csv"))
    assert set(days(Packing(Desked(desk, "own"), write(desk, own), *options)).values()) == {"2026-03-02"}
    assert set(days(month(desk, table(2), "2026-06-03", "june")).values()) == {"2026-03-02"}


def test_ledger_of_before_days_were_kept_is_read_and_told_of_once(desk):
    (desk.folder / "ids.csv").write_text(f"kind,id,key\nsevere-list,YZ2026-0001,{CODES[0]}|演示〔2026〕1号\n")
    done = month(desk, table(2), "2026-05-06", "may")
    assert done.code == 0
    assert "first-day-unknown 1 行以前编过号" in done.told.stderr
    assert set(days(done).values()) == {"2026-05-06"}
    assert "first-day-unknown" not in month(desk, table(2), "2026-06-03", "june").told.stderr


@pytest.mark.parametrize("day", ["2026/6/1", "某日", "2026-02-30"])
def test_day_of_the_ledger_that_is_none_is_refused_with_its_row(desk, day):
    (desk.folder / "ids.csv").write_text(f"kind,id,key,published_on\nsevere-list,YZ2026-0001,演示甲,{day}\n")
    done = month(desk, table(1), "2026-05-06", "may")
    assert done.findings == [("bad-ledger", 2, "published_on")]


def two_levels(desk, upper, blocks, rows):
    """A workbook whose header has two levels: groups, merged over spans of columns (from 1), above headings."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["演示名单"])
    sheet.append(upper)
    for row in rows:
        sheet.append(row)
    for first, last in blocks:
        sheet.merge_cells(start_row=2, start_column=first, end_row=2, end_column=last)
    book.save(desk.folder / "own.xlsx")
    return desk.folder / "own.xlsx"


def test_heading_under_a_group_is_read_with_it(desk):
    rows = renamed(table(2), 认定单位="单位", 认定日期="日期")
    upper = ["编号和主体", *[None] * 5, "认定", None, None, "公布", *[None] * 2]
    path = two_levels(desk, upper, [(1, 6), (7, 9), (10, 12)], rows)
    done = Packing(desk, path)
    assert done.code == 0
    assert [(one["认定单位"], one["认定日期"]) for one in done.records] == [("演示局", "2026-03-05")] * 2


def test_headings_of_one_name_under_two_groups_are_asked_apart(desk):
    rows = [[*row, "甲", "乙"] for row in table(1)]
    rows[0][-2:] = ["电话", "电话"]
    path = two_levels(desk, ["主体", *[None] * 10, "经办", None, "联系", None][:14], [(1, 11), (12, 13)], rows)
    done = Packing(desk, path)
    assert [column for _, _, column in done.findings] == ["经办电话", "电话"]
    assert Packing(desk, path, mapping='severe-list: {columns: {经办电话: "-", 电话: "-"}}\n').code == 0


def test_code_of_another_is_never_taken_for_the_subjects(desk):
    rows = [[*row[:4], *row[5:], row[4]] for row in table(1)]
    upper = ["主体", *[None] * 9, "主管部门", None]
    path = two_levels(desk, upper, [(1, 10), (11, 12)], rows)
    done = Packing(desk, path)
    assert done.findings == [("unknown-column", 3, "主管部门统一社会信用代码")]
    told = "severe-list: {columns: {主管部门统一社会信用代码: 认定单位代码}}\n"
    assert Packing(desk, path, mapping=told).findings == [("missing", 3, "subject_code")]
    known = [*upper[:10], "认定单位", None]
    rows[0][-1] = "代码"
    done = Packing(desk, two_levels(desk, known, [(1, 10), (11, 12)], rows))
    assert done.findings == [("missing", 3, "subject_code")]


@pytest.mark.parametrize("title", ["演示名单", "填报单位：演示局"])
def test_line_of_titles_right_above_the_header_is_no_group(desk, title):
    rows = renamed(table(1), 主体名称="企业名称")
    done = Packing(desk, two_levels(desk, [title, *[None] * 10, "2026年"], [(1, 10)], rows))
    assert done.findings == [("unknown-column", 3, "企业名称")]


def test_code_with_an_apostrophe_before_it_is_the_code(desk):
    [record] = Packing(desk, write(desk, table(1, 统一社会信用代码=f"'{CODES[0]}"))).records
    assert record["统一社会信用代码"] == CODES[0]


def test_code_kept_as_a_number_is_to_be_typed_anew_not_dressed_anew():
    row = PENALTY | {CODE: 915012345678901234}
    [fault] = packed(Kind.PENALTY, [row]).faults
    assert (fault.code, "只改格式找不回" in fault.hint) == ("lossy-number", True)


@pytest.mark.parametrize("word", ["无", "/", "——", "暂 无", "不详", "未知", "无社会信用代码"])
def test_cell_that_says_there_is_no_code_is_empty_and_asked_of_an_organisation(word):
    done = packed(Kind.PENALTY, [PENALTY | {CODE: word, "行政相对人类别": "个体工商户"}])
    assert [one["subject_code"] for one in records(done)] == [""]
    assert ["代码_1" in one.heading for one in done.steps if "「无」一类" in one.done] == [True]
    [fault] = packed(Kind.PENALTY, [PENALTY | {CODE: word}]).faults
    assert (fault.code, fault.place.column) == ("missing", "subject_code")


@pytest.mark.parametrize("name", ["演示甲公司、演示乙公司", "演示甲公司；演示乙公司", "演示甲公司\n演示乙公司"])
def test_cell_that_names_several_subjects_is_packed_and_told(name):
    done = packed(Kind.PENALTY, [PENALTY | {"行政相对人名称": name}, PENALTY | {"行政处罚决定书文号": "演示2号"}])
    assert [(one.code, one.place.row, one.place.column) for one in done.warnings] == [
        ("several-subjects", 2, "subject_name")
    ]
    assert name not in repr(done.warnings)
    assert len(records(done)) == 2


def test_one_record_under_two_numbers_is_told():
    done = packed(Kind.PENALTY, [PENALTY, PENALTY | {"行政处罚决定书文号": "演示2号"}, PENALTY])
    assert [(one.code, one.place.row) for one in done.warnings] == [("repeated-record", 4)]
    assert len(records(done)) == 3


@pytest.mark.parametrize("foot", [[], ["合计 0 条"]])
@pytest.mark.parametrize("others", [0, 2])
def test_table_without_a_record_is_packed_and_told(desk, foot, others):
    book = openpyxl.Workbook()
    for row in table(others) if others else ():
        book.active.append(row)
    empty = book.create_sheet() if others else book.active
    for row in (table(1)[0], foot):
        empty.append(row)
    book.save(desk.folder / "own.xlsx")
    done = Packing(desk, desk.folder / "own.xlsx", "--json")
    [told] = json.loads(done.told.stdout)["findings"]
    assert (told["code"], told["place"]["row"], told["warning"]) == ("no-records", 1, True)
    assert "vanished" in told["hint"]
    assert len(done.records) == others
