"""The program names no city: what one decides and says is data, and a third city shows nothing of the others."""

import ast
from pathlib import Path
import re

import pytest
import read_pages
import small_sites
from webmasters_desk import clean, process

PROGRAM = Path(__file__).parents[3] / "site_builder"
CITY = re.compile(r"大连|凌源|[Dd]alian|[Ll]ingyuan|\b(DL|LY)\b")
OTHERS = re.compile(r"大连|凌源|\b(DL|LY)[ -][0-9]|五年|三个工作日|八个工作日")
THIRD = Path(__file__).parents[2] / "given" / "third_city"


def docstrings(tree):
    """The nodes of the docstrings, those below an attribute too."""
    bodies = (getattr(node, "body", ()) for node in ast.walk(tree))
    statements = (one for body in bodies if isinstance(body, list) for one in body)
    return {id(one.value) for one in statements if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)}


@pytest.mark.parametrize("path", sorted(PROGRAM.rglob("*.py")), ids=lambda path: str(path.relative_to(PROGRAM)))
def test_no_string_of_the_program_names_a_city(path):
    tree = ast.parse(path.read_text())
    skipped = docstrings(tree)
    told = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in skipped]
    assert [one for one in told if isinstance(one, str) and CITY.search(one)] == []


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A site of the third city with every kind it has, live; what its web root holds."""
    home = tmp_path_factory.mktemp("third")
    made = clean(process("init", str(home / "ys"), "--law", str(THIRD), "--export-name", "small"))
    assert made.returncode == 0, made.stderr
    site = home / "ys" / "site.yml"
    kinds = "publish:\n  kinds: [watch-list, catalogue, commitments]\n"
    site.write_text(site.read_text().replace("publish:\n", kinds))
    law = ["《演示市社会信用办法》第六条第（二）项"]
    others = {
        kind: [row | {"basis": law} if "basis" in row else row for row in rows]
        for kind, rows in small_sites.optional().items()
        if kind in {"watch-list", "catalogue", "commitments"}
    }
    others["catalogue"] = [row | {"term": "三年"} for row in others["catalogue"]]
    export = small_sites.write_export(
        home / "export",
        severe=[
            small_sites.entry("S-1", basis=law, decided_on=small_sites.AS_OF.replace(year=2025), region="000000"),
            small_sites.person("S-2", basis=law),
        ],
        measures=[small_sites.measure(basis=law, clause="YS-13")],
        models=[small_sites.model(region="000000")],
        others=others,
    )
    small_sites.build_site(site, export, home / "out", themes=home / "ys" / "themes")
    files = small_sites.files_of((home / "out" / "ys" / "current").resolve())
    assert len(files) > 100
    return files


def test_third_city_is_built_by_its_own_law(built):
    assert "severe/S-1.html" in built
    assert "severe/S-2.html" not in built, "never a natural person"
    page = built["severe/S-1.html"].decode()
    assert "公示至 2028-11-20" in re.sub(r"<[^>]+>", "", page), "three years from the decision"
    assert "七个工作日" in page
    assert "十五个工作日" in built["guide/objection.html"].decode()
    assert "第六条第（二）项" in page
    told = [
        path
        for path, data in built.items()
        if path.endswith(".html") and re.search("\\{[\u4e00-\u9fff]+\\}", data.decode())
    ]
    assert told == [], "every number of the words stands in them"


def test_nothing_of_the_other_cities_stands_in_any_byte_of_it(built):
    found = {
        (path, match[0])
        for path, data in read_pages.decoded(built)
        for match in OTHERS.finditer(data.decode("utf-8", "replace"))
    }
    assert found == set()
