"""A law as a workbook and back: nothing is lost, and what is wrong in it is told by sheet and cell."""

from pathlib import Path
import shutil
import subprocess

import openpyxl
import pytest
from small_sites import files_of
from webmasters_desk import Desk, clean

from site_builder.config.site import SHIPPED
from site_builder.config.source import Faults, parse_yaml, plain
from site_builder.law.cells import cell_of, node_of
from site_builder.law.english import read_node
from site_builder.law.examples import read_examples
from site_builder.law.folder import read_law
from site_builder.law.from_sheets import LawFiles
from site_builder.law.keys import FILES, SOME, TEXT
from site_builder.law.sheet_rows import cell_name, cell_number, sheet_rows
from site_builder.law.text import read_law_text
from site_builder.law.to_sheets import HEADS, to_sheets
from site_builder.law.worked import Verdict, try_law
from site_builder.vocabulary import Kind

THIRD = Path(__file__).parents[2] / "given" / "third_city"
FOLDERS = [*SHIPPED.values(), THIRD]
TO_EXCEL = ("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir")
OFFICE = shutil.which("soffice")


def run(*arguments, code=0):
    done = clean(Desk.on(None, "2026-11-29", "law", *arguments))
    assert done.returncode == code, done.stdout + done.stderr
    return done


def trees(folder):
    """What is written in each file, in machine names."""
    there = [name for name in FILES if (folder / name).is_file()]
    return {name: plain(read_node(folder / name, Faults(name))) for name in there}


@pytest.fixture
def workbook(tmp_path):
    """Writes a folder's workbook; opened, changed and saved by ``change`` as a clerk would."""

    def write(folder, change=None):
        file = tmp_path / f"{folder.name}.xlsx"
        run("sheet", str(folder), str(file))
        if change is not None:
            book = openpyxl.load_workbook(file)
            change(book)
            book.save(file)
        return file

    return write


def row_of(sheet, **cells):
    """The row in which these stand under these heads."""
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if all(sheet.cell(row, heads[head]).value == text for head, text in cells.items()):
            return row
    raise AssertionError(cells)


def cell(sheet, row, head):
    return next(sheet.cell(row, one.column) for one in sheet[1] if one.value == head)


def append(sheet, **cells):
    """A row at the end."""
    row = max(one.row for line in sheet.iter_rows() for one in line if one.value is not None) + 1
    for head, text in cells.items():
        cell(sheet, row, head).value = text
    return row


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: one.name)
def test_round_trip_loses_nothing(folder, workbook, tmp_path):
    target = tmp_path / "back"
    shutil.copytree(folder, target)
    run("import", str(workbook(folder)), str(target))
    assert trees(target) == trees(folder)
    law, back = read_law(folder).latest, read_law(target).latest
    assert (back.words, back.terms, back.clocks, back.effects) == (law.words, law.terms, law.clocks, law.effects)
    if (folder / "examples.yml").is_file():
        cases, told = (
            [
                (one.record, one.expected, one.readings)
                for one in read_examples(at, read_law(at), read_law_text(at)).cases
            ]
            for at in (folder, target)
        )
        assert told == cases
    kept = {name: data for name, data in files_of(folder).items() if name not in FILES}
    assert {name: data for name, data in files_of(target).items() if name not in FILES} == kept
    for name in trees(folder):
        head = (folder / name).read_text().split("\n")[0]
        assert not head.startswith("#") or (target / name).read_text().startswith(f"{head}\n")
    again = tmp_path / "again.xlsx"
    run("sheet", str(target), str(again))
    run("import", str(again), str(tmp_path / "third"))
    third = files_of(tmp_path / "third")
    assert third == {name: data for name, data in files_of(target).items() if name in FILES}


def test_same_law_gives_the_same_workbook(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        run("sheet", str(THIRD), str(tmp_path / name))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_workbook_has_the_sheets_the_heads_and_the_words_to_choose_from(workbook):
    book = openpyxl.load_workbook(workbook(SHIPPED["dalian"]))
    assert book.sheetnames == ["说明", *HEADS, "词汇"]
    assert {"规则", "期限", "文字", "案例"} <= set(book.sheetnames)
    rules = book["规则"]
    heads = [one.value for one in rules[1]]
    assert heads[:4] == ["类", "理由", "条款", "问题"]
    assert [one for one in heads if one in {"列", "关系", "值", "例外", "自", "至"}] == [
        "列",
        "关系",
        "值",
        "例外",
        "自",
        "至",
    ]
    chosen = {str(one.sqref).split(":")[0][0]: one.formula1 for one in rules.data_validations.dataValidation}
    assert {"A", "B"} <= set(chosen)
    words = book["词汇"]
    place = chosen["A"].split("!")[1].replace("$", "")
    assert {one[0].value for one in words[place]} >= {"严重失信主体名单", "信用承诺"}
    assert words.sheet_state == "hidden"
    assert "Markdown" in "".join(str(one[0].value) for one in book["说明"].iter_rows())
    repaired = row_of(rules, 类="严重失信主体名单", 理由="已信用修复")
    assert [cell(rules, repaired, one).value for one in ("列", "关系", "值", "例外")] == [
        "信用修复日期",
        "已到",
        "是",
        "修复撤销日期",
    ]
    assert cell(book["期限"], 2, "期限").value == "五年"


def clerk(book):
    """Another term, a new rule, a new case: what a clerk changes."""
    cell(book["期限"], row_of(book["期限"], 事项="普通期限"), "期限").value = "三年"
    cell(book["期限"], row_of(book["期限"], 事项="异议"), "工作日").value = 7
    rules = book["规则"]
    append(
        rules,
        类="信用承诺",
        理由="等级低于 A 级",
        条款=13,
        问题="演示规则？",
        列="承诺事项",
        关系="说到",
        值="演示甲；演示乙",
    )
    append(rules, 列="履行情况", 关系="是", 值="违约")
    append(
        book["案例"],
        名称="演示的新案例",
        所用底稿="失信单位",
        列="移出日期",
        值="2026-01-01",
        核验日="2026-02-01",
        去向="不公开",
        理由="已移出名单",
        条款="第三十三条第二款、第三十五条第二款",
    )


def test_what_a_clerk_changes_is_the_law(workbook, tmp_path):
    file = workbook(SHIPPED["dalian"], clerk)
    target = tmp_path / "own"
    shutil.copytree(SHIPPED["dalian"], target)
    done = run("import", str(file), str(target))
    assert "law test" in done.stdout
    before, after = trees(SHIPPED["dalian"]), trees(target)
    before["rules.yml"]["term"]["months"] = "36"
    before["rules.yml"]["clocks"]["objection"]["days"] = "7"
    before["rules.yml"]["rules"]["commitments"]["withhold"].append(
        {
            "reason": "below_a",
            "articles": ["13"],
            "asks": "演示规则？",
            "when": {"matter": {"tells_of": ["演示甲", "演示乙"]}, "state": {"is": "broken"}},
        }
    )
    case = after["examples.yml"]["cases"].pop()
    assert after == before
    assert case["facts"] == {"移出日期": "2026-01-01"}
    rules = read_law(target)
    [tried] = [
        one
        for one in try_law(read_examples(target, rules, read_law_text(target)), rules).cases
        if one.name == "演示的新案例"
    ]
    assert tried.verdict is Verdict.PASSED


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice 没有装")
def test_workbook_saved_by_another_office_program_says_the_same(workbook, tmp_path):
    file = workbook(SHIPPED["lingyuan"])
    saved = tmp_path / "saved"
    subprocess.run(
        [OFFICE, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", *TO_EXCEL, saved, file],
        check=True,
        capture_output=True,
        timeout=300,
    )
    target = tmp_path / "back"
    shutil.copytree(SHIPPED["lingyuan"], target)
    run("import", str(saved / file.name), str(target))
    assert trees(target) == trees(SHIPPED["lingyuan"])


@pytest.mark.parametrize(
    ("sheet", "where", "head", "wrong", "code"),
    [
        ("规则", {"理由": "已信用修复"}, "列", "修复日", "unknown-column"),
        ("规则", {"理由": "已信用修复"}, "值", "也许", "wrong-type"),
        ("规则", {"理由": "已信用修复"}, "条款", "四十四", "bad-value"),
        ("规则", {"理由": "已信用修复"}, "关系", "像", "unknown-relation"),
        ("规则", {"理由": "披露期限届满"}, "理由", "过期", "bad-value"),
        ("期限", {"事项": "普通期限"}, "期限", "很久", "wrong-type"),
        ("期限", {"事项": "异议"}, "工作日", "三日", "wrong-type"),
        ("期限", {"事项": "异议"}, "事项", "异常", "bad-value"),
        ("提醒", {"代码": "future-date"}, "代码", "past-date", "bad-value"),
        ("文字", {"处": "异议"}, "文字", "{几天}内", "bad-value"),
        ("文字", {"处": "可以怎么办"}, "失信行为类别", "别的", "bad-value"),
        ("基本", {"项目": "代号"}, "值", "大", "bad-value"),
        ("基本", {"项目": "层级"}, "文件", "site.yml", "bad-value"),
        ("各类", {"类": "诚信典型"}, "平常开放", "大概", "wrong-type"),
        ("底稿", {"名称": "失信单位"}, "类", "黑名单", "bad-value"),
        ("案例", {"名称": "移出当天起，不再公示"}, "核验日", "2026年1月1日", "bad-value"),
        ("案例", {"名称": "移出当天起，不再公示"}, "条款", "第九百条", "bad-value"),
        ("案例", {"名称": "移出当天起，不再公示"}, "理由", "移走了", "bad-value"),
        ("案例", {"名称": "移出当天起，不再公示"}, "值", "昨天", "bad-date"),
    ],
)
def test_fault_is_told_by_its_cell_and_the_folder_stays(workbook, tmp_path, sheet, where, head, wrong, code):
    places = []

    def change(book):
        there = book[sheet]
        at = cell(there, row_of(there, **where), head)
        at.value = wrong
        places.append(f"{sheet}!{at.coordinate}")

    file = workbook(SHIPPED["dalian"], change)
    target = tmp_path / "own"
    shutil.copytree(SHIPPED["dalian"], target)
    before = files_of(target)
    done = run("import", str(file), str(target), code=2)
    assert f"{file}:{places[0]} {code} " in done.stderr
    assert files_of(target) == before
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_all_faults_are_told_at_once(workbook, tmp_path):
    def change(book):
        cell(book["期限"], 2, "期限").value = "很久"
        cell(book["文字"], 2, "条款").value = "前条"
        cell(book["案例"], 2, "核验日").value = "改天"
        del book["提醒"]
        book["规则"]["A1"].value = "种类"
        append(book["规则"], 理由="已废止")

    done = run("import", str(workbook(SHIPPED["dalian"], change)), str(tmp_path / "new"), "--json", code=2)
    for told in ("期限!B2", "文字!G2", "提醒", "规则!A1", "没有写「类」", "案例!C2"):
        assert told in done.stdout + done.stderr
    assert not (tmp_path / "new").exists()


def test_nothing_is_written_over_what_is_no_law(workbook, tmp_path):
    file = workbook(THIRD)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "site.yml").write_text("x")
    assert "already-there" in run("import", str(file), str(tmp_path / "site"), code=2).stderr
    assert "already-there" in run("sheet", str(THIRD), str(file), code=2).stderr
    assert "missing-file" in run("import", str(tmp_path / "no.xlsx"), code=2).stderr
    (tmp_path / "b.xlsx").write_text("PK")
    assert run("import", str(tmp_path / "b.xlsx"), code=2).stderr


def test_without_a_folder_one_beside_the_workbook_is_written_and_what_is_not_in_it_is_told(workbook, tmp_path):
    done = run("import", str(workbook(THIRD)))
    assert read_law(tmp_path / "third_city").latest.code == "YS"
    assert "law/" in done.stdout
    assert "pages/" in done.stdout


def test_comments_inside_the_files_are_told(workbook, tmp_path):
    said = run("sheet", "dalian", str(tmp_path / "a.xlsx")).stdout
    assert "处写在文件中间的注释" in said
    shutil.copytree(THIRD, tmp_path / "own")
    path = tmp_path / "own" / "rules.yml"
    path.write_text(path.read_text().replace("list_profile: warn", 'list_profile: warn # 演示"注释'))
    assert "1 处注释没有了" in run("import", str(workbook(THIRD)), str(tmp_path / "own")).stdout


def test_merged_and_formatted_cells_are_read_as_people_see_them(workbook, tmp_path):
    def change(book):
        rules = book["规则"]
        row = row_of(rules, 类="严重失信主体名单", 理由="应载明的内容不全")
        rules.merge_cells(start_row=row, end_row=row + 4, start_column=1, end_column=1)
        cell(rules, row, "条款").value = 10
        book["期限"]["B2"].number_format = "General"
        book["期限"]["B2"].value = 36

    file = workbook(THIRD, change)
    run("import", str(file), str(tmp_path / "own"))
    expected = trees(THIRD)
    rules = expected["rules.yml"]["rules"]["severe-list"]["withhold"]
    next(one for one in rules if one["reason"] == "incomplete")["articles"] = ["10"]
    assert trees(tmp_path / "own") == expected


DATED = """\
term:
  - {months: 60, start: act_end, from: 2020-01-01, until: 2026-03-31}
  - {months: 36, start: act_end, from: 2026-04-01}
rules:
  grades:
    published_by: [1]
    repair: [{from: 2021-07-01, not: [suspension]}]
    withhold:
      - {reason: expired, articles: [3], asks: 甲, until: 2026-03-31, when: {term: {is: over}}}
      - reason: expired
        articles: [4]
        asks: 乙
        from: 2026-04-01
        expected: true
        when_any:
          - {term: {is: over}, grade: {is: AAA}, from: 2026-05-01}
          - {rated_on: {longer_ago: {years: 2}, empty: false}}
clocks:
  objection:
    - {articles: [5], days: 3, until: 2026-03-31}
    - {articles: [5], days: 5, from: 2026-04-01}
watch:
  - {code: future-date, articles: [1], asks: 丙, from: 2026-04-01, until: 2026-12-31}
something: {new: [1, {two: '3'}]}
"""
TURNING = """\
repair:
  - {title: 甲, text: 乙, guide: repair, articles: [1], until: 2026-03-31}
  - {title: 甲, text: "{普通期限}后", guide: repair, articles: [2], from: 2026-04-01}
kinds:
  grades:
    intro: [{value: 丙, until: 2026-03-31}, {value: 丁, from: 2026-04-01}]
    meanings:
      AAA: [{text: 戊, until: 2026-03-31}, {text: 己, article: 3, from: 2026-04-01}]
    ways: [{title: 庚, text: 辛, guide: repair, from: 2026-04-01}]
later: {title: 壬}
"""


def test_days_and_keys_that_no_sheet_knows_are_carried():
    faults = Faults("x")
    nodes = {"rules.yml": parse_yaml(DATED, faults), "words.yml": parse_yaml(TURNING, faults)}
    sheets = {one.name: one for one in to_sheets(nodes, {})}
    assert [(row.get("自"), row.get("至")) for row in sheets["期限"].rows[:2]] == [
        ("2020-01-01", "2026-03-31"),
        ("2026-04-01", None),
    ]
    cells = {
        one.name: {
            1: list(one.heads),
            **{number: [row.get(head, "") for head in one.heads] for number, row in enumerate(one.rows, start=2)},
        }
        for one in sheets.values()
    }
    read = LawFiles(sheet_rows(cells, faults), faults).files()
    assert faults.found == []
    assert {name: plain(node) for name, node in read.items()} == {name: plain(node) for name, node in nodes.items()}


@pytest.mark.parametrize(
    ("leaf", "written"),
    [
        (TEXT, ""),
        (TEXT, '"quoted"'),
        (TEXT, " 空格 "),
        (TEXT, "[{不是列表"),
        (TEXT, "[也不是]"),
        (TEXT, "两行\n文字"),
        (SOME, []),
        (SOME, ["甲；乙", "丙"]),
        (SOME, ["[甲"]),
        (SOME, ["甲、乙，丙"]),
        (SOME, [""]),
        (SOME, ["甲"]),
    ],
)
def test_cell_says_what_is_written(leaf, written):
    faults = Faults("x")
    node = parse_yaml(str(written) if isinstance(written, list) else repr_of(written), faults)
    assert plain(node_of(cell_of(node, leaf, Kind.SEVERE), leaf, 7, faults)) == written
    assert faults.found == []


def repr_of(text):
    return '"' + text.replace('"', '\\"').replace("\n", "\\n") + '"'


@pytest.mark.parametrize(("row", "column", "name"), [(12, 4, "规则!D12"), (1, 27, "规则!AA1"), (0, 0, "规则")])
def test_cell_has_its_name(row, column, name):
    assert cell_name(cell_number("规则", row, column)) == name
