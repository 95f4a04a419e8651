"""``pack``: the office's tables become an export that waits for approval; every conversion is told, none guessed."""

import csv
import datetime as dt
import json
import stat

import openpyxl
import pytest
import small_sites
from webmasters_desk import Desk, clean
import yaml

from site_builder.export.schema import COLUMNS
from site_builder.pack.cells import convert
from site_builder.pack.converted import Converted, Refused
from site_builder.vocabulary import Kind

CREATED = ("--created", "2026-11-18T10:00:00+08:00")
HEADINGS = {
    "id": "编 号",
    "disclosure": "披露方式*",
    "subject_name": "企业名称",
    "subject_type": "主体类型",
    "subject_code": "统一社会信用代码（18位）",
    "category": "失信行为类别",
    "cause": "认定事由",
    "basis": "认定依据",
    "measures_notice": "失信惩戒措施提示",
    "removal_conditions": "移出条件",
    "removal_procedure": "移出程序",
    "remedies": "救济措施",
    "authority": "认定单位",
    "decision_no": "决定文书号",
    "decided_on": "认定日期",
    "notified_on": "告知日期",
    "listed_on": "列入日期",
    "act_ended_on": "失信行为终止日期",
    "published_on": "公示日期",
}
MAP = {
    "severe-list": {
        "columns": {"编号": "记录编号", "企业名称": "主体名称", "经办人": "-"},
        "values": {"主体类型": {"公司": "法人"}, "失信行为类别": {"扰乱市场": "破坏市场公平竞争和社会秩序"}},
    }
}


def office(row):
    """A row as the office writes it: other words, other dates."""
    return row | {
        "disclosure": "公开",
        "subject_type": "公司",
        "category": "扰乱市场",
        "basis": "《大连市社会信用条例》第三十二条\n《演示规定》第一条",
        "decided_on": "2024年5月10日",
        "notified_on": "2024/5/1",
        "listed_on": dt.date(2024, 5, 12),
        "act_ended_on": 45412,
        "published_on": "2024.5.15",
        "subject_code": f" {row['subject_code'][:9]} {row['subject_code'][9:]}",
    }


def lines(rows, *, number=True):
    """The office's sheet: titles, the header, the rows, a closing line."""
    used = {name: title for name, title in HEADINGS.items() if number or name != "id"}
    yield ["演示市严重失信主体名单", *[""] * len(used)]
    yield ["填报单位：演示局", "", "2026年11月"]
    yield ["序号", *used.values(), "经办人"]
    for index, row in enumerate(rows, start=1):
        yield [index, *(row.get(name) for name in used), "演示员"]
    yield ["合计", len(rows)]


def workbook(path, rows, **kind):
    book = openpyxl.Workbook()
    book.active.title = "说明"
    sheet = book.create_sheet("名单")
    for line in lines(rows, **kind):
        sheet.append(line)
    book.save(path)
    return path


def gbk(path, rows, **kind):
    with path.open("w", encoding="gbk", newline="") as file:
        csv.writer(file).writerows(
            [cell.isoformat() if isinstance(cell, dt.date) else cell for cell in line] for line in lines(rows, **kind)
        )
    return path


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    (tmp_path / "map.yml").write_text(yaml.safe_dump(MAP, allow_unicode=True))
    return made


def pack(desk, *options, target="packed"):
    return clean(desk.run("pack", str(desk.folder / target), "--map", str(desk.folder / "map.yml"), *CREATED, *options))


def rows_of(folder, kind="severe-list"):
    with (folder / f"{kind}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("write", [workbook, gbk], ids=["xlsx", "gbk"])
def test_office_table_becomes_an_export_that_check_accepts_before_its_approval(desk, write):
    rows = [office(small_sites.entry("S-1")), office(small_sites.entry("S-2"))]
    path = write(desk.folder / ("own.xlsx" if write is workbook else "own.csv"), rows)
    done = pack(desk, "--severe-list", str(path))
    assert done.returncode == 0, done.stderr
    package = desk.folder / "packed"
    first = rows_of(package)[0]
    assert (first["认定日期"], first["告知日期"], first["列入日期"]) == ("2024-05-10", "2024-05-01", "2024-05-12")
    assert (first["失信行为终止日期"], first["公示日期"]) == ("2024-04-30", "2024-05-15")
    assert (first["主体类型"], first["失信行为类别"]) == ("法人", "破坏市场公平竞争和社会秩序")
    assert first["统一社会信用代码"] == small_sites.entry("S-1")["subject_code"]
    assert first["认定依据"] == "《大连市社会信用条例》第三十二条；《演示规定》第一条"
    assert "经办人" not in first
    descriptor = json.loads((package / "datapackage.json").read_text())
    assert (descriptor["version"], descriptor["approval"]) == ("2026.11.18", {"status": "pending"})
    checked = clean(desk.run("check", "--pending", "--json", "--export", str(package)))
    assert checked.returncode == 0
    told = json.loads(checked.stdout)
    asked = {"upper-law-unread", "list-without-basis"}
    assert [one["code"] for one in told["findings"] if one["code"] not in asked] == ["not-approved"]
    assert told["counts"]["severe-list"]["published"] == 2
    assert clean(desk.run("build", "--export", str(package))).returncode == 1


def test_every_conversion_is_in_the_private_report(desk):
    path = workbook(desk.folder / "own.xlsx", [office(small_sites.entry("S-1"))])
    done = pack(desk, "--severe-list", str(path))
    report = desk.folder / "packed.conversions.csv"
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    with report.open(encoding="utf-8-sig", newline="") as file:
        steps = list(csv.DictReader(file))
    cells = {(one["行"], one["列"]): (one["做了什么"], one["原来"], one["现在"]) for one in steps if one["行"]}
    assert cells["4", "认定日期"] == ("日期写法 → 2026-03-05 的写法", "2024年5月10日", "2024-05-10")
    assert cells["4", "失信行为终止日期"] == ("日期序号 → 日期", "45412", "2024-04-30")
    assert cells["4", "主体类型"] == ("按对照表换词", "公司", "法人")
    assert cells["4", "统一社会信用代码(18位)"] == ("去掉空格、全角字符和前面的撇号", "", "")
    whole = {(one["列"], one["做了什么"]) for one in steps if not one["行"]}
    assert ("", "表头在第 3 行，它上面的 2 行是标题，略去") in whole
    assert ("经办人", "这一列不导出") in whole
    assert ("企业名称", "这一列是「主体名称」") in whole
    assert cells["5", ""][0] == "表尾的一行，不是记录，略去"
    assert "     1  按对照表换词" not in done.stdout
    assert "     2  按对照表换词" in done.stdout


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"decided_on": "2024年5月"}, "bad-date", "decided_on"),
        ({"decided_on": "5/10/2024"}, "bad-date", "decided_on"),
        ({"decided_on": "24.5.10"}, "bad-date", "decided_on"),
        ({"decided_on": "2024年2月30日"}, "bad-date", "decided_on"),
        ({"subject_code": 912102021234567890}, "lossy-number", "subject_code"),
        ({"subject_code": "9.12102E+17"}, "lossy-number", "subject_code"),
        ({"subject_type": "集团"}, "unknown-word", "subject_type"),
        ({"cause": "#N/A"}, "error-cell", "cause"),
        ({"listed_on": None}, "missing", "listed_on"),
        ({"subject_code": "91210202000000000X"}, "bad-credit-code", "subject_code"),
    ],
)
def test_what_is_not_sure_is_refused_at_its_place_in_the_office_table_and_nothing_is_written(
    desk, changes, code, column
):
    path = workbook(desk.folder / "own.xlsx", [office(small_sites.entry("S-1")) | changes])
    before = small_sites.all_of(desk.folder)
    done = pack(desk, "--severe-list", str(path), "--assign-ids", str(desk.folder / "ids.csv"), "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)["findings"]
    assert [(one["code"], one["place"]) for one in found] == [(code, {"file": "own.xlsx", "row": 4, "column": column})]
    assert small_sites.all_of(desk.folder) == before


def test_unknown_heading_is_refused_with_the_line_to_write_in_the_map(desk):
    (desk.folder / "map.yml").write_text("severe-list: {}\n")
    path = workbook(desk.folder / "own.xlsx", [office(small_sites.entry("S-1"))])
    done = pack(desk, "--severe-list", str(path))
    assert done.returncode == 1
    assert "own.xlsx:3:企业名称 unknown-column" in done.stderr
    assert "columns 里写，例如 企业名称: 主体名称" in done.stderr


def test_ledger_gives_numbers_that_stay_and_never_come_twice(desk):
    ledger = desk.folder / "ids.csv"
    rows = [office(small_sites.entry("S-1")), office(small_sites.entry("S-2"))]
    path = workbook(desk.folder / "own.xlsx", rows, number=False)
    assert pack(desk, "--severe-list", str(path), "--assign-ids", str(ledger)).returncode == 0
    assert [one["记录编号"] for one in rows_of(desk.folder / "packed")] == ["YZ2024-0001", "YZ2024-0002"]
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o600
    renamed = office(small_sites.entry("S-2")) | {"subject_name": "演示改名公司"}
    path = workbook(desk.folder / "own.xlsx", [office(small_sites.entry("S-3")), renamed], number=False)
    assert pack(desk, "--severe-list", str(path), "--assign-ids", str(ledger), target="again").returncode == 0
    assert [one["记录编号"] for one in rows_of(desk.folder / "again")] == ["YZ2024-0003", "YZ2024-0002"]
    path = workbook(desk.folder / "own.xlsx", [renamed, renamed], number=False)
    done = pack(desk, "--severe-list", str(path), "--assign-ids", str(ledger), "--json", target="third")
    assert done.returncode == 1
    assert json.loads(done.stdout)["findings"][0]["code"] == "repeated-record"


def test_number_of_a_natural_person_is_in_no_ledger_and_no_report(desk):
    person = small_sites.person("S-1")
    row = office(person) | {"subject_type": "个人", "subject_code": f"{person['subject_code']} "}
    path = workbook(desk.folder / "own.xlsx", [row], number=False)
    done = pack(desk, "--severe-list", str(path), "--assign-ids", str(desk.folder / "ids.csv"))
    assert done.returncode == 0
    for name in ("ids.csv", "packed.conversions.csv"):
        assert person["subject_code"] not in (desk.folder / name).read_text("utf-8-sig")
    assert person["subject_code"] not in done.stdout + done.stderr


def test_ledger_with_a_number_twice_is_refused(desk):
    ledger = desk.folder / "ids.csv"
    ledger.write_text("kind,id,key\nsevere-list,YZ2024-0001,甲\nsevere-list,YZ2024-0001,乙\n")
    path = workbook(desk.folder / "own.xlsx", [office(small_sites.entry("S-1"))], number=False)
    done = pack(desk, "--severe-list", str(path), "--assign-ids", str(ledger), "--json")
    assert json.loads(done.stdout)["findings"][0]["code"] == "bad-ledger"


def test_three_lists_of_one_workbook_find_their_sheets_and_pictures(desk, tmp_path):
    book = openpyxl.Workbook()
    for kind, rows in (
        (Kind.MEASURE, [small_sites.measure()]),
        (Kind.ROLE_MODEL, [small_sites.model(photo="演示照片.png")]),
    ):
        used = [column for column in COLUMNS[kind] if column.name in rows[0]]
        sheet = book.create_sheet(kind.value)
        sheet.append([column.label for column in used])
        for row in rows:
            cells = [row[column.name] for column in used]
            sheet.append(["；".join(one) if isinstance(one, list) else one for one in cells])
    path = tmp_path / "own.xlsx"
    book.save(path)
    photos = tmp_path / "photos"
    photos.mkdir()
    picture = (small_sites.PROGRAM / "docs" / "screens" / "dalian-home-360.png").read_bytes()
    (photos / "演示照片.png").write_bytes(picture)
    (photos / "不用的.png").write_bytes(picture)
    options = ("--measures", str(path), "--role-models", str(path), "--photos", str(photos))
    assert pack(desk, *options).returncode == 0
    package = tmp_path / "packed"
    (row,) = rows_of(package, "role-models")
    assert [one.name for one in package.glob("*.png")] == [f"{row['照片']}.png"]
    checked = json.loads(clean(desk.run("check", "--pending", "--json", "--export", str(package))).stdout)
    assert checked["counts"]["role-models"]["published"] == 1


def test_merged_cells_are_filled_down(desk):
    used = list(HEADINGS)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(HEADINGS.values()))
    for record in ("S-1", "S-2"):
        row = office(small_sites.entry(record))
        sheet.append([row[name] for name in used])
    column = used.index("authority") + 1
    sheet.cell(3, column).value = None
    sheet.merge_cells(start_row=2, start_column=column, end_row=3, end_column=column)
    path = desk.folder / "own.xlsx"
    book.save(path)
    done = pack(desk, "--severe-list", str(path))
    assert done.returncode == 0, done.stderr
    assert {one["认定单位"] for one in rows_of(desk.folder / "packed")} == {"演示市场监管局"}
    assert "合并的单元格，每格都填上它的内容：1 格" in done.stdout


def test_existing_folder_is_never_written_over(desk):
    path = workbook(desk.folder / "own.xlsx", [office(small_sites.entry("S-1"))])
    (desk.folder / "packed").mkdir()
    before = small_sites.all_of(desk.folder)
    done = pack(desk, "--severe-list", str(path), "--json")
    assert (done.returncode, json.loads(done.stdout)["findings"][0]["code"]) == (2, "already-there")
    assert small_sites.all_of(desk.folder) == before


def test_same_table_gives_the_same_bytes(desk):
    path = workbook(desk.folder / "own.xlsx", [office(small_sites.entry("S-1"))])
    for target in ("one", "two"):
        assert pack(desk, "--severe-list", str(path), target=target).returncode == 0
    assert small_sites.files_of(desk.folder / "one") == small_sites.files_of(desk.folder / "two")


def column(name, kind=Kind.SEVERE):
    return next(one for one in COLUMNS[kind] if one.name == name)


@pytest.mark.parametrize(
    ("name", "cell", "text"),
    [
        ("decided_on", "2026年3月5日", "2026-03-05"),
        ("decided_on", "２０２６/3/5", "2026-03-05"),
        ("decided_on", "2026-3-5", "2026-03-05"),
        ("decided_on", "2026.03.05", "2026-03-05"),
        ("decided_on", "20260305", "2026-03-05"),
        ("decided_on", 20260305.0, "2026-03-05"),
        ("decided_on", 46086.0, "2026-03-05"),
        ("decided_on", "46086", "2026-03-05"),
        ("decided_on", "2026-03-05 00:00:00", "2026-03-05"),
        ("decided_on", dt.datetime.combine(dt.date(2026, 3, 5), dt.time()), "2026-03-05"),
        ("removed_on", "无", ""),
        ("act_ongoing", "√", "是"),
        ("act_ongoing", "无", "否"),
        ("act_ongoing", 1.0, "是"),
        ("region", 210202.0, "210202"),
        ("term_months", "3年", "36"),
        ("term_months", "18个月", "18"),
        ("measure_ids", "DL-34-1、DL-34-2", "DL-34-1；DL-34-2"),
        ("cause", "　演示\r\n事由 ", "演示\n事由"),
        ("subject_type", "个体户", "个体工商户"),
        ("decision_no", 12.0, "12"),
    ],
)
def test_cell_is_converted_and_what_was_done_is_said(name, cell, text):
    converted = convert(cell, column(name), {})
    assert isinstance(converted, Converted)
    assert converted.text == text
    assert converted.done


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("decided_on", "2026/13/5"),
        ("decided_on", "05/03/2026"),
        ("decided_on", "2026-03-05 14:30"),
        ("decided_on", 3.5),
        ("decided_on", 2026.0),
        ("act_ongoing", "也许"),
        ("subject_code", 9.1210202e17),
        ("decision_no", dt.time(3, 5)),
    ],
)
def test_cell_that_is_not_sure_is_refused(name, cell):
    assert isinstance(convert(cell, column(name), {}), Refused)


@pytest.mark.parametrize(("name", "cell"), [("decided_on", "2026-03-05"), ("cause", "演示事由"), ("region", "210202")])
def test_cell_that_is_right_is_left_as_it_is(name, cell):
    assert convert(cell, column(name), {}) == Converted(cell)
