"""How the pages of the sample sites are worded: one kind of quotation mark, and no fact without its name."""

from __future__ import annotations

import html
import re

import pytest
from sample_pages import CITIES, rows_of, sample_root
from small_sites import PROGRAM

QUOTED = re.compile("[「『][^」』]*[」』]?")
TAGS = re.compile(r'<ul class="tags">(.*?)</ul>', re.DOTALL)
TEXT = re.compile(r"<[^>]*>")


@pytest.mark.parametrize("city", CITIES)
def test_what_is_quoted_stands_between_the_marks_of_horizontal_text(city):
    """GB/T 15834: “ ”. What a record, a law or an announcement itself says stays as it is."""
    root = sample_root(city)
    own = "".join(path.read_text("utf-8") for path in sorted((root / "data").glob("*.jsonl")))
    own += "".join(
        path.read_text("utf-8")
        for folder in (PROGRAM / "site_builder" / "cities", PROGRAM / "content" / city / "news")
        for path in sorted(folder.rglob("*.md"))
    )
    paths = [*root.rglob("*.html"), *(root / "assets").rglob("*.js")]
    assert len(paths) > 100
    found = [
        (path.relative_to(root).as_posix(), quoted)
        for path in paths
        for quoted in QUOTED.findall(html.unescape(path.read_text("utf-8")))
        if quoted not in own
    ]
    assert found == []


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize(("kind", "folder"), [("severe-list", "severe"), ("role-models", "role-models")])
def test_kind_of_subject_and_place_have_their_names_at_the_head_of_a_record(city, kind, folder):
    """“法人” beside the name alone would be read as who represents it."""
    root = sample_root(city)
    for row in rows_of(root, kind):
        (tags,) = TAGS.findall((root / folder / f"{row['id']}.html").read_text("utf-8"))
        facts = [TEXT.sub("", one).strip() for one in re.findall(r"<li[^>]*>(.*?)</li>", tags, re.DOTALL)]
        assert sum(fact.startswith("主体类型：") for fact in facts) == 1
        assert "法人" not in facts
        if row["region"]:
            assert sum(fact.startswith("所在地：") for fact in facts) == 1
