"""What an office has on its disk, for the tutorial: ``python docs/office.py FOLDER``. Every name is invented.

Three workbooks as offices keep them (titles above the header, headings and words of their own, dates in three ways):
``上期.xlsx``, ``本期.xlsx``, and ``错发.xlsx`` with two mistakes; and ``对照.yml``, which says what the headings mean.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
import sys
from typing import Final

import xlsxwriter

from site_builder.starter.sample import demo_code

Cell = str | int | dt.date | None
Row = dict[str, Cell]

COMPANY: Final = "《市场监督管理严重违法失信名单管理办法》第五条"
SHARED: Final[Row] = {
    "主体类型": "公司",
    "名单名称": "市场监督管理严重违法失信名单（演示）",
    "失信行为类别": "扰乱市场",
    "认定依据": COMPANY,
    "失信惩戒措施提示": "限制享受相关公共政策。",
    "移出条件": "履行义务，纠正失信行为，满一年。",
    "移出程序": "向认定单位提出申请，经核实后移出。",
    "救济措施": "可以自收到决定之日起六十日内申请行政复议，或者六个月内提起行政诉讼。",
    "惩戒措施编号": "DL-34-3",
    "认定部门": "演示市市场监督管理局",
    "经办人": "演示员",
}


def main() -> None:
    """Write the workbooks and the map into the folder named."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    before = [
        _entry("YZ2025-001", "演示海产有限公司", 11, "销售超过保质期的食品，拒不召回。", 2),
        _entry("YZ2025-002", "演示建材有限公司", 12, "伪造产品检验报告。", 3),
        _entry("YZ2025-003", "演示物流有限公司", 13, "虚假宣传，拒不履行行政处罚决定。", 4, notified=False),
    ]
    now = [
        before[0],
        before[1] | {"移出日期": "2026年4月20日", "变动理由": "已履行义务，经核实移出。"},
        _entry("YZ2025-003", "演示物流有限公司", 13, "虚假宣传，拒不履行行政处罚决定。", 4),
        _entry("YZ2026-001", "演示食品有限公司", 14, "使用不得使用的添加剂。", 5),
    ]
    wrong = [
        before[0] | {"认定事由": "伪造产品检验报告。"},
        *now[1:],
        _entry("YZ2026-002", "演示药店有限公司", 15, "案件还在调查。", 6),
    ]
    for name, entries in (("上期", before), ("本期", now), ("错发", wrong)):
        _workbook(folder / f"{name}.xlsx", entries)
    (folder / "对照.yml").write_text(MAP, encoding="utf-8")


def _entry(number: str, name: str, code: int, cause: str, month: int, *, notified: bool = True) -> Row:
    """An entry decided in a month of 2025, its dates as people write them."""
    own: Row = {
        "编号": number,
        "企业名称": name,
        "统一社会信用代码": demo_code(code),
        "认定事由": cause,
        "决定文书号": f"演示市监严〔2025〕{code}号",
        "失信行为终止日期": f"2025/{month - 1}/20",
        "告知日期": dt.date(2025, month, 8) if notified else None,
        "认定日期": f"2025年{month}月18日",
        "列入日期": dt.date(2025, month, 20),
        "公示日期": f"2025.{month}.22",
        "移出日期": None,
        "变动理由": None,
    }
    return own | SHARED


MEASURES: Final[list[Row]] = [
    {
        "措施编号": number,
        "类别": kind,
        "措施名称": title,
        "奖惩措施": content,
        "实施对象": targets,
        "实施主体": "演示市各有关部门",
        "实施依据": "《大连市社会信用条例》",
        "依据层级": "地方性法规",
        "条款": number,
        "施行日期": dt.date(2021, 12, 1),
        "公布日期": dt.date(2021, 12, 1),
    }
    for number, kind, title, content, targets in (
        ("DL-34-3", "失信惩戒", "限制享受公共政策", "限制享受财政资金补助等政策。", "列入名单的主体"),
        ("DL-29-1", "守信激励", "绿色通道", "行政管理中给予优先办理、简化程序。", "守信主体"),
    )
]
MODELS: Final[list[Row]] = [
    {
        "记录编号": "DX2026-001",
        "名称": "演示渔业合作社",
        "主体类型": "公司",
        "统一社会信用代码": demo_code(21),
        "荣誉称号": "诚信经营示范单位（演示）",
        "类别": "诚信典型",
        "授予单位": "演示市信用办",
        "授予日期": dt.date(2026, 3, 5),
        "公示日期": "2026年3月6日",
        "摘要": "十年没有一件投诉。",
        "诚信事迹": "演示：缺斤短两的，十倍赔付，贴在每一只秤上。",
    }
]
MAP: Final = """\
# 本单位的列名和用词，换成规定的。左边是表里的，右边是导出的（docs/export.md）。
severe-list:
  columns:
    编号: 记录编号
    企业名称: 主体名称
    认定部门: 认定单位
    经办人: "-" # 不导出
  values:
    主体类型: {公司: 法人}
    失信行为类别: {扰乱市场: 破坏市场公平竞争和社会秩序}
  fixed:
    披露方式: 社会公开
measures:
  fixed:
    披露方式: 社会公开
role-models:
  values:
    主体类型: {公司: 法人}
  fixed:
    披露方式: 社会公开
"""


def _workbook(path: Path, entries: list[Row]) -> None:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": dt.datetime(2026, 5, 1)})  # noqa: DTZ001  # the same bytes each time
    for title, rows in (("严重失信主体名单", entries), ("信用奖惩措施清单", MEASURES), ("诚信典型", MODELS)):
        sheet = book.add_worksheet(title)
        sheet.write(0, 0, f"演示市{title}")
        sheet.write(1, 0, "填报单位：演示市信用办")
        sheet.write_row(2, 0, ["序号", *rows[0]])
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number + 2, 0, [number, *row.values()])
        sheet.write(len(rows) + 3, 0, "合计")
        sheet.write(len(rows) + 3, 1, len(rows))
    book.close()


if __name__ == "__main__":
    main()
