"""The pages of the sample sites in Chromium: what the one script does, what is sent, and what is left without it."""

from __future__ import annotations

import gzip
import itertools
import json

import pytest
from sample_pages import AS_OF, CITIES, MODES, sample_pages, sample_root, served
from sizes import thinned

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
LEAST_SHIFT = 0.01
"""A page that moves by less stands still to the eye."""
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.shifted += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def sites():
    """City → the address of its built site and one page of each template."""
    roots = {city: sample_root(city) for city in CITIES}
    with served(roots["dalian"]) as dalian, served(roots["lingyuan"]) as lingyuan:
        yield {
            "dalian": (dalian, sample_pages(roots["dalian"])),
            "lingyuan": (lingyuan, sample_pages(roots["lingyuan"])),
        }


@pytest.mark.parametrize("city", CITIES)
def test_entry_on_a_phone_is_small_and_does_not_move(sites, first_window, city):
    base, pages = sites[city]
    page = first_window(PHONE)
    page.add_init_script(SHIFTS)
    answers = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # playwright wants a function
    page.goto(base + pages["entry-disputed"], wait_until="networkidle")
    sent = {answer.url.removeprefix(base): len(gzip.compress(answer.body())) for answer in answers}
    assert sum(sent.values()) <= 30_000
    assert all(answer.url.startswith(base) and answer.ok for answer in answers)
    assert page.evaluate("window.shifted") == 0
    blocking = page.evaluate(
        """performance.getEntriesByType("resource")
        .filter((one) => one.renderBlockingStatus === "blocking")
        .map((one) => one.name)"""
    )
    assert blocking == [f"{base}assets/mode.js", f"{base}assets/site.css"]


MOVES = ("home", "entry", "list", "search", "explore", "measures", "measure", "role-models", "statistics")
SEEN = list(itertools.product(CITIES, [PHONE, DESK], MODES))


@pytest.mark.parametrize(("city", "size", "mode"), SEEN)
def test_no_page_moves_while_it_loads_in_any_mode(sites, first_window, city, size, mode):
    base, pages = sites[city]
    page = first_window(size)
    page.clock.set_fixed_time(
        f"{AS_OF}T04:00:00Z"
    )  # on a later day what is past its term is taken out of the page, and it moves
    page.add_init_script(f"localStorage.setItem('site-mode', {json.dumps(MODES[mode])})")
    page.add_init_script(SHIFTS)
    moved = {}
    for name in thinned(MOVES, 2, SEEN.index((city, size, mode))):
        page.goto(base + pages[name], wait_until="networkidle")
        moved[name] = page.evaluate("window.shifted")
    assert {name: by for name, by in moved.items() if by >= LEAST_SHIFT} == {}


def column(page, number):
    return page.locator(f"tbody tr > :nth-child({number})").all_inner_texts()


def test_column_heads_sort_the_rows_of_the_page(sites, window):
    base, pages = sites["dalian"]
    page = window(DESK)
    page.goto(base + pages["list"])
    heads = page.locator("thead th")
    assert [head.get_attribute("aria-sort") for head in heads.all()] == [None, None, None, "descending", None]
    newest = column(page, 4)
    assert newest == sorted(newest, reverse=True)
    page.get_by_role("button", name="列入日期").click()
    assert column(page, 4) == sorted(newest)
    assert heads.nth(3).get_attribute("aria-sort") == "ascending"
    page.get_by_role("button", name="认定单位").press("Enter")
    by_authority = column(page, 3)
    assert [head.get_attribute("aria-sort") for head in heads.all()] == [None, None, "ascending", None, None]
    changes = sum(one != other for one, other in itertools.pairwise(by_authority))
    assert changes + 1 == len(set(by_authority))
    page.get_by_role("button", name="认定单位").click()
    assert column(page, 3) == by_authority[::-1]


def test_measures_are_narrowed_by_all_that_is_chosen(sites, window):
    base, pages = sites["dalian"]
    page = window(DESK)
    page.goto(base + pages["measures"])
    shown = page.locator(".measure:visible")
    everything = shown.count()
    page.locator("#narrow-kind").select_option("失信惩戒")
    penalties = shown.count()
    assert 0 < penalties < everything
    assert page.get_by_role("heading", name="守信激励", exact=True).count() == 0
    page.locator("#narrow-body").select_option("大连市民政局")
    assert 0 < shown.count() < penalties
    assert page.locator(".summary [data-narrowed]").inner_text() == f"符合的有 {shown.count()} 项"
    page.get_by_label("在哪一天已经施行").fill("2020-01-01")
    assert shown.count() == 0
    assert page.get_by_text("没有同时符合这些条件的措施").is_visible()
    page.get_by_role("button", name="清除").click()
    page.wait_for_function(f"document.querySelectorAll('.measure:not([hidden])').length === {everything}")
    page.locator("#narrow-clause").select_option(index=1)
    assert 0 < shown.count() < everything


def test_modes_are_remembered_on_the_next_page(sites, window):
    base, pages = sites["lingyuan"]
    page = window(PHONE)
    page.goto(base + pages["home"])
    page.locator(".menu summary").click()
    page.get_by_role("button", name="长者模式").click()
    page.get_by_role("button", name="深色").click()
    page.goto(base + pages["law"])
    page.locator(".menu summary").click()
    assert page.evaluate("document.documentElement.dataset.mode") == "elder dark"
    assert page.get_by_role("button", name="长者模式").get_attribute("aria-pressed") == "true"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"


def test_slash_key_reaches_the_search_box(sites, window):
    base, pages = sites["dalian"]
    for name, box in (("home", "q"), ("entry", "site-q")):
        page = window(DESK)
        page.goto(base + pages[name])
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == box


def test_on_a_phone_measures_come_first_and_their_filters_are_opened_where_they_are_in_force(sites, window):
    base, pages = sites["dalian"]
    page = window(PHONE)
    page.goto(base + pages["measures"])
    form = page.locator("form.narrow")
    assert form.is_hidden()
    page.locator("summary", has_text="筛选").click()
    page.locator("#narrow-kind").select_option("失信惩戒")
    page.reload()
    assert form.is_visible()
    assert page.locator("#narrow-kind").input_value() == "失信惩戒"


def test_without_scripts_nothing_that_needs_them_is_offered(sites, window):
    base, pages = sites["dalian"]
    for size in (PHONE, DESK):
        page = window(size, java_script_enabled=False)
        page.goto(base + pages["measures"])
        assert page.get_by_role("button", name="长者模式").count() == 0
        assert page.locator("form.narrow").is_hidden()
        page.locator("summary", has_text="分类查看").click()
        page.get_by_role("link", name="失信惩戒", exact=True).last.click()
        assert "measures/by/kind/penalty/" in page.url
        page.goto(base + pages["entry"])
        assert page.get_by_role("button", name="打印本页").count() == 0
        assert page.locator("thead button").count() == 0


def test_page_past_its_last_day_shows_nothing_of_the_record(sites, window):
    base, pages = sites["lingyuan"]
    page = window(DESK, now="2050-01-01T00:00:00+08:00")
    page.goto(base + pages["entry"])
    assert page.locator("main").inner_text().split() == ["本条信息的公示期已届满", "依法不再公开。"]
    page.goto(base + pages["list"])
    assert page.locator("tbody tr[data-public-until]").count() == 0


def test_citation_is_copied_whole(sites, window):
    base, pages = sites["dalian"]
    page = window(DESK, permissions=["clipboard-read", "clipboard-write"])
    page.goto(base + pages["entry"])
    page.get_by_role("button", name="复制引文").click()
    page.get_by_role("button", name="已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").inner_text()
