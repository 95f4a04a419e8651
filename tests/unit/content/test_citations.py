"""Citations and clause codes lead to articles and items of the site's regulations, or nowhere."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from site_builder.content.citations import (
    address_of,
    clause_href,
    clause_label,
    find_citations,
    find_clause,
    index_law,
    resolve,
)
from site_builder.content.laws import parse_law

ITEMS = "".join(f"（{n}）甲；\n" for n in "一二三")
DEMO = parse_law(
    "".join(f"第{n}条 甲。\n乙：\n{ITEMS}" if n == "三" else f"第{n}条 甲。\n乙。\n" for n in "一二三四五六七八九十")
)
LAWS = (
    index_law("demo", "YS", "演示市社会信用条例", DEMO),
    index_law("rules", "GZ", "演示市社会信用条例（实施）细则", DEMO, "laws/other.html"),
)


DIGEST = parse_law("# 演示市社会信用条例\n\n> 摘要：演示。\n\n第三条 甲。\n乙。\n丙：\n（一）丁；\n（二）戊。\n")
SHORT = (index_law("demo", "YS", "演示市社会信用条例", DIGEST),)


@pytest.mark.parametrize(
    ("text", "href", "label"),
    [
        ("第三条第二款", "laws/demo.html#art-3", "第三条"),
        ("第三条第一款", "laws/demo.html#art-3", "第三条"),
        ("第三条第（二）项", "laws/demo.html#art-3-2", "第三条第（二）项"),
        ("第三条第一款第（二）项", "laws/demo.html#art-3-2", "第三条第（二）项"),
    ],
)
def test_paragraphs_of_a_digest_are_its_own_and_no_citation_leads_to_one(text, href, label):
    (found,) = find_citations(f"《演示市社会信用条例》{text}", SHORT)
    assert (found.href, found.label) == (href, f"《演示市社会信用条例》{label}")


@pytest.mark.parametrize(
    ("code", "href", "label"),
    [
        ("YS-5-p2", "laws/demo.html#art-5-p2", "第五条第二款"),
        ("YS-3-p2-1", "laws/demo.html#art-3-1", "第三条第二款第（一）项"),
        ("YS-5-p9", "laws/demo.html#art-5", "第五条"),
    ],
)
def test_code_of_a_paragraph_is_called_by_its_words(code, href, label):
    assert clause_href(code, LAWS) == href
    assert clause_label(code, LAWS) == f"《演示市社会信用条例》{label}"
    assert clause_href(code, SHORT) == ("laws/demo.html#art-3-1" if "-3-" in code else None)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("《演示法》第三条", "https://law.example/1"),
        ("依据《中华人民共和国演示法》", "https://law.example/1"),
        ("《演示规定》和《演示法》", "https://law.example/1"),
        ("演示法第三条", ""),
        ("《演示法实施条例》第三条", ""),
        ("", ""),
    ],
)
def test_statute_the_site_lacks_leads_where_the_site_says_and_nowhere_else(text, address):
    assert address_of(text, {"演示法": "https://law.example/1"}) == address
    assert address_of(text, {}) == ""


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("《演示市社会信用条例》第三条第（三）项", "laws/demo.html#art-3-3"),
        ("《演示市社会信用条例》第三条第(三)项", "laws/demo.html#art-3-3"),
        ("《演示市社会信用条例》第三条（二）项", "laws/demo.html#art-3-2"),
        ("《演示市社会信用条例》第三条第二项", "laws/demo.html#art-3-2"),
        ("《演示市社会信用条例》第三条第二款第（一）项", "laws/demo.html#art-3-1"),
        ("《演示市社会信用条例》第五条第二款", "laws/demo.html#art-5-p2"),
        ("《演示市社会信用条例》第3条第1项", "laws/demo.html#art-3-1"),
        ("《演示市社会信用条例》 第 三 条", "laws/demo.html#art-3"),
        ("依据演示市社会信用条例第十条的规定", "laws/demo.html#art-10"),
        ("《演示市社会信用条例（实施）细则》第一条", "laws/other.html#art-1"),
        ("《演示市社会信用条例(实施)细则》第一条", "laws/other.html#art-1"),
        ("《演示市社会信用条例》第五条第（一）项", "laws/demo.html#art-5"),
        ("《演示市社会信用条例》第三条第一款第（一）项", "laws/demo.html#art-3"),
        ("《演示市社会信用条例》第五条第九款", "laws/demo.html#art-5"),
        ("《演示市社会信用条例》第九十九条，又第一条；《演示市社会信用条例》第二条", "laws/demo.html#art-2"),
    ],
)
def test_a_citation_leads_to_its_provision(text, href):
    assert resolve(text, LAWS) == href


@pytest.mark.parametrize(
    "text",
    [
        "",
        "《条例》第三条",
        "本条例第三条",
        "第三条第（三）项",
        "《演示市社会信用条例》",
        "《演示市社会信用条例》第十一条",
        "《演示市社会信用条例》第三条之一",
        "《演示市社会信用条例》第三十十条",
        "《演示市社会信用条例实施办法》第三条",
        "《别处社会信用条例》第三条",
    ],
)
def test_what_the_site_does_not_show_leads_nowhere(text):
    assert resolve(text, LAWS) is None


def test_a_site_without_regulations_resolves_nothing():
    assert resolve("《演示市社会信用条例》第三条", ()) is None


def test_all_citations_of_a_text_are_found_with_their_keys():
    text = "《演示市社会信用条例》第三条第（一）项、第五条和第九十九条，以及《演示市社会信用条例（实施）细则》第一条"
    assert [citation.key for citation in find_citations(text, LAWS)] == [
        ("demo", 3, 1),
        ("demo", 5, 0),
        ("rules", 1, 0),
    ]


def test_a_clause_code_leads_to_its_item_and_says_it_in_words():
    assert clause_href("YS-3-1", LAWS) == "laws/demo.html#art-3-1"
    assert clause_label("YS-3-1", LAWS) == "《演示市社会信用条例》第三条第（一）项"
    citation = find_clause("YS-3-1", LAWS)
    assert citation is not None
    assert citation.key == ("demo", 3, 1)


@pytest.mark.parametrize("code", ["YS-3", "YS-3-9"])
def test_a_clause_without_such_an_item_is_the_article(code):
    assert clause_href(code, LAWS) == "laws/demo.html#art-3"
    assert clause_label(code, LAWS) == "《演示市社会信用条例》第三条"


@pytest.mark.parametrize("code", ["", "XX-3-1", "YS-99-1", "ys-3-1", "YS-3-1-1", "YS", "《演示市社会信用条例》第三条"])
def test_another_code_leads_nowhere(code):
    assert clause_href(code, LAWS) is None
    assert clause_label(code, LAWS) is None


@settings(deadline=None)
@given(st.text(alphabet="《》演示市社会信用条例第三百条款项（）()、一二0123 \n") | st.text())
def test_any_text_is_searched_without_error(text):
    for citation in find_citations(text, LAWS):
        assert citation.href.startswith("laws/")
        assert citation.label
    clause_href(text, LAWS)
