"""The picture of measures by field: its numbers are those of the downloads, on a phone and without eyes too."""

from collections import Counter
import csv
import io

from playwright.sync_api import expect
import pytest
from search_pages import served
from shared_samples import sample_root
import small_sites

from site_builder.pages import measure_fields
from site_builder.pages.measures import FIELDS, OTHER_FIELD

NAME = "激励和惩戒涉及哪些领域"


@pytest.fixture(scope="module")
def site():
    root = sample_root("dalian")
    with served(root) as address:
        yield address, root


def by_field(root):
    """(field, kind of measure) → how many, from the download."""
    counts = Counter()
    for row in small_sites.rows_of(root, "measures"):
        text = f"{row['title']}\n{row['content']}"
        named = [name for name, words in FIELDS.items() if words.search(text)] or [OTHER_FIELD]
        counts.update((name, row["kind"]) for name in named)
    return counts


def test_every_field_is_told_in_plain_words():
    assert set(measure_fields.WORDS) == {*FIELDS, OTHER_FIELD}


@pytest.mark.parametrize("path", ["measures/", "statistics/"])
def test_fields_and_numbers_are_those_of_the_download_and_of_the_file(window, site, path):
    address, root = site
    wanted = by_field(root)
    page = window({"width": 1280, "height": 900})
    page.goto(address + path)
    picture = page.get_by_role("region", name=NAME).first
    told = {}
    for row in picture.locator("li").all():
        field, numbers = row.get_by_role("link").inner_text(), row.locator(".hide").text_content()
        told[field] = numbers
        reward, penalty = wanted[field, "incentive"], wanted[field, "penalty"]
        assert numbers == f"守信激励 {reward} 项，失信惩戒 {penalty} 项"
        assert row.locator("svg text").all_text_contents() == [str(reward), str(penalty)]
        widths = [row.locator(f".{name}").bounding_box() for name in ("good-bar", "bad-bar")]
        assert [round(box["width"]) > 0 if box else False for box in widths] == [reward > 0, penalty > 0]
    assert set(told) == {field for field, _ in wanted}
    assert list(told)[-1] == OTHER_FIELD or OTHER_FIELD not in told
    for kind in ("incentive", "penalty"):
        most = max(count for (field, of), count in wanted.items() if of == kind and field != OTHER_FIELD)
        assert f"（{most} 项）" in picture.locator(".says").inner_text()
    head, *rows = csv.reader(io.StringIO((root / "statistics/measures-by-field.csv").read_text("utf-8-sig")))
    assert head == ["领域", "守信激励", "失信惩戒", "合计"]
    of_fields = {field: [wanted[field, "incentive"], wanted[field, "penalty"]] for field in told}
    assert {field: list(map(int, numbers)) for field, *numbers in rows} == {
        field: [*both, sum(both)] for field, both in of_fields.items()
    }
    picture.locator("summary").first.click()
    table = [row.locator("th, td").all_inner_texts() for row in picture.locator("tbody tr").all()]
    assert table == rows


def test_a_field_leads_to_its_measures(window, site):
    address, root = site
    page = window({"width": 1280, "height": 900})
    page.goto(f"{address}measures/")
    page.get_by_role("link", name="看图：涉及哪些领域").click()
    picture = page.get_by_role("region", name=NAME).first
    expect(picture.locator("h2")).to_be_in_viewport()
    picture.get_by_role("link", name="准入", exact=True).click()
    wanted = by_field(root)
    expect(page.locator(".measure")).to_have_count(wanted["准入", "incentive"] + wanted["准入", "penalty"])


@pytest.mark.parametrize("mode", ["", "elder"])
def test_on_a_phone_every_number_stands_beside_its_bar_and_nothing_is_cut(window, site, mode):
    address, _ = site
    page = window({"width": 360, "height": 740})
    page.goto(f"{address}measures/")
    page.evaluate("mode => { document.documentElement.dataset.mode = mode; }", mode)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for row in page.locator(".fields-rows li").all():
        around, good, bad = (row.locator(one).bounding_box() for one in ("svg", "svg .end", "svg text:not(.end)"))
        assert around["x"] <= good["x"]
        assert good["x"] + good["width"] < bad["x"]
        assert bad["x"] + bad["width"] <= around["x"] + around["width"]
        for number in (good, bad):
            assert abs(number["y"] + number["height"] / 2 - around["y"] - around["height"] / 2) <= 3
            assert number["height"] * 0.7 <= around["height"]
