"""Every format of the downloads, read back by what people use, holds the same rows with the same types."""

import csv
import datetime as dt
import hashlib
import io
import json
import sqlite3
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st
import msgspec
import pyarrow.parquet
import pytest
from sizes import examples
import small_sites

from site_builder.outputs import formats
from site_builder.outputs.columns import COLUMNS, YEAR_OF
from site_builder.outputs.formats import parquet, sqlite, table_of
from site_builder.vocabulary import Kind

KINDS = list(Kind)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
VALUES = {
    "string": st.none() | TEXT,
    "date": st.none() | st.dates(),
    "boolean": st.booleans(),
    "list": st.lists(TEXT, max_size=3).map(tuple),
}


def rows_of(kind):
    """Rows of any values; what is required is there."""
    cells = [
        TEXT if column.required and column.type == "string" else st.dates() if column.required else VALUES[column.type]
        for column in COLUMNS[kind]
    ]
    return st.lists(st.tuples(*cells).map(list), max_size=5, unique_by=lambda row: row[0])


def plain(value):
    """A value as JSON has it."""
    if isinstance(value, (tuple, list)):
        return list(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def parquet_rows(path):
    return [{name: plain(value) for name, value in row.items()} for row in pyarrow.parquet.read_table(path).to_pylist()]


def sqlite_rows(path, table):
    base = sqlite3.connect(path)
    base.row_factory = sqlite3.Row
    rows = [dict(row) for row in base.execute(f"SELECT * FROM {table} ORDER BY rowid")]  # noqa: S608
    base.close()
    for row in rows:
        for column in sqlite.TABLES[table]:
            if column.type == "list":
                row[column.name] = json.loads(row[column.name])
            elif column.type == "boolean":
                assert row[column.name] in (0, 1)
                row[column.name] = bool(row[column.name])
    return rows


@settings(max_examples=examples(20), deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("kind", KINDS)
def test_parquet_and_sqlite_keep_every_value(kind, data, tmp_path_factory):
    rows = data.draw(rows_of(kind))
    folder = tmp_path_factory.mktemp("formats")
    wanted = [{column.name: plain(value) for column, value in zip(COLUMNS[kind], row, strict=True)} for row in rows]
    for one in (parquet, sqlite):
        parts = [b"".join(one.part(table_of(kind), part)) for part in (rows[:2], rows[2:])]
        one.join(folder / f"a.{one.FORMAT.name}", [msgspec.structs.replace(table_of(kind), parts=parts)])
    assert parquet_rows(folder / "a.parquet") == wanted
    assert sqlite_rows(folder / "a.sqlite", sqlite.name_of(kind)) == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_has_a_meaning(kind):
    assert all(column.about for column in COLUMNS[kind])
    assert all(column.unit == "日" for column in COLUMNS[kind] if column.type == "date")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("open-data")
    site = small_sites.write_site(folder / "content", publish__licence="演示许可")
    export = small_sites.write_export(
        folder / "export",
        severe=[
            small_sites.entry("S-1", measure_ids=["M-1", "M-2"], basis=["《演示一》第一条", "=演示二"]),
            small_sites.entry("S-2", listed_on=dt.date(2021, 2, 3), measure_ids=["M-1"], act_ongoing=True),
            small_sites.entry("S-3", listed_on=dt.date(1850, 1, 1)),
            small_sites.person("S-4", measure_ids=["M-1"]),
            small_sites.entry("S-5", disclosure="query", listed_on=dt.date(1999, 1, 1), measure_ids=["M-1"]),
        ],
        measures=[
            small_sites.measure("M-1", clause="DL-34-1", implementing_bodies=["演示甲局", "演示乙局"]),
            small_sites.measure("M-2", basis=["《大连市社会信用条例》第三十四条", "《演示条例》"]),
            small_sites.measure("M-3", kind="incentive", effective_on=dt.date(2030, 1, 1)),
        ],
        models=[small_sites.model("R-1", valid_through=dt.date(2030, 5, 5)), small_sites.model("R-2")],
        others=small_sites.optional(),
    )
    small_sites.build_site(site, export, folder / "out")
    return small_sites.live_root(folder / "out")


@pytest.mark.parametrize("kind", KINDS)
def test_parquet_and_sqlite_of_a_built_site_hold_the_rows_of_its_json_lines(built, kind):
    lines = small_sites.rows_of(built, kind)
    assert parquet_rows(built / "data" / f"{kind}.parquet") == lines
    assert sqlite_rows(built / "data" / "credit.sqlite", sqlite.name_of(kind)) == lines


@pytest.mark.parametrize("kind", KINDS)
def test_parquet_has_days_as_days_and_lists_as_lists(built, kind):
    schema = pyarrow.parquet.read_schema(built / "data" / f"{kind}.parquet")
    types = {"string": "string", "date": "date32[day]", "boolean": "bool", "list": "list<item: string not null>"}
    assert {field.name: str(field.type) for field in schema} == {
        column.name: types[column.type] for column in COLUMNS[kind]
    }


@pytest.mark.parametrize("kind", KINDS)
def test_files_by_year_hold_each_row_once_under_its_year(built, kind):
    files = sorted((built / "data" / "by-year").glob(f"{kind}-*.jsonl"))
    found = []
    for file in files:
        rows = [json.loads(line) for line in file.read_text().splitlines()]
        assert {row[YEAR_OF[kind]][:4] for row in rows} == {file.stem[-4:]}
        found += rows
        text = (built / "data" / "by-year" / f"{file.stem}.csv").read_text("utf-8-sig")
        assert [row["id"] for row in csv.DictReader(io.StringIO(text, newline=""))] == [row["id"] for row in rows]
    assert sorted(found, key=lambda row: row["id"]) == sorted(
        small_sites.rows_of(built, kind), key=lambda row: row["id"]
    )


def test_year_of_a_withheld_row_alone_has_no_file(built):
    assert {file.name for file in (built / "data" / "by-year").glob("severe-list-*.csv")} == {
        "severe-list-1850.csv",
        "severe-list-2021.csv",
        "severe-list-2024.csv",
    }


def test_measures_as_data_name_basis_body_clause_and_the_entries_that_cite_them(built):
    links = [json.loads(line) for line in (built / "data" / "measure-links.jsonl").read_text().splitlines()]
    first = [row for row in links if row["measure_id"] == "M-1"]
    assert [row["implementing_body"] for row in first] == ["演示甲局", "演示乙局"]
    assert {row["clause_url"] for row in first} == {"https://small.example/laws/dalian.html#art-34-1"}
    assert {row["cited_by"] for row in first} == {3}
    second = [row for row in links if row["measure_id"] == "M-2"]
    assert [row["basis_url"] for row in second] == ["https://small.example/laws/dalian.html#art-34", None]
    citing = [json.loads(line) for line in (built / "data" / "measure-entries.jsonl").read_text().splitlines()]
    assert [(row["measure_id"], row["entry_id"]) for row in citing] == [
        ("M-1", "S-1"),
        ("M-2", "S-1"),
        ("M-1", "S-2"),
        ("M-1", "S-4"),
    ]
    assert sqlite_rows(built / "data" / "credit.sqlite", "measure_links") == links
    assert sqlite_rows(built / "data" / "credit.sqlite", "measure_entries") == citing


def test_checksums_are_of_every_file_beside_them(built):
    folder = built / "data"
    told = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(told) == {name for name in there if not name.endswith(".html")} - {"SHA256SUMS"}
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in told.items())


def test_every_download_is_in_the_data_package(built):
    described = json.loads((built / "data" / "datapackage.json").read_text())
    paths = {resource["path"] for resource in described["resources"]}
    folder = built / "data"
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix[1:] in formats.media()}
    assert paths == there | {"entities.ftm.json"}
    field = described["resources"][0]["schema"]["fields"][0]
    assert field["description"].startswith("记录的编号")


def test_datasette_opens_the_database_with_its_metadata(built):
    folder = built / "data"
    command = [sys.executable, "-m", "datasette", "serve", str(folder / "credit.sqlite"), "-m"]

    def get(path):
        done = subprocess.run(
            [*command, str(folder / "datasette.json"), "--get", path], capture_output=True, check=True, text=True
        )
        return done.stdout

    rows = json.loads(get("/credit/severe_list.json?_shape=array&_sort=id&authority=演示市场监管局"))
    assert [row["id"] for row in rows] == ["S-1", "S-2", "S-3", "S-4"]
    page = get("/credit/severe_list")
    assert "认定单位：作出认定的单位" in page
    assert "演示许可" in page


def test_database_is_indexed_by_what_people_look_up(built):
    base = sqlite3.connect(built / "data" / "credit.sqlite")
    for column in ("subject_name", "subject_code", "decision_no", "authority", "listed_on"):
        plan = base.execute(f"EXPLAIN QUERY PLAN SELECT * FROM severe_list WHERE {column} = ''").fetchall()  # noqa: S608
        assert f"severe_list_{column}" in str(plan)
    base.close()


def test_database_does_not_tell_the_library_that_wrote_it(built):
    head = (built / "data" / "credit.sqlite").read_bytes()[:100]
    assert head[96:100] == (3_040_001).to_bytes(4, "big")


def test_database_that_cannot_be_begun_is_the_disks_fault(tmp_path):
    with pytest.raises(OSError, match="credit"), sqlite.writing(tmp_path / "nowhere" / "credit.sqlite"):
        pass
