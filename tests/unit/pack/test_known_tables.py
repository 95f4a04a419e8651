"""The national tables of penalties and licences: known whole, older forms too; what is never shown stays out."""

import datetime as dt
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from national_tables import CREATED, PENALTY, packed, records
import openpyxl
from packed_tables import Packing
import pytest
import small_sites
from webmasters_desk import Desk

from site_builder.export.schema import headers
from site_builder.pack.known import folded, known_table
from site_builder.vocabulary import Kind

BOTH = (Kind.PENALTY, Kind.LICENCE)
OFFICES = (*BOTH, Kind.ABNORMAL)
MARKER = "演示标记QXZ"
LICENCE = {
    "行政相对人名称": "演示乙商店",
    "行政相对人类别": "个体工商户",
    "行政相对人代码_1(统一社会信用代码)": "0" * 17 + "X",
    "行政许可决定文书名称": "演示决定",
    "行政许可决定文书号": "演示许〔2026〕1号",
    "许可类别": "普通",
    "许可内容": "演示许可内容",
    "许可决定日期": "20260622",
    "有效期至": "长期",
    "许可机关": "演示许可机关",
    "信息使用范围": "公示",
    "公示日期": "2026-07-01",
}
SECRET = {
    "行政相对人代码_2（工商注册号）": f"{MARKER}2",
    "行政相对人代码_6(社会组织登记证号)": f"{MARKER}6",
    "法定代表人证件类型": "身份证",
    "法定代表人证件号码": small_sites.resident_id(),
    "证件类型": f"{MARKER}类",
    "证件号码": f"{MARKER}号",
    "备注": f"{MARKER}注",
}


@pytest.mark.parametrize("kind", OFFICES)
def test_table_in_data_names_columns_there_are_and_nothing_twice(kind):
    table = known_table(kind)
    assert set(table.columns.values()) <= set(headers(kind).values())
    assert not table.dropped & table.columns.keys()
    assert not table.dropped & {folded(one) for one in headers(kind)}
    for code in "23456" if kind in BOTH else "":
        assert table.drops(f"行政相对人代码_{code}")
    for heading in ("备注", "证件类型", "证件号码", "法定代表人证件类型", "法定代表人证件号码", "居民身份证号"):
        assert table.drops(heading)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in OFFICES])
def test_other_kinds_know_no_table_but_their_own_labels(kind):
    assert known_table(kind).columns == {}


@pytest.mark.parametrize("kind", OFFICES)
@given(data=st.data())
def test_heading_is_known_however_wide_its_brackets_are_and_wherever_spaces_stand(kind, data):
    table = known_table(kind)
    told = {folded(one): one for one in table.columns}
    heading = data.draw(st.sampled_from(sorted(told)))
    spelt = "".join(
        data.draw(st.sampled_from([char, chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char, f" {char}"]))
        for char in heading
    )
    spelt = data.draw(st.sampled_from([spelt, spelt.lower(), spelt.upper()]))
    assert table.name(spelt) == table.columns[heading]


DAYS = st.dates(dt.date(2019, 1, 1), CREATED)
FORMS = (
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day:%Y.%m.%d}",
    lambda day: day,
    lambda day: dt.datetime.combine(day, dt.time()),
    lambda day: f"{day:%Y-%m-%d} 00:00:00",
    lambda day: float((day - dt.date(1899, 12, 30)).days),
)


@given(day=DAYS, end=st.dates(dt.date(2027, 1, 1), dt.date(2040, 1, 1)), form=st.sampled_from(FORMS))
def test_day_comes_out_the_same_however_the_office_writes_it(day, end, form):
    [record] = records(packed(Kind.PENALTY, [PENALTY | {"处罚决定日期": form(day), "公示截止期": form(end)}]))
    assert (record["decided_on"], record["disclosed_through"]) == (day.isoformat(), end.isoformat())


CODES = st.integers(0, 10**9 - 1).map(small_sites.credit_code)


@given(code=CODES, wide=st.booleans(), gap=st.sampled_from(["", " ", "\u3000", "\u200b"]))
def test_code_comes_out_the_same_however_wide_it_is_written(code, wide, gap):
    written = "".join(chr(ord(char) + 0xFEE0) for char in code) if wide else code
    cell = written[:8] + gap + written[8:]
    [record] = records(packed(Kind.PENALTY, [PENALTY | {"行政相对人代码_1（统一社会信用代码）": cell}]))
    assert record["subject_code"] == code


@given(cents=st.integers(0, 10**9), form=st.sampled_from(["text", "cell", "unit", "zeros"]))
def test_sum_comes_out_as_the_same_number(cents, form):
    amount = f"{cents // 100}.{cents % 100:02}"
    cell = {"text": amount, "cell": cents / 100, "unit": f"{amount} 万元", "zeros": f"0{amount}0"}[form]
    [record] = records(packed(Kind.PENALTY, [PENALTY | {"罚款金额（万元）": cell}]))
    assert round(float(record["fine"]) * 100) == cents


@pytest.mark.parametrize("none", ["0" * 17 + "X", "0" * 17 + "x", "０" * 17 + "Ｘ", ""])
def test_sole_trader_without_a_code_is_absent_and_not_wrong(none):
    rows = [LICENCE | {"行政相对人代码_1(统一社会信用代码)": none}]
    [record] = records(packed(Kind.LICENCE, rows))
    assert record["subject_code"] == ""


def test_organisation_without_a_code_is_still_a_fault():
    rows = [PENALTY | {"行政相对人代码_1（统一社会信用代码）": "0" * 17 + "X"}]
    assert [one.code for one in packed(Kind.PENALTY, rows).faults] == ["missing"]


@pytest.mark.parametrize("written", ["长期", "2099/12/31", "2099-12-31", "9999-12-31", dt.date(2099, 12, 31)])
def test_licence_without_an_end_is_written_one_way(written):
    [record] = records(packed(Kind.LICENCE, [LICENCE | {"有效期至": written}]))
    assert record["licensed_through"] == "2099-12-31"


@pytest.mark.parametrize(
    ("written", "ours"), [(0, "公开"), ("0", "公开"), (1.0, "政务共享"), ("2", "授权查询"), ("公示", "公开")]
)
def test_range_of_use_is_how_a_record_is_disclosed(written, ours):
    [record] = records(packed(Kind.PENALTY, [PENALTY | {"信息使用范围": written}]))
    assert record["disclosure"] == ours


def test_table_without_the_range_of_use_is_asked_once():
    rows = [{key: value for key, value in PENALTY.items() if key != "信息使用范围"}] * 2
    found = [one for one in packed(Kind.PENALTY, rows).faults if one.code == "missing"]
    assert [(one.place.column, one.place.row) for one in found] == [("disclosure", 1)]
    assert "fixed" in found[0].hint


def test_numbers_of_a_state_that_meant_different_things_are_asked_about():
    found = packed(Kind.LICENCE, [LICENCE | {"当前状态": "1"}]).faults
    assert [one.code for one in found] == ["unknown-word"]
    [record] = records(packed(Kind.LICENCE, [LICENCE | {"当前状态": "正常"}]))
    assert record["current_state"] == "有效"


def test_older_heads_are_known_and_two_categories_become_one_list():
    old = {
        "处罚名称": PENALTY["违法行为类型"],
        "处罚类别1": "警告",
        "处罚类别2": "罚款",
        "处罚事由": PENALTY["违法事实"],
        "处罚结果": PENALTY["处罚内容"],
        "处罚截止期": "2027-06-22",
        "地方编码": "210202",
    }
    gone = ("违法行为类型", "处罚类别", "违法事实", "处罚内容")
    [record] = records(packed(Kind.PENALTY, [{key: value for key, value in PENALTY.items() if key not in gone} | old]))
    assert (record["types"], record["conduct"], record["region"]) == ("警告；罚款", PENALTY["违法事实"], "210202")
    assert record["effective_through"] == "2027-06-22"
    rows = [LICENCE | {"许可截止期": "2029-06-21"}]
    [record] = records(packed(Kind.LICENCE, [{key: value for key, value in rows[0].items() if key != "有效期至"}]))
    assert record["licensed_through"] == "2029-06-21"


@pytest.mark.parametrize(("kind", "row"), [(Kind.PENALTY, PENALTY), (Kind.LICENCE, LICENCE)])
def test_what_is_never_shown_is_left_out_with_a_count_and_changes_nothing(kind, row):
    clean, planted = packed(kind, [row, row]), packed(kind, [row | SECRET, row | dict.fromkeys(SECRET, "")])
    assert (clean.columns, clean.rows) == (planted.columns, planted.rows)
    told = {one.heading: one.done for one in planted.steps if "从不公示" in one.done}
    assert len(told) == len(SECRET)
    assert all("（1 行有内容）" in done for done in told.values())
    assert MARKER not in repr(planted.steps)
    assert small_sites.resident_id() not in repr(planted)


@pytest.mark.parametrize(("body", "minor"), [("21020020080622002", ""), ("21020020080623003", "是")])
@pytest.mark.parametrize("heading", ["证件号码", "居民身份证号"])
def test_number_that_is_left_out_tells_a_minor_first(body, minor, heading):
    """On the day of the decision, 2026-06-22; nothing of the number stays."""
    number = small_sites.resident_id(body)
    someone = {"行政相对人类别": "自然人", "行政相对人代码_1（统一社会信用代码）": ""}
    done = packed(Kind.PENALTY, [PENALTY | someone | {heading: number}])
    [record] = records(done)
    assert record.get("minor", "") == minor
    assert number not in repr(done)
    [company] = records(packed(Kind.PENALTY, [PENALTY | {heading: number}]))
    assert "minor" not in company, "the number is of whoever handed the form in"


def test_number_of_15_digits_tells_a_minor_too():
    """People born before 1999-10 had one; the decision is of 2016."""
    someone = {"行政相对人类别": "自然人", "行政相对人代码_1（统一社会信用代码）": "", "处罚决定日期": "2016-06-22"}
    for number, minor in (("210202980623001", "是"), (210202980623001, "是"), ("210202980622001", "")):
        done = packed(Kind.PENALTY, [PENALTY | someone | {"证件号码": number}])
        [record] = records(done)
        assert record.get("minor", "") == minor, number
        assert str(number) not in repr(done)


@pytest.mark.parametrize("heading", ["相对人身份证号码", "公民身份号码", "当事人证件号码（必填）", "自然人身份证号"])
def test_unknown_heading_of_a_persons_number_is_told_what_to_do_and_then_tells_a_minor(heading):
    number = small_sites.resident_id("21020020080623003")
    someone = {"行政相对人类别": "自然人", "行政相对人代码_1（统一社会信用代码）": ""}
    row = PENALTY | someone | {heading: number}
    [fault] = packed(Kind.PENALTY, [row]).faults
    assert (fault.code, "未成年人" in fault.hint, ': "-"' in fault.hint) == ("unknown-column", True, True)
    done = packed(Kind.PENALTY, [row], columns={heading: "-"})
    [record] = records(done)
    assert record["minor"] == "是"
    assert number not in repr(done)


@pytest.mark.parametrize("heading", ["法人身份证号码", "经办人身份证号", "身份证件类型", "身份证明"])
def test_number_of_somebody_else_tells_nothing_of_the_subject(heading):
    number = small_sites.resident_id("21020020080623003")
    someone = {"行政相对人类别": "自然人", "行政相对人代码_1（统一社会信用代码）": ""}
    done = packed(Kind.PENALTY, [PENALTY | someone | {heading: number}], columns={heading: "-"})
    [record] = records(done)
    assert "minor" not in record


@pytest.mark.parametrize(("kind", "row"), [(Kind.PENALTY, PENALTY), (Kind.LICENCE, LICENCE)])
def test_values_of_dropped_columns_leave_no_byte(tmp_path, kind, row):
    """Through the command: in the export, its report, the file that goes back, and what is said."""
    desk = Desk(tmp_path)
    faulty = row | SECRET | {next(title for title in row if title.endswith("决定日期")): "某天"}
    book = openpyxl.Workbook()
    book.active.append(["记录编号", *row, *SECRET])
    for number, cells in enumerate((row | SECRET, faulty), start=1):
        book.active.append([f"N-{number}", *cells.values()])
    book.save(tmp_path / "office.xlsx")
    done = Packing(desk, tmp_path / "office.xlsx", "--quarantine", kind=kind.value)
    assert done.code == 0
    assert len(done.records) == 1
    written = [path for path in Path(tmp_path).rglob("*") if path.is_file() and path.name != "office.xlsx"]
    assert any(path.name.endswith("quarantine.xlsx") for path in written)
    for path in written:
        texts = [path.read_bytes()]
        if path.suffix == ".xlsx":
            texts = [repr(list(sheet.values)).encode() for sheet in openpyxl.load_workbook(path)]
        for text in (*texts, done.told.stdout.encode(), done.told.stderr.encode()):
            assert MARKER.encode() not in text, path
            assert small_sites.resident_id().encode() not in text, path
