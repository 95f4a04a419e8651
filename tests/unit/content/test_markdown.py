"""Markdown becomes HTML that cannot do harm."""

from __future__ import annotations

import re

import html5lib
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
import pytest
from sizes import examples

from site_builder.content.markdown import allowed_href, render_deeds, render_page, words_of

XHTML = "{http://www.w3.org/1999/xhtml}"
TEXT = {"a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "p", "pre", "strong"}
ALLOWED = TEXT | {"dd", "dl", "dt", "li", "ol", "ul", "table", "tbody", "td", "th", "thead", "tr"}


def page(text: str) -> str:
    return str(render_page(text, "../"))


def test_the_result_is_markup():
    assert isinstance(render_page("甲", "../"), Markup)
    assert render_deeds("**甲**乙") == "<p><strong>甲</strong>乙</p>"


def test_headings_begin_at_level_two():
    assert page("# 甲\n\n## 乙\n\n#### 丙") == ('<h2 id="h-甲">甲</h2>\n<h3 id="h-乙">乙</h3>\n<h4 id="h-丙">丙</h4>')
    assert "<h2" in page("### 甲")
    assert "<h3>甲</h3>" in render_deeds("# 甲", top=3)


def test_heading_ids_come_from_the_words_and_are_unique():
    text = page("# 怎么 提？\n\n# 怎么 提？\n\n# ！\n\n# A&amp;B `c`")
    assert re.findall('id="([^"]*)"', text) == ["h-怎么-提", "h-怎么-提-2", "h", "h-a-b-c"]


def test_deeds_carry_no_ids():
    assert render_deeds("# 甲") == "<h2>甲</h2>"


def test_raw_html_shows_as_text():
    assert page("<b>甲</b>\n\n<div onclick='x'>\n乙\n</div>") == (
        "<p>&lt;b&gt;甲&lt;/b&gt;</p>\n<p>&lt;div onclick='x'&gt;\n乙\n&lt;/div&gt;</p>"
    )


def test_a_table_a_definition_list_and_code_are_kept():
    text = page("| 甲 | 乙 |\n|---|--:|\n| 1 | 2 |\n\n词\n:   义\n\n```\n<b>\n```\n")
    for piece in ("<th>甲</th>", "<td>2</td>", "<dt>词</dt>", "<dd>义</dd>", "<code>&lt;b&gt;\n</code>"):
        assert piece in text
    assert "style" not in text


@pytest.mark.parametrize("render", [page, lambda text: str(render_deeds(text))])
@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&#9;script:alert(1)",
        "javascript&colon;alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "root:javascript:alert(1)",
        "root:/evil.example.cn",
        "root:../x",
        "//evil.example.cn",
        "/x",
        "\\\\evil.example.cn",
        "file:///etc/passwd",
        "http://credit.example.cn@evil.example.cn",
        "https://a:b@evil.example.cn/x",
        "HTTPS:a@evil.example.cn",
        "http:///a@evil.example.cn",
        "https://a&#64;evil.example.cn",
    ],
)
def test_a_link_that_may_not_be_shows_as_its_text(render, target):
    for text in (f"[甲]({target})", f"[甲](<{target}>)", f"[甲][x]\n\n[x]: {target}"):
        html = render(text)
        assert "甲" in html
        assert "<a" not in html


def test_links_outside_say_so():
    assert page("[甲](https://a.example.cn/?x=1&y=2)") == (
        '<p><a href="https://a.example.cn/?x=1&amp;y=2" rel="external noopener noreferrer">甲</a></p>'
    )
    assert page("<a@example.cn>") == '<p><a href="mailto:a@example.cn">a@example.cn</a></p>'


def test_sign_of_user_info_in_a_path_is_no_user_info():
    assert 'href="https://a.example.cn/@b?c@d#e@f"' in page("[甲](https://a.example.cn/@b?c@d#e@f)")


def test_links_inside_are_relative_or_begin_at_the_root():
    assert page("[甲](b.html#c) [乙](#d) [丙](root:guide/e.html?q=1#f) [丁](root:)") == (
        '<p><a href="b.html#c">甲</a> <a href="#d">乙</a> '
        '<a href="../guide/e.html?q=1#f">丙</a> <a href="../">丁</a></p>'
    )
    assert allowed_href("root:", "") == "./"


def test_deeds_link_outside_only():
    assert render_deeds("[甲](b.html) [乙](#c) [丙](root:d.html) [丁](http://a.example.cn)") == (
        '<p>甲 乙 丙 <a href="http://a.example.cn" rel="external noopener noreferrer">丁</a></p>'
    )


def test_a_picture_shows_as_its_words():
    assert page("![甲](b.png) ![乙][x]\n\n[x]: c.png") == "<p>甲 乙</p>"


def test_a_line_broken_between_chinese_characters_leaves_no_space():
    assert page("甲\n乙，\n丙 a\nb\n\n    甲\n    乙") == "<p>甲乙，丙 a\nb</p>\n<pre><code>甲\n乙\n</code></pre>"


def test_one_text_does_not_leave_anything_for_the_next():
    page("[甲][x]\n\n[x]: https://a.example.cn")
    assert page("[甲][x]") == "<p>[甲][x]</p>"


@pytest.mark.parametrize("text", ["> " * 3000 + "甲", "[" * 20000 + "甲", "a " * 150000 + "\n\n甲"])
def test_a_text_the_converter_cannot_take_still_shows(text):
    html = page(text)
    assert "甲" in html
    assert page("**乙**") == "<p><strong>乙</strong></p>"


MARKS = [
    "<script>",
    "</script>",
    "<img src=x onerror=x>",
    "[a](",
    "](",
    "javascript:",
    "&#106;",
    "\\",
    "`",
    "```\n",
    "**",
]
MARKS += [
    "<svg onload=x>",
    "\n\n",
    "    ",
    "> ",
    "- ",
    "1. ",
    "|",
    "|---|\n",
    "# ",
    "![",
    "[x]: ",
    "<http://",
    "&lt;",
    ":",
]
MARKS += [
    "\x02",
    "\x03",
    "wzxhzdk:0",
    "amp",
    "<!--",
    "-->",
    "<![CDATA[",
    '"',
    "'",
    ")",
    " onclick=x",
    "\t",
    "甲",
    "root:",
]
RISKY = st.text() | st.lists(st.sampled_from(MARKS), max_size=30).map("".join)


@settings(max_examples=examples(300), deadline=None)
@given(RISKY)
def test_no_text_yields_anything_that_runs(text):
    for html in (render_page(text, "../"), render_deeds(text)):
        for element in html5lib.parseFragment(str(html)).iter():
            if not isinstance(element.tag, str) or element.tag == "DOCUMENT_FRAGMENT":
                continue
            assert element.tag.removeprefix(XHTML) in ALLOWED
            assert set(element.attrib) <= {"href", "rel", "id", "start"}
            href = element.attrib.get("href", "").strip().lower()
            assert not href.startswith(("javascript:", "data:", "//", "\\"))


@settings(deadline=None)
@given(RISKY)
def test_the_same_text_gives_the_same_html(text):
    assert render_page(text, "../") == render_page(text, "../")


@pytest.mark.parametrize(
    "text",
    [
        "演示甲\n乙公司",
        "演示**甲**乙公司",
        "演示&#30002;乙公司",
        "演示[甲](https://a.example/)乙公司",
        "演示`甲`乙公司",
        "演示甲乙公司",
    ],
)
def test_words_of_a_text_are_those_that_are_read(text):
    assert words_of(text) == "演示甲乙公司"


@given(st.text("甲乙 。"))
def test_words_of_a_text_without_marks_are_read_as_they_are_written(text):
    assert words_of(text).strip() == re.sub("<[^<>]*>", "", page(text)).strip()
