"""The wrong file: a table of another list, a table where an export belongs, a file with nothing in it."""

import csv
import json
import subprocess
import sys

from national_tables import PENALTY
import openpyxl
import pytest
import small_sites
from webmasters_desk import clean

from site_builder.vocabulary import LABELS, Kind

LICENCE = {
    "行政相对人名称": "演示甲公司",
    "行政许可决定文书号": "演示许〔2026〕1号",
    "许可类别": "普通",
    "许可机关": "演示机关",
}
ROLE_MODEL = {"荣誉称号": "演示典型", "授予单位": "演示单位", "授予日期": "2026-01-01", "诚信事迹": "演示"}


def book(path, row, titles=()):
    made = openpyxl.Workbook()
    for cells in (*titles, list(row), list(row.values())):
        made.active.append(cells)
    made.save(path)
    return path


def refused(desk, command, *options):
    done = clean(desk.run(command, *map(str, options), "--json"))
    [finding] = json.loads(done.stdout)["findings"]
    return done.returncode, finding


@pytest.mark.parametrize(
    ("given", "kind", "row"),
    [
        ("severe-list", Kind.PENALTY, PENALTY),
        ("licences", Kind.PENALTY, PENALTY),
        ("penalties", Kind.LICENCE, LICENCE),
        ("severe-list", Kind.ROLE_MODEL, ROLE_MODEL),
    ],
)
@pytest.mark.parametrize("mapped", [False, True])
def test_table_of_another_list_is_told_with_the_option_it_goes_with(desk, given, kind, row, mapped):
    """Also where the header's row was written into the map: no thirty questions about its columns."""
    path = book(desk.folder / "own.xlsx", row, titles=[["演示汇总表"]])
    (desk.folder / "map.yml").write_text(f"{given}:\n  header: 2\n", "utf-8")
    options = ["--map", desk.folder / "map.yml"] if mapped else []
    code, finding = refused(desk, "pack", desk.folder / "packed", f"--{given}", path, *options)
    assert (code, finding["code"], finding["place"]["row"]) == (1, "no-header", 2)
    assert f"像「{LABELS[kind]}」的表" in finding["message"]
    assert f"用 --{kind.value}；" in finding["hint"]


def test_table_of_no_list_is_asked_for_its_header(desk):
    path = book(desk.folder / "own.xlsx", {"甲": 1, "乙": 2, "丙": 3})
    code, finding = refused(desk, "pack", desk.folder / "packed", "--severe-list", path)
    assert (code, finding["code"], "header" in finding["hint"]) == (1, "no-header", True)


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("name", ["own.xlsx", "own.csv"])
def test_table_given_for_an_export_is_to_be_packed_first(desk, command, name):
    path = book(desk.folder / "own.xlsx", PENALTY)
    path = path.rename(path.with_name(name))
    code, finding = refused(desk, command, "--export", path)
    assert (code, finding["code"]) == (2, "not-a-package")
    assert "是一张表" in finding["message"]
    assert "pack" in finding["hint"]


@pytest.mark.parametrize("name", ["own.xlsx", "own.xls", "own.csv", "own.ods"])
def test_file_without_content_is_told_so(desk, name):
    path = desk.folder / name
    path.write_bytes(b"")
    code, finding = refused(desk, "pack", desk.folder / "packed", "--severe-list", path)
    assert (code, finding["code"], finding["place"]["file"]) == (1, "empty-file", name)


def test_table_without_content_is_told_so(desk):
    for name in ("own.xlsx", "own.csv"):
        path = desk.folder / name
        if name == "own.csv":
            path.write_text("\n \n", "utf-8")
        else:
            openpyxl.Workbook().save(path)
        assert refused(desk, "pack", desk.folder / "packed", "--severe-list", path)[1]["code"] == "empty-file"


@pytest.mark.needs_mount
def test_full_disk_is_told_with_what_was_to_be_written(desk):
    """The folder that is packed into is named, not the one beside it; nothing is left in it."""
    full = desk.folder / "full"
    full.mkdir()
    rows = [small_sites.entry(f"S-{number}") for number in range(60)]
    with (desk.folder / "own.csv").open("w", newline="", encoding="utf-8") as file:
        written = csv.DictWriter(file, rows[0])
        written.writeheader()
        written.writerows(rows)
    line = desk.arguments("pack", str(full / "packed"), "--severe-list", str(desk.folder / "own.csv"), "--json")
    script = f'mount -t tmpfs -o size=8k none {full} && "$0" -m site_builder "$@"; echo $? >&2; ls -A {full} >&2'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, sys.executable, *line],
        cwd=small_sites.PROGRAM,
        capture_output=True,
        text=True,
        check=False,
    )
    [finding] = json.loads(done.stdout)["findings"]
    assert (finding["code"], finding["place"]["file"]) == ("disk-full", str(full / "packed"))
    assert done.stderr.splitlines()[-1] == "4"


def test_archive_without_content_is_told_so(desk):
    path = desk.folder / "export.zip"
    path.write_bytes(b"")
    assert refused(desk, "check", "--export", path)[1]["code"] == "empty-file"
