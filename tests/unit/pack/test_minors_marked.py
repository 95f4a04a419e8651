"""A minor is found by a number that is not exported, however it comes, and stays marked in what goes back."""

import datetime as dt
import io

import national_tables
from national_tables import PENALTY, records
import openpyxl
import pytest
import small_sites

from site_builder.pack.sent_back import sent_back
from site_builder.pack.table import UNSAVED
from site_builder.vocabulary import Kind

YOUNG = small_sites.resident_id("21020020100317006")
OLD = small_sites.resident_id("21020019800317006")
SOMEONE = PENALTY | {
    "行政相对人名称": "演示某人",
    "行政相对人类别": "自然人",
    "行政相对人代码_1（统一社会信用代码）": "",
    "自然人公开依据": "《演示办法》第六条",
}


def packed(rows, **changes):
    return national_tables.packed(Kind.PENALTY, rows, **changes)


def row(**changes):
    return SOMEONE | {"记录编号": "CF-1"} | changes


def returned(done):
    """The rows of the workbook that goes back, as the office reads them: heading → cell."""
    book = openpyxl.load_workbook(io.BytesIO(sent_back([done])))
    titles, *lines = [["" if one is None else one for one in line] for line in book.active.values]
    return [dict(zip(titles, line, strict=True)) for line in lines]


def minors(done):
    return [one.get("minor", "") for one in records(done)]


@pytest.mark.parametrize("fault", ["处罚机关", "处罚决定日期", "行政相对人类别"])
@pytest.mark.parametrize("mapping", [{}, {"columns": {"未成年人": "-"}}])
def test_minor_in_quarantine_comes_back_a_minor(fault, mapping):
    """Whether the office writes the mark or only what was wrong: the number is in no cell that went back."""
    done = packed([row(**{"证件号码": YOUNG, fault: ""})], quarantine=True, **mapping)
    [back] = returned(done)
    assert YOUNG not in repr(back)
    mended = back | {fault: SOMEONE[fault]}
    if "待核实" in back.values():
        assert fault != "处罚机关"
        assert [one.place.column for one in packed([mended], **mapping).faults] == ["minor"]
        assert "「未成年人」一列填是或者否" in back["要改正的问题"]
        mended = {title: "是" if cell == "待核实" else cell for title, cell in mended.items()}
    assert minors(packed([mended], **mapping)) == ["是"]


def test_minor_whose_day_of_decision_was_wrong_is_asked_about():
    """Later than the export: by that day the person is of age."""
    done = packed([row(证件号码=YOUNG, 处罚决定日期="2062-06-22")], quarantine=True)
    [back] = returned(done)
    assert back["未成年人"] == "待核实"


def test_row_that_is_no_minors_goes_back_as_it_came():
    for one in (row(证件号码=OLD, 处罚机关=""), row(证件号码=YOUNG, 处罚机关="", 行政相对人类别="法人")):
        [back] = returned(packed([one], quarantine=True))
        assert not {"未成年人", "minor"} & back.keys()


def test_mark_that_was_no_word_goes_back_as_the_number_tells():
    done = packed([row(证件号码=YOUNG, 未成年人="不详", 处罚机关="")], quarantine=True)
    assert returned(done)[0]["未成年人"] == "是"


@pytest.mark.parametrize("heading", ["证件号码", "证件号码（18位）", "居民身份证号（选填）", "证件号码（必填）*"])
@pytest.mark.parametrize("dropped", [False, True])
def test_column_is_read_for_minors_even_where_the_map_leaves_it_out(heading, dropped):
    mapping = {"columns": {heading: "-"}} if dropped else {}
    done = packed([row(**{heading: YOUNG})], **mapping)
    assert minors(done) == ["是"]
    assert YOUNG not in repr((done.rows, done.steps))
    assert not [one for one in done.steps if "表里没有这一列" in one.done]


@pytest.mark.parametrize("heading", ["备注（选填）", "法定代表人证件号码（18位）", "行政相对人代码_2（选填）"])
def test_bracket_that_says_how_to_fill_in_makes_no_dropped_column_unknown(heading):
    done = packed([row(**{heading: "演示"})])
    assert [one.done for one in done.steps if "不导出" in one.done] == ["这一列从不公示，不导出（1 行有内容）"]
    assert records(done)


@pytest.mark.parametrize(
    "written",
    [f'="{YOUNG}"', f"'{YOUNG}", f"’{YOUNG}", f" {YOUNG[:6]} {YOUNG[6:]}", "\u202d" + YOUNG, float(YOUNG[:15] + "000")],
)
def test_number_is_read_through_what_programs_wrap_around_it(written):
    assert minors(packed([row(证件号码=written)])) == ["是"]


@pytest.mark.parametrize("written", ["2.10202E+17", "２.1E+17", '="2.10202E+17"', 2.10202e17, UNSAVED])
def test_number_that_was_lost_is_asked_about_and_never_taken_for_nobodys(written):
    done = packed([row(证件号码=written)])
    [fault] = done.faults
    assert (fault.code, fault.place.row, fault.place.column) == (
        "formula-cell" if written is UNSAVED else "lossy-number",
        2,
        "minor",
    )
    assert done.rows == ()
    [back] = returned(packed([row(证件号码=written)], quarantine=True))
    assert back["未成年人"] == "待核实"
    assert records(packed([row(证件号码=written, 行政相对人类别="法人及非法人组织", **CODED)]))
    assert minors(packed([row(证件号码=written, 未成年人="是")])) == ["是"]


CODED = {"行政相对人代码_1（统一社会信用代码）": small_sites.credit_code(1)}


def test_no_of_the_table_or_of_the_map_does_not_outweigh_the_number():
    assert minors(packed([row(证件号码=YOUNG, 未成年人="否")])) == ["是"]
    assert minors(packed([row(证件号码=YOUNG)], fixed={"minor": "否"})) == ["是"]
    assert minors(packed([row(证件号码=OLD, 未成年人="否")])) == ["否"]
    assert minors(packed([row(证件号码=OLD, 未成年人="是")])) == ["是"]


def test_two_categories_that_say_the_same_say_it_once():
    done = packed([row(处罚类别="警告；罚款", 处罚类别1="警告", 处罚类别2="罚款；没收")])
    assert records(done)[0]["types"] == "警告；罚款；没收"


@pytest.mark.parametrize("written", ["长期", "9999-12-31", "9999/12/31", "2099/12/31", dt.date(9999, 12, 31)])
def test_end_of_showing_that_is_none_is_written_one_way(written):
    assert records(packed([row(公示截止期=written)]))[0]["disclosed_through"] == "2099-12-31"
