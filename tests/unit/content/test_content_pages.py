"""Content pages and regulations are read from the site folder, every fault at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from site_builder.config.load import load_site
from site_builder.config.site import SHIPPED, LawSource
from site_builder.content.library import read_laws
from site_builder.content.pages import ContentSource, read_pages
from site_builder.errors import Exit, SiteBuilderError
from site_builder.public.letters import Letter, LetterLine
from site_builder.starter.folder import pages

CONTENT = Path(__file__).parents[3] / "content"


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_comments_of_a_page_are_shown_nowhere(tmp_path):
    (tmp_path / "pages").mkdir()
    text = "---\ntitle: 演示\norder: 1\n---\n\n甲<!-- 乙 -->丙\n\n<!-- 丁\n戊 -->\n己\n"
    (tmp_path / "pages" / "a.md").write_text(text, "utf-8")
    (page,) = read_pages(tmp_path)
    assert page.text == "甲丙\n\n\n\n己"


def test_a_folder_without_pages_has_none(tmp_path):
    assert read_pages(tmp_path) == ()


def test_pages_come_by_order_and_address(tmp_path):
    write(tmp_path, "pages/b.md", "---\ntitle: 乙\norder: 2\n---\n文字\n")
    write(tmp_path, "pages/a.md", "---\ntitle: 甲\norder: 2\ndescription: 说明\n---\n\n# 一\n\n---\n\n二\n")
    write(tmp_path, "pages/c-1.md", "---\norder: 0\ntitle: 0123\n---\n")
    write(tmp_path, "pages/readme.txt", "not a page")
    assert read_pages(tmp_path) == (
        ContentSource("c-1", "0123", 0, "", ""),
        ContentSource("a", "甲", 2, "说明", "# 一\n\n---\n\n二"),
        ContentSource("b", "乙", 2, "", "文字"),
    )


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", "文字\n", [("missing-key", 1)]),
        ("a.md", "", [("missing-key", 1)]),
        ("a.md", "---\ntitle: 甲\norder: 1\n", [("missing-key", 1)]),
        ("a.md", "---\n---\n", [("missing-key", 1), ("missing-key", 1)]),
        ("a.md", "---\ntitle: 甲\norder: x\nauthor: 乙\n---\n", [("wrong-type", 3), ("unknown-key", 4)]),
        ("a.md", "---\ntitle: [\norder: 1\n---\n", [("bad-yaml", 3)]),
        ("A b.md", "---\ntitle: 甲\norder: 1\n---\n", [("bad-value", 0)]),
        ("a.md", "---\ntitle: 甲\norder: 1\n---\n一\u202e二\n", [("control-character", 5)]),
    ],
)
def test_a_wrong_page_is_refused_with_its_rows(tmp_path, name, text, expected):
    file = write(tmp_path, f"pages/{name}", text)
    with pytest.raises(SiteBuilderError) as caught:
        read_pages(tmp_path)
    assert caught.value.exit_code is Exit.USAGE
    assert [(finding.code, finding.place.row) for finding in caught.value.findings] == expected
    assert {finding.place.file for finding in caught.value.findings} == {str(file)}


def test_faults_of_all_pages_are_shown_at_once(tmp_path):
    write(tmp_path, "pages/a.md", "")
    write(tmp_path, "pages/b.md", "")
    with pytest.raises(SiteBuilderError) as caught:
        read_pages(tmp_path)
    assert len(caught.value.findings) == 2


def source(tmp_path: Path, name: str = "demo") -> LawSource:
    return LawSource(name, "YS", "演示市信用条例", tmp_path / "official" / f"{name}.txt")


def test_the_official_text_is_read_where_it_is_at_hand(tmp_path):
    write(tmp_path, "laws/demo.md", "# 演示市信用条例\n\n> 摘要\n\n第一条 短\n")
    write(tmp_path, "official/demo.txt", "演示市信用条例\n第一条 全文。\n")
    (shelved,) = read_laws(tmp_path, (source(tmp_path),), dt.date(2026, 11, 20))
    assert shelved.law.digest is False
    assert shelved.index.title == "演示市信用条例"
    assert list(shelved.index.articles) == [1]


def test_the_digest_is_read_where_the_official_text_is_not_at_hand(tmp_path):
    write(tmp_path, "laws/demo.md", "# 演示市信用条例\n\n> 摘要\n\n第一条 短\n")
    (shelved,) = read_laws(tmp_path, (source(tmp_path),), dt.date(2026, 11, 20))
    assert shelved.law.digest is True


def test_faults_of_all_regulations_are_shown_at_once(tmp_path):
    write(tmp_path, "laws/demo.md", "# 演示市信用条例\n")
    with pytest.raises(SiteBuilderError) as caught:
        read_laws(tmp_path, (source(tmp_path), source(tmp_path, "absent")), dt.date(2026, 11, 20))
    assert [finding.code for finding in caught.value.findings] == ["law-empty", "missing-file"]


def test_letter_of_a_page_is_read_with_what_the_record_fills_in(tmp_path):
    letter = "{title: 申请书, about: '{期限}内', to: ['单位（{来源|单位}）'], papers: [证明]}"
    write(tmp_path, "pages/a.md", f"---\ntitle: 演示\norder: 1\nletter: {letter}\n---\n文字\n")
    (page,) = read_pages(tmp_path, {"期限": "三日"})
    assert page.letter == Letter(
        title="申请书",
        about="三日内",
        to=(LetterLine("单位（", "来源|单位", "）"),),
        grounds=(),
        papers=(LetterLine("证明"),),
    )


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        ("{title: 申请书}", "missing-key"),
        ("{papers: [证明]}", "missing-key"),
        ("{title: 甲, papers: [乙], 丙: 丁}", "unknown-key"),
    ],
)
def test_letter_that_is_not_whole_is_refused(tmp_path, letter, code):
    write(tmp_path, "pages/a.md", f"---\ntitle: 演示\norder: 1\nletter: {letter}\n---\n")
    with pytest.raises(SiteBuilderError) as refused:
        read_pages(tmp_path)
    assert [one.code for one in refused.value.findings] == [code]


@pytest.mark.parametrize("city", sorted(SHIPPED))
def test_guides_of_a_sample_say_what_those_of_a_new_site_say(city):
    site = load_site(CONTENT / city / "site.yml")
    unit = site.unit
    said = {name: getattr(unit, name) for name in ("owner", "operator", "phone", "address", "email", "hours")}
    said |= {"name": site.site.name, "place": {"dalian": "大连市", "lingyuan": "凌源市"}[city]}
    sample = {path.name: path.read_text("utf-8") for path in (CONTENT / city / "pages").glob("*.md")}
    assert sample == dict(pages(SHIPPED[city], said))
