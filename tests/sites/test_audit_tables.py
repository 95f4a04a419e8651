"""The audit of the other forms of the downloads: a row more, fewer or other, and what hides beside the rows."""

import sqlite3

import pyarrow.parquet as pq
import pytest
import small_sites
from test_audit import NAME, TEXT, Tree, rows


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    folder = tmp_path_factory.mktemp("audit-tables")
    site = small_sites.write_site(folder / "content")
    export = small_sites.write_export(folder / "export", **rows())
    small_sites.build_site(site, export, folder / "out")
    return Tree(site, export, small_sites.live_root(folder / "out"), folder)


def execute(tree, *statements, planted=""):
    base = sqlite3.connect(tree.root / "data/credit.sqlite")
    for statement in statements:
        base.execute(statement)
    if planted:
        base.execute("CREATE TABLE more (text)")
        base.execute("INSERT INTO more VALUES (?)", [planted])
    base.commit()
    base.close()
    tree.relist()


def parquet(tree, change):
    path = tree.root / "data/severe-list.parquet"
    table = pq.read_table(path)
    pq.write_table(change(table), path)
    tree.relist()


def noted(table):
    return table.replace_schema_metadata({"note": TEXT})


ACCOUNTING = {
    "row gone from the database": lambda tree: execute(tree, "DELETE FROM severe_list WHERE id = 'S-0001'"),
    "value changed in the database": lambda tree: execute(tree, "UPDATE measures SET title = '演示另一措施'"),
    "table more in the database": lambda tree: execute(tree, "CREATE TABLE more (text)"),
    "row deleted and put in again": lambda tree: execute(
        tree,
        "CREATE TABLE copy AS SELECT * FROM measure_entries",
        "DELETE FROM measure_entries",
        "INSERT INTO measure_entries SELECT * FROM copy",
        "DROP TABLE copy",
    ),
    "row gone from Parquet": lambda tree: parquet(tree, lambda table: table.slice(1)),
    "row more in a year": lambda tree: tree.write(
        "data/by-year/severe-list-2024.jsonl", (tree.root / "data/by-year/severe-list-2024.jsonl").read_bytes() * 2
    ),
    "value changed in a year": lambda tree: tree.change("data/by-year/severe-list-2024.csv", "S-0001", "S-0009"),
    "column called otherwise in a year": lambda tree: tree.change(
        "data/by-year/severe-list-2024.csv", "subject_name", "subject_title"
    ),
    "something unreadable behind the rows of a year": lambda tree: tree.write(
        "data/by-year/severe-list-2024.csv", (tree.root / "data/by-year/severe-list-2024.csv").read_bytes() + b'"a'
    ),
    "year that has no record": lambda tree: tree.write("data/by-year/severe-list-1999.jsonl", b""),
    "file that is no download": lambda tree: tree.write("data/severe-list.ods", b""),
    "entry that names no measure": lambda tree: tree.write(
        "data/measure-entries.jsonl", (tree.root / "data/measure-entries.jsonl").read_bytes() * 2
    ),
    "measure with another body": lambda tree: tree.change("data/measure-links.csv", "演示实施局", "演示他局"),
    "wrong checksum": lambda tree: tree.change("data/SHA256SUMS", "  measures.csv", "  measures.jsonl"),
}

LEAKS = {
    "withheld name in the database": lambda tree: execute(tree, planted=NAME),
    "withheld text in the database, over pages": lambda tree: execute(tree, planted="甲" * 1360 + TEXT + "乙" * 4000),
    "withheld text in Parquet's own notes": lambda tree: parquet(tree, noted),
    "withheld name in a year": lambda tree: tree.change("data/by-year/severe-list-2024.csv", "S-0001", NAME),
}


def test_nothing_is_found_in_what_was_built(tree):
    assert tree.fresh().audit() == ()


@pytest.mark.parametrize("change", ACCOUNTING.values(), ids=ACCOUNTING)
def test_other_form_that_differs_is_found(tree, change):
    change(tree.fresh())
    assert "accounting" in tree.rules()


@pytest.mark.parametrize("change", LEAKS.values(), ids=LEAKS)
def test_withheld_value_in_another_form_is_found(tree, change):
    change(tree.fresh())
    assert "leak" in tree.rules()


@pytest.mark.parametrize("name", ["credit.sqlite", "severe-list.parquet"])
def test_file_that_cannot_be_read_is_found(tree, name):
    tree.fresh()
    data = (tree.root / "data" / name).read_bytes()
    tree.write(f"data/{name}", data[:200] + bytes(len(data) - 204) + data[-4:])
    assert tree.rules() >= {"accounting", "leak"}


def test_personal_number_in_a_database_is_found_without_an_export(tree):
    tree.fresh()
    execute(tree, planted=small_sites.resident_id())
    assert "personal-data" in tree.rules(whole=False)
