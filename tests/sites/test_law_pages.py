"""The pages of regulations: an official text has an address for each 款, a digest says at each article what it is."""

import os
from pathlib import Path
import re

import pytest
import small_sites
import yaml

from site_builder.config.source import read_text
from site_builder.content.laws import parse_law
from site_builder.pages import urls
from site_builder.vocabulary import Kind

SEEDS = os.environ.get("SITE_BUILDER_SEEDS", "")
OFFICIAL = {"dalian": "dalian-regulation.txt", "lingyuan": "lingyuan-measures.txt"}
NAMES = {"dalian": ("DL", "大连市社会信用条例", 35), "lingyuan": ("LY", "凌源市社会信用管理办法", 15)}
DEMO = """\
演示市诚信条例
（2020年1月1日演示大会通过）
第一条　甲。
第二条　乙。
丙：
（一）丁；
（二）戊。
"""


def built(folder, city, text, *, statutes=None, basis):
    """The web root of a site whose regulation has this text, with one entry and one measure of this basis."""
    code, title, _ = NAMES[city]
    small_sites.write_export(
        folder / "export",
        severe=[small_sites.entry("S-1", basis=basis)],
        measures=[small_sites.measure("M-1", basis=basis)],
        models=[],
    )
    site = small_sites.write_site(folder / "content", city)
    described = yaml.safe_load(site.read_text("utf-8"))
    described["laws"] = [{"name": city, "code": code, "title": title, "file": str(text)}]
    described["statutes"] = statutes or {}
    site.write_text(yaml.safe_dump(described, allow_unicode=True), "utf-8")
    small_sites.build_site(site, folder / "export", folder / "out")
    return small_sites.live_root(folder / "out", city)


def page(root, address):
    return (root / address).read_text("utf-8")


@pytest.fixture
def official(tmp_path):
    file = tmp_path / "official.txt"
    file.write_text(DEMO, "utf-8")
    return file


def test_citation_of_a_paragraph_leads_to_it_and_the_paragraph_says_what_rests_on_it(tmp_path, official):
    cited = "《大连市社会信用条例》第二条第二款"
    root = built(tmp_path, "dalian", official, basis=[cited, "《大连市社会信用条例》第一条第一款"])
    law = page(root, "laws/dalian.html")
    assert re.findall(r'id="art-([^"]+)"', law) == ["1", "1-p1", "2", "2-p1", "2-p2", "2-1", "2-2"]
    assert "摘要" not in law
    assert 'href="../laws/dalian.html#art-2-p2"' in page(root, urls.record(Kind.SEVERE, "S-1"))
    assert 'href="../laws/dalian.html#art-2-p2"' in page(root, urls.record(Kind.MEASURE, "M-1"))
    resting = law[law.index('id="art-2-p2"') : law.index('id="art-2-1"')]
    assert "measures/M-1.html" in resting
    assert "laws/dalian/art-2-p2/" in resting
    listed = page(root, "laws/dalian/art-2-p2/index.html")
    assert cited in listed
    assert "DL-2-p2" not in listed


def test_every_article_of_a_digest_is_marked_and_a_citation_of_its_paragraph_leads_to_the_article(tmp_path):
    basis = ["《大连市社会信用条例》第三十五条第二款"]
    root = built(tmp_path, "dalian", "laws/not-there.txt", basis=basis)
    law = page(root, "laws/dalian.html")
    headings = re.findall(r"<h3 id=.*?</h3>", law)
    assert len(headings) > 60
    assert all('<span class="mark">摘要</span>' in one for one in headings)
    assert re.search(r'id="art-\d+-p\d+"', law) is None
    entry = page(root, urls.record(Kind.SEVERE, "S-1"))
    assert 'href="../laws/dalian.html#art-35"' in entry
    assert "art-35-p2" not in entry


def test_statute_the_site_lacks_is_a_link_only_where_the_site_gives_its_address(tmp_path, official):
    basis = ["《演示处罚法》第三十二条", "《演示别的法》第一条"]
    root = built(tmp_path, "dalian", official, statutes={"演示处罚法": "https://law.example/32"}, basis=basis)
    for address in (urls.record(Kind.SEVERE, "S-1"), urls.record(Kind.MEASURE, "M-1")):
        text = page(root, address)
        assert '<a href="https://law.example/32" rel="noopener">《演示处罚法》第三十二条</a>' in text
        assert "《演示别的法》第一条</a>" not in text
        assert "《演示别的法》第一条" in text


@pytest.mark.skipif(not SEEDS, reason="the official texts are not at hand (SITE_BUILDER_SEEDS)")
@pytest.mark.parametrize("city", sorted(OFFICIAL))
def test_site_with_the_official_text_shows_it_whole_with_an_address_for_each_paragraph(tmp_path, city):
    _, title, number = NAMES[city]
    file = Path(SEEDS, OFFICIAL[city])
    root = built(tmp_path, city, file, basis=[f"《{title}》第{'三十五' if number == 35 else '十五'}条第二款"])
    law = page(root, f"laws/{city}.html")
    assert "摘要" not in law
    for article in parse_law(read_text(file), str(file)).articles:
        for part in article.parts:
            assert f'id="{part.anchor}"' in law
    assert f'href="../laws/{city}.html#art-{number}-p2"' in page(root, urls.record(Kind.SEVERE, "S-1"))
    assert f"第{'三十五' if number == 35 else '十五'}条第二款" in page(root, f"laws/{city}/art-{number}-p2/index.html")
