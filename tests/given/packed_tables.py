"""Runs ``pack`` on an office's table and reads what came of it."""

import csv
import json

from webmasters_desk import clean

HEADINGS = {
    "记录编号": "YZ2026-00{}",
    "披露方式": "社会公开",
    "主体名称": "演示{}号有限公司",
    "主体类型": "法人",
    "统一社会信用代码": "",
    "失信行为类别": "破坏市场公平竞争和社会秩序",
    "认定单位": "演示局",
    "决定文书号": "演示〔2026〕{}号",
    "认定日期": "2026-03-05",
    "列入日期": "2026-03-06",
    "公示日期": "2026-03-07",
    "认定事由": "演示事由。",
}
CODES = ["91000000000000101C", "91000000000000102F", "91000000000000103J", "91000000000000104M"]
"""Of an unused division: they belong to nobody."""


def lines(count, **changes):
    """Rows of a table, each with its own number; ``changes`` replace the text under a heading."""
    texts = HEADINGS | changes
    for number in range(1, count + 1):
        yield [CODES[number - 1] if title == "统一社会信用代码" and not text else str(text).format(number)
               for title, text in texts.items()]  # fmt: skip


def table(count, **changes):
    """The header and the rows."""
    return [list(HEADINGS | changes), *lines(count, **changes)]


def text(rows, delimiter=","):
    """Rows as a text file without a quote."""
    return "".join(delimiter.join(map(str, row)) + "\n" for row in rows)


class Packing:
    """What ``pack`` did: its exit code, its findings as (code, row, column), and the records it wrote."""

    def __init__(self, desk, path, *options, kind="severe-list", mapping=""):
        self.folder = desk.folder / "packed"
        if mapping:
            (desk.folder / "map.yml").write_text(mapping)
            options = (*options, "--map", str(desk.folder / "map.yml"))
        whole = (str(self.folder), f"--{kind}", str(path), "--created", "2026-11-18T10:00:00+08:00", *options)
        self.told = clean(desk.run("pack", *whole))
        self.code = self.told.returncode
        done = self.told if self.code == 0 else clean(desk.run("pack", *whole, "--json"))
        self.found = [] if self.code == 0 else json.loads(done.stdout)["findings"]
        self.findings = [(one["code"], one["place"]["row"], one["place"]["column"]) for one in self.found]
        self.kind = kind

    @property
    def records(self):
        with (self.folder / f"{self.kind}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    @property
    def ids(self):
        return [one["记录编号"] for one in self.records]
