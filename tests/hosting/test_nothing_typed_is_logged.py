"""What a visit leaves behind: what is typed stays in the browser, as real nginx logs twenty searches."""

import re
from urllib.parse import quote, quote_plus, urlsplit

from playwright.sync_api import expect
import pytest
from real_nginx import nginx, open_folder
from sample_pages import sample_pages, sample_site
from search_pages import browser

BASE = "/sub/dir/"
RESIDENT = "11010119800101123X"
"""A whole resident ID number, as somebody may type it; invented."""
BOXES = {
    "site-q": ("severe/", "measures/", "role-models/", "laws/", "statistics/", "data/", "guide/privacy.html", "none"),
    "q": ("", "search/"),
}
"""The boxes, and pages that have one."""

pytestmark = [pytest.mark.needs_nginx, pytest.mark.needs_chromium]


@pytest.fixture(scope="module")
def served():
    """(server, web root) of the sample site below a sub-folder."""
    with open_folder() as folder:
        site_file, root = sample_site("dalian", BASE)
        with nginx(folder, site_file, root.parents[1]) as server:
            yield server, root


class Visitor:
    """Somebody at a browser; ``typed`` is all that was typed."""

    def __init__(self, page, server):
        self.page, self.server, self.typed = page, server, []

    def go(self, path):
        self.page.goto(self.server.url(BASE + path))

    def type(self, text):
        self.typed.append(text)
        return text

    def ask(self, box, text):
        self.page.fill(f"#{box}", self.type(text))
        self.page.press(f"#{box}", "Enter")
        self.found()

    def found(self):
        expect(self.page.locator("body[data-search=done]")).to_be_attached()

    def ask_from_every_box(self):
        for box, paths in BOXES.items():
            for number, path in enumerate(paths):
                self.go(path)
                self.ask(box, f"演示{number}{box}")
                self.ask("q", RESIDENT)
                self.page.locator(".brand").click()

    def ask_from_the_address_bar(self, root):
        template = re.search(r'template="([^"]+)"', (root / "opensearch.xml").read_text())[1]
        here = re.sub(r"^https?://[^/]+", self.server.url(""), template)
        for text in (RESIDENT, "演示地址栏"):
            self.page.goto("about:blank")
            self.page.goto(here.replace("{searchTerms}", quote_plus(self.type(text))))
            self.found()

    def follow_every_way_on(self):
        """Facets, pager, order, a hit and back, and all that again after a reload."""
        self.go("search/")
        self.ask("q", "演示")
        for link in ("#result-facets a", "#result-pages a", "[data-sort=date]"):
            way = self.page.locator(link).first
            way.evaluate("one => { const menu = one.closest('details.facet'); if (menu) menu.open = true; }")
            with self.page.expect_event("framenavigated"):
                way.click()
            self.found()
        self.page.locator("a[data-result]").first.click()
        self.page.go_back()
        self.found()
        self.page.reload()
        self.found()

    def check_a_batch(self):
        self.go("search/batch.html")
        self.page.fill("#batch-list", f"{RESIDENT}\n{self.type('演示批量机密')}\n演示")
        self.page.click("#batch-form button[type=submit]")
        self.found()
        self.page.get_by_role("link", name="全部").click()
        self.found()

    def filter_a_table(self):
        self.go("data/severe-list/")
        box = self.page.locator(".tabulator-col[tabulator-field=subject_name] input")
        box.fill(self.type("演示筛选机密"))
        box.press("Enter")
        expect(self.page.locator("#status")).to_have_text("共 0 行")
        self.page.reload()
        expect(self.page.locator("#status")).to_have_text("共 0 行")

    def open_old_links(self):
        for text in (RESIDENT, "演示旧链接"):
            self.go(f"search/?q={self.type(text)}")
            self.found()
            self.page.locator(".brand").click()


def forms_of(typed):
    """How a text may stand in a log."""
    return {typed, quote(typed), quote_plus(typed), quote(typed).lower()}


def test_nothing_typed_is_in_a_log(served):
    server, root = served
    with browser() as chromium:
        visitor = Visitor(chromium.new_page(), server)
        visitor.ask_from_every_box()
        visitor.ask_from_the_address_bar(root)
        visitor.follow_every_way_on()
        visitor.check_a_batch()
        visitor.filter_a_table()
        visitor.open_old_links()
        visitor.page.close()
    assert len(visitor.typed) >= 20
    assert RESIDENT in visitor.typed
    log = server.told()
    assert log.count(f'"GET {BASE}search/ HTTP') >= 12
    for text in set(visitor.typed) - {"演示"}:
        assert not [one for one in forms_of(text) if one in log], text
    assert "?" not in log
    assert all(line.split('"')[3] == "-" for line in log.splitlines())
    assert (server.logs / "dalian.error.log").read_text() == ""


@pytest.mark.parametrize(
    "path",
    ["search/?q={}", "search?q={}", "none/?q={}", "none.html?q={}", ".git/config?q={}", "assets/?q={}", "../?q={}"],
)
def test_question_of_a_foreign_link_is_in_no_log_whatever_is_answered(served, path):
    server, _ = served
    for method in ("GET", "HEAD", "POST"):
        server.ask(BASE + path.format(RESIDENT), method, referer=server.url(f"{BASE}search/?q={RESIDENT}"))
    server.ask("/.well-known/acme-challenge/none?q=" + RESIDENT)
    server.told()
    for log in server.logs.iterdir():
        assert RESIDENT not in log.read_text()


def test_visit_leaves_the_chosen_modes_in_the_browser_and_nothing_else(served):
    server, root = served
    with browser() as chromium:
        context = chromium.new_context()
        visitor = Visitor(context.new_page(), server)
        hosts = set()
        visitor.page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        for path in sample_pages(root).values():
            visitor.go(path)
        visitor.go("search/")
        visitor.ask("q", "演示")
        visitor.page.click("[data-toggle=elder]")
        assert hosts == {urlsplit(server.url("")).netloc}
        assert context.cookies() == []
        kept = visitor.page.evaluate(
            """async () => [Object.keys(localStorage), Object.keys(sessionStorage), await indexedDB.databases(),
                await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length]"""
        )
        assert kept == [["site-mode"], [], [], [], 0]
        assert visitor.page.evaluate("localStorage['site-mode']") == "elder"
        visitor.page.evaluate("localStorage.clear()")
        visitor.page.reload()
        expect(visitor.page.locator("[data-toggle=elder]")).to_have_attribute("aria-pressed", "false")
        context.close()


LINE = re.compile(
    r'127\.0\.0\.1 - - \[[^]]+ \+[0-9]{4}\] "GET /sub/dir/[a-z./-]* HTTP/1\.1" 200 [0-9]+ "-" "Visitor/1\.0"'
)


def test_log_tells_when_whence_and_which_file_and_no_more(served):
    server, _ = served
    headers = {"user_agent": "Visitor/1.0", "cookie": "a=b", "authorization": "Basic YTpi"}
    server.ask(f"{BASE}guide/privacy.html?a=b", **headers, referer=server.url("/?q=b"))
    lines = [line for line in server.told().splitlines() if "guide/privacy.html" in line and "Visitor" in line]
    assert len(lines) == 1
    assert LINE.fullmatch(lines[0])


def test_no_request_of_the_site_names_where_it_comes_from(served):
    """The address of a search, or of a record, is not handed on."""
    server, _ = served
    with browser() as chromium:
        page = chromium.new_page()
        sent = []
        page.on("request", lambda request: sent.append(request.all_headers().get("referer")))
        page.goto(server.url(f"{BASE}search/?q=演示"))
        expect(page.locator("body[data-search=done]")).to_be_attached()
        page.locator("a[data-result]").first.click()
        page.wait_for_load_state()
        assert page.evaluate("document.referrer") == ""
        page.close()
    assert sent
    assert set(sent) == {None}
