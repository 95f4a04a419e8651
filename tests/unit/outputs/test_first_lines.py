"""JSON lines show every column at their beginning: a reader that is told nothing else knows them all."""

import datetime as dt
from itertools import accumulate, pairwise
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
import msgspec
import polars as pl
import pytest
from sizes import examples
import small_sites

from site_builder.audit.downloads import download_faults
from site_builder.audit.rows import rows_of
from site_builder.audit.vouched import vouched
from site_builder.outputs.columns import COLUMNS, YEAR_OF
from site_builder.outputs.formats import jsonl, table_of
from site_builder.vocabulary import Category, Kind

KIND = Kind.SEVERE
NAMES = [column.name for column in COLUMNS[KIND]]
LATE = [place for place, column in enumerate(COLUMNS[KIND]) if not column.required and column.type != "boolean"]
ABSENT = {"string": None, "date": None, "boolean": False, "list": ()}
THERE = {"string": '演示"cause":\\', "date": dt.date(2024, 5, 12), "boolean": True, "list": ('"basis":[', "演示")}


def rows_with(count, filled):
    """So many rows, all but bare; ``filled`` are (row, column)."""
    rows = []
    for number in range(count):
        row = [(f"S-{number}" if one.required else ABSENT[one.type]) for one in COLUMNS[KIND]]
        for place, one in enumerate(COLUMNS[KIND]):
            if (one.required and one.type != "string") or (number, place) in filled:
                row[place] = THERE[one.type]
            if one.words and row[place] is not None:
                row[place] = Category.MARKET_ORDER
        rows.append(row)
    return rows


def cut(rows, sizes):
    """The rows in shards of these sizes, and a last one."""
    ends = [0, *accumulate(sizes), len(rows)]
    return [rows[start:end] for start, end in pairwise(ends)]


def written(path, shards):
    """The file of these shards, and what the gate says each must hold."""
    parts = [b"".join(jsonl.part(table_of(KIND), shard)) for shard in shards]
    jsonl.join(path, [msgspec.structs.replace(table_of(KIND), parts=parts)])
    starts = accumulate(map(len, shards), initial=0)
    return [rows_of(KIND, shard, first, {}).parts for shard, first in zip(shards, starts, strict=False)]


def values_of(path):
    return [list(json.loads(line).values()) for line in path.read_text().splitlines()]


def as_json(rows):
    return json.loads(msgspec.json.encode(rows))


CELLS = st.sets(st.tuples(st.integers(0, 249), st.sampled_from(LATE)), max_size=12)
SIZES = st.lists(st.integers(0, 90), max_size=6)


@settings(max_examples=examples(20), deadline=None, suppress_health_check=list(HealthCheck))
@given(count=st.sampled_from([1, 60, 101, 250]), filled=CELLS, sizes=SIZES)
def test_first_lines_show_what_any_shows_and_the_others_keep_their_order(tmp_path_factory, count, filled, sizes):
    path = tmp_path_factory.mktemp("lines") / "severe-list.jsonl"
    rows = rows_with(count, filled)
    parts = written(path, cut(rows, sizes if sum(sizes) < count else []))
    lines = values_of(path)
    wanted = as_json(rows)
    assert sorted(lines, key=str) == sorted(wanted, key=str)
    place = {line[0]: number for number, line in enumerate(wanted)}
    at = [place[line[0]] for line in lines]
    early = next((number for number in range(len(at)) if at[number:] == sorted(at[number:])), len(at))
    assert early <= len(NAMES)
    if count <= jsonl.FIRST:
        assert at == sorted(at)
    assert at[:early] == sorted(at[:early])
    for column in range(len(NAMES)):
        showing = [number for number, line in enumerate(lines) if line[column] not in (None, [])]
        assert not showing or showing[0] < jsonl.FIRST
    assert sorted(map(list, pl.read_ndjson(path).select(NAMES).rows()), key=str) == sorted(wanted, key=str)
    assert vouched(path, KIND, "jsonl", parts) is not None
    assert list(download_faults(path, KIND, "jsonl", rows, {})) == []


@pytest.fixture
def late(tmp_path):
    """(file, rows, what it must hold) of 150 rows, of which the last two show what no other shows."""
    rows = rows_with(150, {(140, LATE[0]), (149, LATE[1])})
    path = tmp_path / "severe-list.jsonl"
    parts = written(path, cut(rows, [50, 0, 91]))
    assert [line[0] for line in values_of(path)[:4]] == ["S-140", "S-149", "S-0", "S-1"]
    return path, rows, parts


CHANGES = {
    "turned": lambda lines: [lines[1], lines[0], *lines[2:]],
    "two others turned": lambda lines: [*lines[:60], lines[61], lines[60], *lines[62:]],
    "one more before": lambda lines: [lines[50], *lines[:50], *lines[51:]],
    "one where it was": lambda lines: [lines[0], *lines[2:], lines[1]],
    "one twice": lambda lines: [*lines, lines[0]],
    "one gone": lambda lines: lines[1:],
    "last gone": lambda lines: lines[:-1],
    "another": lambda lines: [lines[0].replace("2024", "2023"), *lines[1:]],
}


@pytest.mark.parametrize("change", CHANGES)
def test_lines_of_another_order_or_number_are_not_vouched_for(late, change):
    path, rows, parts = late
    assert vouched(path, KIND, "jsonl", parts) is not None
    path.write_text("".join(CHANGES[change](path.read_text().splitlines(keepends=True))))
    assert vouched(path, KIND, "jsonl", parts) is None
    faults = list(download_faults(path, KIND, "jsonl", rows, {}))
    assert faults or change in {"turned", "one more before", "one where it was"}  # the same rows, and all of them


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(("year", "early"), [("1999", "S-280"), ("2024", "S-299")])
def test_lines_of_a_year_are_vouched_for_in_their_order_and_no_other(tmp_path, change, year, early):
    rows = rows_with(300, {(280, LATE[0]), (299, LATE[1])})
    for row in rows[::2]:
        row[NAMES.index(YEAR_OF[KIND])] = dt.date(1999, 1, 31)
    shards = cut(rows, [50, 0, 91])
    path = tmp_path / f"severe-list-{year}.jsonl"
    written(path, [[row for row in shard if f"{row[NAMES.index(YEAR_OF[KIND])]:%Y}" == year] for shard in shards])
    parts = [one[year] for shard in shards if year in (one := rows_of(KIND, shard, 0, {}).years)]
    assert values_of(path)[0][0] == early
    assert vouched(path, KIND, "jsonl", parts) is not None
    path.write_text("".join(CHANGES[change](path.read_text().splitlines(keepends=True))))
    assert vouched(path, KIND, "jsonl", parts) is None


def test_site_whose_column_begins_late_is_built_and_read(tmp_path):
    """The whole, a year's file and a table of measures, each of more than a hundred lines."""
    site = small_sites.write_site(tmp_path / "content")
    entries = [small_sites.entry(f"S-{number:03}", measure_ids=["M-1"]) for number in range(150)]
    entries[145] |= {"objection_received_on": dt.date(2026, 11, 2)}
    export = small_sites.write_export(tmp_path / "export", severe=entries, measures=[small_sites.measure("M-1")])
    small_sites.build_site(site, export, tmp_path / "out")
    data = small_sites.live_root(tmp_path / "out") / "data"
    for name in ("severe-list", "by-year/severe-list-2024"):
        ids = [line[0] for line in values_of(data / f"{name}.jsonl")]
        assert ids[:2] == ["S-145", "S-000"]
        assert sorted(ids) == [one["id"] for one in entries]
    for path in [one for one in sorted(data.rglob("*.jsonl")) if one.read_bytes()]:
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        read = pl.read_ndjson(path).select(list(lines[0])).to_dicts()
        assert sorted(read, key=str) == sorted(lines, key=str)
