"""What re-users run reads what the site publishes: one sample site, each program on its own.

frictionless, datasette, pyarrow, rdflib and pyshacl read small sites of their own in ``tests/unit/outputs``; citations
are in ``tests/browser``, the entities of FollowTheMoney in ``test_entities.py``.
"""

import datetime as dt
import subprocess

import duckdb
import feedparser
import lxml.html
import pandas as pd
import polars as pl
import pytest
from python_calamine import CalamineWorkbook
from shared_samples import sample_root
import small_sites

from site_builder.outputs.columns import COLUMNS, heading
from site_builder.vocabulary import LABELS, Kind

TYPES = {"string": pl.String, "date": pl.Date, "boolean": pl.Boolean, "list": pl.List(pl.String)}
OFFICE_PATIENCE = 120


@pytest.fixture(scope="module")
def root():
    return sample_root("dalian")


@pytest.fixture(scope="module")
def kinds(root):
    """The kinds with records, and the rows of each as the JSON lines have them."""
    found = {kind: small_sites.rows_of(root, kind) for kind in Kind if (root / f"data/{kind}.jsonl").exists()}
    return {kind: rows for kind, rows in found.items() if rows}


def as_json(rows):
    return [
        {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in row.items()}
        for row in rows
    ]


def by_id(rows):
    """JSON lines have a few rows before their turn."""
    return sorted(rows, key=lambda row: row["id"])


def test_polars_reads_parquet_and_json_lines_as_they_are(root, kinds):
    """By itself it looks at a hundred lines; those show every column that any line shows."""
    for kind, rows in kinds.items():
        typed = pl.read_parquet(root / f"data/{kind}.parquet")
        assert dict(typed.schema) == {one.name: TYPES[one.type] for one in COLUMNS[kind]}
        assert by_id(as_json(typed.to_dicts())) == by_id(rows)
        lines = pl.read_ndjson(root / f"data/{kind}.jsonl")
        assert lines.to_dicts() == rows
        for year in sorted((root / "data/by-year").glob(f"{kind}-*.jsonl")):
            part = pl.read_ndjson(year)
            assert set(part.columns) == {one.name for one in COLUMNS[kind]}
            assert part.height == year.read_bytes().count(b"\n")


def test_line_on_the_data_page_reads_the_years_of_every_kind_at_once_in_polars(root, kinds, monkeypatch):
    """By itself polars stops at what the first file has nothing of."""
    page = lxml.html.parse(root / "data" / "index.html")
    [line] = page.xpath("//code[@data-polars]/text()")
    [named] = [kind for kind in kinds if f"/{kind}.parquet" in line]
    monkeypatch.chdir(root)
    for kind in kinds:
        read = eval(line.replace(named, kind), {"pl": pl})  # noqa: S307  # our own page
        assert read.sort("id").equals(pl.read_parquet(f"data/{kind}.parquet").sort("id"))
    with pytest.raises(pl.exceptions.ComputeError):
        pl.scan_ndjson("data/by-year/severe-list-*.jsonl").collect()


def test_other_programs_read_the_years_at_once_by_themselves(root, kinds):
    for kind, rows in kinds.items():
        years = sorted((root / "data" / "by-year").glob(f"{kind}-*.jsonl"))
        together = pd.concat([pd.read_json(year, lines=True) for year in years])
        assert sorted(together["id"]) == sorted(row["id"] for row in rows)
        with duckdb.connect() as base:
            told = base.sql(f"SELECT id FROM '{root}/data/by-year/{kind}-*.jsonl'").fetchall()  # noqa: S608
        assert sorted(told) == sorted((row["id"],) for row in rows)


def test_duckdb_reads_every_format_and_counts_the_same(root, kinds):
    with duckdb.connect() as base:
        for kind, rows in kinds.items():
            for extension in ("parquet", "jsonl", "csv"):
                relation = base.sql(f"SELECT * FROM '{root}/data/{kind}.{extension}'")  # noqa: S608  # our own files
                assert relation.columns == [one.name for one in COLUMNS[kind]]
                assert sorted(relation.select("id").fetchall()) == sorted((row["id"],) for row in rows)
            days = ["id", *(one.name for one in COLUMNS[kind] if one.type == "date")]
            told = base.sql(f"SELECT {', '.join(days)} FROM '{root}/data/{kind}.parquet'").fetchall()  # noqa: S608
            assert by_id(as_json([dict(zip(days, row, strict=True)) for row in told])) == [
                {day: row[day] for day in days} for row in by_id(rows)
            ]


def test_pandas_reads_every_format_and_keeps_codes_as_text(root, kinds):
    for kind, rows in kinds.items():
        named = [one.name for one in COLUMNS[kind]]
        read = {
            "jsonl": pd.read_json(root / f"data/{kind}.jsonl", lines=True),
            "csv": pd.read_csv(root / f"data/{kind}.csv"),
            "parquet": pd.read_parquet(root / f"data/{kind}.parquet"),
        }
        for unsorted in read.values():
            assert list(unsorted.columns) == named
            table = unsorted.sort_values("id")
            assert list(table["id"]) == [row["id"] for row in by_id(rows)]
            codes = [column for column in named if column.endswith("_code")]
            for column in codes:
                found = table[column].dropna()
                assert [str(one) for one in found] == [row[column] for row in by_id(rows) if row[column]]
    book = pd.read_excel(root / "data/severe-list.xlsx", sheet_name=None, engine="openpyxl")
    assert list(next(iter(book.values())).columns) == [heading(one) for one in COLUMNS[Kind.SEVERE]]


def test_feedparser_reads_every_feed_and_none_tells_of_1970(root):
    feeds = [root / "feed.xml", *sorted((root / "feeds").rglob("*.xml"))]
    assert len(feeds) > 10
    told = 0
    for path in feeds:
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, path
        assert feed.feed.title
        assert feed.feed.updated_parsed.tm_year >= 2020
        assert [one.link for one in feed.entries] == [one.id for one in feed.entries]
        for one in feed.entries:
            assert min(one.published_parsed.tm_year, one.updated_parsed.tm_year) >= 2000
            assert one.updated_parsed >= one.published_parsed
        told += len(feed.entries)
    assert told > 100


@pytest.mark.needs_libreoffice
def test_libreoffice_opens_the_workbook_with_chinese_headings_and_words(root, tmp_path):
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "ods"]
    command += ["--outdir", tmp_path, root / "data/severe-list.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=OFFICE_PATIENCE)
    columns = COLUMNS[Kind.SEVERE]
    with CalamineWorkbook.from_path(str(tmp_path / "severe-list.ods")) as book:
        assert book.sheet_names == ["严重失信主体名单", "字段说明"]
        head, *lines = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        legend = book.get_sheet_by_index(1).to_python()
    assert head == [heading(one) for one in columns]
    told = {row["id"]: row for row in small_sites.rows_of(root, Kind.SEVERE)}
    assert {line[0] for line in lines} == set(told)
    assert len(lines) == len(told)
    rows = [told[line[0]] for line in lines]
    for place, column in enumerate(columns):
        if column.words:
            assert [line[place] for line in lines] == [LABELS[row[column.name]] for row in rows]
        if column.type == "date":
            assert [line[place] or None for line in lines] == [
                dt.date.fromisoformat(row[column.name]) if row[column.name] else None for row in rows
            ]
    assert [line[2] for line in legend[1:]] == [one.name for one in columns]
