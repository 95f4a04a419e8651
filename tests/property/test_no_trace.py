"""What is withheld leaves no trace: the site is, byte for byte, the site of the export without it."""

import datetime as dt
from pathlib import Path
import tempfile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
import pytest
import random_exports
from sizes import examples
import small_sites

from site_builder.pages.paging import may_end
from site_builder.vocabulary import Kind

LISTS = {"severe": Kind.SEVERE, "measures": Kind.MEASURE, "models": Kind.ROLE_MODEL}
ALLOW = ("unpublished-measure", "list-profile", "unknown-overlay-id")


def web_root(folder, name, city, lists, orders):
    """The files of the web root built from these lists, but ``release.json``."""
    site = small_sites.write_site(folder / name / "content", city, overlay=orders)
    export = small_sites.write_export(folder / name / "export", **lists)
    small_sites.build_site(site, export, folder / name / "out", allow=ALLOW)
    return small_sites.without_release(small_sites.files_of(small_sites.live_root(folder / name / "out", city)))


def assert_no_trace(city, lists, orders=()):
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        site = small_sites.write_site(folder / "content", city, overlay=orders)
        export = small_sites.write_export(folder / "export", **lists)
        withheld = small_sites.reasons(site, export, allow=ALLOW)
        left = {name: [row for row in lists[name] if row["id"] not in withheld[kind]] for name, kind in LISTS.items()}
        left["others"] = {
            kind: [row for row in rows if row["id"] not in withheld[kind]]
            for kind, rows in lists.get("others", {}).items()
        }
        whole = web_root(folder, "whole", city, lists, orders)
        alone = web_root(folder, "alone", city, left, orders)
        assert sorted(whole) == sorted(alone)
        assert [path for path in whole if whole[path] != alone[path]] == []


@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
@settings(
    max_examples=examples(9), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(lists=random_exports.exports(), court=st.sets(st.integers(0, 4), max_size=2))
def test_withheld_rows_leave_no_trace(city, lists, court):
    orders = [
        {"kind": "severe-list", "id": f"S-{number}", "on": small_sites.AS_OF, "what": "court"}
        for number in sorted(court)
    ]
    assert_no_trace(city, lists, orders)


@pytest.mark.parametrize(
    "hidden", [{"repealed_on": small_sites.AS_OF}, {"published_on": small_sites.AS_OF + random_exports.DAY}]
)
def test_withheld_item_of_the_catalogue_opens_and_closes_nothing(hidden):
    """LY 13: a record of an item that is not published in the catalogue is withheld, with the item's row or without."""
    severe = [
        small_sites.entry("S-1", catalogue_item="I-1"),
        small_sites.entry("S-2", catalogue_item="I-2"),
        small_sites.entry("S-3"),
    ]
    others = {
        Kind.CATALOGUE: [
            small_sites.item("I-1", **hidden),
            small_sites.item("I-2"),
            small_sites.item("I-3", disclosure="query"),
        ]
    }
    others[Kind.GRADE] = [
        small_sites.grade("G-1", catalogue_item="I-3"),
        small_sites.grade("G-2", catalogue_item="I-2"),
    ]
    assert_no_trace("lingyuan", {"severe": severe, "measures": [], "models": [], "others": others})


CODE = small_sites.double_code()
CITES = {"change_note": f"演示企业 {CODE}"}


@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
@pytest.mark.parametrize(
    "carrier",
    [
        {"disclosure": "query"},
        {"removed_on": small_sites.AS_OF},
        {"cause": "无"},
        {},
        {"cause": "演示13912345678"},
    ],
)
def test_code_of_a_withheld_row_excuses_no_number(city, carrier):
    severe = [
        small_sites.entry("S-1", subject_code=CODE, **carrier),
        small_sites.entry("S-2", **CITES),
        small_sites.entry("S-3"),
    ]
    assert_no_trace(city, {"severe": severe, "measures": [], "models": []})


@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
def test_withheld_entry_keeps_no_honour_away(city):
    code = small_sites.credit_code(9)
    severe = [small_sites.entry("S-1", subject_code=code, removed_on=small_sites.AS_OF)]
    assert_no_trace(city, {"severe": severe, "measures": [], "models": [small_sites.model("R-1", subject_code=code)]})


@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
def test_withheld_rows_move_no_other_from_its_page(city):
    hidden = [small_sites.entry(f"H-{number:03}", disclosure="shared") for number in range(120)]
    shown = [small_sites.entry(f"S-{number:03}") for number in range(120)]
    severe = [row for pair in zip(hidden, shown, strict=True) for row in pair]
    assert_no_trace(
        city, {"severe": severe, "measures": [small_sites.measure(repealed_on=small_sites.AS_OF)], "models": []}
    )


@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
def test_site_of_nothing_but_withheld_rows_is_the_empty_site(city):
    lists = {
        "severe": [small_sites.entry("S-1", removed_on=small_sites.AS_OF)],
        "measures": [small_sites.measure(repealed_on=small_sites.AS_OF)],
        "models": [small_sites.person_model(consent=False)],
    }
    assert_no_trace(city, lists)


@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
def test_withheld_rows_of_other_shards_leave_no_trace(city):
    """A resource is read in shards of some thousand rows; the cut falls elsewhere without the withheld ones."""
    severe = [
        small_sites.entry(f"S-{number:05}", **({} if number % 50 == 0 else {"disclosure": "query"}))
        for number in range(4200)
    ]
    assert_no_trace(city, {"severe": severe, "measures": [], "models": []})


def test_withheld_records_cut_no_page_of_a_list():
    """Half of what may end a page is withheld, and much else: the pages are those of the published records alone."""
    ids = [f"R-{one:04}" for one in range(420)]
    ending = [one for one in ids if may_end(one)]
    hidden = {*ending[::2], *ids[100:160:3]}
    models = [
        small_sites.model(
            one,
            awarded_on=dt.date(2024, 1, 1) + dt.timedelta(days=number // 3),
            **({"disclosure": "query"} if one in hidden else {}),
        )
        for number, one in enumerate(ids)
    ]
    assert_no_trace("dalian", {"severe": [], "measures": [], "models": models})
