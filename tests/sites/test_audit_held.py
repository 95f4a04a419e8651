"""What a tampered web root of clean bytes is found by: types, order of rows, addresses, and what tells of the rest."""

import hashlib
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import small_sites
from test_audit import Tree, rows
from test_audit_tables import execute

from site_builder.outputs.formats import MEASURE_ENTRIES, MEASURE_LINKS, sqlite, table_of
from site_builder.vocabulary import ALWAYS

NOTICE = """---
title: 演示公告
date: 2026-01-05
category: 公告
---
演示正文。
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("audit-held")
    site = small_sites.write_site(folder / "content")
    (site.parent / "news").mkdir()
    (site.parent / "news/2026-notice.md").write_text(NOTICE)
    export = small_sites.write_export(folder / "export", **rows())
    small_sites.build_site(site, export, folder / "out")
    return Tree(site, export, small_sites.live_root(folder / "out"), folder)


@pytest.fixture
def tree(made):
    return made.fresh()


def relisted(tree):
    """The checksums and the list of files say what is there now."""
    sums = tree.root / "data/SHA256SUMS"
    names = sorted(line.partition("  ")[2] for line in (tree.built / "data/SHA256SUMS").read_text().splitlines())
    told = [f"{hashlib.sha256((tree.root / 'data' / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    if sums.read_bytes() == (tree.built / "data/SHA256SUMS").read_bytes():
        sums.write_bytes("".join(told).encode())
    tree.relist()


def found_in(tree):
    return {one.place.file for one in tree.audit() if one.code == "accounting"}


def parquet(tree, kind, change):
    path = tree.root / f"data/{kind}.parquet"
    pq.write_table(change(pq.read_table(path)), path, store_schema=False)
    relisted(tree)


def cast(told):
    """The first column of which a field is ``told``, cast to that."""

    def change(table):
        place, field = next(
            (place, field) for place, one in enumerate(table.schema) if (field := told(one)) is not None
        )
        return table.set_column(place, field, table.column(place).cast(field.type))

    return change


def of_type(found, other):
    return lambda field: pa.field(field.name, other, nullable=field.nullable) if field.type == found else None


def named(name, change):
    return lambda field: change(field) if field.name == name else None


TYPES = {
    "flags as numbers": of_type(pa.bool_(), pa.int32()),
    "days as moments": of_type(pa.date32(), pa.timestamp("ms")),
    "text as bytes": named("authority", lambda field: pa.field(field.name, pa.binary(), nullable=False)),
    "another name": named("authority", lambda field: field.with_name("authority_name")),
    "may be absent": named("id", lambda field: field.with_nullable(True)),
}


def test_what_was_built_passes(tree):
    assert tree.audit() == ()


@pytest.mark.parametrize("told", TYPES.values(), ids=TYPES)
def test_column_of_another_type_is_found(tree, told):
    parquet(tree, "severe-list", cast(told))
    assert "data/severe-list.parquet" in found_in(tree)


def test_types_told_beside_the_columns_are_found(tree):
    """By Arrow's own note the library that reads it would take for text what is none to others."""
    path = tree.root / "data/severe-list.parquet"
    pq.write_table(pq.read_table(path), path, store_schema=True)
    relisted(tree)
    assert "data/severe-list.parquet" in found_in(tree)


def test_columns_in_another_order_are_found(tree):
    parquet(tree, "measures", lambda table: table.select(table.column_names[::-1]))
    assert "data/measures.parquet" in found_in(tree)


def test_database_whose_flags_are_text_is_found(tree):
    statement = "UPDATE sqlite_master SET sql = replace(sql, 'INTEGER', 'TEXT') WHERE name = 'severe_list'"
    execute(tree, "PRAGMA writable_schema = ON", statement)
    relisted(tree)
    assert "data/credit.sqlite" in found_in(tree)


def swapped_lines(tree, path, first):
    lines = (tree.root / path).read_bytes().splitlines(keepends=True)
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    tree.write(path, b"".join(lines))
    relisted(tree)


@pytest.mark.parametrize(("extension", "first"), [("csv", 1), ("jsonl", 0)])
def test_rows_of_a_year_in_another_order_are_found(tree, extension, first):
    path = f"data/by-year/severe-list-2024.{extension}"
    swapped_lines(tree, path, first)
    assert path in found_in(tree)


def test_first_rows_of_parquet_in_another_order_are_found(tree):
    parquet(tree, "severe-list", lambda table: table.take([1, 0, *range(2, table.num_rows)]))
    assert "data/severe-list.parquet" in found_in(tree)


def test_first_rows_of_the_database_in_another_order_are_found(tree):
    path = tree.root / "data/credit.sqlite"
    tables = [*map(table_of, ALWAYS), MEASURE_LINKS, MEASURE_ENTRIES]
    stored = [list(sqlite.read(path, table)) for table in tables]
    stored[0][:2] = stored[0][1::-1]
    path.unlink()
    with sqlite.writing(path) as base:
        for table, told in zip(tables, stored, strict=True):
            sqlite.fill(base, table, told)
    relisted(tree)
    assert "data/credit.sqlite" in found_in(tree)


AUTHORITY = "feeds/authority/"
OTHERS = {
    "feed.xml": "feeds/severe-list.xml",
    "feeds/severe-list.xml": "feed.xml",
    "feeds/measures.xml": "feeds/news.xml",
    "feeds/news.xml": "feeds/measures.xml",
    "changes/index.json": "data/ids.json",
    "changes/index.html": "data/index.html",
    "data/severe-list.schema.json": "data/measures.schema.json",
    "data/openapi.json": "data.json",
    "data/context.jsonld": "data/openapi.json",
    "data/datapackage.json": "data/datasette.json",
    "data/datasette.json": "data/datapackage.json",
    "data.json": "data/datapackage.json",
    "data/SHA256SUMS": "data/ids.json",
}
"""A file and another of the site's own that takes its place."""


@pytest.mark.parametrize("path", OTHERS)
def test_file_replaced_by_another_of_the_site_is_found(tree, path):
    tree.write(path, (tree.root / OTHERS[path]).read_bytes())
    relisted(tree)
    assert path in found_in(tree)


@pytest.mark.parametrize("path", OTHERS)
def test_emptied_file_is_found(tree, path):
    tree.write(path, b"")
    relisted(tree)
    assert path in found_in(tree)


def feed_of_an_authority(tree):
    return min(one.relative_to(tree.root).as_posix() for one in (tree.root / AUTHORITY).iterdir())


FEEDS = {
    "an entry gone": lambda text: text[: text.index("<entry>")] + text[text.index("</entry>") + 9 :],
    "another day": lambda text: text.replace("<published>2", "<published>1"),
    "another title": lambda text: text.replace("<entry>\n<title>", "<entry>\n<title>演示"),
    "another address": lambda text: text.replace("/feeds/", "/feeds/x"),
    "nothing said": lambda text: text[: text.index("<summary>") + 9] + text[text.index("</summary>") :],
}


@pytest.mark.parametrize("change", FEEDS.values(), ids=FEEDS)
def test_feed_of_an_authority_that_tells_another_thing_is_found(tree, change):
    path = feed_of_an_authority(tree)
    text = (tree.root / path).read_text()
    assert change(text) != text
    tree.write(path, change(text).encode())
    assert found_in(tree) == {path}


def test_feed_of_an_authority_that_is_not_there_and_one_of_nobody_are_found(tree):
    path = feed_of_an_authority(tree)
    (tree.root / path).rename(tree.root / AUTHORITY / "0123456789ab.xml")
    tree.relist()
    assert found_in(tree) >= {path, f"{AUTHORITY}0123456789ab.xml"}


def json_of(tree, path, change):
    told = json.loads((tree.root / path).read_bytes())
    change(told)
    tree.write(path, json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n")
    relisted(tree)


ANY = {"get": {"parameters": [{"name": "id", "schema": {"type": "string"}}]}}
MEANINGS = {
    "schema without a column": ("data/measures.schema.json", lambda told: told["properties"].pop("title")),
    "schema that asks for less": ("data/measures.schema.json", lambda told: told["required"].pop()),
    "schema of another type": (
        "data/severe-list.schema.json",
        lambda told: told["properties"]["listed_on"].pop("format"),
    ),
    "context without a term": ("data/context.jsonld", lambda told: told["@context"].pop("listed_on")),
    "addresses without one": ("data/openapi.json", lambda told: told["paths"].pop("/data/{kind}.csv")),
    "addresses of nothing": ("data/openapi.json", lambda told: told["paths"].update({"/data/more.csv": {"get": {}}})),
    "addresses of anything": ("data/openapi.json", lambda told: told["paths"].update({"/more/{id}.csv": ANY})),
    "addresses without a kind": (
        "data/openapi.json",
        lambda told: told["paths"]["/data/{kind}.csv"]["get"]["parameters"][0]["schema"]["enum"].pop(),
    ),
    "package without a file": ("data/datapackage.json", lambda told: told["resources"].pop()),
    "package with a file twice": (
        "data/datapackage.json",
        lambda told: told["resources"].append(told["resources"][0]),
    ),
    "package with another digest": (
        "data/datapackage.json",
        lambda told: told["resources"][0].update(hash="sha256:" + "0" * 64),
    ),
    "package with another version": ("data/datapackage.json", lambda told: told.update(version="1999.01.01")),
    "package without a column": (
        "data/datapackage.json",
        lambda told: told["resources"][0]["schema"]["fields"].pop(),
    ),
    "catalogue without a file": ("data.json", lambda told: told["dataset"][0]["distribution"].pop()),
    "catalogue without a set": ("data.json", lambda told: told["dataset"].pop()),
    "database's notes without a table": (
        "data/datasette.json",
        lambda told: told["databases"]["credit"]["tables"].pop("measures"),
    ),
}


@pytest.mark.parametrize(("path", "change"), MEANINGS.values(), ids=MEANINGS)
def test_description_that_tells_less_or_another_thing_is_found(tree, path, change):
    json_of(tree, path, change)
    assert path in found_in(tree)


def test_description_nobody_can_read_is_found(tree):
    tree.write("data/openapi.json", b"[" * 100_000)
    assert "data/openapi.json" in found_in(tree)


def test_checksums_without_a_file_are_found(tree):
    lines = (tree.root / "data/SHA256SUMS").read_bytes().splitlines(keepends=True)
    tree.write("data/SHA256SUMS", b"".join(lines[1:]))
    assert found_in(tree) == {"data/SHA256SUMS"}
