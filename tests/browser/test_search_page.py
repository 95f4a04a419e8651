"""The search page of a sample site in Chromium: under a strict policy, from a sub-folder, with its hooks and states."""

import datetime as dt
import json
from pathlib import Path
import re
from urllib.parse import quote

from playwright.sync_api import expect
import pytest
from python_calamine import CalamineWorkbook
from sample_pages import AS_OF, sample_site
from search_pages import BASE, Below, complaints, served_below
from sizes import thinned

DESK = {"width": 1280, "height": 720}


@pytest.fixture(scope="module")
def root():
    return sample_site("dalian", BASE)[1]


@pytest.fixture(scope="module")
def address(root):
    with served_below(root) as found:
        yield found


@pytest.fixture(scope="module")
def every_kind():
    """凌源's site: it has every kind, 大连's has no watch list."""
    return sample_site("lingyuan", BASE)[1]


@pytest.fixture
def page(window):
    """On the samples' day: what has ended since would be hidden."""
    made = window(DESK, now=f"{AS_OF}T04:00:00Z")
    problems = complaints(made, "error")
    yield made
    assert problems == []


@pytest.fixture
def first_page(first_window):
    """A page of a browser that has fetched nothing yet."""
    made = first_window(DESK)
    problems = complaints(made, "error")
    yield made
    assert problems == []


def rows_of(root, kind):
    lines = (root / "data" / f"{kind}.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def entries(root):
    return rows_of(root, "severe-list")


def search(page, address, /, **params):
    told = "&".join(f"{name}={value}" for name, value in params.items())
    page.goto("about:blank")  # from the search page itself, another fragment would be no new page
    page.goto(f"{address}search/#{told}")
    page.wait_for_selector("body[data-search=done]")


def hits(page):
    return page.locator("a[data-result]")


def total(page):
    return int(page.locator("[data-result-total]").inner_text())


def open_facet(page, label, value):
    """A choice of the bar, its menu opened."""
    page.locator(".facet summary", has_text=label).click()
    return page.locator("#result-facets a", has_text=value).first


def test_page_without_a_question_is_idle(page, address):
    page.goto(f"{address}search/")
    expect(page.locator("body")).to_have_attribute("data-search", "idle")
    assert hits(page).count() == 0


def test_nothing_of_the_index_is_fetched_before_a_question(first_page, address):
    Below.asked.clear()
    first_page.goto(f"{address}search/")
    first_page.wait_for_load_state("networkidle")
    assert not [path for path in Below.asked if "/lookup/" in path and "/assets/" not in path]
    assert not [path for path in Below.asked if "/search/fulltext/" in path]


def test_every_entry_is_found_by_its_whole_name_code_and_number(page, address, root):
    for entry in thinned(entries(root)[::9], 6):
        for asked in (entry["subject_name"], entry["subject_code"], entry["decision_no"]):
            if asked is None or "*" in asked:
                continue
            search(page, address, q=asked)
            ids = hits(page).evaluate_all("all => all.map(one => one.dataset.id)")
            assert entry["id"] in ids or total(page) > len(ids)


def test_hit_carries_its_hooks_and_leads_to_its_record(page, address, root):
    entry = next(one for one in entries(root) if one["public_until"])
    search(page, address, q=entry["id"] and entry["subject_name"])
    hit = page.locator(f'a[data-result][data-id="{entry["id"]}"]')
    expect(hit).to_have_attribute("data-kind", "severe-list")
    expect(hit).to_have_attribute("data-match", "lookup")
    expect(page.locator(f'li[data-public-until="{entry["public_until"]}"]').first).to_be_visible()
    hit.click()
    expect(page.locator("h1")).to_have_text(entry["subject_name"])


OPTIONAL = ("watch-list", "catalogue", "grades", "commitments")


@pytest.mark.parametrize("kind", OPTIONAL)
def test_optional_record_is_found_by_name_and_code_and_opens(page, every_kind, kind):
    row = next(one for one in rows_of(every_kind, kind) if "*" not in (one.get("subject_code") or ""))
    name = row.get("subject_name") or row["item"]
    with served_below(every_kind) as address:
        search(page, address, q=row.get("subject_code") or name, kind=kind)
        hit = page.locator(f'a[data-result][data-id="{row["id"]}"]')
        expect(hit).to_have_attribute("data-kind", kind)
        expect(hit).to_have_attribute("data-match", "lookup")
        assert page.locator(".facet.chosen summary").first.inner_text().startswith("类别：")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        hit.click()
        expect(page.locator("h1")).to_have_text(name)
        page.locator(f'nav.crumbs a[href$="{kind}/"], nav.crumbs a[href$="{kind}/index.html"]').click()
        expect(page.locator("tbody tr").first).to_be_visible()


def test_text_of_a_commitment_is_found(page, address, root):
    row = rows_of(root, "commitments")[0]
    search(page, address, q=row["text"][:8], kind="commitments")
    assert total(page) > 0
    assert set(hits(page).evaluate_all("all => all.map(one => one.dataset.match)")) == {"text"}


def test_twenty_hits_a_page_and_the_address_opens_in_that_state(page, address, root):
    search(page, address, q="演示", kind="severe-list")
    assert total(page) == len(entries(root))
    assert hits(page).count() == 20
    first = hits(page).first.get_attribute("data-id")
    search(page, address, q="演示", kind="severe-list", page=2)
    assert hits(page).first.get_attribute("data-id") != first
    last = -(-total(page) // 20)
    search(page, address, q="演示", kind="severe-list", page=last)
    assert hits(page).count() == total(page) - (last - 1) * 20


def test_lookup_hits_come_before_text_hits_and_none_is_shown_twice(page, address):
    search(page, address, q="绿色通道")
    matches = hits(page).evaluate_all("all => all.map(one => one.dataset.match)")
    assert matches == sorted(matches)
    assert {"lookup", "text"} == set(matches)
    hrefs = hits(page).evaluate_all("all => all.map(one => one.href)")
    assert len(hrefs) == len(set(hrefs)) == total(page)


@pytest.mark.parametrize(("kind", "asked"), [("laws", "三个工作日"), ("pages", "身份证"), ("measures", "容缺受理")])
def test_text_of_every_kind_is_found_with_its_sentence(page, address, kind, asked):
    search(page, address, q=asked, kind=kind)
    assert total(page) > 0
    assert set(hits(page).evaluate_all("all => all.map(one => one.dataset.kind)")) == {kind}
    if kind != "measures":
        assert asked in "".join(page.locator("#results mark").all_inner_texts())


def test_miss_says_that_it_is_no_proof_of_good_credit(page, address):
    search(page, address, q="并无此名此文")
    assert total(page) == 0
    expect(page.locator(".search-none")).to_be_visible()
    assert "不代表信用良好" in page.locator(".search-none").inner_text()


def test_facets_narrow_count_and_can_be_let_go(page, address):
    search(page, address, q="演示", kind="severe-list")
    facet = open_facet(page, "年份", "2024")
    count = int(facet.locator(".count").inner_text())
    facet.click()
    expect(page.locator("[data-result-total]")).to_have_text(str(count))
    assert "year=2024" in page.url
    page.go_back()
    expect(page.locator("[data-result-total]")).not_to_have_text(str(count))


def test_newest_come_first_when_sorted_by_day(page, address, root):
    search(page, address, q="演示", kind="severe-list", sort="date")
    days = {entry["id"]: entry["listed_on"] for entry in entries(root)}
    shown = [days[one] for one in hits(page).evaluate_all("all => all.map(one => one.dataset.id)")]
    assert shown == sorted(days.values(), reverse=True)[:20]


HOSTILE = ["<img src=x onerror=alert(1)>", "%3Cscript%3E", "'\"></a><b>", "\u202e演示", "\\u0000"]


@pytest.mark.parametrize("asked", HOSTILE)
def test_hostile_question_is_only_ever_text(page, address, asked):
    page.goto(f"{address}search/")
    page.fill("#q", asked)
    page.press("#q", "Enter")
    expect(page.locator("body")).to_have_attribute("data-search", "done")
    assert page.locator("#results img, #results script, #results b").count() == 0


def test_failure_is_told_and_the_next_question_tries_again(address, chromium):
    context = chromium.new_context()
    context.route(f"**{BASE}search/lookup/**", lambda route: route.abort())
    other = context.new_page()
    other.goto(f"{address}search/#q=演示")
    expect(other.locator("body")).to_have_attribute("data-search", "error")
    expect(other.locator(".search-failed")).to_be_visible()
    context.unroute(f"**{BASE}search/lookup/**")
    other.fill("#q", "大连")
    other.press("#q", "Enter")
    expect(other.locator("body")).to_have_attribute("data-search", "done")
    context.close()


def test_total_is_not_told_before_it_is_known(page, address):
    """On a slow line the names' hits come before what the texts hold."""
    held = []
    page.route(
        f"**{BASE}search/fulltext/**", lambda route: held.append(route) if held is not None else route.continue_()
    )
    page.goto(f"{address}search/#q=演示")
    expect(hits(page).first).to_be_visible()
    expect(page.locator("body")).to_have_attribute("data-search", "busy")
    expect(page.locator(".result-summary")).to_have_text("共 … 条")
    waiting, held = held, None
    for route in waiting:
        route.continue_()
    expect(page.locator("body")).to_have_attribute("data-search", "done")
    assert total(page) > 0


def test_page_past_the_last_shows_the_last(page, address):
    search(page, address, q="演示", kind="severe-list", page=999)
    last = -(-total(page) // 20)
    expect(page.locator("#result-pages [aria-current]")).to_have_text(str(last))
    assert f"page={last}" in page.url
    assert hits(page).count() == total(page) - (last - 1) * 20


def test_order_in_force_is_marked(page, address):
    search(page, address, q="演示", sort="date")
    assert page.locator("[data-sort][aria-current=true]").all_text_contents() == ["日期"]
    expect(page.locator(".facet.chosen summary")).to_have_text("排序：日期")


def test_focus_stays_with_the_result_when_a_facet_is_chosen(page, address):
    search(page, address, q="演示", kind="severe-list")
    open_facet(page, "年份", "2024").click()
    expect(page.locator("#results")).to_be_focused()


def test_result_is_saved_as_csv(page, address):
    search(page, address, q="绿色通道")
    with page.expect_download() as saved:
        page.click("[data-save]")
    assert re.fullmatch(r"信用.+-查询结果-2026-\d\d-\d\d\.csv", saved.value.suggested_filename)
    text = Path(saved.value.path()).read_text("utf-8-sig")
    lines = text.strip().splitlines()
    assert len(lines) == total(page) + 1
    assert lines[0] == "类别,编号,名称,统一社会信用代码,决定文书号,日期,地区,类型,单位,网页地址"


def test_box_of_the_home_page_leads_to_the_result(page, address):
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("演示")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-search", "done")
    assert total(page) > 0


def test_many_are_looked_up_at_once_and_nothing_typed_is_sent(first_page, address, root):
    some = entries(root)[:3]
    Below.asked.clear()
    first_page.goto(f"{address}search/batch.html")
    lines = [some[0]["subject_name"], some[1]["subject_code"], "演示并无此公司"]
    first_page.fill("#batch-list", "\n".join(lines))
    first_page.click("#batch-form button[type=submit]")
    expect(first_page.locator("body")).to_have_attribute("data-search", "done")
    rows = first_page.locator("tr[data-batch]")
    assert rows.count() == 3
    assert [int(rows.nth(place).get_attribute("data-total")) > 0 for place in range(3)] == [True, True, False]
    expect(first_page.locator("#batch-slip .days")).to_contain_text("2026-11-20")
    assert not [path for path in Below.asked if "?" in path]
    cells = saved_slip(first_page)
    released = json.loads((root / "release.json").read_text())
    told = {row[0]: row[1] for row in cells[:6] if len(row) > 1}
    assert (told["数据版本"], told["核验日"]) == (released["version"], "2026-11-20")
    assert cells[8][:3] == ["核查对象", "结果", "提示"]
    assert ["演示并无此公司", "未查到"] in [row[:2] for row in cells[9:]]
    assert some[0]["subject_name"] in {row[4] for row in cells[9:]}
    days = {row[4]: row[7] for row in cells[9:] if row[7]}
    assert days[some[0]["subject_name"]] == dt.date.fromisoformat(some[0]["listed_on"])


def saved_slip(page):
    """The cells of the workbook that is saved, row by row."""
    with page.expect_download() as saved:
        page.click("#batch-save")
    assert re.fullmatch(r"信用.+-批量核查-2026-\d\d-\d\d\.xlsx", saved.value.suggested_filename)
    sheet = CalamineWorkbook.from_path(saved.value.path()).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)


def check_batch(page, address, lines):
    page.goto(f"{address}search/batch.html")
    page.locator("#batch-list").evaluate("(box, text) => { box.value = text; }", "\n".join(lines))
    page.click("#batch-form button[type=submit]")
    expect(page.locator("body")).to_have_attribute("data-search", "done", timeout=120_000)
    return [int(one) for one in page.locator("tr[data-batch]").evaluate_all("all => all.map(one => one.dataset.total)")]


def whole_code(root):
    return next(
        one["subject_code"]
        for one in entries(root)
        if len(one["subject_code"] or "") == 18 and "*" not in one["subject_code"]
    )


def test_whatever_the_page_finds_the_batch_check_finds(page, address, root):
    code, entry = whole_code(root), entries(root)[0]
    grade = next(one for one in rows_of(root, "grades") if one["subject_code"])
    lines = [
        f"{code[:8]} {code[8:]}",
        "-".join((code[:4], code[4:10], code[10:])),
        code.lower(),
        "".join(chr(ord(one) + 0xFEE0) for one in code),
        f"“{entry['subject_name']}”",
        entry["id"],
        entry["decision_no"],
        grade["subject_code"],
        rows_of(root, "measures")[0]["title"],
    ]
    totals = check_batch(page, address, lines)
    assert len(totals) == len(lines)
    assert all(totals), totals
    for line, checked in zip(lines, totals, strict=True):
        search(page, address, q=quote(line))
        assert page.locator('a[data-result][data-match="lookup"]').count() == min(20, checked), line


def test_wrong_check_character_is_told_by_the_batch_check_with_the_listed_code(page, address, root):
    code = whole_code(root)
    wrong = code[:9] + ("7" if code[9] != "7" else "3") + code[10:]
    assert check_batch(page, address, [wrong, code]) == [0, next(iter(check_batch(page, address, [code])))]
    check_batch(page, address, [wrong])
    expect(page.locator("[data-remark]")).to_contain_text("校验位")
    expect(page.locator("tr[data-batch]")).to_contain_text(code)
    expect(page.locator("#status")).to_contain_text("1 项的代码校验位不符")
    assert code in saved_slip(page)[9][1]
    assert "校验位" in saved_slip(page)[9][2]


def test_mistyped_name_is_no_clear_in_the_batch_check_either(page, address, root):
    """What the search page offers as like it, the slip and its workbook offer, counted apart."""
    name = organisation(root)
    typed = name[:4] + "龘" + name[5:]
    assert check_batch(page, address, [typed, name, "演示并无此公司", "演"])[::2] == [0, 0]
    expect(page.locator("#status")).to_contain_text(
        "核查了 4 项：1 项有公示中的记录，1 项相近、请核对，1 项未查到，1 项太短、没有核查。"
    )
    line = page.locator("tr[data-batch]").first
    expect(line).to_contain_text("未查到；相近：")
    expect(line).to_contain_text("请核对")
    (told,) = [row for row in saved_slip(page)[9:] if row[0] == typed]
    assert told[1].startswith("未查到；相近：")
    assert name in told[1]
    line.locator("[data-like]", has_text=name).first.click()
    expect(page.locator("h1")).to_have_text(name)


def test_five_thousand_lines_are_checked_and_the_rest_is_told(page, address, root):
    name = entries(root)[0]["subject_name"]
    totals = check_batch(page, address, [f"演示并无此名{number:04}" for number in range(4999)] + [name, "演示多余"])
    assert len(totals) == 5000
    assert sum(total > 0 for total in totals) == 1
    expect(page.locator("#status")).to_contain_text("其余 1 项没有核查")


def organisation(root):
    return next(
        one["subject_name"]
        for one in entries(root)
        if one["subject_type"] == "legal_person" and len(one["subject_name"]) > 8
    )


def test_miss_offers_names_like_it_that_are_no_hits(page, address, root):
    name = organisation(root)
    search(page, address, q=name[:4] + "龘" + name[5:])
    near = page.locator("[data-near]")
    expect(near).to_be_visible()
    expect(near.locator("h2")).to_contain_text("不是您输入的名称")
    assert total(page) == 0
    assert hits(page).count() == 0
    near.get_by_role("link", name=name, exact=True).click()
    expect(page.locator("a[data-result]").first).to_be_visible()
    expect(near).to_be_hidden()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("夏佳河", "夏家河"),
        ("夏家合", "夏家河"),
        ("兰湾角", "蓝湾角"),
        ("蓝弯角", "蓝湾角"),
        ("大连市夏家河", "大连夏家河"),
        ("大连市夏家河货代", "夏家河演示国际货运代理"),
        ("大连市夏家河国际货运", "夏家河演示国际货运代理"),
    ],
)
def test_half_remembered_name_is_answered_by_names_like_it(page, address, typed, meant):
    search(page, address, q=typed)
    assert total(page) == 0
    expect(page.locator("#sentence")).to_have_text(f"没有名称、代码或者文书号含“{typed}”的记录。")
    offered = page.locator("[data-near] [data-like]").all_inner_texts()
    assert offered
    assert all(meant in name for name in offered)


def test_code_with_a_wrong_check_character_is_told_as_such_with_the_listed_one(page, address, root):
    code = whole_code(root)
    search(page, address, q=code[:-1] + ("0" if code[-1] != "0" else "1"))
    expect(page.locator("[data-remark]")).to_contain_text("校验位")
    expect(page.locator("[data-near]")).to_contain_text(code)
    assert total(page) == 0


def test_letters_no_code_has_are_taken_for_digits_with_a_remark(page, address, root):
    code = whole_code(root)
    search(page, address, q=code.replace("0", "O").replace("1", "I"))
    assert total(page) > 0
    expect(page.locator("[data-remark]")).to_contain_text(code)
    search(page, address, q=code)
    expect(page.locator("[data-remark]")).to_have_count(0)


def test_near_names_ask_the_server_for_blocks_alone(first_page, address, root):
    name = organisation(root)
    Below.asked.clear()
    search(first_page, address, q=name[:4] + "龘" + name[5:])
    expect(first_page.locator("[data-near]")).to_be_visible()
    asked = [path for path in Below.asked if f"{BASE}search/lookup/" in path]
    assert [path for path in asked if "/lookup/near/" in path]
    assert all(re.search(r"/lookup/(index\.json|[a-z]+/[0-9a-f]{16}(-\d+)?\.bin)$", path) for path in asked)


def test_browsers_address_bar_can_search(root):
    text = (root / "opensearch.xml").read_text()
    assert f'template="https://dalian.example{BASE}search/#q={{searchTerms}}"' in text


def test_question_in_the_query_is_understood_and_at_once_turned_into_a_fragment(page, address, root):
    page.goto(f"{address}search/?q=演示&kind=severe-list&page=2&sort=date")
    expect(page.locator("body")).to_have_attribute("data-search", "done")
    assert total(page) == len(entries(root))
    assert page.url.startswith(f"{address}search/#q=")
    assert page.evaluate("location.search") == ""
    days = [one["listed_on"] for one in sorted(entries(root), key=lambda one: one["listed_on"], reverse=True)]
    listed = {one["id"]: one["listed_on"] for one in entries(root)}
    assert [listed[one] for one in hits(page).evaluate_all("all => all.map(one => one.dataset.id)")] == days[20:40]
    shared = page.url
    page.goto("about:blank")
    page.goto(shared)
    expect(page.locator("#result-pages [aria-current]")).to_have_text("2")
    page.go_back()
    assert page.url == "about:blank"


def test_back_and_forward_and_a_changed_fragment_search_again(page, address):
    search(page, address, q="演示", kind="severe-list")
    many = page.locator("[data-result-total]").inner_text()
    page.fill("#q", "并无此名此文")
    page.press("#q", "Enter")
    expect(page.locator("[data-result-total]")).to_have_text("0")
    page.go_back()
    expect(page.locator("[data-result-total]")).to_have_text(many)
    expect(page.locator("#q")).to_have_value("演示")
    page.go_forward()
    expect(page.locator("[data-result-total]")).to_have_text("0")
    page.evaluate("location.hash = '#q=演示&kind=severe-list'")
    expect(page.locator("[data-result-total]")).to_have_text(many)


def test_place_on_the_page_is_no_question_and_the_address_keeps_the_one_asked(page, address):
    search(page, address, q="演示", kind="severe-list")
    many, asked = page.locator("[data-result-total]").inner_text(), page.url
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.wait_for_url(asked)
    expect(page.locator("[data-result-total]")).to_have_text(many)
    page.goto("about:blank")
    page.goto(f"{address}search/#main")
    expect(page.locator("body")).to_have_attribute("data-search", "idle")


@pytest.mark.parametrize("asked", ["a+b c", "100%", "a&kind=measures", "a#b=c", "演示 食品"])
def test_what_is_typed_is_what_is_asked_whatever_signs_it_holds(page, address, asked):
    """From a box of another page, and again when the address is opened anew."""
    page.goto(f"{address}laws/")
    page.fill("#site-q", asked)
    page.press("#site-q", "Enter")
    for _ in range(2):
        expect(page.locator("body")).to_have_attribute("data-search", "done")
        expect(page.locator("#q")).to_have_value(asked)
        assert page.evaluate("location.search") == ""
        page.reload()


def test_link_to_all_hits_of_a_batch_line_asks_behind_the_fragment(page, address):
    page.goto(f"{address}search/batch.html")
    page.fill("#batch-list", "演示")
    page.click("#batch-form button[type=submit]")
    page.get_by_role("link", name="全部").click()
    expect(page.locator("body")).to_have_attribute("data-search", "done")
    assert "/search/#q=" in page.url
    assert total(page) > 10


def test_no_file_of_the_site_writes_a_question_into_a_query(root, every_kind):
    for site in (root, every_kind):
        for path in site.rglob("*"):
            if path.is_file() and path.suffix not in {".sqlite", ".parquet", ".xlsx"}:
                assert not re.search(rb"[?]q=|[?&]amp;q=", path.read_bytes()), path
        pages = [path.read_text() for path in site.rglob("*.html")]
        assert not [one for one in pages if re.search(r'<(input|textarea)[^>]* name="(?!kind|from)', one)]
        assert all('<meta name="referrer" content="no-referrer">' in one for one in pages)


@pytest.mark.parametrize("where", ["", "severe/", "404.html", "search/", "search/batch.html"])
def test_box_without_script_says_what_to_do_and_sends_nothing(chromium, address, where):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    Below.asked.clear()
    page.goto(f"{address}{where}")
    for box in page.locator("input[type=search]").all():
        box.fill("演示机密")
        box.press("Enter")
        page.wait_for_load_state()
    texts = page.locator("main, header").all_inner_texts()
    assert "浏览器脚本" in "".join(texts)
    assert "浏览" in "".join(texts)
    if where != "search/batch.html":
        assert page.url.startswith(f"{address}search/")
    assert {path.partition("?")[2] for path in Below.asked} <= {"", "kind="}
    context.close()
