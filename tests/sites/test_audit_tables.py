"""The audit of the other forms of the downloads: a row more, fewer or other, and what hides beside the rows."""

import hashlib
import json
import sqlite3

import pyarrow.parquet as pq
import pytest
import small_sites
from test_audit import NAME, TEXT, Tree, rows


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    folder = tmp_path_factory.mktemp("audit-tables")
    site = small_sites.write_site(folder / "content")
    given = rows()
    given["measures"][0] |= {"basis": ["《大连市社会信用条例》第三十四条"], "clause": "DL-34-1"}
    export = small_sites.write_export(folder / "export", **given)
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

ENTRIES = "data/measure-entries.jsonl"


def lines(tree, path, change):
    """The lines of a file changed, with the checksums written anew."""
    found = (tree.root / path).read_bytes().splitlines(keepends=True)
    tree.write(path, b"".join(change(found)))
    sums = tree.root / "data/SHA256SUMS"
    names = [line.partition("  ")[2] for line in sums.read_text().splitlines()]
    told = [f"{hashlib.sha256((tree.root / 'data' / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    tree.write("data/SHA256SUMS", "".join(told).encode())


def row(**changes):
    """A line's object with some of it changed, or (None) gone."""

    def change(found):
        told = json.loads(found[0]) | changes
        told = {name: value for name, value in told.items() if value is not None}
        return [json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n", *found[1:]]

    return change


HIDDEN = f'{{"measure_id":"M-1","entry_id":"{NAME}","url":"x","public_until":null}}\n'.encode()
MALFORMED = {
    "behind a blank line": (ENTRIES, lambda found: [*found, b"\n", HIDDEN]),
    "behind a broken line": (ENTRIES, lambda found: [*found, b"{\n", HIDDEN]),
    "key twice": (ENTRIES, lambda found: [f'{{"measure_id":"{NAME}",'.encode() + found[0][1:], *found[1:]]),
    "another key": (ENTRIES, lambda found: [one.replace(b"entry_id", NAME.encode()) for one in found]),
    "key more": (ENTRIES, row(more=NAME)),
    "spaces": (ENTRIES, lambda found: [one.replace(b",", b", ", 1) for one in found]),
    "no end of the last line": (ENTRIES, lambda found: [*found[:-1], found[-1][:-1]]),
    "bytes that are no text": (ENTRIES, lambda found: [*found, b"\xff\xfe\n"]),
    "key gone": ("data/measure-links.jsonl", row(clause=None)),
    "number too large": ("data/measure-links.jsonl", row(cited_by=1 << 63)),
    "no day": ("data/severe-list.jsonl", row(listed_on="x")),
    "no day of the calendar": ("data/severe-list.jsonl", row(listed_on="2024-02-31")),
    "column gone": ("data/severe-list.jsonl", row(cause=None)),
    "number for a text": ("data/severe-list.jsonl", row(cause=1 << 63)),
    "object for a list": ("data/measures.jsonl", row(basis={"a": 1})),
    "text that is none": (
        "data/severe-list.jsonl",
        lambda found: [b'{"id":"\xff","listed_on":"2024-01-01"}\n', *found],
    ),
}

LINKS = {
    "measure_url": "https://other.example/",
    "entries_url": "https://other.example/",
    "basis_level": "law",
    "basis_url": "https://other.example/",
    "clause_text": "演示另一条",
    "clause_url": "https://other.example/",
}

BLANK = {"first": 1, "last": 12}


@pytest.mark.parametrize("place", BLANK.values(), ids=BLANK)
def test_blank_line_in_a_table_is_told(tree, place):
    lines(tree.fresh(), "data/severe-list.csv", lambda found: [*found[:place], b"\r\n", *found[place:]])
    assert any((one.code, one.place.file) == ("accounting", "data/severe-list.csv") for one in tree.audit())


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


@pytest.mark.parametrize(("path", "change"), MALFORMED.values(), ids=MALFORMED)
def test_line_that_is_not_written_as_its_row_is_told_and_what_it_hides_found(tree, path, change):
    lines(tree.fresh(), path, change)
    found = tree.audit()
    assert any(one.code == "accounting" and one.place.file == path for one in found)
    hides = NAME.encode() in (tree.root / path).read_bytes()
    assert hides == any(one.code == "leak" and one.place.file == path for one in found)


@pytest.mark.parametrize(("column", "other"), LINKS.items())
def test_link_of_a_measure_that_leads_elsewhere_in_every_form_is_found(tree, column, other):
    """The forms agree with one another, and not with the measures."""
    fresh = tree.fresh()
    value = json.loads((tree.root / "data/measure-links.jsonl").read_text().splitlines()[0])[column]
    assert value != other
    for extension in ("csv", "jsonl"):
        path = f"data/measure-links.{extension}"
        lines(fresh, path, lambda found: [one.replace(value.encode(), other.encode()) for one in found])
    execute(fresh, f"UPDATE measure_links SET {column} = '{other}' WHERE {column} = '{value}'")  # noqa: S608
    assert any((one.code, one.place.file) == ("accounting", "data/measure-links.jsonl") for one in tree.audit())


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
