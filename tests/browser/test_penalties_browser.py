"""Pages of penalties, licences, abnormal operations under axe-core in Chromium: records, lists, figures, two widths."""

from playwright.sync_api import expect
import pytest
from search_pages import served
import small_sites
from test_accessibility import found

from site_builder.vocabulary import Kind

PAGES = (
    "penalties/CF-0001.html",
    "penalties/",
    "licences/XK-0001.html",
    "licences/",
    "licences/by/category/ordinary_licence/",
    "abnormal-list/YC-0001.html",
    "abnormal-list/YC-0002.html",
    "abnormal-list/",
    "data/",
    "data/penalties/",
    "statistics/",
)

TRADER = {"subject_type": "individual_business", "objection_received_on": small_sites.AS_OF}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("penalties")
    rows = {
        Kind.PENALTY: [
            small_sites.penalty(),
            small_sites.penalty("CF-0002", fine="12", objection_received_on=small_sites.AS_OF),
            small_sites.penalty("CF-0003", fine="8"),
        ],
        Kind.LICENCE: [small_sites.licence(), small_sites.licence("XK-0002", category="other_licence")],
        Kind.ABNORMAL: [
            small_sites.abnormal(),
            small_sites.abnormal("YC-0002", **TRADER),
        ],
        Kind.CATALOGUE: [small_sites.item("CA0")],
    }
    law = {"review": [small_sites.APPLIES_ABOVE]}
    site = small_sites.write_site(folder / "content", law=law, site__theme="credit")
    small_sites.build_site(site, small_sites.write_export(folder / "export", others=rows), folder / "out")
    with served(small_sites.live_root(folder / "out")) as address:
        yield address


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wrong_and_nothing_is_wider_than_the_window(base, chromium, path):
    page = chromium.new_page(locale="zh-CN")
    try:
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(base + path)
            assert found(page, path, width, "normal") == []
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    finally:
        page.close()


@pytest.mark.parametrize(("sort", "fines"), [("fine", ["0.5", "8", "12"]), ("-fine", ["12", "8", "0.5"])])
def test_table_sorts_sums_as_numbers(base, chromium, sort, fines):
    page = chromium.new_page(locale="zh-CN")
    try:
        page.goto(f"{base}data/penalties/#year=all&sort={sort}")
        expect(page.locator("body[data-explore=done]")).to_be_attached(timeout=20_000)
        assert page.locator(".tabulator-cell[tabulator-field=fine]").all_inner_texts() == fines
    finally:
        page.close()
