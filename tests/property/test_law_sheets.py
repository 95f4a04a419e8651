"""Whatever a law's files say comes back from a workbook as it was, dated or not, and whatever stands in its texts."""

from pathlib import Path
import tempfile

from hypothesis import given, settings
from hypothesis import strategies as st
import random_laws
from sizes import examples

from site_builder.cli.law_import import sheets_of
from site_builder.config.source import Faults, parse_yaml, plain
from site_builder.law.from_sheets import LawFiles
from site_builder.law.sheet_rows import sheet_rows
from site_builder.law.to_sheets import to_sheets
from site_builder.law.workbook import About, as_workbook
from site_builder.law.yaml_text import yaml_text


def read(cells):
    faults = Faults("x")
    found = LawFiles(sheet_rows(cells, faults), faults).files()
    assert faults.found == []
    return {name: plain(node) for name, node in found.items()}


def cells_of(sheets):
    return {
        one.name: {
            1: list(one.heads),
            **{number: [row.get(head, "") for head in one.heads] for number, row in enumerate(one.rows, start=2)},
        }
        for one in sheets
    }


@given(random_laws.laws())
def test_sheets_say_what_the_files_say(law):
    assert read(cells_of(to_sheets(law, {}))) == {name: plain(node) for name, node in law.items()}


@settings(max_examples=examples(10))
@given(random_laws.laws())
def test_a_workbook_says_what_the_files_say(law):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "law.xlsx"
        file.write_bytes(as_workbook(to_sheets(law, {}), About("演示", "0", 0)))
        assert read(sheets_of(file)) == {name: plain(node) for name, node in law.items()}


@given(random_laws.laws(), st.sampled_from([0, 40, 110]))
def test_yaml_says_what_was_meant_in_as_many_rows_as_it_has(law, width):
    for node in law.values():
        lines = yaml_text(node, width)
        assert all("\n" not in line for line, _ in lines)
        faults = Faults("x")
        assert plain(parse_yaml("".join(f"{line}\n" for line, _ in lines), faults)) == plain(node)
        assert faults.found == []
