"""Regulations are read whole, in the forms they are handed around in."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from site_builder.config.source import read_text
from site_builder.content.laws import ArticleItem, Paragraph, parse_law
from site_builder.errors import Exit, SiteBuilderError

SEEDS = os.environ.get("SITE_BUILDER_SEEDS", "")

PLAIN = """\
演示市诚信条例
（2020年1月1日演示大会通过）
目　　录
第一章　开头
第二章　末尾
第一章　开头
第一条
甲。
乙：
（一）丙；
（二）丁。
第二章　末尾
第二条　戊。
"""


def faults(text: str) -> list[tuple[str, int]]:
    with pytest.raises(SiteBuilderError) as caught:
        parse_law(text, "law.txt")
    assert caught.value.exit_code is Exit.USAGE
    return [(finding.code, finding.place.row) for finding in caught.value.findings]


def texts(law, number: int) -> list[str]:
    return [part.text for article in law.articles if article.number == number for part in article.parts]


def test_plain_text_with_a_table_of_contents_becomes_chapters_and_articles():
    law = parse_law(PLAIN)
    assert (law.title, law.note, law.digest) == ("演示市诚信条例", "2020年1月1日演示大会通过", False)
    assert [(c.number, c.label, c.title, c.anchor) for c in law.chapters] == [
        (1, "第一章", "开头", "ch-1"),
        (2, "第二章", "末尾", "ch-2"),
    ]
    first, second = law.articles
    assert (first.number, first.label, first.anchor) == (1, "第一条", "art-1")
    assert first.parts == (
        Paragraph(1, "甲。", "art-1-p1"),
        Paragraph(2, "乙：", "art-1-p2"),
        ArticleItem(1, "丙；", "art-1-1", 2),
        ArticleItem(2, "丁。", "art-1-2", 2),
    )
    assert first.items[1].label == "（二）"
    assert [part.text for part in second.parts] == ["戊。"]


@pytest.mark.parametrize(
    "article",
    ["**第一条** 甲。", "**第一条**甲。", "第一条　甲。", "第一条\n甲。", "### 第一条 甲。", "**第一条**\n\n甲。"],
)
def test_an_article_is_known_in_every_form(article):
    assert texts(parse_law(f"# 演示办法\n\n## 第一章 总则\n\n{article}\n"), 1) == ["甲。"]


@pytest.mark.parametrize(
    "item", ["（一）甲；", "(一)甲；", "(一) 甲；", "- （一）甲；", "- (一) 甲；", "（ 一 ）甲；", "* （一）甲；"]
)
def test_an_item_is_known_in_every_form(item):
    law = parse_law(f"第一条 乙：\n\n{item}\n")
    assert law.articles[0].items == (ArticleItem(1, "甲；", "art-1-1", 1),)


def test_a_heading_of_any_level_opens_a_chapter():
    law = parse_law("## 第一章 甲\n第一条 一。\n### 第二章 乙\n第二条 二。\n#### 第三章　丙\n第三条 三。\n")
    assert [(c.title, [a.number for a in c.articles]) for c in law.chapters] == [("甲", [1]), ("乙", [2]), ("丙", [3])]


def test_a_regulation_without_chapters_has_one_without_a_name():
    (chapter,) = parse_law("演示办法\n第一条 甲。\n第二条 乙。\n").chapters
    assert (chapter.number, chapter.label, len(chapter.articles)) == (0, "", 2)


def test_a_sentence_broken_by_a_page_is_put_together():
    law = parse_law("第一条 甲乙\n\n丙丁。\n\n（一）戊\n\n\n- 3 -\n\n己；\n（二）庚 A\nB。\n辛。\n")
    assert texts(law, 1) == ["甲乙丙丁。", "戊己；", "庚 A B。", "辛。"]


@pytest.mark.parametrize("end", "。；：！？」』）;:!?)")
def test_a_paragraph_that_has_ended_is_not_joined(end):
    assert texts(parse_law(f"第一条 甲{end}\n乙。\n"), 1) == [f"甲{end}", "乙。"]


def test_an_article_named_in_a_sentence_is_not_a_new_one():
    law = parse_law("第一条 依照本办法\n第二条规定，甲。\n第二条 乙。\n")
    assert texts(law, 1) == ["依照本办法第二条规定，甲。"]


def test_two_lists_in_one_article_have_their_own_anchors():
    law = parse_law("第一条 甲：\n（一）乙；\n（二）丙。\n丁：\n（一）戊；\n（二）己；\n（三）庚。\n")
    assert [item.anchor for item in law.articles[0].items] == [
        "art-1-1",
        "art-1-2",
        "art-1-p2-1",
        "art-1-p2-2",
        "art-1-3",
    ]


def test_the_cover_note_of_an_office_is_not_the_title():
    law = parse_law("# 演示市人民政府文件\n\n## 关于印发的通知\n\n# 演示市信用办法\n\n第一条 甲。\n")
    assert law.title == "演示市信用办法"


@pytest.mark.parametrize(
    "notes",
    [
        "---\n\n抄送：甲。\n\n---\n\n乙",
        "抄送：甲。\n",
        "演示市人民政府办公室\n\n2020年4月8日印发\n\n共印20份\n",
        "演示市委员会\n",
    ],
)
def test_an_offices_notes_after_the_last_article_are_not_its_text(notes):
    assert texts(parse_law(f"第一条 甲。\n\n第二条 乙。\n\n{notes}"), 2) == ["乙。"]


def test_a_page_break_in_the_last_article_does_not_end_it():
    assert texts(parse_law("第一条 由演示委员会\n---\n负责，自\n2020年4月8日\n起施行。\n"), 1) == [
        "由演示委员会负责，自2020年4月8日起施行。"
    ]


def test_a_rule_between_articles_is_a_page_break():
    assert len(parse_law("第一条 甲。\n\n---\n\n第二条 乙。\n").articles) == 2


def test_a_section_heading_is_no_paragraph():
    assert texts(parse_law("第一条 甲。\n第一节 演示\n第二条 乙。\n"), 1) == ["甲。"]


DIGEST = """\
# 演示市诚信条例

> 摘要：由演示编写，
> 以公布的文本为准。

## 第一章 总则

第一条 说明目的
第三条 列出情形
（一）甲
（三）乙
另有说明
"""


def test_a_digest_says_so_and_keeps_each_line_apart():
    law = parse_law(DIGEST)
    assert (law.title, law.note, law.digest) == ("演示市诚信条例", "摘要：由演示编写，以公布的文本为准。", True)
    assert [article.number for article in law.articles] == [1, 3]
    assert texts(law, 3) == ["列出情形", "甲", "乙", "另有说明"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("law-empty", 0)]),
        ("# 演示办法\n\n没有条文。\n", [("law-empty", 0)]),
        ("第一条 甲。\n第三条 乙。\n第五条 丙。\n", [("law-order", 2), ("law-order", 3)]),
        ("第一条 甲。\n第一条 乙。\n", [("law-order", 2)]),
        ("第二条 甲。\n", [("law-order", 1)]),
        ("第十十条 甲。\n", [("law-order", 1)]),
        ("第一章 甲\n第一条 乙。\n第三章 丙\n第二条 丁。\n", [("law-order", 3)]),
        ("第一条 甲：\n（一）乙；\n（三）丙。\n", [("law-order", 3)]),
        ("第一条 甲：\n（一）乙；\n（一）丙。\n", [("law-order", 3)]),
        ("第一条\n第二条 乙。\n", [("law-empty", 1)]),
        ("> 摘要\n第二条 甲\n第一条 乙\n", [("law-order", 3)]),
    ],
)
def test_a_text_with_something_lost_or_repeated_is_refused(text, expected):
    assert faults(text) == expected


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([*"第一二九百十章条（）。#*->\n\n 甲1", "第一条 ", "第二条 ", "（一）", "> 摘要", "---\n"])
    )
)
def test_any_text_gives_a_regulation_with_unique_anchors_or_findings(pieces):
    try:
        law = parse_law("".join(pieces))
    except SiteBuilderError:
        return
    anchors = [a.anchor for a in law.articles] + [p.anchor for a in law.articles for p in a.parts]
    assert len(anchors) == len(set(anchors))


def official_law(name: str):
    return parse_law(read_text(Path(SEEDS) / name), name)


@pytest.mark.needs_seeds
def test_all_of_the_dalian_regulation_is_read():
    law = official_law("dalian-regulation.txt")
    assert law.title == "大连市社会信用条例"
    assert law.note.startswith("2021年2月8日")
    assert [article.number for article in law.articles] == list(range(1, 64))
    assert [len(chapter.articles) for chapter in law.chapters] == [7, 18, 13, 6, 7, 5, 5, 2]
    assert [chapter.title for chapter in law.chapters][3] == "社会信用主体权益保障"
    items = {article.number: len(article.items) for article in law.articles if article.items}
    assert items == {11: 3, 12: 7, 13: 5, 15: 3, 24: 4, 25: 5, 29: 7, 31: 7, 32: 5, 34: 6, 41: 3, 58: 13}
    assert len(law.articles[34].paragraphs) == 3


@pytest.mark.needs_seeds
def test_all_of_the_lingyuan_measures_are_read():
    law = official_law("lingyuan-measures.txt")
    assert law.title == "凌源市社会信用管理办法"
    assert [article.number for article in law.articles] == list(range(1, 50))
    assert [len(chapter.articles) for chapter in law.chapters] == [7, 5, 7, 8, 9, 4, 4, 3, 2]
    items = {article.number: len(article.items) for article in law.articles if article.items}
    assert items == {10: 5, 16: 5, 18: 3, 20: 7, 22: 10, 28: 8, 32: 5, 34: 5, 35: 5, 47: 13}
    assert [len(law.articles[number - 1].paragraphs) for number in (3, 8, 16, 19, 28, 34, 49)] == [5, 2, 1, 4, 2, 2, 1]


@pytest.mark.needs_seeds
@pytest.mark.parametrize("name", ["dalian-regulation.txt", "lingyuan-measures.txt"])
def test_nothing_between_the_first_and_the_last_article_is_lost(name):
    law = official_law(name)
    for article in law.articles:
        assert article.parts
        for part in article.parts:
            assert part.text.endswith(("。", "；", "：", ";", ":"))
    text = read_text(Path(SEEDS) / name)
    for noise in ("#", "*", "- （", " ", "　", "\n"):
        text = text.replace(noise, "")
    for article in law.articles:
        for part in article.parts:
            assert part.text.replace(" ", "") in text
    shown = sum(len(part.text.replace(" ", "")) for article in law.articles for part in article.parts)
    body = text[text.rindex("第一条") : text.rindex(law.articles[-1].parts[-1].text) + 40]
    markers = sum(len(a.label) for a in law.articles) + sum(2 + len(i.label) - 2 for a in law.articles for i in a.items)
    headings = sum(len(c.label + c.title) for c in law.chapters[1:])
    assert 0 <= len(body) - (shown + markers + headings) < 60
