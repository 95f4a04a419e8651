"""What ``site-builder match`` costs: ``benchmarks/match.py 1000000 100000`` (entries published, rows of the list).

Entries and list are invented. Of ten rows of the list two are published as they are written, three are mistyped in the
ways of ``tests/given/mistyped.py``, five are nobody's; every other row has a code. Prints a Markdown table, and of each
way how many rows were not found: none of those that are written as they are published.
"""

from __future__ import annotations

from collections.abc import Iterator
import datetime as dt
import hashlib
import json
from pathlib import Path
from random import Random
import sys
import tempfile

import python_calamine
import xlsxwriter

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "given"), str(ROOT / "benchmarks" / "search")]

from invented_rows import credit_code, name, severe  # noqa: E402 - found through the line above
from measuring import measure  # noqa: E402
from mistyped import KINDS as MISTYPED  # noqa: E402

from site_builder.match.answer import NONE, RESULTS  # noqa: E402
from site_builder.outputs.columns import COLUMNS  # noqa: E402
from site_builder.vocabulary import Kind  # noqa: E402

AS_OF = dt.date(2026, 11, 20)
LONG = "演示事由：经查，该单位的行为违反有关规定，拒不履行生效文书确定的义务。" * 3
KEPT = 200_000
"""Entries among which the rows of the list that are published are drawn."""


def entries(count: int) -> Iterator[dict[str, object]]:
    """Published entries with all columns, as long as real ones."""
    random = Random(1)  # noqa: S311 - chance is seeded
    columns = [column.name for column in COLUMNS[Kind.SEVERE]]
    texts = {"cause", "measures_notice", "removal_conditions", "removal_procedure", "remedies"}
    for number in range(count):
        row = severe(random, number)
        told = {
            "id": row.id,
            "url": f"https://bench.example/{row.href}",
            "subject_name": row.title,
            "subject_type": row.subject_type,
            "subject_code": row.code,
            "decision_no": row.number,
            "listed_on": row.date,
            "published_on": row.date,
            "authority": row.authority,
        }
        yield {one: told.get(one, LONG if one in texts else None) for one in columns}


def write_site(root: Path, count: int) -> list[dict[str, object]]:
    """A web root as far as ``match`` reads it; some of its entries."""
    (root / "data").mkdir(parents=True)
    kept = []
    with (root / "data" / "severe-list.jsonl").open("w") as file:
        for number, entry in enumerate(entries(count)):
            file.write(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n")
            if number < KEPT:
                kept.append(entry)
    with (root / "data" / "severe-list.jsonl").open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    listed = f"{digest}  data/severe-list.jsonl\n"
    (root / "release-files.txt").write_text(listed)
    told = {"version": "2026.11.18", "as_of": str(AS_OF), "valid_through": None, "published": {"severe-list": count}}
    (root / "release.json").write_text(json.dumps(told | {"files": hashlib.sha256(listed.encode()).hexdigest()}))
    return kept


def write_list(path: Path, count: int, published: list[dict[str, object]]) -> list[str]:
    """The office's list; of each row whether it is ``same``, mistyped (how) or ``nobody``."""
    random = Random(2)  # noqa: S311 - chance is seeded
    kinds = []
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["序号", "投标人名称", "统一社会信用代码"])
        for number in range(1, count + 1):
            entry = random.choice(published)
            while entry["subject_type"] == "natural_person":
                entry = random.choice(published)
            draw = random.random()
            called, code, kind = str(entry["subject_name"]), str(entry["subject_code"]), "same"
            if draw > 0.5:  # noqa: PLR2004 - a share
                called, code, kind = name(random), credit_code(random, "210202"), "nobody"
            elif draw > 0.2:  # noqa: PLR2004 - a share
                kind = random.choice(list(MISTYPED))
                try:
                    called, code = MISTYPED[kind](called, random), ""
                except IndexError:  # it cannot be mistyped so
                    kind, code = "same", ""
            kinds.append(kind)
            sheet.write_row(number, 0, [number, called, code if number % 2 else ""])
    return kinds


def main() -> None:
    """Measure and print."""
    count, asked = (int(one) for one in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as name_:
        folder = Path(name_)
        kinds = write_list(folder / "list.xlsx", asked, write_site(folder / "site", count))
        answers = folder / "answers.xlsx"
        command = ["-m", "site_builder", "match", "list.xlsx", "--data", "site", "--answers", str(answers), "--json"]
        run = measure([sys.executable, *command], folder)
        told = json.loads(run.said)["results"]
        print(f"| 公示 | 名单 | 秒 | CPU 秒 | 内存峰值（MB） | {' | '.join(RESULTS)} |")
        print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
        results = " | ".join(f"{told[one]:,}" for one in RESULTS)
        print(f"| {count:,} | {asked:,} | {run.wall:.0f} | {run.cpu:.0f} | {run.memory / 1e6:.0f} | {results} |")
        for step, seconds in run.steps:
            print(f"- {step}: {seconds:.1f}")
        lines = iter(python_calamine.load_workbook(answers).get_sheet_by_index(0).iter_rows())
        next(line for line in lines if line[0] == "工作表")
        cleared = dict.fromkeys(kinds, 0)
        for line in lines:
            cleared[kinds[int(line[1]) - 2]] += line[4] == NONE
        for kind, cleared_ in sorted(cleared.items()):
            print(f"- {kind}: {cleared_:,} of {kinds.count(kind):,} not found")


if __name__ == "__main__":
    main()
