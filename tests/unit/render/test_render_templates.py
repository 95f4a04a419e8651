"""Every template of every theme, with ordinary, hostile and empty contexts."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import component_examples as e
import html5lib
import msgspec
import pytest

from site_builder.render.assets import collect
from site_builder.render.environment import load_theme

CASES = ("ordinary", "hostile", "empty")
THEMES = ("credit", "dalian", "lingyuan")
RENDERERS = {theme: e.renderer(theme) for theme in THEMES}


def made(template: str, case: str = "ordinary", theme: str = "credit", **meta: object) -> bytes:
    section, context = e.EXAMPLES[template]
    layout, about, rows = e.layout(section), e.meta("演示标题", **meta), e.rows_of(template)[:4]
    if case == "hostile":
        context, about, rows = e.hostile(context), e.hostile(about), e.hostile(rows)
        layout = msgspec.structs.replace(e.hostile(layout), section=section)
    if case == "empty":
        context, rows = e.emptied(context), ()
        layout = msgspec.structs.replace(layout, demo=False, site_id="", icp="", police="", nav=(), footer=())
    by = RENDERERS[theme]
    return by.page(template, e.filled(context, by, rows), about, layout, "../")


def parsed(page: bytes) -> ET.Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(page.decode())


def text(node: ET.Element) -> str:
    return "".join(node.itertext())


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("template", e.EXAMPLES)
def test_page_is_valid_html_with_one_heading_one_main_and_a_skip_link(template: str, case: str) -> None:
    root = parsed(made(template, case))
    assert root.get("lang") == "zh-CN"
    assert len(root.findall(".//h1")) == 1
    assert [node.get("id") for node in root.findall(".//main")] == ["main"]
    body = root.find("body")
    assert body is not None
    assert body[0].get("href") == "#main"
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    if case == "ordinary":
        assert len(ids) == len(set(ids))
        for node in root.iter():
            for name in ("for", "aria-labelledby", "aria-describedby"):
                assert node.get(name) is None or node.get(name) in ids


@pytest.mark.parametrize("theme", THEMES[1:])
@pytest.mark.parametrize("template", e.EXAMPLES)
def test_city_themes_render_every_template(template: str, theme: str) -> None:
    parsed(made(template, theme=theme))


@pytest.mark.parametrize("template", e.EXAMPLES)
def test_hostile_text_appears_only_as_text(template: str) -> None:
    root = parsed(made(template, "hostile"))
    scripts = [node for node in root.findall(".//script") if node.get("type") != "application/json"]  # data, not run
    own = {
        "search.html": ["../assets/search/begin.js", "../assets/search/page.js"],
        "province-search.html": ["../assets/search/begin.js", "../assets/search/province/page.js"],
        "batch.html": ["../assets/search/batch.js"],
        "explore.html": ["../assets/explore/page.js"],
        "content.html": ["../assets/letter.js"],
    }
    assert [node.get("src") for node in scripts] == ["../assets/mode.js", "../assets/site.js", *own.get(template, ())]
    assert not [node for node in scripts if text(node).strip()]
    assert e.HOSTILE in text(root)
    for node in root.iter():
        assert not [name for name in node.attrib if str(name).startswith("on")]
        assert not re.match(r"\s*(javascript|data|vbscript):", node.get("href") or "", re.IGNORECASE)
        assert node.tag != "img" or (node.get("src") or "").startswith("../")
    assert "49" not in text(root).replace("9149", "")


@pytest.mark.parametrize("template", e.EXAMPLES)
def test_page_asks_nothing_of_others_and_holds_no_inline_style_or_script(template: str) -> None:
    root = parsed(made(template))
    assert not root.findall(".//style")
    for node in root.iter():
        assert node.get("style") is None
        for name in ("src", "srcset", "poster", "action"):
            assert node.get(name) is None or (node.get(name) or "").startswith("../")
        if node.tag == "link" and node.get("rel") != "canonical":
            assert (node.get("href") or "").startswith("../")


@pytest.mark.parametrize("template", e.EXAMPLES)
def test_page_put_together_from_parts_equals_the_plain_rendering(template: str) -> None:
    by = RENDERERS["dalian"]
    section, context = e.EXAMPLES[template]
    given = e.filled(context, by, e.rows_of(template)), e.meta("演示标题"), e.layout(section), "../../"
    assert by.page(template, *given) == by.unsplit(template, *given)


def test_contact_link_that_is_no_web_address_is_not_a_link() -> None:
    by = RENDERERS["credit"]
    contact = msgspec.structs.replace(e.SEVERE_PAGE.contact, link="javascript:alert(1)")
    context = msgspec.structs.replace(e.SEVERE_PAGE, contact=contact)
    page = by.page("severe.html", context, e.meta("演示标题"), e.layout("severe"), "../")
    assert b"javascript:" not in page


def test_record_page_and_row_carry_their_last_day_where_there_is_one() -> None:
    for template, day in (("severe.html", "2029-08-30"), ("role-model.html", "2029-09-19")):
        main = parsed(made(template)).find(".//main")
        assert main is not None
        assert main.get("data-public-until") == day
        main = parsed(made(template, "empty")).find(".//main")
        assert main is not None
        assert main.get("data-public-until") is None
    rows = parsed(made("severe-list.html")).findall(".//tbody/tr")
    assert [row.get("data-public-until") for row in rows] == [None, "2029-11-05", None, "2029-10-14"]
    models = parsed(made("role-models.html")).findall(".//ul[@class='models cards']/li")
    assert [row.get("data-public-until") for row in models] == ["2029-09-19", None]


def test_objection_is_marked_with_its_first_day() -> None:
    marks = parsed(made("severe.html")).findall(".//*[@class='mark']")
    assert [text(node) for node in marks] == ["异议处理中，2026-11-18 受理"]


def test_names_stand_in_bdi() -> None:
    for template in ("severe.html", "role-model.html"):
        name = parsed(made(template)).find(".//h1/bdi")
        assert name is not None
        assert text(name) == e.EXAMPLES[template][1].name  # type: ignore[attr-defined]


@pytest.mark.parametrize("template", e.EXAMPLES)
def test_search_box_is_on_every_page_under_one_of_two_ids(template: str) -> None:
    root = parsed(made(template))
    fields = root.findall(".//form[@role='search']//input[@type='search']")
    assert [node.get("name") for node in fields] == [None] * len(fields)  # without script nothing typed is sent
    boxes = [node.get("id") for node in fields]
    assert boxes == (["q"] if template.removeprefix("province-") in ("home.html", "search.html") else ["site-q"])
    for form in root.findall(".//form[@role='search']"):
        assert (form.get("action"), form.get("method")) == ("../search/", "get")


def test_search_page_has_the_hooks_the_engine_needs() -> None:
    root = parsed(made("search.html"))
    body = root.find("body")
    assert body is not None
    assert body.get("data-search") == "idle"
    assert root.find(".//div[@id='results']") is not None
    assert root.find(".//*[@data-result-total]") is not None
    status = root.find(".//p[@id='status']")
    assert status is not None
    assert status.get("aria-live") == "polite"
    other = parsed(made("home.html")).find("body")
    assert other is not None
    assert other.get("data-search") is None


def metas(page: bytes) -> dict[str, str]:
    return {node.get("name") or "": node.get("content") or "" for node in parsed(page).findall(".//meta[@name]")}


def test_head_carries_the_metadata_of_government_sites() -> None:
    given = metas(made("severe.html", published_on=e.day("2026-11-12"), source="大连演示局", keywords="信用,演示"))
    assert given["SiteName"] == "信用中国（辽宁大连）"
    assert given["SiteDomain"] == "credit.example.cn"
    assert given["SiteIDCode"] == "2102000000"
    assert given["ColumnName"] == "严重失信主体名单"
    assert given["ArticleTitle"] == "演示标题"
    assert given["PubDate"] == "2026-11-12"
    assert given["ContentSource"] == "大连演示局"
    assert given["Keywords"] == "信用,演示"
    assert given["Description"]
    assert given["Url"] == "https://credit.example.cn/severe/DL2026-000128.html"
    assert "robots" not in given


def test_head_leaves_out_what_is_not_given() -> None:
    given = metas(made("severe.html", "empty", canonical=""))
    assert not {"SiteIDCode", "PubDate", "ContentSource", "Keywords", "Url", "robots"} & set(given)


def test_robots_are_told_not_to_index_and_until_when() -> None:
    last = e.day("2029-08-30")
    told = "unavailable_after: 2029-08-30T23:59:59+08:00"
    assert metas(made("severe.html", noindex=True))["robots"] == "noindex"
    assert metas(made("severe.html", noindex=True, unavailable_after=last))["robots"] == f"noindex, {told}"
    assert metas(made("severe.html", unavailable_after=last))["robots"] == told


def test_demo_banner_and_marks_stand_only_where_given() -> None:
    assert "演示站点，非官方。所列主体均为虚构。" in made("home.html").decode()
    empty = made("home.html", "empty").decode()
    assert "演示站点" not in empty
    assert "网站标识码" not in empty
    assert "beian" not in empty


def test_law_page_has_an_anchor_for_every_article_and_item() -> None:
    ids = {node.get("id") for node in parsed(made("law.html")).iter()}
    assert {"chapter-4", "art-28", "art-32", "art-32-1", "art-32-3", "art-42"} <= ids


def test_longest_bar_fills_its_space() -> None:
    rects = parsed(made("home.html")).findall(".//table[@class='bars']//{http://www.w3.org/2000/svg}rect")
    widths = [node.get("width") for node in rects]
    assert widths[:5] == ["36.8%", "68.4%", "86.8%", "100.0%", "44.7%"]


@pytest.mark.parametrize("theme", THEMES)
def test_theme_never_shames(theme: str) -> None:
    loaded = load_theme(e.THEMES, theme)
    files = [path for folder in loaded.folders for path in folder.rglob("*.html")]
    texts = [path.read_text(encoding="utf-8") for path in files]
    texts += [data.decode() for data in collect(loaded).values()]
    assert not [each for each in texts if re.search("黑名单|老赖|曝光", each)]
