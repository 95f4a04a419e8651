"""The sample site in Chromium behind real nginx: search with WebAssembly, no page breaks its policy."""

import datetime as dt

from playwright.sync_api import expect
import pytest
from real_nginx import nginx, open_folder
from sample_pages import rows_of, sample_pages, sample_site
from search_pages import browser

BASE = "/sub/dir/"
COMPILE = """async () => {
  const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
  try { await WebAssembly.compile(bytes); return 'compiled'; } catch (error) { return error.name; }
}"""

pytestmark = [pytest.mark.needs_nginx, pytest.mark.needs_chromium]


@pytest.fixture(scope="module")
def served():
    """(server, web root) of the sample site below a sub-folder."""
    with open_folder() as folder:
        site_file, root = sample_site("dalian", BASE)
        with nginx(folder, site_file, root.parents[1]) as server:
            yield server, root


@pytest.fixture(scope="module")
def chromium():
    with browser() as started:
        yield started


@pytest.fixture
def page(chromium):
    made = chromium.new_page()
    made.clock.set_fixed_time(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC))
    made.problems = []
    made.on("pageerror", lambda error: made.problems.append(str(error)))
    made.on("console", lambda message: made.problems.append(message.text) if message.type == "error" else None)
    yield made
    made.close()


def test_search_finds_by_name_and_by_text(served, page):
    server, root = served
    entry = next(row for row in rows_of(root, "severe-list") if row["cause"])
    page.goto(server.url(f"{BASE}search/#q={entry['subject_name']}"))
    expect(page.locator("body")).to_have_attribute("data-search", "done")
    expect(page.locator(f"a[data-id='{entry['id']}'][data-match=lookup]")).to_be_visible()
    page.goto("about:blank")
    page.goto(server.url(f"{BASE}search/#q={entry['cause'][4:10]}"))
    expect(page.locator("body")).to_have_attribute("data-search", "done")
    expect(page.locator("a[data-result][data-match=text]").first).to_be_visible()
    assert page.evaluate(COMPILE) == "compiled"
    assert page.problems == []


def test_batch_check_works_without_webassembly(served, page):
    server, root = served
    entry = rows_of(root, "severe-list")[0]
    page.goto(server.url(f"{BASE}search/batch.html"))
    page.fill("#batch-list", str(entry["subject_name"]))
    page.click("#batch-form button[type=submit]")
    expect(page.locator("body")).to_have_attribute("data-search", "done")
    expect(page.locator("#batch-rows a").first).to_be_visible()
    assert page.problems == []
    assert page.evaluate(COMPILE) == "CompileError"


def test_no_page_breaks_its_policy_and_none_but_search_may_compile_webassembly(served, page):
    server, root = served
    for name, address in sample_pages(root).items():
        page.goto(server.url(BASE + address), wait_until="load")
        assert (name, page.problems) == (name, [])
        assert (name, page.evaluate(COMPILE)) == (name, "compiled" if name == "search" else "CompileError")
        page.problems.clear()


def test_unknown_address_shows_the_sites_page_with_its_style(served, page):
    server, _ = served
    answer = page.goto(server.url(f"{BASE}severe/deep/er/none.html"))
    assert answer.status == 404
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") != "static"
    page.click("main a >> nth=0")
    assert page.url.startswith(server.url(BASE))
    assert [one for one in page.problems if "404" not in one] == []


def test_inline_script_and_foreign_requests_are_refused(served, page):
    server, _ = served
    page.goto(server.url(BASE))
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'window.broken = true';
          document.body.append(script);
          const picture = '<img src="http://localhost:9/x.png" onerror="window.broken = true">';
          document.body.insertAdjacentHTML('beforeend', picture);
        }"""
    )
    assert page.evaluate("window.broken") is None
    other = f"http://localhost:{server.port}{BASE}assets/site.js"
    load = """(src) => new Promise((done) => {
      const script = Object.assign(document.createElement('script'), { src });
      script.onload = () => done('loaded');
      script.onerror = () => done('refused');
      document.body.append(script);
    })"""
    assert page.evaluate(load, other) == "refused"
    assert page.evaluate(load, other.replace("localhost", "127.0.0.1")) == "loaded"


def test_rows_of_open_data_are_shown_and_a_page_is_cited_with_its_release(served, page):
    server, root = served
    page.goto(server.url(f"{BASE}data/severe-list/"))
    expect(page.locator(".tabulator-row").first).to_be_visible()
    page.goto(server.url(f"{BASE}severe/{rows_of(root, 'severe-list')[0]['id']}.html"))
    with page.expect_response(lambda answer: answer.url.endswith("/release.json")) as told:
        page.click("[data-cite-with]")
    assert told.value.status == 200
    assert page.problems == []
