"""Building on the live release gives, byte for byte, what a full build gives: any exports, any order, any days."""

import datetime as dt
import gzip
import hashlib
import os
from pathlib import Path
import tempfile

import brotli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
import pytest
import random_exports
from sizes import examples
import small_sites

from site_builder.cluster.engine import Cluster
from site_builder.errors import SiteBuilderError
from site_builder.findings import GUARDS
from site_builder.releasing.roll import turn_of
from site_builder.vocabulary import Kind

DAY = dt.timedelta(days=1)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
STEPS = st.lists(st.tuples(st.none() | random_exports.exports(), st.integers(0, 2)), min_size=1, max_size=3)


def live_files(output, city):
    return small_sites.files_of(small_sites.live_root(output, city))


@pytest.fixture(scope="module")
def processes():
    """A cluster of two processes of this machine."""
    with Cluster(workers=2) as engine:
        yield engine


@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
@settings(max_examples=examples(3), deadline=None, suppress_health_check=SLOW)
@given(first=random_exports.exports(), steps=STEPS, precompress=st.booleans())
def test_any_sequence_of_builds_equals_the_full_build_of_the_last(processes, city, first, steps, precompress):
    """A step is an export (none: the same again) and the days before it; a site grows here and on a cluster."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        site = small_sites.write_site(folder / "content", city, publish__precompress=precompress)
        day = small_sites.AS_OF
        for number, (lists, days) in enumerate([(first, 0), *steps]):
            if lists is not None:
                export = small_sites.write_export(folder / f"export-{number}", version=f"2026.11.18.{number}", **lists)
            day += DAY * days
            built = {"as_of": day, "allow": GUARDS}
            small_sites.build_site(site, export, folder / "here", **built)
            small_sites.build_site(site, export, folder / "cluster", engine=processes, **built)
            small_sites.build_site(site, export, folder / f"whole-{number}", **built)
            whole = live_files(folder / f"whole-{number}", city)
            assert live_files(folder / "here", city) == whole
            assert live_files(folder / "cluster", city) == whole


def shared_pages(release, before):
    """The paths of a release that are the very files of the release before."""
    known = {(one.stat().st_dev, one.stat().st_ino) for one in before.rglob("*") if one.is_file()}
    found = (one for one in release.rglob("*") if one.is_file() and (one.stat().st_dev, one.stat().st_ino) in known)
    return {str(one.relative_to(release)) for one in found}


@pytest.fixture
def ground(tmp_path):
    site = small_sites.write_site(tmp_path / "content", publish__keep=9)
    severe = [small_sites.entry(f"S-{number:03}") for number in range(60)]

    def build(entries=severe, version="2026.11.18", as_of=small_sites.AS_OF, **given):
        export = tmp_path / f"{version}-export"
        if not export.exists():
            small_sites.write_export(export, severe=entries, version=version)
        report = small_sites.build_site(site, export, tmp_path / "out", as_of=as_of, allow=GUARDS, **given)
        return Path(report.release)

    build.severe = severe
    return build


def test_the_next_day_only_the_pages_that_tell_the_day_are_new(ground):
    first = ground()
    later = ground(as_of=small_sites.AS_OF + DAY)
    shared = shared_pages(later, first)
    new = {path for path in small_sites.files_of(later) if path not in shared}
    pages = {path: data for path, data in small_sites.files_of(later).items() if path.endswith(".html")}
    told = {path for path, data in pages.items() if "核验日".encode() in data}
    assert "severe/S-001.html" in shared
    assert new == told | {"release.json", "release-files.txt"}
    assert all((small_sites.AS_OF + DAY).isoformat().encode() in (later / path).read_bytes() for path in told)


def test_a_new_export_renders_what_differs_and_no_more(ground):
    first = ground()
    changed = [
        small_sites.entry("S-007", cause="演示另一事由"),
        *(one for one in ground.severe if one["id"] != "S-007"),
    ]
    second = ground(changed, version="2026.11.19")
    shared = shared_pages(second, first)
    pages = {f"severe/{one['id']}.html" for one in ground.severe}
    assert pages - shared == {"severe/S-007.html"}
    assert "assets/" in " ".join(shared)


def test_lists_of_several_pages_are_rebuilt_near_what_changed_alone(tmp_path):
    """One role model leaves, one is new; every page of the list is that of a full build, most are the very files."""
    site = small_sites.write_site(tmp_path / "content", publish__keep=9)
    models = [small_sites.model(f"R-{one:04}", awarded_on=dt.date(2024, 1, 1) + DAY * one) for one in range(600)]
    less = [*models[:280], *models[281:], small_sites.model("R-9999", awarded_on=small_sites.AS_OF - DAY)]
    first, second = (
        small_sites.write_export(tmp_path / f"export-{number}", severe=[], models=rows, version=f"2026.11.18.{number}")
        for number, rows in enumerate([models, less])
    )
    before = Path(small_sites.build_site(site, first, tmp_path / "grown", allow=GUARDS).release)
    grown = Path(small_sites.build_site(site, second, tmp_path / "grown", allow=GUARDS).release)
    whole = Path(small_sites.build_site(site, second, tmp_path / "whole", allow=GUARDS).release)
    assert small_sites.files_of(grown) == small_sites.files_of(whole)
    pages = {path for path in small_sites.files_of(grown) if path.startswith("role-models/all/page-")}
    assert len(pages) > 4
    assert 0 < len(pages - shared_pages(grown, before)) <= 3


def test_kinds_that_come_and_go_change_the_navigation_of_every_page(tmp_path):
    site = small_sites.write_site(tmp_path / "content")
    severe = [small_sites.entry("S-1"), small_sites.entry("S-2")]
    for number, others in enumerate([{}, {Kind.GRADE: [small_sites.grade("G-1")]}, {}]):
        export = small_sites.write_export(
            tmp_path / f"export-{number}", severe=severe, others=others, version=f"2026.11.18.{number}"
        )
        small_sites.build_site(site, export, tmp_path / "grown", allow=GUARDS)
        small_sites.build_site(site, export, tmp_path / f"whole-{number}", allow=GUARDS)
        grown = live_files(tmp_path / "grown", "dalian")
        assert grown == live_files(tmp_path / f"whole-{number}", "dalian")
        assert (b"lists/" in grown["severe/S-1.html"]) == bool(others)


def test_a_full_build_shares_nothing(ground):
    first = ground()
    assert not shared_pages(ground(full=True), first)


def test_a_page_of_the_live_release_that_was_altered_stops_the_nightly_build_and_not_the_full_one(ground):
    first = ground()
    page = first / "severe" / "S-001.html"
    good = page.read_bytes()
    page.write_bytes(good.replace("演示".encode(), "篡改".encode()))
    with pytest.raises(SiteBuilderError) as stopped:
        ground(as_of=small_sites.AS_OF + DAY)
    assert [(one.code, one.place.file) for one in stopped.value.findings] == [("damaged", "severe/S-001.html")]
    assert "--full" in str(stopped.value)
    assert (ground(as_of=small_sites.AS_OF + DAY, full=True) / "severe" / "S-001.html").read_bytes() == good


def test_a_live_page_that_was_altered_and_kept_its_time_stops_the_night_it_is_read_on(ground):
    first = ground()
    night = small_sites.AS_OF + DAY
    lines = (line.split("  ") for line in (first / "release-files.txt").read_text("utf-8").splitlines())
    due = [path for digest, path in lines if digest[0] == turn_of(night) and path.startswith("severe/S")]
    page = first / due[0]
    times = page.stat()
    page.write_bytes(page.read_bytes().replace("演示".encode(), "篡改".encode()))
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(SiteBuilderError) as stopped:
        ground(as_of=night)
    assert [(one.code, one.place.file) for one in stopped.value.findings] == [("damaged", due[0])]


@pytest.mark.parametrize("every", range(1, 18))
def test_every_file_is_read_in_its_turn_however_often_a_site_is_built(every):
    nights = [small_sites.AS_OF + number * every * DAY for number in range(32 if every == 1 else 256)]
    assert {turn_of(night) for night in nights} == set("0123456789abcdef")


def test_a_live_file_that_is_empty_and_kept_its_time_stops_any_night(ground):
    """As power that fails leaves it: its name and time are written, its bytes are not."""
    first = ground()
    night = small_sites.AS_OF + DAY
    lines = (line.split("  ") for line in (first / "release-files.txt").read_text("utf-8").splitlines())
    due = turn_of(night)
    path = next(path for digest, path in lines if digest[0] != due and path.startswith("severe/S"))
    times = (first / path).stat()
    os.truncate(first / path, 0)
    os.utime(first / path, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(SiteBuilderError) as stopped:
        ground(as_of=night)
    assert [(one.code, one.place.file) for one in stopped.value.findings] == [("damaged", path)]


def test_nothing_is_built_upon_a_live_release_whose_list_of_files_is_not_the_audited_one(ground):
    first = ground()
    page, listed = first / "severe" / "S-001.html", first / "release-files.txt"
    good = page.read_bytes()
    page.write_bytes(good.replace("演示".encode(), "篡改".encode()))
    was, now = (hashlib.sha256(data).hexdigest() for data in (good, page.read_bytes()))
    listed.write_text(listed.read_text("utf-8").replace(was, now), "utf-8")
    later = ground(as_of=small_sites.AS_OF + DAY)
    assert (later / "severe" / "S-001.html").read_bytes() == good
    assert not shared_pages(later, first)


def test_where_links_cannot_be_made_the_files_are_written(ground, monkeypatch):
    first = ground()

    def refused(*_args, **_given):
        raise OSError(18, "cross-device link")

    monkeypatch.setattr(os, "link", refused)
    later = ground(as_of=small_sites.AS_OF + DAY)
    assert small_sites.files_of(later).keys() == small_sites.files_of(first).keys()
    assert not shared_pages(later, first)


def test_a_number_that_becomes_a_resident_id_on_its_birth_date_is_foreseen(tmp_path):
    born = small_sites.AS_OF + DAY * 3
    number = small_sites.resident_id(f"210202{born:%Y%m%d}001")
    site = small_sites.write_site(tmp_path / "content")
    export = small_sites.write_export(
        tmp_path / "export", severe=[small_sites.entry("S-1", change_note=f"演示编号{number}")]
    )
    assert small_sites.build_site(site, export, tmp_path / "out").next_change == born
    small_sites.build_site(site, export, tmp_path / "out", as_of=born - DAY)
    assert small_sites.ids_of(small_sites.live_root(tmp_path / "out"), "severe-list") == ["S-1"]
    small_sites.build_site(site, export, tmp_path / "out", as_of=born)
    assert small_sites.ids_of(small_sites.live_root(tmp_path / "out"), "severe-list") == []


@pytest.mark.parametrize("folder", ["search/lookup/", "search/fulltext/"])
def test_an_index_made_of_the_same_is_taken_over(ground, folder):
    first = ground()
    rolled = ground(as_of=small_sites.AS_OF + DAY)
    second = ground(
        [*ground.severe, small_sites.entry("S-999", disclosure="query")],
        version="2026.11.19",
        as_of=small_sites.AS_OF + DAY,
    )
    index = {path for path in small_sites.files_of(second) if path.startswith(folder)}
    assert index
    assert index <= shared_pages(rolled, first)
    assert index <= shared_pages(second, rolled)
    third = ground([*ground.severe, small_sites.entry("S-999")], version="2026.11.20", as_of=small_sites.AS_OF + DAY)
    assert {path for path in small_sites.files_of(third) if path.startswith(folder)} - shared_pages(third, second)


def test_what_is_squeezed_stands_beside_its_original_and_unpacks_to_it(tmp_path):
    site = small_sites.write_site(tmp_path / "content", publish__precompress=True, publish__keep=9)
    export = small_sites.write_export(
        tmp_path / "export", severe=[small_sites.entry("S-1")], measures=[small_sites.measure()]
    )
    first = Path(small_sites.build_site(site, export, tmp_path / "out").release)
    later = Path(small_sites.build_site(site, export, tmp_path / "out", as_of=small_sites.AS_OF + DAY).release)
    for release in (first, later):
        files = small_sites.files_of(release)
        squeezed = {path for path in files if path.endswith((".gz", ".br"))}
        assert {"index.html.gz", "index.html.br", "severe/S-1.html.br", "data/severe-list.csv.gz"} <= squeezed
        for path in squeezed:
            unpack = gzip.decompress if path.endswith(".gz") else brotli.decompress
            assert unpack(files[path]) == files[path[:-3]]
        listed = {line.split("  ")[1] for line in files["release-files.txt"].decode().splitlines()}
        assert listed == files.keys() - {"release-files.txt", "release.json"}
    assert "severe/S-1.html.br" in shared_pages(later, first)
