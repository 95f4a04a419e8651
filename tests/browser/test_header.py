"""The head of every page: on a phone one row of name, search and menu; on a desk the columns themselves."""

from __future__ import annotations

import pytest
from sample_pages import CITIES, sample_pages, sample_root, served

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
PAGES = ("home", "entry", "list", "measure", "role-model", "law", "guide", "search")
LINKS = "nav.nav a"


@pytest.fixture(scope="module", params=CITIES)
def site(request):
    root = sample_root(request.param)
    with served(root) as base:
        yield base, sample_pages(root)


@pytest.fixture
def opened(window, site):
    base, pages = site

    def opens(name, size, mode="", **given):
        page = window(size, **given)
        if mode:
            page.add_init_script(f"localStorage.setItem('site-mode', '{mode}')")
        page.goto(base + pages[name])
        return page

    return opens


def top(page, selector):
    return page.locator(selector).bounding_box()["y"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("mode", "most"), [("", 110), ("elder", 180)])
def test_main_begins_in_the_upper_part_of_a_phone(opened, name, mode, most):
    page = opened(name, PHONE, mode)
    assert top(page, "main") < most
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_row_is_as_high_as_a_finger_needs_and_no_higher(opened):
    page = opened("entry", PHONE)
    assert page.locator(".banner-row").bounding_box()["height"] == 56
    for selector in (".to-search", ".menu summary"):
        box = page.locator(selector).bounding_box()
        assert min(box["width"], box["height"]) >= 44


@pytest.mark.parametrize("scripted", [True, False])
def test_menu_opens_and_closes_with_and_without_script(opened, scripted):
    page = opened("entry", PHONE, java_script_enabled=scripted)
    assert page.locator(LINKS).first.is_hidden()
    page.locator(".menu summary").click()
    assert page.locator(LINKS).count() > 5
    for link in page.locator(LINKS).all():
        assert link.is_visible()
        assert link.bounding_box()["height"] >= 44
    page.locator(".menu summary").click()
    assert page.locator(LINKS).first.is_hidden()


def test_menu_has_the_modes_in_reach_of_the_keyboard(opened):
    page = opened("entry", PHONE)
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    page.locator("[data-toggle=elder]").click()
    assert "elder" in page.evaluate("document.documentElement.dataset.mode")
    page.locator(LINKS).last.click()
    assert "guide/" in page.url


def test_focus_goes_through_the_open_menu_as_it_is_drawn(opened):
    page = opened("entry", PHONE)
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    seen = []
    for _ in range(3):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("[document.activeElement.textContent, document.activeElement.getBoundingClientRect().top]")
        )
    assert [text for text, _ in seen] == ["长者模式", "深色", "首页"]
    tops = [top(page, ".menu summary"), *(drawn for _, drawn in seen)]
    assert tops == sorted(tops)


@pytest.mark.parametrize("name", ["entry", "list"])
def test_search_is_one_touch_away(opened, name):
    page = opened(name, PHONE)
    page.locator(".to-search").click()
    page.wait_for_url("**/search/")
    assert page.locator("input[type=search]").is_visible()


def test_key_of_the_search_leads_to_it_in_a_narrow_window(opened):
    page = opened("entry", PHONE)
    page.keyboard.press("/")
    page.wait_for_url("**/search/")


def test_desk_shows_the_columns_and_the_box_and_no_menu(opened):
    page = opened("entry", DESK)
    assert page.locator(".menu").is_hidden()
    assert page.locator(".to-search").is_hidden()
    assert page.locator("#site-q").is_visible()
    assert all(link.is_visible() for link in page.locator(LINKS).all())


@pytest.mark.parametrize("mode", ["elder"])
def test_targets_of_the_head_are_large_in_elder_mode(opened, mode):
    page = opened("entry", PHONE, mode)
    page.locator(".menu summary").click()
    for selector in (".brand", ".to-search", ".menu summary", LINKS, ".modes button"):
        for one in page.locator(selector).all():
            assert one.bounding_box()["height"] >= 44, selector
