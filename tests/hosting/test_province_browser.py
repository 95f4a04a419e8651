"""Fourteen cities on fourteen origins and their province, real nginx each, asked in Chromium."""

import datetime as dt
import functools
import re
from urllib.parse import quote, quote_plus, unquote_plus, urlsplit

from axe_playwright_python.sync_playwright import Axe
from lookup_oracle import Oracle
from playwright.sync_api import expect
import provinces
import pytest
from real_nginx import open_folder
from search_pages import browser
from sizes import thinned
import small_sites

from site_builder.search.facets import FACETS

pytestmark = [pytest.mark.needs_nginx, pytest.mark.needs_chromium]

CITIES = 14
NOON = dt.datetime(2026, 11, 20, 4, tzinfo=dt.UTC)
KINDS = list(next(one for one in FACETS if one.name == "kind").words)
MODES = {"normal": "light", "dark": "dark", "elder": "light elder"}
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK = """async (queries) => {
  const found = {};
  const told = ({ dataset: { member, id }, href }) => [member, id, href];
  for (const query of queries) {
    const turned = new Promise((done) => addEventListener('hashchange', () => setTimeout(done), { once: true }));
    location.hash = new URLSearchParams({ q: query });
    await turned;
    while (!['done', 'error'].includes(document.body.dataset.search)) await new Promise((done) => setTimeout(done, 2));
    found[query] = {
      state: document.body.dataset.search,
      total: Number(document.querySelector('[data-result-total]').textContent),
      hits: [...document.querySelectorAll('a[data-result]')].map(told),
      heard: [...document.querySelectorAll('[data-heard]')].map(({ dataset }) => dataset.heard),
    };
  }
  return found;
}"""


@pytest.fixture(scope="module")
def chromium():
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def province():
    with open_folder() as folder, provinces.running(folder, CITIES) as made:
        yield made


@pytest.fixture
def page(chromium):
    made = chromium.new_page(viewport={"width": 360, "height": 740}, locale="zh-CN")
    made.clock.set_fixed_time(NOON)
    made.problems, made.asked = [], []
    made.on("pageerror", lambda error: made.problems.append(str(error)))
    made.on("console", lambda message: made.problems.append(message.text) if message.type == "error" else None)
    made.on("request", lambda request: made.asked.append(request))  # noqa: PLW0108  # it marks what it is given
    yield made
    made.close()


def ask(window, province, question, **state):
    """Open the search page with a question; the members' states."""
    window.goto("about:blank")
    rest = "".join(f"&{name}={quote(str(value))}" for name, value in state.items())
    window.goto(f"{province.url}search/#q={quote(question)}{rest}")
    expect(window.locator("body:is([data-search=done],[data-search=error])")).to_be_attached(timeout=30_000)
    return window.locator("[data-heard]").evaluate_all("all => all.map(({ dataset }) => dataset.heard)")


def shown(page):
    return page.locator("a[data-result]").evaluate_all(
        "all => all.map(({ dataset, href }) => [dataset.member, dataset.id, href])"
    )


@functools.cache
def oracle(city):
    """What a city's index holds, to be asked by brute force; no city is built again here."""
    return Oracle(city.rows_of_index())


def expected(province, question, order="relevance"):
    """(member, id, address) of every hit in the order of hits, by brute force over all rows of all cities."""
    found = []
    for place, city in enumerate(province.cities):
        for position, (row, score) in enumerate(oracle(city).answer(question)):
            day = -dt.date.fromisoformat(row.date).toordinal()
            how = 0 if order == "date" else -score
            found.append((KINDS.index(row.kind), how, day, place, position, city, row))
    found.sort(key=lambda one: one[:5])
    return [[city.id, row.id, city.address + row.href] for *_, city, row in found]


def test_every_published_name_code_and_number_is_found_where_it_is_and_nowhere_else(province, page):
    wanted = {}
    for city in province.cities:
        for kind, names in (
            ("severe-list", ("subject_name", "subject_code", "decision_no")),
            ("role-models", ("name", "subject_code")),
        ):
            for row in small_sites.rows_of(city.root, kind):
                for name in names:
                    wanted.setdefault(row[name], set()).add((city.id, row["id"]))
    assert len(wanted) > CITIES * 15
    page.goto(f"{province.url}search/")
    found = page.evaluate(ASK, list(wanted))
    missed = {query for query, of in wanted.items() if not of <= {(one, two) for one, two, _ in found[query]["hits"]}}
    assert missed == set()
    for query, answer in found.items():
        right = expected(province, query)
        assert (query, answer["state"], answer["total"]) == (query, "done", len(right))
        assert (query, answer["hits"]) == (query, right)
        assert answer["heard"] == ["answered"] * CITIES
    assert page.problems == []


@pytest.mark.parametrize("order", ["relevance", "date"])
def test_hits_of_all_members_stand_in_the_order_of_one_site_on_every_page(province, page, order):
    right = expected(province, "演示", order)
    assert len(right) > 80
    found = []
    for number in range(1, -(-len(right) // 20) + 1):
        ask(page, province, "演示", page=number, sort=order)
        assert page.locator("[data-result-total]").inner_text() == str(len(right))
        found += shown(page)
    assert found == right


def test_hit_leads_to_the_members_own_page(province, page):
    city = province.cities[1]
    row = city.rows[2]
    ask(page, province, row["subject_name"])
    link = page.locator("a[data-result]")
    expect(page.locator(".results .member")).to_have_text(city.name)
    assert link.get_attribute("href") == f"{city.origin}/credit/severe/{row['id']}.html"
    link.click()
    expect(page.locator("h1")).to_contain_text(row["subject_name"])
    assert page.url.startswith(city.address)


def test_hits_are_narrowed_to_a_member_and_to_a_kind(province, page):
    ask(page, province, "演示", member="north-3")
    assert {one for one, *_ in shown(page)} == {"north-3"}
    assert page.locator("[data-result-total]").inner_text() == "9"
    ask(page, province, "演示", member="north-3", kind="role-models")
    assert [one[:2] for one in shown(page)] == [["north-3", "R3-1"]]
    ask(page, province, "演示", kind="role-models")
    assert len(shown(page)) == CITIES
    expect(page.locator("#sentence")).to_contain_text(f"诚信典型 {CITIES}\u00a0条")


def test_misspelt_name_is_told_as_on_one_site(province, page):
    row = province.cities[8].rows[3]
    typed = row["subject_name"].replace("有限", "有线")
    ask(page, province, typed)
    assert shown(page) == []
    near = page.locator("[data-near] a[data-like]")
    assert 1 <= near.count() <= 5
    expect(near.first).to_have_text(row["subject_name"])
    assert all("演示某" not in one for one in near.all_inner_texts())
    code = row["subject_code"][:-1] + ("0" if row["subject_code"][-1] != "0" else "1")
    near.first.click()
    expect(page.locator("a[data-result]")).to_have_attribute("data-id", row["id"])
    ask(page, province, code)
    expect(page.locator("[data-near] a[data-like]")).to_have_text([row["subject_name"]])


def test_who_answered_and_as_of_when_is_told(province, page):
    ask(page, province, "没有这样的主体")
    for city in province.cities:
        place = page.locator(f"li[data-member={city.id}]")
        expect(place).to_contain_text("已答复，0 条，截至 2026-11-20")
    expect(page.locator("#heard")).to_contain_text(f"{CITIES} 个网站都答复了，内容最早的截至 2026-11-20")
    expect(page.locator("#sentence")).to_contain_text("没有名称、代码或者文书号含“没有这样的主体”的记录")
    expect(page.locator("#status")).to_have_text("没有查到。未查到不代表信用良好。")


def test_policy_lists_the_members_origins_and_no_other(province, page):
    origins = [city.origin for city in province.cities]
    policies = {}
    for path in ("search/", "", "404.html", "sitemap.html"):
        answer = page.request.get(province.url + path)
        (policies[path],) = re.findall("connect-src ([^;]*)", answer.headers["content-security-policy"])
    assert policies.pop("search/").split() == ["'self'", *origins]
    assert set(policies.values()) == {"'self'"}
    page.goto(f"{province.url}search/")
    foreign = "url => fetch(url).then(() => 'read', () => 'refused')"
    assert page.evaluate(foreign, f"{origins[0]}/release.json") == "read"
    assert page.evaluate(foreign, f"http://localhost:{province.cities[0].port}/release.json") == "refused"


def test_no_request_tells_what_was_asked_and_none_goes_elsewhere(province, page):
    rows = [city.rows[1] for city in province.cities[:3]]
    asked = [rows[0]["subject_name"], rows[1]["subject_code"], rows[2]["decision_no"], "张某某的查询"]
    for question in asked:
        ask(page, province, question)
    own = {urlsplit(province.url).netloc, *(urlsplit(city.origin).netloc for city in province.cities)}
    told = [one.url.partition("#")[0] for one in page.asked if not one.url.startswith("about:")]
    assert {urlsplit(one).netloc for one in told} == own
    sent = "\n".join(
        told + [str(one.headers) for one in page.asked] + [one.read_text() for one in province.logs.iterdir()]
    )
    for question in asked:
        pieces = [question, quote(question), quote_plus(question), question.encode().hex(), question.lower()]
        assert not [one for one in pieces if one in sent or one in unquote_plus(sent)]
    assert not any(one.headers.get("referer") for one in page.asked)


def test_nothing_of_a_member_is_in_the_province(province):
    whole = b"".join(small_sites.files_of(province.root).values())
    for city in province.cities:
        for row in city.rows:
            for name in ("subject_name", "subject_code", "decision_no"):
                assert row[name].encode() not in whole


def test_without_script_the_search_page_leads_to_the_members_own(province, chromium):
    context = chromium.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{province.url}search/")
        links = page.locator("li[data-member] a")
        assert links.evaluate_all("all => all.map(({ href }) => href)") == [
            f"{city.address}search/" for city in province.cities
        ]
        expect(page.locator("noscript a")).to_have_attribute("href", "#members")
        links.nth(1).click()
        expect(page.locator("h1")).to_have_text("查询")
    finally:
        context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_wrong_and_no_page_is_wider_than_the_window(province, page, width):
    wrong = []
    page.set_viewport_size({"width": width, "height": 900})
    for question in (None, "", "演示", "演示甲食品9号有线公司", "没有这样的主体"):
        if question is None:
            page.goto(province.url)
        else:
            ask(page, province, question) if question else page.goto(f"{province.url}search/")
        for mode in thinned(MODES, 2, len(question or "") + width // 1000):
            page.evaluate("mode => { document.documentElement.dataset.mode = mode }", MODES[mode])
            run = Axe().run(page, options={"runOnly": STANDARD, "resultTypes": ["violations"]})
            for each in run.response["violations"]:
                wrong += [f"{question} {mode}: {each['id']} {node['target']}" for node in each["nodes"]]
            for narrow in (320, width):
                page.set_viewport_size({"width": narrow, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= narrow, (question, mode)
    assert wrong == []
