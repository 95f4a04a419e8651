"""Records, lists, charts and data sets are cited alike: in words, and as CSL-JSON that citeproc-py puts into words."""

import io
import json

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from playwright.sync_api import expect
import pytest
from search_pages import served
from shared_samples import sample_site
import small_sites

from site_builder.config.load import load_site

STYLE = b"""<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>demo</title><id>demo</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<macro name="day"><date variable="issued"><date-part name="year"/><date-part name="month" form="numeric-leading-zeros"
prefix="-"/><date-part name="day" form="numeric-leading-zeros" prefix="-"/></date></macro>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><group delimiter=" | "><names variable="author"/><text variable="title"/>
<text variable="container-title"/><text macro="day"/><text variable="version"/><text variable="URL"/>
<text variable="note"/></group></layout></bibliography>
</style>"""
"""A style that tells every part of an item, one after another."""

PLACES = {
    "severe/{entry}.html": ("#citation", ""),
    "measures/{measure}.html": ("#citation", ""),
    "severe/": ("#citation", ""),
    "severe/by/category/market_order/": ("#citation", ""),
    "measures/": ("#citation", ""),
    "role-models/": ("#citation", ""),
    "grades/": ("#citation", ""),
    "statistics/": ("#citation-severe-by-month", "#severe-by-month"),
    "data/": ("#citation-severe-list", "#severe-list"),
}
"""Page → where its citation stands, and the part of the page that is cited."""


@pytest.fixture(scope="module")
def sample():
    site_file, root = sample_site("dalian")
    with served(root) as address:
        yield address, root, load_site(site_file)


def rendered(item):
    """An item as citeproc-py puts it into words."""
    source = CiteProcJSON([item])
    assert list(source) == [item["id"].lower()]
    books = CitationStylesBibliography(CitationStylesStyle(io.BytesIO(STYLE), validate=False), source, formatter.plain)
    books.register(Citation([CitationItem(item["id"])]))
    (entry,) = books.bibliography()
    return str(entry).split(" | ")


@pytest.mark.parametrize("path", PLACES)
def test_what_is_cited_is_put_into_words_by_another_program(window, sample, path):
    address, root, site = sample
    ids = {"entry": small_sites.ids_of(root, "severe-list")[0], "measure": small_sites.ids_of(root, "measures")[0]}
    place, part = PLACES[path]
    page = window({"width": 1280, "height": 900})
    page.goto(address + path.format(**ids))
    cited = page.locator(place)
    box = page.locator(".citing", has=cited)
    plain = cited.text_content()
    if part:
        box.locator("summary").click()
    expect(box.locator("pre")).to_be_hidden()
    box.get_by_role("button", name="写明数据版本").click()
    release = json.loads((root / "release.json").read_bytes())
    expect(cited).to_contain_text(f"数据版本 {release['version']}")
    expect(box.locator("pre")).to_be_visible()
    (item,) = json.loads(box.locator("pre").text_content())
    base = f"{site.site.base_url}{site.site.base_path}"
    assert item["URL"] == base + path.format(**ids) + part
    assert page.locator(".citing pre:visible").count() == 1, "no other citation of the page is touched"
    told = rendered(item)
    assert told[0] == item["author"][0]["literal"]
    assert path.startswith("severe/{") or told[0] == site.unit.owner
    assert told[1:3] == [item["title"], site.site.name]
    assert told[4:6] == [release["version"], item["URL"]]
    assert release["files"] in told[6]
    assert f"{item['title']}[DS/OL]" in plain
    assert plain.endswith(item["URL"])
    assert told[3] in plain
    if part:
        assert page.locator(part).count() == 1
