"""Components: their descriptions, their examples, the style guide, and the flat pages that repeat their markup."""

from __future__ import annotations

from pathlib import Path

import component_examples as e
import html5lib
import pytest

from site_builder.errors import SiteBuilderError
from site_builder.pages import contexts as c
from site_builder.render.components import read_components, render_example
from site_builder.render.environment import load_theme
from site_builder.render.styleguide import style_guide, write

THEME = load_theme(e.THEMES, "credit")
BY = e.renderer("credit")
COMPONENTS = read_components(THEME)
EXAMPLES = [(component, example) for component in COMPONENTS for example in component.examples]


def parsed(text: str) -> object:
    return html5lib.HTMLParser(strict=True).parse(text)


def test_every_folder_of_a_component_is_described() -> None:
    folders = {path.name for path in (e.THEMES / "credit" / "components").iterdir() if path.is_dir()}
    assert folders == {component.name for component in COMPONENTS}


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda one: one.name)
def test_macro_takes_the_parameters_its_description_names(component: object) -> None:
    template = THEME.environment.get_template(f"{component.name}/template.html")  # type: ignore[attr-defined]
    macro = getattr(template.module, component.macro)  # type: ignore[attr-defined]
    assert [name for name in macro.arguments if name != "root"] == list(component.parameters)  # type: ignore[attr-defined]
    assert macro.arguments[-1] == "root" or "root" not in macro.arguments


@pytest.mark.parametrize(("component", "example"), EXAMPLES, ids=[f"{a.name}-{b.title}" for a, b in EXAMPLES])
def test_example_is_valid_html(component: object, example: object) -> None:
    html = render_example(component, example, THEME, BY, "../")  # type: ignore[arg-type]
    parsed(f"<!DOCTYPE html><html lang='zh-CN'><head><title>演示</title></head><body>{html}</body></html>")
    assert html.strip()
    assert "\0" not in html


def test_style_guide_shows_every_example_and_is_valid(tmp_path: Path) -> None:
    page = style_guide(THEME)
    parsed(page)
    for component, example in EXAMPLES:
        assert f'id="c-{component.name}"' in page
        assert f"例：{example.title}" in page
    write(e.THEMES, "dalian", tmp_path)
    assert (tmp_path / "index.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (tmp_path / "assets" / "site.css").is_file()


def macro(name: str, *given: object) -> str:
    return str(getattr(THEME.environment.get_template(f"{name}/template.html").module, name)(*given)).strip()


def test_entry_page_repeats_its_components_word_for_word() -> None:
    page = BY.page("severe.html", e.SEVERE_PAGE, e.meta("演示"), e.layout("severe"), "../").decode()
    cells = (
        ("行为类别", c.Link("", e.SEVERE_PAGE.category)),
        ("认定单位", c.Link("", e.SEVERE_PAGE.authority)),
        ("列入日期", c.Link("", "2026-11-12")),
        ("公示至", c.Link("", "2029-08-30")),
        ("惩戒措施", c.Link("#measures", "2 项")),
        ("可以怎么办", c.Link("#ways", "异议、修复与移出")),
    )
    assert macro("crumbs", e.SEVERE_PAGE.crumbs, "../") in page
    assert macro("glance", cells, "../") in page
    assert macro("timeline", e.SEVERE_PAGE.timeline) in page
    assert macro("cite", e.SEVERE_PAGE.citation, "../") in page


WRONG = {
    "macro": "title: a\nabout: b\nmacro: m\nparameters: {x: {type: Nothing, about: x}}\n"
    "examples: [{title: t, with: {x: 1}}]\n",
    "kind": "title: a\nabout: b\nmacro: m\nparameters: {x: {type: int, about: x}}\n"
    "examples: [{title: t, with: {x: y}}]\n",
    "missing": "title: a\nabout: b\nmacro: m\nparameters: {x: {type: int, about: x}}\n"
    "examples: [{title: t, with: {}}]\n",
    "unknown": "title: a\nabout: b\nmacro: m\nparameters: {}\nexamples: []\ncolour: red\n",
    "yaml": "title: [\n",
}


@pytest.mark.parametrize("described", WRONG.values(), ids=list(WRONG))
def test_faulty_description_is_refused_with_its_place(tmp_path: Path, described: str) -> None:
    folder = tmp_path / "a" / "components" / "thing"
    folder.mkdir(parents=True)
    (tmp_path / "a" / "theme.yml").write_text("name: a\n", encoding="utf-8")
    (folder / "component.yml").write_text(described, encoding="utf-8")
    with pytest.raises(SiteBuilderError, match=r"thing/component\.yml"):
        read_components(load_theme(tmp_path, "a"))
