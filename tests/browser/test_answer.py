"""The answer of the search page: a sentence before the hits, in the first screen of a phone, on sites of every size."""

from __future__ import annotations

import itertools
import json
import shutil

from invented_rows import rows as invented
from lookup_node import write_index
from playwright.sync_api import expect
import pytest
from sample_pages import MODES, rows_of, sample_root, served
from sizes import thinned

from site_builder.search import lookup

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
INVENTED = 10_000
SENTENCE_ENDS, HIT_BEGINS, HIT_BEGINS_ELDER = 320, 420, 640
"""Pixels from the top of a phone."""
MOST_STOPS = 8
MOST_SHIFT = 0.05
MANY, ONE, MISS, TOPIC = "演示", "", "并无此名此文", "异议"
SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifted += shift.value;
}).observe({ type: 'layout-shift', buffered: true });"""


@pytest.fixture(scope="module", params=thinned(["dalian", "lingyuan", "invented"], 2))
def site(request, tmp_path_factory):
    """(address, root): both sample sites, and the second's pages over a lookup of 10,000 invented records."""
    root = sample_root("dalian" if request.param == "dalian" else "lingyuan")
    if request.param == "invented":
        copied = tmp_path_factory.mktemp("copied") / "root"
        shutil.copytree(root, copied)
        shutil.rmtree(copied / "search" / "lookup")
        index: dict[str, bytes] = {}
        lookup.build(invented(INVENTED), index.__setitem__)
        write_index(copied / "search" / "lookup", index)
        root = copied
    with served(root) as address:
        yield address, root


@pytest.fixture
def asking(window, site):
    """Opens the search page with a question in a window of its own."""

    def asks(question, size=PHONE, mode="normal", *, opens=window, **params):
        page = opens(size, now="2026-11-20T04:00:00Z")
        page.add_init_script(f"localStorage.setItem('site-mode', {json.dumps(MODES[mode])})")
        page.add_init_script(SHIFTS)
        told = "".join(f"&{name}={value}" for name, value in params.items())
        page.goto(f"{site[0]}search/#q={question}{told}")
        page.wait_for_selector("body[data-search=done]")
        return page

    return asks


def box_of(page, selector):
    return page.locator(selector).first.bounding_box()


def ends(page, selector):
    box = box_of(page, selector)
    return box["y"] + box["height"]


def whole_name(root):
    return rows_of(root, "severe-list")[0]["subject_name"]


@pytest.mark.parametrize("question", [MANY, ONE, MISS, TOPIC])
def test_sentence_and_first_hit_stand_in_the_first_screen_of_a_phone(asking, site, question):
    page = asking(question or whole_name(site[1]))
    assert ends(page, "#sentence") < SENTENCE_ENDS
    if page.locator("a[data-result]").count():
        assert box_of(page, "a[data-result]")["y"] < HIT_BEGINS
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("question", [MANY, ONE, TOPIC])
def test_first_hit_stands_in_the_first_screen_of_a_phone_in_elder_mode(asking, site, question):
    page = asking(question or whole_name(site[1]), mode="elder")
    if page.locator("a[data-result]").count():
        assert box_of(page, "a[data-result]")["y"] < HIT_BEGINS_ELDER
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


CASES = itertools.product([MANY, ONE, MISS, TOPIC], [PHONE, DESK], ["normal", "elder"])


@pytest.mark.parametrize(("question", "size", "mode"), thinned(CASES, 3))
def test_nothing_jumps_while_the_answer_comes(asking, site, first_window, question, size, mode):
    page = asking(question or whole_name(site[1]), size, mode, opens=first_window)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifted") <= MOST_SHIFT


STOP = """() => {
  const stop = document.activeElement;
  return [stop.matches('a[data-result]'), stop.closest('#sentence') !== null];
}"""


@pytest.mark.parametrize(("size", "start"), [(PHONE, ""), (DESK, "#q")])
def test_first_hit_is_few_stops_away(asking, size, start):
    """On a phone from the top of the page; on a desk, whose columns are many, from the box."""
    page = asking(MANY, size)
    if start:
        page.locator(start).focus()
    stops = 0
    for _ in range(40):
        page.keyboard.press("Tab")
        hit, told = page.evaluate(STOP)
        stops += not told
        if hit:
            break
    assert hit
    assert stops <= MOST_STOPS


def parts(page):
    return page.locator("#sentence a[data-go]")


def test_each_kind_of_the_sentence_leads_to_its_hits_and_back_to_all(asking):
    page = asking(MANY)
    everything = page.locator("[data-result-total]").inner_text()
    told = [text.replace("\xa0", " ") for text in parts(page).all_inner_texts()]
    assert told
    assert len({text.split()[0] for text in told}) == len(told)
    counts = [int(text.split()[1]) for text in told]
    assert sum(counts) == int(everything)
    for place, count in enumerate(counts):
        parts(page).nth(place).click()
        expect(page.locator("[data-result-total]")).to_have_text(str(count))
        kinds = page.locator("a[data-result]").evaluate_all("all => [...new Set(all.map(one => one.dataset.kind))]")
        assert len(kinds) == 1
        assert told[place] in page.locator("#sentence b").inner_text().replace("\xa0", " ")
        page.get_by_role("link", name="看全部").click()
        expect(page.locator("[data-result-total]")).to_have_text(everything)


def test_hits_of_a_kind_stand_together_the_gravest_first_over_all_pages(asking):
    page = asking(MANY)
    seen = []
    while True:
        seen += page.locator("a[data-result]").evaluate_all(
            "all => all.map(one => [one.dataset.match, one.dataset.kind])"
        )
        onward = page.locator("#result-pages a", has_text="下一页")
        if not onward.count() or len(seen) > 400:
            break
        before = page.url
        onward.click()
        page.wait_for_function("before => location.href !== before", arg=before)
        expect(page.locator("body")).to_have_attribute("data-search", "done")
    groups = [tuple(one) for place, one in enumerate(seen) if place == 0 or one != seen[place - 1]]
    assert len(groups) == len(set(groups))
    assert groups[0] == ("lookup", "severe-list")
    assert [match for match, _ in groups] == sorted(match for match, _ in groups)


def test_headings_of_the_groups_tell_how_many_there_are(asking):
    page = asking(MANY)
    group = page.locator(".result-group").first
    assert group.locator("h2").inner_text().split("\n")[0] == "严重失信主体名单"
    count = int(group.locator(".count").inner_text().removesuffix("条"))
    parts(page).first.click()
    expect(page.locator("[data-result-total]")).to_have_text(str(count))


def test_matched_piece_is_marked_and_red_is_for_the_severe_list_alone(asking):
    page = asking(MANY)
    assert set(page.locator("a[data-result] mark").all_inner_texts()) == {MANY}
    tags = page.evaluate(
        """() => [...document.querySelectorAll('.tag')].map((tag) => [
            tag.closest('li').querySelector('a').dataset.kind, getComputedStyle(tag).color])"""
    )
    red = {colour for kind, colour in tags if kind == "severe-list"}
    assert len(red) == 1
    assert not red & {colour for kind, colour in tags if kind != "severe-list"}


def test_miss_says_what_it_means_and_where_else_to_ask(asking):
    page = asking(MISS)
    assert page.locator("#sentence").inner_text() == f"没有名称、代码或者文书号含“{MISS}”的记录。"
    assert "不代表信用良好" in page.locator(".search-none").inner_text()
    near = page.locator("#answer > [data-near]")
    assert near.count() == 1
    order = page.evaluate(
        """() => [...document.querySelectorAll('#sentence, .search-none, [data-near], .search-elsewhere')]
            .map((one) => one.id || one.className || 'near')"""
    )
    assert order == ["sentence", "search-none", "near", "search-elsewhere"]
    assert page.locator("#result-bar").is_hidden()
    page.locator(".search-elsewhere a", has_text="批量核查").click()
    page.wait_for_url("**/search/batch.html")


@pytest.mark.parametrize(
    ("topic", "guide"), [("异议", "objection"), ("信用修复", "repair"), ("移出名单", "removal"), ("查询", "query")]
)
def test_guide_of_a_topic_stands_before_the_hits(asking, topic, guide):
    page = asking(topic)
    pinned = page.locator(".pinned:visible a")
    assert pinned.count() == 1
    assert pinned.get_attribute("href").endswith(f"guide/{guide}.html")
    if page.locator("a[data-result]").count():
        assert pinned.bounding_box()["y"] < box_of(page, "a[data-result]")["y"]


@pytest.mark.parametrize(
    ("asked", "folders"),
    [("严重失信主体名单", ["severe/"]), ("诚信典型", ["role-models/"]), ("奖惩措施", ["measures/"]), ("信", [])],
)
def test_list_stands_before_the_hits_where_a_piece_of_its_name_is_asked_for(asking, asked, folders):
    page = asking(asked)
    there = [one.get_attribute("href") for one in page.locator(".pinned:visible a").all()]
    assert [one.removeprefix("../") for one in there] == folders


def test_guide_is_not_put_before_a_company_whose_name_holds_the_topic(asking):
    page = asking("凌源演示环境修复工程有限公司")
    assert page.locator(".pinned:visible").count() == 0


def test_filters_are_folded_on_a_phone_and_one_bar_on_a_desk(asking):
    page = asking(MANY)
    assert page.locator(".facet summary").first.is_hidden()
    page.locator(".result-filters > summary").click()
    assert page.locator(".facet summary").first.is_visible()
    page = asking(MANY, DESK)
    assert page.locator(".result-filters > summary").is_hidden()
    tops = {round(one.bounding_box()["y"]) for one in page.locator(".facet summary").all()}
    assert len(tops) == 1
    page.locator(".facet summary").first.click()
    assert page.locator(".facet[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".facet[open]").count() == 0
    assert page.locator("input[type=radio]").count() == 0


def test_long_question_is_cited_in_short_and_stays_in_the_box(asking):
    asked = "演示并无此名" * 12
    page = asking(asked)
    assert "…" in page.locator("#sentence").inner_text()
    assert ends(page, "#sentence") < SENTENCE_ENDS
    expect(page.locator("#q")).to_have_value(asked)
