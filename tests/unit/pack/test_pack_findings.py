"""Findings that can be read and followed: a real office's table is mapped from what ``pack`` says at once."""

import csv
import json
import re

import openpyxl
from packed_tables import HEADINGS, Packing, table
import small_sites
import yaml

from site_builder.export.schema import COLUMNS
from site_builder.vocabulary import Kind

MANY = 5_000
OFFICE = {
    "记录编号": "编号",
    "主体名称": "企业名称",
    "统一社会信用代码": "信用代码",
    "法定代表人": "法人代表",
    "名单名称": "所属名单名称",
    "认定事由": "失信事实",
    "认定依据": "认定所依据",
    "失信惩戒措施提示": "惩戒措施提示",
    "移出条件": "名单移出条件",
    "移出程序": "名单移出程序",
    "救济措施": "救济措施告知",
    "认定单位": "认定部门",
    "决定文书号": "文书号",
    "认定日期": "认定决定日期",
    "告知日期": "告知送达日期",
    "公示日期": "公布日期",
}
"""Ours → the office's."""

OWN = {"经办科室": "演示科", "内部备注码": "1"}
"""What only the office needs."""


def office_table(path):
    """5,000 rows under seventeen and more headings of the office's own, with words of its own."""
    labels = [*dict.fromkeys([*OFFICE, "披露方式", "主体类型", "失信行为类别", "列入日期"])]
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    sheet.append(["演示市严重失信主体名单"])
    sheet.append(["序号", *(OFFICE.get(label, label) for label in labels), *OWN])
    for number in range(1, MANY + 1):
        row = dict.fromkeys(labels, "演示") | {
            "记录编号": f"YZ2026-{number:04}",
            "披露方式": "公开",
            "主体名称": f"演示{number}号有限公司",
            "主体类型": ["企业", "法人", "个体经营户"][number % 3],
            "统一社会信用代码": small_sites.credit_code(number),
            "失信行为类别": ["扰乱市场秩序", "拒不履行义务", "破坏市场公平竞争和社会秩序"][number % 3],
            "决定文书号": f"演示〔2026〕{number}号",
        }
        row |= {label: "2026/3/5" for label in labels if label.endswith("日期")}
        sheet.append([number, *row.values(), *OWN.values()])
    book.save(path)
    return path


def test_map_of_a_real_table_is_written_from_what_is_said_at_once(desk):
    path = office_table(desk.folder / "own.xlsx")
    first = Packing(desk, path)
    unknown = {one["place"]["column"]: one for one in first.found if one["code"] == "unknown-column"}
    assert set(unknown) == {*OFFICE.values(), *OWN}
    assert len(unknown) >= 17
    words = [one for one in first.found if one["code"] != "unknown-column"]
    told = {(one["place"]["column"], one["code"]) for one in words}
    assert told == {("subject_type", "unknown-word"), ("category", "unknown-word")}
    assert len(words) == 4
    assert "「主体类型」写的是「企业」（第 5 行起共 1666 行）" in first.told.stderr
    assert "还没有着落的必填列：记录编号、主体名称、" in first.told.stderr
    ours = {office: label for label, office in OFFICE.items()}
    offered = {title: re.search(r"例如 (\S+): (\S+)；", one["hint"]) for title, one in unknown.items()}
    right = sum(found is not None and found[2] == ours.get(title) for title, found in offered.items())
    assert right >= len(OFFICE) - 3
    mapping = {"columns": {title: ours.get(title, "-") for title in unknown}}
    mapping["values"] = {
        "主体类型": {"企业": "法人", "个体经营户": "个体工商户"},
        "失信行为类别": {"扰乱市场秩序": "破坏市场公平竞争和社会秩序", "拒不履行义务": "拒不履行法定义务"},
    }
    second = Packing(desk, path, mapping=yaml.safe_dump({"severe-list": mapping}, allow_unicode=True))
    assert second.code == 0
    assert len(second.records) == MANY


def test_many_findings_are_counted_and_the_rest_is_in_a_private_file(desk):
    rows = [*table(1), *(line for _ in range(60) for line in table(1, 认定日期="不详", 列入日期="不详")[1:])]
    path = desk.folder / "own.csv"
    path.write_text("".join(",".join(row) + "\n" for row in rows))
    done = Packing(desk, path)
    lines = done.told.stderr.splitlines()
    assert f"全部 {len(done.found)} 项写在 {done.folder}.findings.csv" in lines[0]
    assert "      60  bad-date decided_on" in lines
    assert sum("own.csv:" in line and "decided_on bad-date" in line for line in lines) == 5
    file = done.folder.with_name("packed.findings.csv")
    assert file.stat().st_mode & 0o777 == 0o600
    with file.open(encoding="utf-8-sig", newline="") as whole:
        written = list(csv.DictReader(whole))
    assert len(written) == len(done.found)
    assert {(one["代码"], one["行"], one["列"]) for one in written} == {
        (code, str(row), column) for code, row, column in done.findings
    }


def test_word_that_stands_once_in_a_row_that_is_not_public_is_not_repeated(desk):
    path = desk.folder / "own.csv"
    rows = table(2, 披露方式="政务共享")
    rows[1][5] = "演示某人的事"
    path.write_text("".join(",".join(row) + "\n" for row in rows))
    done = Packing(desk, path)
    assert done.findings == [("unknown-word", 2, "category")]
    assert "演示某人的事" not in done.told.stderr
    rows[1][1] = "社会公开"
    path.write_text("".join(",".join(row) + "\n" for row in rows))
    assert "演示某人的事" in Packing(desk, path).told.stderr


def test_faulty_rows_stay_out_are_counted_and_come_back_mended(desk):
    rows = table(4)
    rows[2][8], rows[4][5] = "2026年13月", "扰乱"
    path = desk.folder / "own.csv"
    path.write_text("".join(",".join(row) + "\n" for row in rows))
    done = Packing(desk, path, "--quarantine")
    assert (done.code, done.ids) == (0, ["YZ2026-001", "YZ2026-003"])
    assert "2 行内容有误，没有打包" in done.told.stdout
    descriptor = json.loads((done.folder / "datapackage.json").read_text())
    assert descriptor["resources"][0]["rows"] == 2
    back = done.folder.with_name("packed.quarantine.xlsx")
    assert back.stat().st_mode & 0o777 == 0o600
    book = openpyxl.load_workbook(back)
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == ["原表位置", "要改正的问题", *HEADINGS]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["own.csv:3", "own.csv:5"]
    assert "认定日期" in sheet.cell(2, 2).value
    sheet.cell(2, 11).value, sheet.cell(3, 8).value = "2026-03-05", "破坏市场公平竞争和社会秩序"
    mended = desk.folder / "mended.xlsx"
    book.save(mended)
    (desk.folder / "packed").rename(desk.folder / "before")
    assert Packing(desk, mended).ids == ["YZ2026-002", "YZ2026-004"]


def test_sound_table_has_no_quarantine_file(desk):
    path = desk.folder / "own.csv"
    path.write_text("".join(",".join(row) + "\n" for row in table(2)))
    done = Packing(desk, path, "--quarantine")
    assert done.ids == ["YZ2026-001", "YZ2026-002"]
    assert not done.folder.with_name("packed.quarantine.xlsx").exists()


def test_letters_that_a_code_cannot_have_are_told_with_their_place(desk):
    path = desk.folder / "own.csv"
    rows = table(1, 统一社会信用代码="9100000000000O1I1C")
    path.write_text("".join(",".join(row) + "\n" for row in rows))
    (found,) = Packing(desk, path).found
    assert "第 14 位是字母 O（多半是数字 0）、第 16 位是字母 I（多半是数字 1）" in found["message"]


def test_ledger_knows_a_record_that_is_typed_in_another_way(desk):
    ledger = str(desk.folder / "ids.csv")
    given = {"主体名称": "演示·阿里（大连）公司", "统一社会信用代码": "", "主体类型": "自然人"}
    ways = [
        ("演示〔2026〕1号", "演示·阿里（大连）公司"),
        ("演示[2026]1号", "演示•阿里(大连)公司"),
        ("演示（2026）１号", "演示．阿里（大连） 公司"),
    ]
    ids = []
    for number, (document, name) in enumerate(ways):
        rows = table(1, **given | {"主体名称": name, "决定文书号": document, "自然人公开依据": "《演示办法》"})
        rows = [[cell for title, cell in zip(rows[0], row, strict=True) if title != "记录编号"] for row in rows]
        rows[1][3] = ""
        path = desk.folder / f"own{number}.csv"
        path.write_text("".join(",".join(row) + "\n" for row in rows))
        done = Packing(desk, path, "--assign-ids", ledger)
        assert done.code == 0, done.told.stderr
        ids += done.ids
        done.folder.rename(desk.folder / f"packed{number}")
    assert ids == ["YZ2026-0001"] * 3


def test_every_list_of_columns_has_no_heading_that_a_bracket_makes_another():
    for kind in Kind:
        labels = [column.label for column in COLUMNS[kind]]
        assert len(set(labels)) == len(labels)
