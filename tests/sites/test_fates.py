"""Every entry of the samples on days before and after the law changes: what becomes of it, and its last day.

The tables (``data/<city>/fates.csv``) were reckoned by themselves, without the program: ``data/reckoned.py``.
"""

import csv
import datetime as dt
import importlib.util

import msgspec
import pytest
import small_sites

from site_builder.config.load import load_site
from site_builder.decide.called import number_codes
from site_builder.decide.site_facts import facts_of
from site_builder.export.descriptor import load_descriptor
from site_builder.export.package import open_in_place
from site_builder.export.readers import read
from site_builder.export.rows import read_rows
from site_builder.export.schema import headers
from site_builder.law.cities import law_of
from site_builder.rules.ruleset import change_days, decide_record, view_of
from site_builder.vocabulary import Kind

DATA = small_sites.PROGRAM / "data"
CITIES = ("dalian", "lingyuan")


def records(city):
    files = open_in_place(DATA / city / "export", 1 << 30)
    descriptor, _ = load_descriptor(files)
    resource = descriptor.resource(Kind.SEVERE)
    for batch in read(files.path(resource.path), resource, headers(Kind.SEVERE), frozenset(), []):
        cells = (batch.columns, batch.numbers, batch.rows)
        for row in read_rows(Kind.SEVERE, batch.file, *cells, frozenset(), descriptor.created_on, {}):
            yield row.record


@pytest.fixture(scope="module", params=CITIES)
def sample(request):
    city = request.param
    site = load_site(small_sites.PROGRAM / "content" / city / "site.yml")
    with (DATA / city / "fates.csv").open(encoding="utf-8") as table:
        wanted = {row["id"]: row for row in csv.DictReader(table)}
    return site, law_of(site), list(records(city)), wanted


def days(wanted):
    return sorted({key.partition(" ")[0] for key in next(iter(wanted.values())) if key != "id"})


def fate(record, law, known):
    reasons = getattr(decide_record(record, law, known), "reasons", ())
    last = view_of(record, law, known).public_until
    return " ".join(reasons), "" if reasons or last is None else str(last)


def test_every_fate_and_last_day_is_that_of_the_table(sample):
    site, law, entries, wanted = sample
    assert {one.id for one in entries} == set(wanted)
    codes = frozenset().union(*map(number_codes, entries))
    for day in days(wanted):
        as_of = dt.date.fromisoformat(day)
        known = msgspec.structs.replace(facts_of(site, law.on(as_of), as_of), excused=codes)
        for record in entries:
            row = wanted[record.id]
            assert (record.id, day, *fate(record, law, known)) == (
                record.id,
                day,
                row[f"{day} reasons"],
                row[f"{day} last_day"],
            )


def test_change_of_law_flips_exactly_the_entries_it_should_on_its_day(sample):
    site, law, entries, wanted = sample
    before, after = "2026-03-31", "2026-04-01"
    flipped = {key for key, row in wanted.items() if bool(row[f"{before} reasons"]) != bool(row[f"{after} reasons"])}
    assert flipped, "the samples show what the change does"
    known = facts_of(site, law.on(dt.date(2026, 3, 31)), dt.date(2026, 3, 31))
    for record in entries:
        assert dt.date(2026, 4, 1) in change_days(record, law, known)
        if record.id in flipped:
            assert wanted[record.id][f"{after} reasons"] == "past_national_maximum"


@pytest.mark.parametrize("city", CITIES)
def test_table_is_as_it_was_reckoned(city):
    spec = importlib.util.spec_from_file_location("reckoned", DATA / "reckoned.py")
    reckoned = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reckoned)
    assert (DATA / city / "fates.csv").read_text("utf-8") == reckoned.table(city)
