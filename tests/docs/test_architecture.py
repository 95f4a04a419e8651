"""The pages for whoever carries the code on: rooms, paths and terms they name are in the code, and none is left out."""

from pathlib import Path
import re

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "site_builder"
PAGES = [ROOT / "docs" / "architecture.md", ROOT / "docs" / "architecture.en.md"]
BOTH = [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CONTRIBUTING.en.md"]
LANGUAGES = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
EVERY = pytest.mark.parametrize("path", BOTH, ids=lambda path: path.name)


def in_code(text):
    """What a text has in backquotes."""
    return re.findall(r"`([^`\n]+)`", text)


def rooms(path):
    """The rooms of a page's table, in its order."""
    rows = re.findall(r"^\| (`[^|]*/`[^|]*|`[^|]*\.py`[^|]*)\|", path.read_text(), re.MULTILINE)
    return [room.removesuffix("/").removesuffix(".py") for row in rows for room in in_code(row)]


@LANGUAGES
def test_every_room_of_the_program_stands_in_the_table_once(path):
    there = {one.stem for one in PROGRAM.iterdir() if one.name[0] not in "_." and one.suffix in {"", ".py"}}
    assert sorted(rooms(path)) == sorted(there)


def test_rooms_stand_in_the_same_order_in_both_languages():
    assert rooms(PAGES[0]) == rooms(PAGES[1])


@EVERY
def test_every_path_that_is_named_is_there(path):
    for named in in_code(path.read_text()):
        if re.fullmatch(r"[\w.<>-]+(?:/[\w.<>-]*)+|[\w-]+\.py", named) and "<" not in named:
            assert any(place.exists() for place in (ROOT / named, PROGRAM / named, PROGRAM / "kinds" / named)), named


@EVERY
def test_every_name_that_looks_like_code_is_in_the_code(path):
    """``SevereEntry``, ``read_memory``, ``SLOWEST``; and every name in the glossary's last column."""
    sources = [*PROGRAM.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), ROOT / "Makefile"]
    code = set(re.findall(r"\w+", "\n".join(one.read_text() for one in sources if one != Path(__file__))))
    glossary = re.findall(r"^\|[^|]*[\u4e00-\u9fff][^|]*\|[^|]*\|([^|]*)\|$", path.read_text(), re.MULTILINE)
    looks = [one for one in in_code(path.read_text()) if re.fullmatch(r"[A-Z]\w+|[a-z]+_\w+", one)]
    assert len(glossary) > 20 or path.name != "architecture.md"
    for named in [*looks, *(one for cell in glossary for one in in_code(cell))]:
        assert named in code, named
