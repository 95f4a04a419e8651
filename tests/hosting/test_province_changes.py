"""A province's search as its members change, go away, stand still or lie: real servers, real releases."""

import datetime as dt
from functools import partial
import gzip
import hashlib
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
import json
import os
from pathlib import Path
import re
import shutil
import threading

from lookup_node import write_index
from playwright.sync_api import expect
import provinces
import pytest
from real_nginx import Server, open_folder
from search_pages import browser
import small_sites

from site_builder.release.tree import time_of
from site_builder.search.lookup import LookupRow, build

pytestmark = [pytest.mark.needs_nginx, pytest.mark.needs_chromium]

NOON = dt.datetime(2026, 11, 20, 4, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def chromium():
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def province():
    """Three cities, two of them each on a server of its own."""
    with open_folder() as folder, provinces.running(folder, 3, alone=(0, 1)) as made:
        yield made


@pytest.fixture
def page(chromium):
    made = chromium.new_page(viewport={"width": 360, "height": 740}, locale="zh-CN")
    made.clock.set_fixed_time(NOON)
    made.problems = []
    made.on("pageerror", lambda error: made.problems.append(str(error)))
    yield made
    assert made.problems == []
    made.close()


def ask(page, question):
    """Type into the open page's box; once done, the ids of the hits."""
    page.fill("#q", question)
    page.press("#q", "Enter")
    return answered(page)


def answered(page):
    expect(page.locator("body:is([data-search=done],[data-search=error])")).to_be_attached(timeout=30_000)
    return page.locator("a[data-result]").evaluate_all("all => all.map(({ dataset }) => dataset.id)")


def heard(page):
    """What each member's place says: id → (state, why)."""
    told = page.locator("[data-heard]").evaluate_all(
        "all => all.map(({ dataset: { member, heard, why } }) => [member, heard, why])"
    )
    return {member: (state, why) for member, state, why in told}


def opened(page, province):
    page.goto(f"{province.url}search/")
    expect(page.locator("body[data-search=idle]")).to_be_attached()


def test_what_a_member_takes_down_is_gone_from_the_open_page_and_the_province_is_as_it_was(province, page):
    city = province.cities[2]
    row = city.rows[1]
    before = small_sites.all_of(province.output)
    opened(page, province)
    assert ask(page, row["subject_name"]) == [row["id"]]
    small_sites.withhold(city.site, row["id"], city.output)
    assert ask(page, row["subject_name"]) == []
    assert heard(page)[city.id] == ("answered", None)
    expect(page.locator("#sentence")).to_contain_text("没有名称、代码或者文书号含")
    assert small_sites.all_of(province.output) == before


def test_member_that_switches_its_release_in_the_middle_of_a_question_is_asked_again(province, page):
    city = province.cities[2]
    row = city.rows[3]
    opened(page, province)
    ask(page, "演示乙")
    switched = []

    def switch(route):
        """Before the first block goes out, another release: every block of the index is another."""
        if not switched:
            switched.append(route.request.url)
            city.rows = [*city.rows, *(small_sites.entry(f"NEW-{number}") for number in range(3))]
            city.build(as_of=small_sites.AS_OF + dt.timedelta(days=1))
        route.continue_()

    page.route(re.compile(rf"{re.escape(city.origin)}.*/search/lookup/.*\.bin"), switch)
    assert ask(page, row["subject_name"]) == [row["id"]]
    page.unroute_all()
    assert switched
    assert not (city.root / re.sub(r"^https?://[^/]*/", "", switched[0])).exists()
    expect(page.locator(f"li[data-member={city.id}]")).to_contain_text("截至 2026-11-21")
    assert ask(page, "演示商贸NEW-1有限公司") == ["NEW-1"]


def test_member_past_its_last_day_is_told_and_what_is_past_is_not_shown(province, page):
    city, last = province.cities[0], provinces.LAST
    page.clock.set_fixed_time(dt.datetime.combine(last + dt.timedelta(days=1), dt.time(4), dt.UTC))
    opened(page, province)
    assert ask(page, "演示诚信R1-1公司") == []
    assert {state for state, _ in heard(page).values()} == {"stale"}
    assert page.locator("[data-result-total]").inner_text() == "0"
    expect(page.locator("li[data-member=north-1]")).to_contain_text(f"它的内容只到 {last}")
    expect(page.locator("#heard")).to_contain_text("过期未更新的：信用演示甲市、信用演示乙市、")
    assert ask(page, city.rows[1]["subject_name"]) == [city.rows[1]["id"]]


class Member(SimpleHTTPRequestHandler):
    """A member's folder as any server may serve it; one that ``hangs`` takes the question and never answers.

    One that is ``older`` lets no page of another site read that a file is not there.
    """

    hangs = threading.Event()
    older = threading.Event()
    closing = threading.Event()

    def do_GET(self):
        if self.hangs.is_set():
            self.closing.wait()
            return
        super().do_GET()

    def send_response(self, code, message=None):
        super().send_response(code, message)
        if not (self.older.is_set() and code == 404):
            self.send_header("Access-Control-Allow-Origin", "*")

    def end_headers(self):
        super().end_headers()

    def log_message(self, *_):
        """Requests are not told."""


@pytest.fixture(scope="module")
def other():
    """(folder, port) of a member that may answer anything."""
    with open_folder() as folder:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Member, directory=str(folder)))
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, server.server_address[1]
        Member.closing.set()
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def with_other(province, other):
    """The province with one member more, switched in under the server that runs, which is told its policy anew."""
    with open_folder() as folder:
        _, port = other
        address = {
            "id": "other",
            "name": "信用演示他市",
            "base_url": f"http://127.0.0.1:{port}",
            "base_path": "/credit/",
        }
        own = provinces.free_port()
        members = [*(city.member() for city in province.cities), address]
        site = provinces.write_province(folder, members, site__base_url=f"http://127.0.0.1:{own}")
        provinces.build_site_of_members(site, folder / "out")
        with provinces.served(folder / "server", {"province": (site, folder / "out", own)}) as logs:
            yield provinces.Province(province.cities, site, f"http://127.0.0.1:{own}/", folder / "out", logs)


RELEASE = {
    "version": "1",
    "created": "",
    "as_of": "2026-11-20",
    "export": "",
    "published": {},
    "valid_through": None,
    "files": "0" * 64,
}
HIT = {
    "kind": "severe-list",
    "id": "X-1",
    "href": "severe/X-1.html",
    "title": "演示他市食品有限公司",
    "date": "2024-05-05",
}


def lie(folder, release=RELEASE, **changes):
    """What the other member now serves: an index of one row, and its ``release.json``."""
    home = folder / "credit"
    shutil.rmtree(home, ignore_errors=True)
    (home / "search").mkdir(parents=True)
    files = {}
    build([LookupRow(**(HIT | changes))], files.__setitem__)
    write_index(home / "search" / "lookup", files)
    (home / "release.json").write_text(release if isinstance(release, str) else json.dumps(release))
    for file in filter(Path.is_file, home.rglob("*")):  # as a release's files have it: of two written in a second, too
        os.utime(file, time_of(hashlib.sha256(file.read_bytes()).hexdigest()))
    return home


def test_honest_member_of_any_server_is_heard(with_other, other, page):
    lie(other[0])
    opened(page, with_other)
    assert ask(page, "演示他市") == ["X-1"]
    assert heard(page)["other"] == ("answered", None)


def test_member_that_switches_and_does_not_tell_what_is_gone_is_asked_again(with_other, other, page):
    lie(other[0])
    opened(page, with_other)
    switched = []

    def switch(route):
        if not switched:
            switched.append(route.request.url)
            lie(other[0], RELEASE | {"files": "1" * 64, "as_of": "2026-11-21"}, id="X-2", title="演示他市建筑有限公司")
        route.continue_()

    page.route(re.compile(rf":{other[1]}/credit/search/lookup/.*\.bin"), switch)  # not of the city that is there too
    Member.older.set()
    try:
        assert ask(page, "演示他市") == ["X-2"]
    finally:
        Member.older.clear()
        page.unroute_all()
    assert switched
    expect(page.locator("li[data-member=other]")).to_contain_text("已答复，1 条，截至 2026-11-21")


MARKUP = '演示他市<img src=x onerror="document.title=1"><script>document.title=2</script>'


def test_what_a_member_answers_is_shown_as_text(with_other, other, page):
    lie(other[0], title=MARKUP, note=MARKUP, number=MARKUP[:60], authority=MARKUP)
    opened(page, with_other)
    ask(page, "演示他市")
    assert page.locator("a[data-result]").inner_text() == MARKUP
    assert page.locator("#results :is(img, script)").count() == 0
    assert page.title().startswith("演示他市")
    ask(page, "演示他市<img src=y onerror=1>")
    assert page.locator("[data-near] :is(img, script)").count() == 0


WRONG_ROWS = {
    "script": {"href": "javascript:alert(1)"},
    "other host": {"href": "https://credit.example/severe/X-1.html"},
    "no scheme": {"href": "//credit.example/severe/X-1.html"},
    "as somebody": {"href": "http://me@127.0.0.1/credit/severe/X-1.html"},
    "out of its path": {"href": "../other/X-1.html"},
    "with a question": {"href": "severe/X-1.html?q=1"},
    "no address": {"href": "http://["},
    "no day": {"public_until": "someday"},
    "day of no calendar": {"date": "zzzz"},
    "endless title": {"title": "演示他市" + "长" * 5000},
}


@pytest.mark.parametrize("changes", WRONG_ROWS.values(), ids=WRONG_ROWS)
def test_member_whose_rows_are_not_in_order_is_not_believed_and_the_others_are(with_other, other, page, changes):
    lie(other[0], **changes)
    opened(page, with_other)
    assert "X-1" not in ask(page, "演示")
    assert heard(page)["other"] == ("none", "broken")
    assert heard(page)["north-3"] == ("answered", None)
    expect(page.locator("#heard")).to_contain_text("没有答复的：信用演示他市。那里有没有，这里不知道")
    assert page.locator("a[data-result]").count() > 0
    for link in page.locator("a[data-result]").all():
        assert not link.get_attribute("href").startswith("javascript")


WRONG_RELEASES = {
    "no JSON": "<html>",
    "no object": "null",
    "no day": RELEASE | {"as_of": "2026"},
    "no digest": RELEASE | {"files": "<b>"},
    "markup": RELEASE | {"valid_through": "<b>2026-01-01</b>"},
    "endless": json.dumps(RELEASE) + " " * (3 << 20),
}


@pytest.mark.parametrize("release", WRONG_RELEASES.values(), ids=WRONG_RELEASES)
def test_member_whose_release_is_not_in_order_is_not_believed(with_other, other, page, release):
    lie(other[0], release)
    opened(page, with_other)
    assert ask(page, "演示他市") == []
    assert heard(page)["other"] == ("none", "broken")
    expect(page.locator("#sentence")).to_contain_text("在答复了的 3 个网站里，没有名称、代码或者文书号含")
    expect(page.locator("#status")).to_contain_text("1 个网站没有答复，那里有没有不知道。")


def test_blocks_that_are_no_blocks_are_none(with_other, other, page):
    home = lie(other[0])
    for block in (home / "search" / "lookup").rglob("*.bin"):
        block.write_bytes(b"\x1f\x8b" + b"\0" * 64)
    opened(page, with_other)
    assert ask(page, "演示他市") == []
    assert heard(page)["other"] == ("none", "broken")


def test_block_that_unpacks_to_more_than_an_index_may_hold_is_not_read_on(with_other, other, page):
    home = lie(other[0])
    (root,) = (home / "search" / "lookup" / "root").iterdir()
    root.write_bytes(gzip.compress(gzip.decompress(root.read_bytes()) + b" " * (80 << 20), 6))
    opened(page, with_other)
    assert ask(page, "演示他市") == []
    assert heard(page)["other"] == ("none", "broken")


def test_member_that_hangs_is_waited_for_no_longer_than_its_time_and_what_is_found_is_shown_before(
    with_other, other, chromium
):
    lie(other[0])
    page = chromium.new_page(locale="zh-CN")
    page.clock.install(time=NOON)
    opened(page, with_other)
    Member.hangs.set()
    try:
        page.fill("#q", "演示乙")
        page.press("#q", "Enter")
        expect(page.locator("[data-heard=answered]")).to_have_count(3)
        expect(page.locator("a[data-result]")).to_have_count(0)
        page.clock.run_for(1600)
        assert page.locator("a[data-result]").count() > 0
        expect(page.locator("#heard")).to_contain_text("还在等 1 个")
        expect(page.locator("body[data-search=busy]")).to_be_attached()
        page.clock.run_for(9000)
        answered(page)
        assert heard(page)["other"] == ("none", "slow")
        expect(page.locator("li[data-member=other]")).to_contain_text("等了十秒没有回应")
    finally:
        Member.hangs.clear()
        page.close()


def test_member_that_is_away_is_no_member_without_the_record(province, page):
    city = province.cities[0]
    row = city.rows[1]
    opened(page, province)
    assert ask(page, row["subject_name"]) == [row["id"]]
    province.stops.pop(city.id)()
    assert ask(page, row["subject_name"]) == []
    assert heard(page)[city.id] == ("none", "away")
    expect(page.locator("#sentence")).to_contain_text("在答复了的 2 个网站里，没有名称、代码或者文书号含")
    link = page.locator("#heard a").last
    assert link.get_attribute("href").startswith(f"{city.address}search/#q=")
    expect(page.locator("#status")).to_contain_text("1 个网站没有答复，那里有没有不知道。")
    other = province.cities[1].rows[1]
    assert ask(page, other["subject_name"]) == [other["id"]]
    page.goto(f"{province.url}search/#q=演示&member={city.id}")
    answered(page)
    expect(page.locator("body[data-search=error]")).to_be_attached()
    expect(page.locator(".search-failed")).to_contain_text("这不是“没有查到”")
    for place in (".search-failed b", "#status"):
        expect(page.locator(place)).to_have_text("这个网站没有答复，所以什么也没有查。")
    expect(page.locator("#heard")).to_contain_text("3 个网站，2 个答复了")
    expect(page.locator("#heard")).to_contain_text(f"没有答复的：{city.name}。")


def test_bookmark_of_a_member_that_is_none_any_more_asks_them_all(province, page):
    row = province.cities[1].rows[1]
    page.goto(f"{province.url}search/#q={row['subject_name']}&member=gone")
    assert answered(page) == [row["id"]]
    expect(page.locator("body[data-search=done]")).to_be_attached()
    assert heard(page)["north-2"] == ("answered", None)


def test_where_no_member_answers_nothing_is_said_to_be_absent(province, page):
    for stop in (province.stops.pop(one) for one in list(province.stops)):
        stop()
    page.goto(f"{province.url}search/")
    page.context.set_offline(True)
    assert ask(page, "演示") == []
    expect(page.locator("body[data-search=error]")).to_be_attached()
    assert "没有名称、代码或者文书号含" not in page.locator("main").inner_text()
    for place in (".search-failed b", "#status"):
        expect(page.locator(place)).to_have_text("没有一个网站答复，所以什么也没有查。")
    expect(page.locator("#heard")).to_contain_text("那里有没有，这里不知道，请到它自己的网站上查")
    assert {state for state, _ in heard(page).values()} == {"none"}


def test_policy_of_as_many_members_as_there_may_be_is_served():
    with open_folder() as folder:
        port = provinces.free_port()
        many = [
            {"id": f"m{one}", "name": f"演示{one}", "base_url": f"http://credit-{one:02}.longer.example.cn"}
            for one in range(100)
        ]
        site = provinces.write_province(folder, many, site__base_url=f"http://127.0.0.1:{port}")
        assert 3000 < sum(len(one["base_url"]) + 1 for one in many) <= 3500
        provinces.build_site_of_members(site, folder / "out")
        with provinces.served(folder / "server", {"province": (site, folder / "out", port)}):
            status, headers, _ = Server(port).ask("/search/")
        assert status == 200
        assert headers["content-security-policy"].count("http://credit-") == len(many)
