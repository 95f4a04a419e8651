"""An office's list against what a site publishes: however a name or a code is written, it is never cleared wrongly."""

import csv
import datetime as dt
import json
from pathlib import Path
import shutil
import subprocess

from hypothesis import given
from hypothesis import strategies as st
import openpyxl
import provinces
import pytest
import small_sites

from site_builder.cli.main import commands
from site_builder.errors import Exit, SiteBuilderError
from site_builder.match.answer import FOUND, NEAR, NONE, PROVES_NOTHING, UNASKED
from site_builder.match.candidates import FORMS, stem
from site_builder.match.codes import as_code, sound_near
from site_builder.match.columns import choose
from site_builder.match.compare import written
from site_builder.match.questions import rows_of
from site_builder.mirror import copy
from site_builder.mirror.told import digest_of
from site_builder.pack.table import Table
from site_builder.records.values import CODE_ALPHABET, is_credit_code
from site_builder.search.lookup.likeness import distance, in_order, unlikeness
from site_builder.search.lookup.normalise import fold
from site_builder.signing import make_key

DAY = dt.timedelta(days=1)
NAME = "大连演示ABC棒棰岛食品（集团）有限公司"
CODE = next(code for code in map(small_sites.credit_code, range(100, 999)) if code[-1] in "AEHKMPTX")
OTHER = small_sites.credit_code(987654, "91211382")
PERSON = "演示王某"
ID = small_sites.resident_id()
HEAD = ["供应商名称", "统一社会信用代码"]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A signed site, its key, its web root: an entry, a person, a role model, a grade, and what is withheld."""
    folder = tmp_path_factory.mktemp("match")
    key = make_key(folder / "site.key")
    file = small_sites.write_site(folder / "content", publish__sign_key=str(folder / "site.key"))
    special = {"term_months": 36, "term_start": "listing", "term_basis": "《演示法》第九条", "term_level": "law"}
    severe = [
        small_sites.entry("S-1", subject_name=NAME, subject_code=CODE, **special),
        small_sites.entry("S-2", subject_name="演示隐匿商行", subject_code=OTHER, disclosure="query"),
        small_sites.entry("S-3", subject_name="演示买买提·艾力商行", subject_code=small_sites.credit_code(31)),
        small_sites.person("P-1", subject_name=PERSON, subject_code=ID),
    ]
    others = {"models": [small_sites.model("R-1", name="演示滨海港务有限公司")], "measures": [small_sites.measure()]}
    export = small_sites.write_export(folder / "export", severe=severe, others=small_sites.optional(), **others)
    small_sites.build_site(file, export, folder / "out")
    return key, small_sites.live_root(folder / "out")


class Answers:
    """The answers of a run: lines by the row they answer, and what stands above them."""

    def __init__(self, path):
        lines = [["" if cell is None else cell for cell in row] for row in openpyxl.load_workbook(path).active.values]
        head = next(place for place, row in enumerate(lines) if row[0] == "工作表")
        self.about = {row[0]: row[2] for row in lines[:head] if row[0]}
        self.lines = [dict(zip(lines[head], row, strict=True)) for row in lines[head + 1 :]]

    def of(self, row, sheet=None):
        return [one for one in self.lines if one["行"] == str(row) and sheet in {None, one["工作表"]}]

    def result(self, row):
        (result,) = {one["结果"] for one in self.of(row)}
        return result


def write_list(path, rows, head=HEAD):
    book = openpyxl.Workbook()
    for row in [head, *rows] if head else rows:
        book.active.append(row)
    book.save(path)
    return path


def run(tmp_path, root, listed, *options):
    answers = tmp_path / f"{listed.name}.{len(list(tmp_path.iterdir()))}.xlsx"
    words = ["match", listed, "--data", root, "--answers", answers, "--json", *options]
    commands.main([str(one) for one in words], standalone_mode=False)
    return Answers(answers)


def matched(tmp_path, root, rows, *options, head=HEAD):
    return run(tmp_path, root, write_list(tmp_path / "list.xlsx", rows, head), *options)


@pytest.fixture(autouse=True)
def day(monkeypatch):
    """The machine's day is that of the site."""
    monkeypatch.setattr("site_builder.cli.match.machine_day", lambda: small_sites.AS_OF)


WIDE = str.maketrans({chr(point): chr(point + 0xFEE0) for point in range(0x21, 0x7F)})

NAMES = {
    "as it is": (NAME, FOUND),
    "full width": (NAME.translate(WIDE), FOUND),
    "spaces inside": (" ".join(NAME), FOUND),
    "ideographic and no-break spaces": (f"\u3000{NAME[:5]}\u00a0{NAME[5:]}\u3000", FOUND),
    "narrow brackets": (NAME.replace("（", "(").replace("）", ")"), FOUND),
    "no brackets": (NAME.replace("（", "").replace("）", ""), FOUND),
    "square brackets": (NAME.replace("（", "【").replace("）", "】"), FOUND),
    "traditional characters": ("大連演示ABC棒棰島食品（集團）有限公司", FOUND),
    "lower case": (NAME.lower(), FOUND),
    "zero-width characters": ("\u200b".join(NAME), FOUND),
    "soft hyphen and byte order mark": (f"\ufeff{NAME[:4]}\u00ad{NAME[4:]}", FOUND),
    "hyphens": (NAME.replace("ABC", "A-B-C"), FOUND),
    "quotation marks": (f"“{NAME}”", FOUND),
    "Kangxi radicals": (NAME.replace("大", "\u2f24"), FOUND),
    "Cyrillic letters": (NAME.replace("ABC", "АВС"), NEAR),
    "Greek letters": (NAME.replace("AB", "ΑΒ"), NEAR),
    "without the form of the firm": (NAME.removesuffix("有限公司"), NEAR),
    "another form of the firm": (NAME.replace("有限公司", "股份有限公司"), NEAR),
    "without the city": (NAME.removeprefix("大连"), NEAR),
    "the heart of the name": ("棒棰岛食品", NEAR),
    "a character wrong": (NAME.replace("棰", "槌"), NEAR),
    "a character missing": (NAME.replace("棰", ""), NEAR),
    "a character too many": (NAME.replace("食品", "食食品"), NEAR),
    "two changed places": (NAME.replace("食品", "品食"), NEAR),
    "words in another order": ("演示ABC棒棰岛食品（集团）大连有限公司", NEAR),
    "with a branch behind": (f"{NAME}沈阳分公司", NEAR),
    "with a note": (f"{NAME}（已注销）", NEAR),
    "short, with a word left out": ("大连演示棒棰岛食品公司", NEAR),
    "without the city, with another form": ("演示ABC棒棰岛食品集团有限责任公司", NEAR),
    "two in a cell": (f"演示无关一行；{NAME}", FOUND),
    "lines in a cell": (f"演示无关一行\n{NAME}", FOUND),
    "the dot of a name": ("演示买买提•艾力商行", FOUND),
    "no dot": ("演示买买提艾力商行", FOUND),
}
CODES = {
    "as it is": (CODE, FOUND),
    "lower case": (CODE.lower(), FOUND),
    "full width": (CODE.translate(WIDE), FOUND),
    "hyphens": (f"{CODE[:2]}-{CODE[2:8]}-{CODE[8:17]}-{CODE[17]}", FOUND),
    "spaces": (" ".join(CODE), FOUND),
    "zero-width characters": ("\u200d".join(CODE), FOUND),
    "apostrophe before": (f"'{CODE}", FOUND),
    "letter O for zero": (CODE.replace("0", "O"), FOUND),
    "letters for digits": (CODE.translate(str.maketrans("0125", "OIZS")), FOUND),
    "Cyrillic letters": (CODE[:-1] + dict(zip("AEHKMPTX", "АЕНКМРТХ", strict=True))[CODE[-1]], FOUND),
    "Cyrillic О for zero": (CODE.replace("0", "О"), FOUND),
    "wrong check character": (CODE[:-1] + ("1" if CODE[-1] != "1" else "2"), NEAR),
    "a digit wrong": (f"{CODE[:12]}{(int(CODE[12]) + 1) % 10}{CODE[13:]}", NEAR),
    "scientific notation as text": (f"{int(CODE[:17]):.5E}", UNASKED),
    "number": (float(int(CODE[:17])), UNASKED),
    "whole number": (int(CODE[:15]), UNASKED),
    "leading zeros lost": (CODE[2:], UNASKED),
    "cut off": (CODE[:-1], UNASKED),
    "no division": (f"91{'0' * 6}{CODE[8:]}", UNASKED),
    "letter of no code": (f"{CODE[:2]}V{CODE[3:]}", UNASKED),
    "letter like another digit": (f"{CODE[:2]}S{CODE[3:]}", NEAR),
    "masked": (f"{CODE[:4]}**********{CODE[14:17]}?", UNASKED),
    "resident ID of a listed person": (ID, NEAR),
    "masked ID of a listed person": (f"{ID[:4]}{'*' * 10}{ID[14:]}", NEAR),
    "old resident ID of a listed person": (ID[:6] + ID[8:17], NEAR),
    "old resident ID of nobody": ("210202900101123", UNASKED),
    "in the column of names": (None, FOUND),
}


def test_however_a_name_is_written_it_is_never_cleared(site, tmp_path):
    found = matched(tmp_path, site[1], [[text, ""] for text, _ in NAMES.values()])
    told = {way: found.result(row) for row, way in enumerate(NAMES, start=2)}
    assert told == {way: result for way, (_, result) in NAMES.items()}
    assert NONE not in told.values()
    why = {way: found.of(row)[0]["说明"] for row, way in enumerate(NAMES, start=2)}
    assert why["as it is"] == "名称相同"
    assert "全角" in why["full width"]
    assert "空格" in why["spaces inside"]
    assert "繁体字" in why["traditional characters"]
    assert "看不见的字符" in why["zero-width characters"]
    assert "大小写" in why["lower case"]
    assert why["Cyrillic letters"] == why["Greek letters"] == "有形似的字母"
    assert why["without the form of the firm"] == "只差组织形式"
    assert why["a character wrong"] == "差 1 个字"
    assert why["the heart of the name"] == "名称里含有它"
    assert why["with a branch behind"] == "它里面含有这个名称"


def test_however_a_code_is_written_it_is_never_cleared(site, tmp_path):
    rows = [["", text] if text is not None else [CODE, ""] for text, _ in CODES.values()]
    found = matched(tmp_path, site[1], rows)
    told = {way: found.result(row) for row, way in enumerate(CODES, start=2)}
    assert told == {way: result for way, (_, result) in CODES.items()}
    why = {way: found.of(row)[0]["说明"] for row, way in enumerate(CODES, start=2)}
    assert "校验位" in why["wrong check character"]
    assert "与它只差一位的代码" in why["wrong check character"]
    assert "科学记数法" in why["scientific notation as text"]
    assert "数字格式" in why["number"]
    assert "前导零" in why["number"]
    assert "前导零" in why["leading zeros lost"]
    assert "行政区划代码" in why["no division"]
    assert "不用的字" in why["letter of no code"]
    assert "当作数字" in why["letter O for zero"]
    assert "证件号遮掩之后相同" in why["resident ID of a listed person"]


def test_code_that_cannot_be_asked_keeps_a_row_from_being_cleared_by_its_name(site, tmp_path):
    nobody = "演示从无此名贸易行"
    rows = [[nobody, code] for code in (9.12102e17, "9.12102E+17", CODE[:15], OTHER[:-1] + "W", "", OTHER)]
    found = matched(tmp_path, site[1], [*rows, [None, None, "备注"]])
    assert [found.result(row) for row in range(2, 9)] == [UNASKED] * 4 + [NONE] * 2 + [UNASKED]
    assert "没有名称，也没有代码" in found.of(8)[0]["说明"]


@pytest.mark.parametrize("word", ["无", "/", "——", "暂无", "不 详", "－", "N/A", "无统一社会信用代码", "0" * 17 + "X"])
def test_cell_that_says_there_is_no_code_is_none_and_the_row_is_compared_by_name_alone(site, tmp_path, word):
    rows = [[NAME, word], ["演示从无此名贸易行", word], [word, CODE], [word, word], [word, OTHER]]
    found = matched(tmp_path, site[1], rows)
    assert [found.result(row) for row in range(2, 7)] == [FOUND, NONE, FOUND, UNASKED, NONE]
    told = [found.of(row)[0]["说明"] for row in range(2, 7)]
    assert told[0] == f"名称相同；代码写着「{word}」，只按名称核对"
    assert told[1] == f"代码写着「{word}」，只按名称核对"
    assert told[2] == f"代码相同；名称写着「{word}」，只按代码核对"
    assert told[3] == f"这一行没有名称，也没有代码；名称写着「{word}」；代码写着「{word}」"
    assert found.of(3)[0]["核对的代码"] == word


def test_masked_code_and_zero_as_a_number_are_no_words_for_none(site, tmp_path):
    found = matched(tmp_path, site[1], [["演示从无此名贸易行", code] for code in ("****", 0, "未公示")])
    assert [found.result(row) for row in range(2, 5)] == [UNASKED] * 3


def test_row_says_where_name_and_code_tell_of_different_subjects(site, tmp_path):
    rows = [[NAME, CODE], [NAME, OTHER], ["演示别的公司", CODE], [PERSON, ""], [PERSON, ID]]
    found = matched(tmp_path, site[1], rows)
    why = [found.of(row)[0]["说明"] for row in range(2, 7)]
    assert why[0] == "名称相同；代码相同"
    assert why[1] == "名称相同，代码不同，核对是不是同一主体"
    assert why[2] == "代码相同，名称不同，核对是不是同一主体"
    assert "同名的人多" in why[3]
    assert all(found.result(row) == FOUND for row in range(2, 7))


def test_natural_person_is_near_to_nobody_and_what_is_withheld_is_not_there(site, tmp_path):
    rows = [[PERSON[:-1] + "甲", ""], [PERSON + "的店铺", ""], ["演示隐匿商行", ""], ["", OTHER]]
    found = matched(tmp_path, site[1], rows)
    assert [found.result(row) for row in range(2, 6)] == [NONE] * 4


def test_all_kinds_are_asked_and_a_line_tells_the_record(site, tmp_path):
    found = matched(tmp_path, site[1], [["演示滨海港务有限公司", ""], [NAME, ""]])
    assert found.of(2)[0]["类别"] == "诚信典型"
    (line,) = found.of(3)
    row = next(one for one in small_sites.rows_of(site[1], "severe-list") if one["id"] == "S-1")
    assert (line["记录编号"], line["网页地址"], line["公示至"]) == ("S-1", row["url"], row["public_until"])
    assert (line["记录的名称"], line["记录的代码"], line["决定文书号"]) == (NAME, CODE, row["decision_no"])
    (without,) = matched(tmp_path, site[1], [["演示买买提·艾力商行", ""]]).of(2)
    row = next(one for one in small_sites.rows_of(site[1], "severe-list") if one["id"] == "S-3")
    assert row["public_until"] is None
    assert without["公示至"] == row["term_text"] != ""
    for kind in small_sites.OPTIONAL:
        names = [one.get("subject_name") or one.get("item") for one in small_sites.rows_of(site[1], kind.value)]
        assert names == [] or matched(tmp_path, site[1], [[names[0], ""]]).result(2) == FOUND


def test_answer_says_of_which_release_it_is_and_that_none_found_proves_nothing(site, tmp_path):
    found = matched(tmp_path, site[1], [[NAME, CODE, 1]], "--key", site[0], head=[*HEAD, "报价"])
    told = json.loads((site[1] / "release.json").read_bytes())
    assert found.about["说明"] == PROVES_NOTHING
    assert (found.about["数据版本"], found.about["核验日"]) == (told["version"], told["as_of"])
    assert (found.about["有效到"], found.about["签名"]) == (told["valid_through"], "核对过")
    assert found.about["核对了：Sheet"] == "A 列「供应商名称」、B 列「统一社会信用代码」；没有核对的列：C 列「报价」"


def test_every_sheet_is_read_a_title_passed_over_and_what_is_not_read_is_told(site, tmp_path, capsys):
    book = openpyxl.Workbook()
    book.active.title = "甲"
    for row in (["演示招标投标单位一览"], [], ["序号", "投标人", "证照号码"], [1, NAME, CODE], [2, "演示无此行", ""]):
        book.active.append(row)
    second = book.create_sheet("乙")
    second.sheet_state = "hidden"
    for row in (["企业全称"], [NAME]):
        second.append(row)
    third = book.create_sheet("丙")
    for row in (["报价", "工期"], [1, 2]):
        third.append(row)
    book.save(tmp_path / "book.xlsx")
    found = run(tmp_path, site[1], tmp_path / "book.xlsx")
    assert found.of(4, "甲")[0]["结果"] == FOUND
    assert found.of(5, "甲")[0]["结果"] == NONE
    assert found.of(2, "乙")[0]["结果"] == FOUND
    assert "丙" in found.about["没有核对"]
    assert "match-unread" in [one["code"] for one in json.loads(capsys.readouterr().out)["findings"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_files_are_read_and_a_single_column_needs_no_heading(site, tmp_path, encoding):
    listed = tmp_path / f"{encoding}.csv"
    with listed.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([HEAD, [NAME, ""], ["演示无此行", "9.1E+17"]])
    found = run(tmp_path, site[1], listed)
    assert [found.result(2), found.result(3)] == [FOUND, UNASKED]
    (tmp_path / "one.txt").write_text(f"{NAME}\n{CODE}\n{CODE[:-2]}\n演示无此行\n", encoding)
    found = run(tmp_path, site[1], tmp_path / "one.txt")
    assert [found.result(row) for row in range(1, 5)] == [FOUND, FOUND, UNASKED, NONE]


AUTHORITY = small_sites.credit_code(77, "11211300")
OF_OTHERS = [
    *(
        "处罚机关统一社会信用代码",
        "许可机关统一社会信用代码",
        "数据来源单位统一社会信用代码",
        "登记机关统一社会信用代码",
    ),
    *("信息提供单位统一社会信用代码", "认定单位统一社会信用代码", "法定代表人身份证号", "CF_CFJGDM", "authority_code"),
]
OF_SUBJECTS = [
    *("行政相对人代码_1（统一社会信用代码）", "行政相对人代码_1(统一社会信用代码)", "行政相对人代码_1", "CF_XDR_SHXYM"),
    *("XK_XDR_SHXYM", "统一社会信用代码（18位）", "统一社会信用代码（法人填写）", "统一社会信用代码号", "subject_code"),
    *("信用代码[必填]", "纳税人识别号(税号)", "统一社会信用代码/组织机构代码"),
]


@pytest.mark.parametrize("heading", OF_SUBJECTS)
def test_code_of_a_subject_is_read_however_its_column_is_called(site, tmp_path, heading):
    """A subject that has another name now is found by its code; the codes of offices beside it clear nothing."""
    head = ["行政相对人名称", heading, *OF_OTHERS]
    found = matched(tmp_path, site[1], [["演示改名商行", CODE, *[AUTHORITY] * len(OF_OTHERS)]], head=head)
    assert found.result(2) == FOUND
    assert all(one not in found.about["核对了：Sheet"].split("；没有核对的列：")[0] for one in OF_OTHERS)


@pytest.mark.parametrize("heading", OF_OTHERS)
def test_code_of_an_office_is_not_asked_as_the_subject_s(site, tmp_path, heading):
    found = matched(tmp_path, site[1], [["演示无此行", CODE]], head=["行政相对人名称", heading])
    assert found.result(2) == NONE


@pytest.mark.parametrize("heading", ["名称（盖章）", "企业名称（全称）", "CF_XDR_MC", "行政处罚相对人名称"])
def test_name_of_a_subject_is_read_however_its_column_is_called(site, tmp_path, heading):
    assert matched(tmp_path, site[1], [[1, NAME]], head=["序号", heading]).result(2) == FOUND


def test_column_that_speaks_of_a_code_and_is_not_read_is_told_on_the_command_line(site, tmp_path, capsys):
    head = ["行政相对人名称", "处罚机关统一社会信用代码", "企业名称的变更情况", "处罚名称"]
    found = matched(tmp_path, site[1], [["演示无此行", AUTHORITY, "", ""]], head=head)
    told = [one for one in json.loads(capsys.readouterr().out)["findings"] if one["code"] == "match-unread"]
    assert len(told) == 1
    assert "B 列「处罚机关统一社会信用代码」、C 列「企业名称的变更情况」" in told[0]["message"]
    assert "处罚名称" not in told[0]["message"]
    assert told[0]["message"] == found.about["没有核对"]


def test_columns_may_be_named_and_a_list_without_any_is_refused(site, tmp_path):
    rows = [["x", NAME], ["y", "演示无此行"]]
    listed = write_list(tmp_path / "odd.xlsx", rows, ["代号1", "乙方"])
    with pytest.raises(SiteBuilderError) as caught:
        run(tmp_path, site[1], listed)
    assert caught.value.findings[0].code == "match-columns"
    assert "乙方" in caught.value.findings[0].hint
    for column in ("乙方", "B", "b"):
        found = run(tmp_path, site[1], listed, "--name", column)
        assert found.of(2)[0]["结果"] == FOUND
    with pytest.raises(SiteBuilderError):
        run(tmp_path, site[1], listed, "--code", "丙方")


def test_several_names_in_a_cell_are_asked_one_by_one(site, tmp_path):
    ways = [f"演示李某、{PERSON}", f"{PERSON},演示李某", f"李某某 {PERSON}", f"演示李某/{NAME}"]
    found = matched(tmp_path, site[1], [[text, ""] for text in ways])
    assert [found.result(row) for row in range(2, 6)] == [FOUND] * 4


def test_rows_above_the_header_and_a_second_table_below_are_told_of(site, tmp_path):
    rows = [["甲", "乙"], [], HEAD, [NAME, CODE], [], ["报价", *HEAD], ["1", NAME, CODE]]
    found = matched(tmp_path, site[1], rows, head=None)
    told = [one["说明"] for one in found.lines]
    assert found.of(4)[0]["结果"] == FOUND
    assert told != []
    said = matched_notes(tmp_path, site[1], rows)
    assert any("上面的 1 行没有核对" in one for one in said)
    assert any("第 6 行是另一张表的表头" in one for one in said)


def matched_notes(tmp_path, root, rows):
    """What stands above the answers of sheets and rows that were not asked."""
    answers = tmp_path / "notes.xlsx"
    listed = write_list(tmp_path / "notes-list.xlsx", rows, None)
    words = ["match", listed, "--data", root, "--answers", answers, "--json"]
    commands.main([str(one) for one in words], standalone_mode=False)
    return [row[2] for row in openpyxl.load_workbook(answers).active.values if row[0] == "没有核对"]


TYPES = ["企业", "个体工商户", "法人", "单位"]


def test_word_of_another_column_that_is_a_heading_elsewhere_hides_no_row(site, tmp_path):
    """A type or a role of a firm is written with the words that head columns of names."""
    rows = [[place, f"演示第{place}家商行", kind] for place, kind in enumerate(TYPES)]
    rows += [[9, NAME, "企业"], [10, "演示客户商行", "公司"]]
    found = matched(tmp_path, site[1], rows, head=["序号", "企业名称", "类型"])
    assert [found.result(row) for row in range(2, 8)] == [NONE] * 4 + [FOUND, NONE]
    rows = [[NAME, CODE, "企业", "供应商"], [NAME, "", "企业", "法人"]]
    for head in (["名称", "代码", "类型", "角色"], ["企业", "代码", "类型", "角色"], ["甲方", "乙方", "类型", "角色"]):
        found = matched(tmp_path, site[1], rows, "--name", "A", "--code", "B", head=head)
        assert [found.result(row) for row in (2, 3)] == [FOUND] * 2


HEADS = ["名称", "企业名称", "供应商名称", "单位", "企业", "供应商", "姓名"]
VALUES = [*TYPES, "机构", "公司", "客户", "供应商", "", "其他"]
TEXTS = st.text("演示甲乙丙", min_size=2, max_size=6).map("演示".__add__)


@given(
    st.sampled_from(HEADS),
    st.sampled_from(["", "代码", "统一社会信用代码"]),
    st.lists(st.tuples(TEXTS, st.sampled_from([CODE, ""]), *[st.sampled_from(VALUES)] * 3), max_size=40),
    st.sampled_from(["told", "by heading", "by letter"]),
    st.booleans(),
)
def test_every_row_of_a_list_is_asked_whatever_its_other_columns_say(head, code, rows, way, turned):
    lines = [[head, code, "类型", "角色", "性质"], *map(list, rows)]
    if turned:
        lines = [line[::-1] for line in lines]
    table = Table(file="list", rows={number: line for number, line in enumerate(lines, start=1) if any(line)})
    named = {"told": [], "by heading": [head], "by letter": ["E" if turned else "A"]}[way]
    (chosen,), _ = choose([table], named, [])
    assert [row.number for row in rows_of(chosen)] == [number for number in table.rows if number > 1]
    assert all(row.asked or row.unasked for row in rows_of(chosen))


# The data


def refused(tmp_path, root, *options):
    listed = write_list(tmp_path / "list.xlsx", [[NAME, ""]])
    with pytest.raises(SiteBuilderError) as caught:
        run(tmp_path, root, listed, *options)
    assert [one.name for one in tmp_path.iterdir() if "核对" in one.name] == []
    return caught.value.findings[0].code


@pytest.fixture
def spoilt(site, tmp_path):
    root = tmp_path / "root"
    shutil.copytree(site[1], root)
    return root


def test_data_past_their_day_are_refused(site, tmp_path, monkeypatch):
    last = dt.date.fromisoformat(json.loads((site[1] / "release.json").read_bytes())["valid_through"])
    monkeypatch.setattr("site_builder.cli.match.machine_day", lambda: last)
    assert matched(tmp_path, site[1], [[NAME, ""]]).result(2) == FOUND
    monkeypatch.setattr("site_builder.cli.match.machine_day", lambda: last + DAY)
    assert refused(tmp_path, site[1]) == "match-expired"


@pytest.mark.parametrize("way", ["current/data", "current/data/by-year", "current/none", "..", "../.."])
def test_folder_a_level_off_is_answered_with_the_one_that_is_meant(site, tmp_path, way):
    place = site[1].parent.parent
    (tmp_path / "o").mkdir()
    shutil.copytree(place, tmp_path / "o" / "dalian", symlinks=True)
    right = tmp_path / "o" / "dalian" / ("current" if "current" in way else "")
    with pytest.raises(SiteBuilderError) as caught:
        matched(tmp_path, tmp_path / "o" / "dalian" / way, [[NAME, CODE]])
    [found] = caught.value.findings
    assert (found.code, caught.value.exit_code) == ("match-data", Exit.USAGE)
    hint = found.hint.removeprefix("网站的数据在这里：--data ")
    assert Path(hint).resolve() == right.resolve()
    assert matched(tmp_path, hint, [[NAME, CODE]]).result(2) == FOUND


def test_copy_is_named_where_a_folder_of_it_is_given(tmp_path):
    with copy.held(tmp_path / "copy", "http://demo.example/"):
        pass
    (tmp_path / "copy" / "releases" / "one" / "data").mkdir(parents=True)
    for folder in ("copy/releases", "copy/releases/one", ""):
        with pytest.raises(SiteBuilderError) as caught, copy.held(tmp_path / folder, "http://demo.example/"):
            pass
        [found] = caught.value.findings
        assert (found.code, f"副本的文件夹是 {tmp_path / 'copy'}；" in found.hint) == ("mirror-folder", True)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("data/severe-list.jsonl", "match-data"),
        ("data/role-models.jsonl", "match-data"),
        ("release-files.txt", "match-data"),
        ("release.json", "mirror-release"),
    ],
)
def test_data_that_are_not_as_the_site_lists_them_are_refused(spoilt, tmp_path, path, code):
    whole = (spoilt / path).read_bytes()
    (spoilt / path).write_bytes(whole[: len(whole) // 2])
    assert refused(tmp_path, spoilt) == code
    (spoilt / path).unlink()
    assert refused(tmp_path, spoilt) == "match-data"


def test_kind_this_program_does_not_know_is_refused_for_it_could_not_be_asked(spoilt, tmp_path):
    told = json.loads((spoilt / "release.json").read_bytes())
    told["published"]["demo-kind"] = 1
    (spoilt / "release.json").write_text(json.dumps(told))
    assert refused(tmp_path, spoilt) == "match-kind"


def test_site_that_is_put_together_of_others_is_refused_with_their_addresses(tmp_path):
    members = [{"id": "north", "name": "信用演示北市", "base_url": "https://north.example", "base_path": "/credit/"}]
    provinces.build_site_of_members(provinces.write_province(tmp_path / "site", members), tmp_path / "out")
    with pytest.raises(SiteBuilderError) as caught:
        matched(tmp_path, small_sites.live_root(tmp_path / "out", "province"), [[NAME, CODE]])
    (finding,) = caught.value.findings
    assert (finding.code, caught.value.exit_code) == ("match-data", Exit.USAGE)
    assert "https://north.example/credit/" in finding.hint


def test_data_without_any_record_are_refused_for_they_would_clear_everybody(spoilt, tmp_path):
    for path in spoilt.glob("data/*.jsonl"):
        path.unlink()
    told = json.loads((spoilt / "release.json").read_bytes())
    lines = (spoilt / "release-files.txt").read_text().splitlines(keepends=True)
    listed = "".join(line for line in lines if not line.endswith(".jsonl\n"))
    (spoilt / "release-files.txt").write_text(listed)
    told |= {"published": dict.fromkeys(told["published"], 0), "files": digest_of(listed.encode())}
    (spoilt / "release.json").write_text(json.dumps(told))
    assert refused(tmp_path, spoilt) == "match-data"


def test_signature_of_another_key_is_refused(site, tmp_path):
    other = make_key(tmp_path / "other.key")
    assert refused(tmp_path, site[1], "--key", other) == "mirror-signature"


def test_answers_are_never_written_over_and_are_their_owners_alone(site, tmp_path):
    listed = write_list(tmp_path / "list.xlsx", [[NAME, CODE]])
    words = small_sites.command("match", listed, "--data", site[1], "--key", site[0])
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "查到 1 行" in done.stdout
    assert PROVES_NOTHING in done.stdout
    answers = tmp_path / "list.xlsx.核对.xlsx"
    assert answers.stat().st_mode & 0o777 == 0o600
    before = answers.read_bytes()
    again = subprocess.run(words, capture_output=True, text=True, check=False)
    assert again.returncode == Exit.USAGE
    assert answers.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["list.xlsx", "list.xlsx.核对.xlsx"]


def test_old_data_are_told_of(site, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("site_builder.cli.match.machine_day", lambda: small_sites.AS_OF + 8 * DAY)
    matched(tmp_path, site[1], [[NAME, ""]])
    assert {one["code"] for one in json.loads(capsys.readouterr().out)["findings"]} == {"match-old", "mirror-unsigned"}


# What it is made of


@given(st.integers(0, 10**9 - 1), st.integers(0, 17), st.sampled_from(CODE_ALPHABET))
def test_a_code_with_one_character_wrong_is_near_to_the_right_one(number, place, other):
    code = small_sites.credit_code(number).lower()
    wrong = code[:place] + other.lower() + code[place + 1 :]
    found = as_code(wrong)
    if wrong == code:
        assert found.sound
    elif found is not None and not found.mended:
        assert not found.sound
        assert code in set(sound_near(wrong))
    assert all(is_credit_code(one) for one in sound_near(wrong))


SHORT = st.text("甲乙丙丁演示", max_size=7)


@given(SHORT, SHORT)
def test_distance_is_that_of_single_mistakes(one, other):
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))
    assert in_order(one, other) <= min(len(one), len(other))
    near = {other[:place] + other[place + 1 :] for place in range(len(other))}
    near |= {other[:place] + sign + other[place:] for place in range(len(other) + 1) for sign in "甲乙丙丁演示"}
    near |= {other[:place] + sign + other[place + 1 :] for place in range(len(other)) for sign in "甲乙丙丁演示"}
    near |= {other[:place] + other[place + 1] + other[place] + other[place + 2 :] for place in range(len(other) - 1)}
    assert (distance(one, other) <= 1) == (one == other or one in near)
    assert unlikeness(one, one) == 0


@given(st.text("甲乙演示", min_size=1, max_size=6), st.lists(st.sampled_from(FORMS), max_size=3))
def test_forms_of_firms_are_taken_off_the_end_alone(name, forms):
    assert stem(name + "".join(forms)) == name


@given(st.text(max_size=20))
def test_ways_of_writing_are_told_only_where_they_differ(text):
    assert written(text, text) == ""
    if fold(text) != text:
        assert written(text, fold(text)).startswith("写法不同")
