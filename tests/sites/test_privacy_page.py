"""Every sentence of the privacy page, and what holds it: a test, the article it restates, or the office itself."""

import ast
from pathlib import Path
import re

import pytest
import small_sites

from site_builder.outputs.columns import COLUMNS

TESTS = Path(__file__).parents[1]
PAGES = [
    TESTS.parent / base / city / "pages" / "privacy.md"
    for base in ("content", "site_builder/cities")
    for city in ("dalian", "lingyuan")
]
ARTICLE, OFFICE = "the article it names", "the office's own conduct"

TYPED = "hosting/test_nothing_typed_is_logged.py::"
LOGGED = (
    "网站服务器可能按网络安全规定留存访问日志，记的是时间、IP 地址、打开了哪个网页或者文件、浏览器的种类，"
    "没有查询的内容，只用于安全和排除故障。"
)
OUTPUTS = "unit/outputs/test_outputs_machine_files.py::"
HELD = {
    "不用登录，不用留姓名和电话；": ["sites/test_privacy_page.py::test_no_page_asks_who_the_visitor_is"],
    "不使用 Cookie 跟踪，不加载第三方的统计、字体、地图和广告；": [
        TYPED + "test_visit_leaves_the_chosen_modes_in_the_browser_and_nothing_else",
        "sites/test_pages.py::test_no_page_asks_anything_of_another_host",
    ],
    "搜索在您自己的浏览器里完成，您输入的字不会发送给我们，也不会写进服务器的日志；": [
        TYPED + "test_nothing_typed_is_in_a_log",
        TYPED + "test_question_of_a_foreign_link_is_in_no_log_whatever_is_answered",
        "browser/test_search_page.py::test_no_file_of_the_site_writes_a_question_into_a_query",
        "browser/test_search_page.py::test_box_without_script_says_what_to_do_and_sends_nothing",
    ],
    "查过什么只留在您自己浏览器的历史记录里；": [
        TYPED + "test_visit_leaves_the_chosen_modes_in_the_browser_and_nothing_else",
        "browser/test_search_page.py::test_back_and_forward_and_a_changed_fragment_search_again",
    ],
    "把查询结果的网址发给别人，对方就能看到您查的是什么；": [
        "browser/test_search_page.py::test_question_in_the_query_is_understood_and_at_once_turned_into_a_fragment",
    ],
    "申请书也在您自己的浏览器里填写，填的姓名、电话等不会发送给我们，本站也不保存；": [
        "browser/test_letters.py::test_objection_is_filled_in_from_the_entry_and_saved_without_the_network",
    ],
    "从本站打开别的网站，对方看不到您是从哪一页去的；": [
        TYPED + "test_no_request_of_the_site_names_where_it_comes_from"
    ],
    "长者模式、深色等选择只存在您的设备里，清除浏览数据即可去掉；": [
        TYPED + "test_visit_leaves_the_chosen_modes_in_the_browser_and_nothing_else",
    ],
    LOGGED: [TYPED + "test_log_tells_when_whence_and_which_file_and_no_more"],
    "条例只适用于有完全民事行为能力的人和各类单位（第三条）。": ARTICLE,
    "处理信用信息要合法、必要、客观、安全、审慎，保护个人隐私（第四条）。": ARTICLE,
    "自然人的信用信息原则上不公开（第十三条），处理信用信息不得侵犯个人隐私（第四条）。": ARTICLE,
    "因此：": OFFICE,
    "名单上的自然人，写明国家规定依据的才公示；": [
        "unit/rules/test_rules_severe.py::test_lingyuan_shows_a_natural_person_only_with_a_cited_instrument",
        "unit/rules/test_rules_severe.py::test_basis_that_ranks_too_low_shows_no_natural_person",
    ],
    "诚信典型里的个人，本人同意的才公示；": [
        "property/test_other_laws.py::test_no_minor_and_nobody_without_consent_is_shown_as_an_example",
    ],
    "证件号码只显示开头四位和末尾四位，完整号码不进入本站的任何文件；": [
        "property/test_laws.py::test_masked_code_is_all_that_is_seen_of_a_natural_persons",
        "sites/test_pages.py::test_masked_number_is_all_that_is_anywhere_of_a_natural_persons",
        "sites/test_cases.py::test_no_resident_id_is_in_any_byte_of_a_case",
    ],
    "名单里没有个人住址、电话、银行账号这些栏目；": [
        "sites/test_privacy_page.py::test_no_column_is_of_how_to_reach_or_pay_a_person"
    ],
    "不显示未成年人的记录；": [
        "unit/rules/test_rules_severe.py::test_natural_person_marked_as_a_minor_is_withheld",
        "unit/rules/test_rules_severe.py::test_natural_person_under_eighteen_at_the_decision_is_withheld",
        "property/test_other_laws.py::test_no_minor_and_nobody_without_consent_is_shown_as_an_example",
    ],
    "涉及自然人的页面和下载文件，请搜索引擎不要收录；": [
        OUTPUTS + "test_what_names_natural_persons_may_be_fetched_and_is_marked_so_that_the_mark_is_seen",
        "hosting/test_nginx.py::test_downloads_that_may_name_people_are_not_indexed",
    ],
    "每次发布前逐条检查，发现疑似身份证号、手机号、银行卡号的记录先不发布。": [
        "unit/rules/test_rules_personal_data.py::test_resident_id_is_found_in_every_shown_field",
        "unit/rules/test_rules_personal_data.py::test_mobile_and_card_numbers_are_found_in_free_text",
    ],
    "市场信用信息提供主体不得采集宗教信仰、血型、疾病和病史、生物识别等信息；": ARTICLE,
    "收入存款、证券保险、房产和纳税额，须明示不利后果并取得书面同意才可以采集；": ARTICLE,
    "公共信用信息工作机构不得归集的事项，依照省里的条例执行（第十八条）。": ARTICLE,
    "宗教信仰、基因、指纹、血型、疾病和病史等禁止采集；": ARTICLE,
    "收入存款、证券保险、房产和纳税额，须告知不利后果并取得授权才可以征集（第十二条）。": ARTICLE,
    "本站的数据里出现这类栏目的，整批拒绝发布。": [
        "hostile/test_hostile.py::test_broken_export_is_refused_as_expected"
    ],
    "期满、移出、修复、撤销之后，本站从页面、搜索和下载中一并去掉，不留痕迹。": [
        "property/test_no_trace.py::test_withheld_rows_leave_no_trace",
        "property/test_laws.py::test_lingyuan_withholds_whatever_is_past_its_last_day",
    ],
    "移出、修复、撤销之后，或者公示期限届满之后（依法延长到移出之日的，到那一天为止），"
    "本站从页面、搜索和下载中一并去掉，不留痕迹。": [
        "property/test_no_trace.py::test_withheld_rows_leave_no_trace",
        "unit/rules/test_rules_severe.py::test_repaired_entry_is_withheld_unless_its_repair_is_revoked",
        "unit/rules/test_rules_term.py::test_special_term_runs_from_its_own_start",
        "unit/rules/test_rules_maximum.py::test_act_that_goes_on_is_shown_no_longer_than_the_maximum",
    ],
    "别人此前保存的副本不由本站控制，但使用者应当同时停止使用。": OFFICE,
    "请立即告诉我们，写明网址。": OFFICE,
    "属于泄露个人隐私的，会先撤下再核查。": ["sites/test_withhold.py::test_entry_ordered_off_is_gone"],
    "也可以提出异议。": OFFICE,
    "违规泄露国家秘密、商业秘密和个人隐私的，有关人员要承担责任（第五十八条第（五）项）。": ARTICLE,
    "违规泄露国家秘密、商业秘密和个人隐私的，有关人员要受处分（第四十七条第（五）项）。": ARTICLE,
}


def sentences(path):
    """The page's sentences without their links and headings, parted at 。 and ；."""
    body = path.read_text().split("---\n", 2)[2]
    body = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", body)
    lines = [line.removeprefix("- ") for line in body.splitlines() if line and not line.startswith("#")]
    return [one for line in lines for one in re.findall(r"[^。；]+[。；]|[^。；]+$", line)]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: "-".join(path.parts[-4:-2]))
def test_every_sentence_is_held(page):
    assert [one for one in sentences(page) if one not in HELD] == []


def test_no_sentence_is_held_that_stands_on_no_page():
    assert set(HELD) <= {one for page in PAGES for one in sentences(page)}


@pytest.mark.parametrize("sentence", [one for one, held in HELD.items() if isinstance(held, list)])
def test_what_holds_a_sentence_is_there(sentence):
    for node in HELD[sentence]:
        file, _, name = node.partition("::")
        tree = ast.parse((TESTS / file).read_text())
        assert name in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}, node


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("privacy")
    site = small_sites.write_site(folder / "content")
    export = small_sites.write_export(
        folder / "export",
        severe=[small_sites.entry("S-1")],
        measures=[small_sites.measure()],
        models=[small_sites.model()],
    )
    small_sites.build_site(site, export, folder / "out")
    return small_sites.live_root(folder / "out")


def test_no_page_asks_who_the_visitor_is(root):
    """All that can be filled in: the search boxes, the batch list, what narrows a page; no form is posted."""
    asked = set()
    for page in root.rglob("*.html"):
        text = page.read_text()
        assert not re.search(r'method="?post|type="?(?:password|email|tel|file)', text, re.IGNORECASE)
        asked |= set(re.findall(r"<(input|textarea)\b([^>]*)>", text))
    kinds = {(tag, (re.search(r'type="([a-z]+)"', rest) or [None, ""])[1]) for tag, rest in asked}
    assert kinds <= {
        ("input", "search"),
        ("input", "radio"),
        ("input", "checkbox"),
        ("input", "date"),
        ("textarea", ""),
    }
    assert {("input", "search"), ("textarea", "")} <= kinds


def test_no_column_is_of_how_to_reach_or_pay_a_person():
    labels = {column.label for columns in COLUMNS.values() for column in columns}
    assert {"主体名称", "认定单位"} <= labels
    reached = re.compile("住址|地址|住所|电话|手机|邮箱|账号|账户|银行")
    assert {label for label in labels if reached.search(label)} <= {"网页地址"}
