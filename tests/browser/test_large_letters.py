"""Pages on a phone whose owner has Chromium's letters twice as large: nothing cut, nothing on top of another."""

from __future__ import annotations

from playwright.sync_api import expect
import pytest
from sample_pages import sample_pages, sample_root, served

PHONE = {"width": 360, "height": 740}
USUAL = 16
LARGE = (28, 32)
"""Pixels of the browser's own letters; Chromium's largest choices are 24 and 32."""
PAGES = (
    "home",
    "entry",
    "measure",
    "list",
    "explore",
    "guide",
    "content",
    "statistics",
    "measures",
    "announcements",
    "announcement",
    "other-record",
    "role-model",
    "changes",
    "batch",
    "data",
)
MOST_HEAD = 300
"""Pixels of 740 that the head takes, the demonstration's two lines in it."""
NARROWEST_VALUE = 0.6
"""Of the width of its list, how much what is told of a label has at least."""
VALUES = """(lists) => lists.flatMap((list) => [...list.querySelectorAll('dd')].map(
    (one) => one.getBoundingClientRect().width / list.getBoundingClientRect().width))"""
CUT = """() => [...document.querySelectorAll('main time, main h1, header a, header summary')].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.right > innerWidth && one.closest('.scroll, .tabulator') === null;
}).map((one) => one.textContent)"""


@pytest.fixture(scope="module")
def site():
    root = sample_root("dalian")
    with served(root) as base:
        yield base, sample_pages(root)


@pytest.fixture
def large(window):
    """A phone's page with the browser's default font size set, as its settings do; CSS zoom is another thing."""
    page = window(PHONE)
    browser = page.context.new_cdp_session(page)

    def sized(size):
        browser.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}})
        return page

    return sized


def overlaps(page, one, other):
    left, right = (page.locator(selector).bounding_box() for selector in (one, other))
    return (
        left["x"] < right["x"] + right["width"]
        and right["x"] < left["x"] + left["width"]
        and left["y"] < right["y"] + right["height"]
        and right["y"] < left["y"] + left["height"]
    )


def test_letters_are_as_large_as_the_browser_says(large, site):
    page = large(32)
    page.goto(site[0])
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 34


@pytest.mark.parametrize("size", LARGE)
def test_nothing_is_wider_than_the_screen_or_on_top_of_another(large, site, size):
    base, pages = site
    page = large(size)
    for name in PAGES:
        page.goto(base + pages[name])
        if name == "explore":
            expect(page.locator("body[data-explore=done]")).to_be_attached(timeout=20_000)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
        assert page.evaluate(CUT) == [], name
        assert page.locator("header.banner").bounding_box()["height"] < MOST_HEAD, name
        assert not overlaps(page, ".brand-name", ".menu summary"), name
        if name != "home":
            assert not overlaps(page, ".brand-name", ".to-search"), name
        told = page.locator("dl.facts, dl.glance").evaluate_all(VALUES)
        assert all(part >= NARROWEST_VALUE for part in told), (name, told)
    for question in ("演示", "并无此名此文"):
        page.goto("about:blank")
        page.goto(f"{base}search/#q={question}")
        expect(page.locator("body")).to_have_attribute("data-search", "done")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], question


def test_usual_letters_keep_the_head_in_one_row_and_labels_beside_what_is_told(large, site):
    page = large(USUAL)
    page.goto(site[0] + site[1]["entry"])
    assert page.locator(".banner-row").bounding_box()["height"] == 56
    assert min(page.locator("dl.glance").evaluate_all(VALUES)) < 0.8
