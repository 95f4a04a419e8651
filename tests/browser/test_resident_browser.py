"""What Chromium is told of a resident ID number, a code of another length, a piece of a name, and what it keeps."""

import datetime as dt
import itertools
import json

from playwright.sync_api import expect
import pytest
from sample_pages import sample_site
from search_pages import BASE, Below, complaints, served_below
import small_sites

from site_builder.vocabulary import Kind

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
STORED = """async () => JSON.stringify([{...localStorage}, {...sessionStorage}, window.name, history.state,
    document.title, document.cookie, await indexedDB.databases(), location.href,
    performance.getEntries().map((one) => one.name)])"""


@pytest.fixture(scope="module")
def root():
    return sample_site("dalian", BASE)[1]


@pytest.fixture(scope="module")
def address(root):
    with served_below(root) as found:
        yield found


@pytest.fixture
def page(window):
    made = window(PHONE)
    problems = complaints(made, "error")
    yield made
    assert problems == []


@pytest.fixture(scope="module")
def somebody(root):
    """(a whole number nobody has, the record of a natural person that is shown as it would be)."""
    lines = (root / "data" / "severe-list.jsonl").read_text().splitlines()
    row = next(row for row in map(json.loads, lines) if "*" in (row["subject_code"] or ""))
    shown = row["subject_code"]
    days = (dt.date(1980, 1, 1) + dt.timedelta(number) for number in itertools.count())
    numbers = (small_sites.resident_id(f"{shown[:4]}02{day:%Y%m%d}{shown[-4:-1]}") for day in days)
    return next(number for number in numbers if number.endswith(shown[-1])), row


def nobody(number):
    """A number of no record: its last digits are another's."""
    return small_sites.resident_id(number[:14] + f"{(int(number[14:17]) + 500) % 1000:03}")


def done(page):
    expect(page.locator("body")).to_have_attribute("data-search", "done")


def typed(page, number, box="#q"):
    page.locator(box).fill(number)
    page.locator(box).press("Enter")


def kept(page):
    """All that the page has put anywhere that outlives what is on the screen, and what was asked of the server."""
    return page.evaluate(STORED) + " ".join(Below.asked) + page.locator("#q").input_value()


@pytest.mark.parametrize("where", ["search/", "index.html", "severe/index.html"])
def test_whole_number_finds_who_is_shown_with_its_ends_and_stays_on_the_page(page, address, somebody, where):
    number, row = somebody
    page.set_viewport_size(DESK)
    Below.asked.clear()
    page.goto(f"{address}{where}")
    typed(page, f"{number[:6]} {number[6:14]} {number[14:]}", "#site-q" if where.startswith("severe") else "#q")
    page.wait_for_url("**/search/#q=*")
    done(page)
    shown = row["subject_code"]
    assert row["id"] in page.locator("a[data-result]").evaluate_all("all => all.map(one => one.dataset.id)")
    expect(page.locator("#sentence")).to_contain_text(f"证件号遮掩之后是“{shown}”的：")
    expect(page.locator("[data-remark]")).to_contain_text("证件号遮掩之后相同（前四位、后四位），核对是不是同一人")
    expect(page.locator("#status")).to_contain_text("核对是不是同一人")
    assert number[4:14] not in kept(page)
    page.reload()
    done(page)
    assert page.locator("#q").input_value() == shown
    page.go_back()
    assert number[4:14] not in page.url + page.content()


def test_number_that_nobody_is_shown_with_is_told_with_what_was_compared(page, address, somebody):
    number = nobody(somebody[0])
    page.goto(f"{address}search/")
    typed(page, number)
    done(page)
    expect(page.locator("#sentence")).to_have_text(f"没有证件号遮掩之后是“{number[:4]}{'*' * 10}{number[14:]}”的记录。")
    for words in ("只核对了前四位、后四位", "请再按姓名查", "没有发送出去"):
        expect(page.locator("[data-remark]")).to_contain_text(words)
    assert page.locator("[data-like]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    typed(page, number[:9] + number[10:])
    done(page)
    expect(page.locator("[data-remark]")).to_contain_text("证件号有 18 位，这个有 17 位")


@pytest.mark.parametrize("sign", ["#", "?"])
def test_number_somebody_wrote_into_the_address_is_taken_out_of_it(page, address, somebody, sign):
    number, row = somebody
    page.goto(f"{address}search/{sign}q={number}&kind=severe-list")
    done(page)
    assert number[4:14] not in page.url + page.title() + page.content() + page.locator("#q").input_value()
    assert page.url.endswith("&kind=severe-list")
    page.evaluate("number => { location.hash = `#q=${number}`; }", number)
    expect(page.locator("#q")).to_have_value(row["subject_code"])
    assert number[4:14] not in page.url


def test_batch_check_answers_a_number_as_near_and_never_as_clear(page, address, somebody):
    number, row = somebody
    page.goto(f"{address}search/batch.html")
    page.locator("#batch-list").fill(f"{number}\n{nobody(number)}")
    page.click("#batch-form button[type=submit]")
    done(page)
    first, other = page.locator("tr[data-batch]").all()
    expect(first).to_contain_text("未查到；相近：")
    expect(first).to_contain_text(row["subject_code"])
    expect(first.locator("[data-remark]")).to_contain_text("核对是不是同一人")
    expect(other.locator("[data-remark]")).to_contain_text("只核对了前四位、后四位")
    expect(page.locator("#status")).to_contain_text("1 项相近、请核对")


def whole_code(root):
    lines = (root / "data" / "severe-list.jsonl").read_text().splitlines()
    codes = (row["subject_code"] or "" for row in map(json.loads, lines))
    return next(code for code in codes if len(code) == 18 and "*" not in code)


def test_code_of_another_length_is_told_with_the_listed_one(page, address, root):
    code = whole_code(root)
    for place in (2, 9, 15):
        for asked, words in (
            (code[:place] + code[place + 1 :], "统一社会信用代码有 18 位，这个有 17 位，少了一位"),
            (f"{code[:place]}7{code[place:]}", "统一社会信用代码有 18 位，这个有 19 位，多了一位"),
        ):
            page.goto(f"{address}search/#q={asked}")
            done(page)
            expect(page.locator("[data-remark]")).to_contain_text(words)
            expect(page.locator("[data-near] [data-like]").first).to_be_visible()
            assert code in page.locator("[data-near]").inner_text()


def test_short_piece_that_nothing_is_like_is_told_what_helps(page, address):
    page.goto(f"{address}search/#q=龘靐")
    done(page)
    expect(page.locator("[data-remark]")).to_contain_text("名称写全一些")
    page.goto(f"{address}search/#q=并无此名此文")
    done(page)
    expect(page.locator("[data-remark]")).to_have_count(0)


@pytest.mark.parametrize("front", ["", "1 ", "王演示 ", "id"])
def test_table_is_filtered_by_a_number_that_its_address_does_not_tell(page, address, somebody, front):
    number, row = somebody
    page.set_viewport_size(DESK)
    page.goto(f"{address}data/severe-list/#year=all&all=1")
    box = page.get_by_label("筛选统一社会信用代码")
    box.wait_for()
    watch(page)
    box.press_sequentially(front)
    for begin, end in itertools.pairwise((0, 8, 12, 15, 17, 18)):
        before = page.evaluate("told.length")
        box.press_sequentially(number[begin:end])
        page.wait_for_function("before => told.length > before", arg=before)
    page.wait_for_function("() => told.at(-1).includes('has.subject_code=')", timeout=5000)
    assert number[4:9] not in page.evaluate("told.join()")
    if front != "王演示 ":
        expect(page.locator(".tabulator-row")).to_contain_text(row["id"])


DOCUMENTS = [
    "210202202201010",
    "21020220070513200",
    "210202200806101421",
    "2102022016010112705",
    "21020220220204172456",
]
"""Numbers of documents of as many digits as a resident ID number, or some more: none of them is one."""


@pytest.fixture(scope="module")
def numbered(tmp_path_factory):
    folder = tmp_path_factory.mktemp("numbered")
    held = [small_sites.resident_id("21020220080610142"), "210202800101123"]
    rows = [small_sites.penalty(f"CF-{place}", decision_no=one) for place, one in enumerate([*DOCUMENTS, *held])]
    law = {"review": [small_sites.APPLIES_ABOVE]}
    site = small_sites.write_site(folder / "content", law=law, site__theme="credit", site__base_path=BASE)
    small_sites.build_site(
        site, small_sites.write_export(folder / "export", others={Kind.PENALTY: rows}), folder / "out"
    )
    made = small_sites.live_root(folder / "out")
    assert small_sites.ids_of(made, Kind.PENALTY) == [f"CF-{place}" for place in range(len(DOCUMENTS))]
    with served_below(made) as found:
        yield found


def watch(page):
    """Note every address the page writes, in `told`."""
    page.evaluate("""() => {
      const replace = history.replaceState.bind(history);
      window.told = [];
      history.replaceState = (...given) => { window.told.push(given[2]); replace(...given); };
    }""")


def test_number_of_a_listed_document_is_found_whatever_it_looks_like(page, numbered):
    page.set_viewport_size(DESK)
    for place, number in enumerate(DOCUMENTS):
        page.goto(f"{numbered}index.html")
        typed(page, number)
        page.wait_for_url(f"**/search/#q={number}")
        done(page)
        assert page.locator("a[data-result]").evaluate_all("all => all.map(one => one.dataset.id)") == [f"CF-{place}"]
        assert page.locator("[data-remark]").count() == 0
    page.goto(f"{numbered}search/batch.html")
    page.locator("#batch-list").fill("\n".join(DOCUMENTS))
    page.click("#batch-form button[type=submit]")
    done(page)
    expect(page.locator("#status")).to_contain_text(f"{len(DOCUMENTS)} 项有公示中的记录")
    page.goto(f"{numbered}data/penalties/#year=all&all=1")
    box = page.get_by_label("筛选行政处罚决定书文号")
    box.wait_for()
    for place, number in enumerate(DOCUMENTS):
        box.fill(number)
        box.press("Enter")
        page.wait_for_url(f"**decision_no={number}**")
        expect(page.locator(".tabulator-row")).to_have_count(1)
        expect(page.locator(".tabulator-row")).to_contain_text(f"CF-{place}")
    for begun, rows in (("21020220", len(DOCUMENTS)), ("2102022022", 2)):
        box.fill(begun)
        box.blur()
        page.wait_for_url(f"**decision_no={begun}&**")
        expect(page.locator(".tabulator-row")).to_have_count(rows)


NUMBER = small_sites.resident_id("21020219900101123")


@pytest.mark.parametrize(
    "written",
    [
        f"id{NUMBER}",
        f"3 {NUMBER}",
        f"13800001234{NUMBER}",
        ".".join(NUMBER),
        NUMBER.translate({ord(str(one)): chr(0x0660 + one) for one in range(10)}),
    ],
)
def test_sound_number_is_kept_nowhere_however_it_is_written(page, numbered, written):
    Below.asked.clear()
    page.goto(f"{numbered}penalties/")
    page.set_viewport_size(DESK)
    typed(page, written, "#site-q")
    page.wait_for_url("**/search/#q=*")
    done(page)
    expect(page.locator("#sentence")).to_contain_text(f"{NUMBER[:4]}{'*' * 10}{NUMBER[-4:]}")
    assert page.title().startswith(NUMBER[:4] + "*")
    assert not {written, NUMBER} & set(kept(page).split('"'))
    assert NUMBER[4:14] not in kept(page)
    assert written[4:14] not in kept(page)


@pytest.mark.parametrize("link", ["q=演示&kind={}", "q=演示&x={}", "{}", "q=演示&q={}", "q=演示&{}=1"])
@pytest.mark.parametrize("where", ["search/", "data/penalties/"])
def test_number_is_taken_out_of_an_address_wherever_somebody_wrote_it(page, numbered, where, link):
    page.goto(f"{numbered}{where}#{link.format(NUMBER)}")
    page.wait_for_function("number => !location.href.includes(number)", arg=NUMBER[4:14])
    assert NUMBER[4:14] not in page.title()
