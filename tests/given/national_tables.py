"""Rows of the national tables as an office fills them in, packed as one sheet of its own."""

import datetime as dt

import small_sites

from site_builder.pack.heading import read_heading
from site_builder.pack.mapping import ListMap
from site_builder.pack.rows import pack_rows
from site_builder.pack.table import Table

CREATED = dt.date(2026, 11, 18)
PENALTY = {
    "行政相对人名称": "演示甲公司",
    "行政相对人类别": "法人及非法人组织",
    "行政相对人代码_1（统一社会信用代码）": small_sites.credit_code(1),
    "法定代表人": "演示张",
    "行政处罚决定书文号": "演示罚〔2026〕1号",
    "违法行为类型": "演示违法行为",
    "违法事实": "演示违法事实",
    "处罚依据": "《演示条例》第三条",
    "处罚类别": "警告；罚款",
    "处罚内容": "演示处罚内容",
    "罚款金额（万元）": 0.5,
    "处罚决定日期": dt.date(2026, 6, 22),
    "公示截止期": "2099/12/31",
    "处罚机关": "演示处罚机关",
    "信息使用范围": 0,
    "公示日期": "2026-07-01",
}


def packed(kind, rows, *, quarantine=False, **mapping):
    """Rows (heading → cell) as one sheet of an office, packed with numbers given in the table.

    ``mapping`` is what the office's map says of the list.
    """
    numbered = [{"记录编号": f"N-{number}"} | row for number, row in enumerate(rows, start=2)]
    titles = list(numbered[0])
    cells = {1: titles} | {number: [row[title] for title in titles] for number, row in enumerate(numbered, start=2)}
    given = ListMap(**mapping)
    heading = read_heading(kind, Table(file="演示.xlsx", rows=cells), 1, given, "演示.xlsx")
    return pack_rows(kind, [heading], given, None, {}, created=CREATED, quarantine=quarantine)


def records(done):
    """What was packed, without a fault: machine name → text."""
    assert done.faults == ()
    return [dict(zip(done.columns, row, strict=True)) for row in done.rows]
