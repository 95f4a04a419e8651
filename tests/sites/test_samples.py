"""The two sample sites build from their own data, and decide every record as their authors meant."""

import datetime as dt
import json

import html5lib
import pytest
import read_pages
import small_sites

from site_builder.law.cities import all_shipped

THEMES = {"dalian", "lingyuan"}


@pytest.fixture(scope="module", params=sorted(all_shipped()))
def sample(request, tmp_path_factory):
    """A sample site as it ships."""
    city = request.param
    expected = small_sites.PROGRAM / "data" / city / "expected.json"
    if not expected.exists():
        pytest.skip("the sample has no expected reasons yet")
    wanted = json.loads(expected.read_text())
    output = tmp_path_factory.mktemp("sample")
    site = small_sites.PROGRAM / "content" / city / "site.yml"
    export = small_sites.PROGRAM / "data" / city / "export"
    report = small_sites.build_site(site, export, output, as_of=dt.date.fromisoformat(wanted["as_of"]), jobs=2)
    return city, wanted, report, small_sites.files_of(small_sites.live_root(output, city))


def test_sample_builds_without_a_finding(sample):
    rules = all_shipped()[sample[0]].latest
    watched = {watch.code for watch in (*rules.watches, *rules.cross_watches)}
    told = {"private-text", "private-text-of-organisation"}
    assert {one.code for one in sample[2].warnings} <= watched | told


def test_sample_decides_every_record_as_meant(sample):
    city, wanted, _, _ = sample
    site = small_sites.PROGRAM / "content" / city / "site.yml"
    found = small_sites.reasons(
        site, small_sites.PROGRAM / "data" / city / "export", as_of=dt.date.fromisoformat(wanted["as_of"])
    )
    for kind, reasons in wanted["reasons"].items():
        assert found[kind] == {one: why for one, why in reasons.items() if why}


def test_sample_publishes_exactly_what_is_meant(sample):
    _, wanted, _, files = sample
    for kind, reasons in wanted["reasons"].items():
        ids = [json.loads(line)["id"] for line in files[f"data/{kind}.jsonl"].splitlines()]
        assert sorted(ids) == sorted(one for one, why in reasons.items() if not why)


def test_no_link_of_a_sample_is_dead(sample):
    assert read_pages.dead_links(sample[3]) == []


def test_pages_of_a_sample_that_are_no_record_are_valid_html(sample):
    files = sample[3]
    single = [path for path in files if path.endswith(".html") and path.count("/") < 2]
    folders = {}
    for path in single:
        folders.setdefault(path.rpartition("/")[0], []).append(path)
    for paths in folders.values():
        for path in sorted(paths)[:8]:
            html5lib.HTMLParser(strict=True).parse(files[path])


def test_sample_says_on_every_page_that_it_is_invented(sample):
    for path, data in sample[3].items():
        if path.endswith(".html"):
            assert "演示站点" in data.decode(), path


def test_every_name_of_a_sample_is_marked_as_invented(sample):
    for kind in ("severe-list", "role-models"):
        for line in sample[3][f"data/{kind}.jsonl"].splitlines():
            row = json.loads(line)
            assert "演示" in (row.get("subject_name") or row["name"])


def test_sample_uses_its_citys_theme():
    for city in all_shipped():
        text = (small_sites.PROGRAM / "content" / city / "site.yml").read_text()
        assert f"theme: {city}" in text
        assert (small_sites.THEMES / city / "theme.yml").is_file()
