"""The reference is complete: held against what the program reads and writes, not against what it was made from."""

from pathlib import Path
import re

import msgspec
import pytest
from shared_samples import sample_root
import small_sites
import yaml

from site_builder.law.cities import shipped
from site_builder.pages import contexts, optional_contexts, province_contexts
from site_builder.public import letters
from site_builder.rules.decision import Reason
from site_builder.vocabulary import Action, Kind

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def first_cells(page):
    """The code in the first cell of each row of a page's tables."""
    return re.findall(r"^\| `([^`]+)`", (DOCS / page).read_text(), re.MULTILINE)


@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
def test_every_file_of_a_site_has_its_address_in_the_reference(city):
    known = [address for address in first_cells("addresses.md") if not address.startswith(("<base", "<列表>"))]
    patterns = [re.sub(r"<[^>]+>", "[^/]+", re.escape(one).replace("\\<", "<").replace("\\>", ">")) for one in known]
    whole = [f"{one}(?:index\\.html|page-[0-9a-f]{{12}}\\.html)?" if one.endswith("/") else one for one in patterns]
    inside = ["assets/.*", "search/lookup/.*", "search/fulltext/.*", r"data/measure-(?:links|entries)\..*"]
    address = re.compile("|".join([*whole, *inside]))
    unknown = [path for path in small_sites.files_of(sample_root(city)) if not address.fullmatch(path)]
    assert unknown == []


def test_every_template_and_every_field_of_what_it_gets_is_in_the_reference():
    text = (DOCS / "templates.md").read_text()
    templates = ROOT / "site_builder" / "themes" / "credit" / "templates"
    there = {path.name for path in templates.glob("*.html")} - {"style-guide.html"}
    assert set(re.findall(r"^## `(.*)`$", text, re.MULTILINE)) == there
    named = vars(contexts) | vars(optional_contexts) | vars(province_contexts) | vars(letters)
    given = {one for one in named.values() if isinstance(one, type) and issubclass(one, msgspec.Struct)}
    told = [line for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    told = [line for line in told if not line.startswith("#")]
    assert len(told) == sum(len(one.__struct_fields__) for one in given - {msgspec.Struct})


@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
def test_every_key_of_the_samples_site_files_is_in_the_reference(city):
    sections = (DOCS / "site-file.md").read_text().split("\n## ")[1:]
    told = {part.split("`")[1]: set(re.findall(r"^\| `(\w+)`", part, re.MULTILINE)) for part in sections}
    for name, inner in yaml.safe_load((ROOT / "content" / city / "site.yml").read_text()).items():
        assert name in told
        for one in inner if isinstance(inner, list) else [inner]:
            assert name == "regions" or set(one) <= told[name]


def test_orders_of_the_overlay_stand_with_its_keys():
    sections = (DOCS / "site-file.md").read_text().split("\n## ")[1:]
    parts = {part.split("`")[1]: part for part in sections if part.startswith("`")}
    assert [name for name, part in parts.items() if "| `what` | 意思 |" in part] == ["overlay.yml"]
    for what in Action:
        assert f"\n| `{what}` |" in parts["overlay.yml"]


def test_kinds_the_catalogue_decides_about_are_those_of_the_rules():
    rules = shipped("lingyuan").latest.kinds
    asked = {kind for kind, ruled in rules.items() if Reason.CATALOGUE_MODE in {one.reason for one in ruled.rules}}
    _, told = (DOCS / "kinds.md").read_text().split("**`catalogue_mode`**")
    told, _, _ = told.partition("\n\n")
    assert {one for one in Kind if f"`{one}`" in told.partition("Without the resource")[0]} == asked


@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
def test_every_column_of_the_samples_exports_is_in_the_reference(city):
    text = (DOCS / "export.md").read_text()
    for path in (ROOT / "data" / city / "export").glob("*.csv"):
        part = text.split(f"## `{path.stem}`")[1].split("\n## ")[0]
        for column in path.read_text("utf-8-sig").split("\n", 1)[0].strip().split(","):
            assert f"| {column} |" in part or f"| `{column}` |" in part, column
