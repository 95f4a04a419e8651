"""Pages of penalties and licences under axe-core in Chromium: records, lists and figures, phone and desktop."""

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
    "data/penalties/",
    "statistics/",
)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("penalties")
    rows = {
        Kind.PENALTY: [small_sites.penalty(), small_sites.penalty("CF-0002", objection_received_on=small_sites.AS_OF)],
        Kind.LICENCE: [small_sites.licence(), small_sites.licence("XK-0002", category="other_licence")],
    }
    site = small_sites.write_site(folder / "content", law={"review": [small_sites.APPLIES_ABOVE]})
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
