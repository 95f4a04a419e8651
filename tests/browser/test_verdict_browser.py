"""The first screen of a record on a phone: name, tag, sentence, doors; and tables and grids that can be read."""

from __future__ import annotations

import json
import re

import pytest
from sample_pages import CITIES, MODES, rows_of, sample_root, served
from sizes import thinned

HEIGHT = 740
SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifted += shift.value;
}).observe({ type: 'layout-shift', buffered: true });"""
MOST_SHIFT = 0.05


@pytest.fixture(scope="module", params=CITIES)
def site(request):
    root = sample_root(request.param)
    with served(root) as address:
        yield address, root


@pytest.fixture
def opened(window):
    """Opens an address in a window so wide, in one of ``MODES``."""

    def opens(address, width=360, mode="normal"):
        page = window({"width": width, "height": HEIGHT})
        page.add_init_script(f"localStorage.setItem('site-mode', {json.dumps(MODES[mode])})")
        page.goto(address)
        return page

    return opens


def one_of_each_term(root):
    """An entry of each way a term reads."""
    found = {}
    for row in rows_of(root, "severe-list"):
        found.setdefault(re.sub(r"\d{4}-\d\d-\d\d", "D", row["term_text"]), f"severe/{row['id']}.html")
    return list(found.values())


def one_of_each_kind(root):
    kinds = [kind for kind in ("watch-list", "grades", "commitments", "role-models") if (root / kind).is_dir()]
    return [f"{kind}/{rows_of(root, kind)[0]['id']}.html" for kind in kinds]


def test_name_tag_sentence_and_doors_of_every_record_stand_in_the_first_screen_of_a_phone(site, opened):
    address, root = site
    page = opened(address)
    for path in (*one_of_each_term(root), *one_of_each_kind(root)):
        page.goto(address + path)
        tops = [page.locator(one).first.bounding_box()["y"] for one in ("h1", ".tag", ".verdict", ".turns")]
        assert tops == sorted(tops), path
        doors = page.locator(".turns a")
        assert doors.count() == (1 if path.startswith(("grades", "commitments")) else 2), path  # a kept commitment
        for door in doors.all():
            box = door.bounding_box()
            assert box["y"] + box["height"] < HEIGHT, path
            assert box["height"] >= 44
        assert page.locator(".verdict").inner_text().endswith("。")


def test_doors_lead_to_the_guide_and_to_the_ways_of_the_page(site, opened):
    address, root = site
    page = opened(address + one_of_each_term(root)[0])
    page.locator(".turns a").last.click()
    assert page.evaluate("document.querySelector('#ways').getBoundingClientRect().top") < HEIGHT / 2
    page.locator(".turns a").first.click()
    page.wait_for_url("**/guide/objection.html#letter=severe/*")


def test_red_is_for_the_severe_list_alone(site, opened):
    address, root = site
    colours = {}
    page = opened(address)
    for path in (one_of_each_term(root)[0], *one_of_each_kind(root)):
        page.goto(address + path)
        colours[path] = [
            page.locator(".verdict").evaluate("one => getComputedStyle(one).borderLeftColor"),
            page.locator(".tag").evaluate("one => getComputedStyle(one).color"),
        ]
    severe, *others = colours.values()
    assert severe[0] == severe[1]
    assert all(severe[0] not in other for other in others)


LABELS = """() => [...document.querySelectorAll('.rows td[data-label]')].filter(
  (cell) => cell.textContent.trim(),
).map((cell) => {
  const range = document.createRange();
  range.selectNodeContents(cell);
  const first = [...range.getClientRects()].find((box) => box.width > 0);
  const style = getComputedStyle(cell);
  const label = document.createElement('span');
  label.style.cssText = `position:absolute;white-space:nowrap;font:${style.font}`;
  label.textContent = cell.dataset.label;
  document.body.append(label);
  const width = label.getBoundingClientRect().width;
  label.remove();
  return [cell.dataset.label, first.left - cell.getBoundingClientRect().left - width];
})"""


NARROW = [(360, "normal"), (360, "elder"), (320, "elder"), (800, "elder")]
LISTS = ["catalogue/", "commitments/", "severe/"]
SEEN = [(path, *one) for place, path in enumerate(LISTS) for one in thinned(NARROW, 2, place)]


@pytest.mark.parametrize(("path", "width", "mode"), SEEN)
def test_no_label_prints_over_its_value(site, opened, path, width, mode):
    page = opened(site[0] + path, width, mode)
    room = page.evaluate(LABELS)
    assert len(room) > 10
    assert [one for one in room if one[1] < 0] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_jumps_while_the_rows_of_the_grid_come(site, chromium, width):
    page = chromium.new_page(viewport={"width": width, "height": HEIGHT})
    page.add_init_script(SHIFTS)
    page.goto(f"{site[0]}data/severe-list/")
    page.wait_for_selector("body[data-explore=done]")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifted") <= MOST_SHIFT
    assert page.locator("#grid").is_visible()
    page.close()


CONTRAST = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([red, green, blue]) => [red, green, blue].map((one) => one / 255)
    .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, place) => sum + one * [0.2126, 0.7152, 0.0722][place], 0);
  const behind = (node) => {
    const colour = parts(getComputedStyle(node).backgroundColor);
    return colour.length === 4 && colour[3] === 0 ? behind(node.parentElement) : colour;
  };
  const words = '.tabulator-page, .tabulator-page-counter, .tabulator-col-title, .tabulator-cell';
  return [...document.querySelectorAll(words)]
    .filter((node) => node.offsetParent !== null && node.textContent.trim() !== '').map((node) => {
      const two = [light(parts(getComputedStyle(node).color)), light(behind(node))].sort((one, other) => other - one);
      return [node.textContent.trim(), (two[0] + 0.05) / (two[1] + 0.05) * Number(getComputedStyle(node).opacity)];
    });
}"""


@pytest.mark.parametrize("mode", MODES)
def test_every_word_of_the_grid_can_be_read_in_every_mode(site, opened, mode):
    page = opened(f"{site[0]}data/severe-list/#year=all", 1280, mode)
    page.wait_for_selector("body[data-explore=done]")
    told = page.evaluate(CONTRAST)
    assert {"首页", "下一页"} <= {text for text, _ in told}
    assert [one for one in told if one[1] < 4.5] == []
