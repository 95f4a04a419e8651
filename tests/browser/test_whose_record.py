"""Whose records a name finds: its own, or those of another whose name only holds it; and what is read in a line."""

from playwright.sync_api import expect
import pytest
from search_pages import BASE, Below, served_below
import small_sites

PHONE = {"width": 360, "height": 740}
NAME, LONGER = "演示青泥", "演示青泥群商贸有限公司"
COMPANY = "凌南演示水电有限公司"
CODE = small_sites.credit_code(71)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whose")
    site = small_sites.write_site(folder / "content", "lingyuan", site__base_path=BASE)
    severe = [
        small_sites.entry("S-1", subject_name=LONGER),
        small_sites.entry("S-2", subject_name=COMPANY, subject_code=CODE),
        small_sites.entry("S-3", subject_name="凌北演示养殖有限公司"),
    ]
    export = small_sites.write_export(folder / "export", severe=severe, models=[small_sites.model("R-1", name=NAME)])
    small_sites.build_site(site, export, folder / "out")
    with served_below(small_sites.live_root(folder / "out", "lingyuan")) as found:
        yield found


@pytest.fixture
def page(window):
    return window(PHONE, now=f"{small_sites.AS_OF}T04:00:00Z")


def ask(page, address, question):
    page.goto(f"{address}search/")
    page.locator("#q").fill(question)
    page.locator("#q").press("Enter")
    expect(page.locator("body")).to_have_attribute("data-search", "done")
    return page.locator("#sentence").inner_text().replace("\xa0", " ")


def check(page, address, *lines):
    page.goto(f"{address}search/batch.html")
    page.locator("#batch-list").fill("\n".join(lines))
    page.locator("#batch-form button[type=submit]").click()
    expect(page.locator("body")).to_have_attribute("data-search", "done")
    return [one.inner_text() for one in page.locator('tr[data-batch] [data-label="结果"]').all()]


def test_record_of_another_is_not_told_under_a_name_that_only_stands_in_it(page, address):
    assert ask(page, address, NAME) == f"“{NAME}”：诚信典型 1 条；只是含有它的：严重失信主体名单 1 条。"
    assert ask(page, address, LONGER) == f"“{LONGER}”：严重失信主体名单 1 条。"
    assert ask(page, address, "青泥群") == "含“青泥群”的：严重失信主体名单 1 条。"


def test_who_hears_the_page_hears_the_sentence(page, address):
    told = ask(page, address, NAME)
    expect(page.locator("#status")).to_have_text(f"查到 2 条。{told}")


def test_batch_check_tells_both_apart_and_counts_them_apart(page, address):
    equal, held, own = check(page, address, NAME, "青泥群", LONGER)
    assert equal == "查到 1 条：诚信典型 1 条；另有 1 条只是含有这段文字：严重失信主体名单 1 条"
    assert held == "查到 1 条，都只是含有这段文字：严重失信主体名单 1 条"
    assert own == "查到 1 条：严重失信主体名单 1 条"
    expect(page.locator("#status")).to_have_text(
        "核查了 3 项：2 项有公示中的记录，1 项只有含这段文字的记录，0 项未查到。"
    )


@pytest.mark.parametrize(
    "line",
    [
        f"演示别称公司（{CODE}）",
        f"演示别称公司，{CODE}",
        f"统一社会信用代码：{CODE.lower()}",
        f"统一社会信用代码 {CODE}",
        f"企业名称：{COMPANY}",
    ],
)
def test_code_or_labelled_name_within_a_line_is_looked_up_by_itself(page, address, line):
    [told] = check(page, address, line)
    assert told.startswith("查到 1 条：严重失信主体名单 1 条")
    assert "按其中的" in told
    assert page.locator("tr[data-batch] a").first.inner_text() == COMPANY


def test_name_beside_a_code_is_looked_up_too(page, address):
    """Another company may be called the same, and be the one that is listed."""
    [told] = check(page, address, f"{LONGER}（{CODE}）")
    assert told.startswith("查到 2 条：严重失信主体名单 2 条")
    assert sorted(page.locator("tr[data-batch] a").all_inner_texts()) == sorted([LONGER, COMPANY])


def test_answer_of_the_batch_check_begins_the_screen_of_a_phone(page, address):
    check(page, address, NAME, LONGER, COMPANY, *(f"演示无此单位{number}" for number in range(9)))
    assert page.locator("#status").bounding_box()["y"] < PHONE["height"] / 4
    expect(page.locator("tr[data-batch]").first).to_be_in_viewport()


def test_two_codes_in_a_line_are_not_answered_by_one(page, address):
    [told] = check(page, address, f"{CODE}，{small_sites.credit_code(72)}")
    assert told.startswith("未查到")


@pytest.mark.parametrize("mark", ["。", "，", "：", " 、"])
def test_mark_behind_what_was_copied_is_no_part_of_it(page, address, mark):
    assert ask(page, address, CODE + mark) == f"“{CODE}”：严重失信主体名单 1 条。"
    assert check(page, address, CODE + mark) == ["查到 1 条：严重失信主体名单 1 条"]


@pytest.mark.parametrize("label", ["统一社会信用代码：", "社会信用代码/注册号: ", "代码:"])
def test_label_in_front_of_what_was_copied_is_no_part_of_it(page, address, label):
    assert ask(page, address, label + CODE) == f"“{CODE}”：严重失信主体名单 1 条。"


@pytest.mark.parametrize("place", ["凌源市", "辽宁省", "辽宁省朝阳市凌源市"])
def test_place_in_front_of_a_name_does_not_hide_it(page, address, place):
    ask(page, address, place + COMPANY)
    expect(page.locator("[data-like]", has_text=COMPANY)).to_have_count(1)


def test_number_pasted_behind_a_long_text_is_masked_before_anything_is_cut(page, address):
    number = small_sites.resident_id("21020219660216077")
    page.goto(f"{address}search/")
    Below.asked.clear()
    page.locator("#q").focus()
    page.keyboard.insert_text("演" * 82 + " " + number)
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-search", "done")
    kept = page.evaluate("[location.href, document.title, JSON.stringify(history.state)].join()")
    assert number[4:12] not in kept + " ".join(Below.asked)


def test_what_was_found_stays_where_the_texts_cannot_be_searched(page, address):
    page.route("**/search/fulltext/**", lambda route: route.abort())
    told = ask(page, address, LONGER)
    assert told == f"“{LONGER}”：严重失信主体名单 1 条。文字里提到的没有查成，请再查一次。"
    expect(page.locator("a[data-result]")).to_have_count(1)
    page.locator("[data-save]").click()
    expect(page.locator("#status")).to_contain_text("没有保存成")
