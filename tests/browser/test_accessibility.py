"""Every template of the sample sites under axe-core in Chromium: phone and desktop, normal, dark and elder mode."""

from __future__ import annotations

import itertools
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
import pytest
from sample_pages import CITIES, MODES, sample_pages, sample_root, served
from sizes import thinned

DESK = {"width": 1280, "height": 900}
WIDTHS = (360, 1280)  # after the skip
BOTH_CITIES = {"home", "entry-disputed"}  # after the skip
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def sites():
    """City → the address of its built site and one page of each template."""
    roots = {city: sample_root(city) for city in CITIES}
    with served(roots["dalian"]) as dalian, served(roots["lingyuan"]) as lingyuan:
        yield {"dalian": (dalian, pages_of(roots["dalian"])), "lingyuan": (lingyuan, pages_of(roots["lingyuan"]))}


def pages_of(root: Path) -> dict[str, str]:
    """The sample pages, with a short list in place of the longest one."""
    shortest = min((root / "severe" / "by" / "authority").glob("*/index.html"), key=lambda path: path.stat().st_size)
    return sample_pages(root) | {"list": str(shortest.relative_to(root))}


def found(page, name, width, mode):
    """What axe finds wrong, in lines a person can act on."""
    results = Axe().run(page, options={"runOnly": STANDARD, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{name} {width} {mode}: {each['id']} {node['target']} {node['failureSummary']}"
        for each in results
        for node in each["nodes"]
    ]


NAMES = (
    "home",
    "entry-disputed",
    "list",
    "browse",
    "measures",
    "measure",
    "role-models",
    "role-model",
    "others",
    "other-list",
    "other-list-long-texts",
    "other-record",
    "announcements",
    "announcement",
    "law",
    "statistics",
    "search",
    "batch",
    "guide",
    "content",
    "data",
    "explore",
    "changes",
    "cited",
    "sitemap",
    "not-found",
)
CASES = [("dalian", name) for name in NAMES] + [("lingyuan", name) for name in sorted(BOTH_CITIES)]


@pytest.mark.parametrize(("city", "name"), CASES)
def test_axe_finds_nothing_wrong(sites, window, city, name):
    base, pages = sites[city]
    page = window(DESK)
    wrong = []
    for width, mode in thinned(itertools.product(WIDTHS, MODES), 3, CASES.index((city, name))):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(base + pages[name])  # in each width: what is folded on a phone has no headings there
        page.evaluate("mode => { document.documentElement.dataset.mode = mode }", MODES[mode])
        wrong += found(page, name, width, mode)
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_page_is_no_wider_than_the_window_in_any_mode(sites, window, name):
    """320 pixels wide is also what a 1280-pixel window shows at 400 % zoom."""
    base, pages = sites["dalian"]
    page = window(DESK)
    page.goto(base + pages[name])
    for width in (320, 360, 768, 960, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        for mode, remembered in MODES.items():
            page.evaluate("mode => { document.documentElement.dataset.mode = mode }", remembered)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, mode


@pytest.mark.parametrize("name", ["entry-disputed", "list"])
def test_no_line_breaks_inside_a_day_on_a_phone(sites, window, name):
    base, pages = sites["dalian"]
    page = window({"width": 320, "height": 640})
    page.goto(base + pages[name])
    page.evaluate("mode => { document.documentElement.dataset.mode = mode }", MODES["elder"])
    lines = page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
            const found = [];
            while (walker.nextNode()) {
                for (const day of walker.currentNode.data.matchAll(/\\d{4}-\\d\\d-\\d\\d/g)) {
                    const range = document.createRange();
                    range.setStart(walker.currentNode, day.index);
                    range.setEnd(walker.currentNode, day.index + day[0].length);
                    found.push([day[0], new Set([...range.getClientRects()].map((box) => box.top)).size]);
                }
            }
            return found;
        }"""
    )
    assert len(lines) > 2
    assert [day for day, count in lines if count > 1] == []


def test_skip_link_is_the_first_stop_and_leads_to_the_text(sites, window):
    base, pages = sites["dalian"]
    page = window({"width": 360, "height": 640})
    for name in ("home", "entry-disputed", "search"):
        page.goto(base + pages[name])
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.locator(".skip").bounding_box()["x"] >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_focus_is_visible_on_all_that_takes_it(sites, window):
    base, pages = sites["dalian"]
    for name in ("home", "entry-disputed", "measures", "list"):
        page = window(DESK)
        page.goto(base + pages[name])
        for _ in range(40):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                """() => {
                    const node = document.activeElement;
                    const style = getComputedStyle(node);
                    const box = node.getBoundingClientRect();
                    const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
                    return [node.outerHTML.slice(0, 80), node === document.body || (ringed && box.width > 0)];
                }"""
            )
            assert seen[1], f"{name}: {seen[0]}"
