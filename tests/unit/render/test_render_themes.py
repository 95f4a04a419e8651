"""Loading themes, inheritance, assets, and what the environment refuses."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import component_examples as e
import jinja2
import msgspec
import pytest

from site_builder.errors import Exit, SiteBuilderError
from site_builder.pages.contexts import Rows
from site_builder.render.assets import collect, stylesheet
from site_builder.render.environment import load_theme
from site_builder.render.pages import ROOT_MARK, Renderer


def write(folder: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def test_child_overrides_its_parent_file_by_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "base/theme.yml": "name: base\n",
            "base/templates/a.html": "base a",
            "base/templates/b.html": "base b {% include 'a.html' %}",
            "base/assets/x.css": "base x",
            "base/assets/deep/y.css": "base y",
            "city/theme.yml": "name: city\ninherits: base\n",
            "city/templates/a.html": "city a",
            "city/assets/deep/y.css": "city y",
            "city/assets/.hidden": "no",
        },
    )
    theme = load_theme(tmp_path, "city")
    assert theme.name == "city"
    assert theme.environment.get_template("b.html").render() == "base b city a"
    assert collect(theme) == {"deep/y.css": b"city y", "x.css": b"base x"}


def test_asset_that_is_a_link_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, {"base/theme.yml": "name: base\n", "base/assets/a.css": "a", "secret": "s"})
    (tmp_path / "base/assets/b.css").symlink_to(tmp_path / "secret")
    assert collect(load_theme(tmp_path, "base")) == {"a.css": b"a"}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a/theme.yml": "name: a\ninherits: b\n", "b/theme.yml": "name: b\ninherits: a\n"}, "a → b → a"),
        ({"a/theme.yml": "name: a\ninherits: a\n"}, "a → a"),
        ({"a/theme.yml": "name: a\ninherits: a\n"}, "inherits 改成程序带的主题，例如 inherits: credit"),
        ({"a/theme.yml": "name: a\ninherits: gone\n"}, "gone"),
        ({"a/theme.yml": "name: a\ninherits: ../a\n"}, "没有名为"),
        ({"a/theme.yml": "name: a\ninherits: 3\n"}, "inherits"),
        ({"a/theme.yml": "name: b\n"}, "与文件夹同名"),
        ({"a/theme.yml": "name: a\ncolour: red\n"}, "只能有"),
        ({"a/theme.yml": "- a\n"}, "只能有"),
        ({"a/theme.yml": "name: [\n"}, "读不懂"),
        ({"b/theme.yml": "name: b\n"}, "没有名为"),
    ],
)
def test_faulty_theme_is_refused_with_its_place(tmp_path: Path, files: dict[str, str], said: str) -> None:
    write(tmp_path, files)
    with pytest.raises(SiteBuilderError, match=r"theme\.yml") as refused:
        load_theme(tmp_path, "a")
    assert refused.value.exit_code is Exit.USAGE
    assert said in str(refused.value)


def test_theme_called_as_the_program_s_that_it_inherits_is_told_what_to_rename(tmp_path: Path) -> None:
    write(tmp_path, {"credit/theme.yml": "name: credit\ninherits: credit\n"})
    with pytest.raises(SiteBuilderError) as refused:
        load_theme(tmp_path, "credit")
    [finding] = refused.value.findings
    assert "credit-own" in finding.hint
    (tmp_path / "credit").rename(tmp_path / "credit-own")
    write(tmp_path, {"credit-own/theme.yml": "name: credit-own\ninherits: credit\n"})
    assert [one.name for one in load_theme(tmp_path, "credit-own").folders] == ["credit-own", "credit"]


def test_environment_escapes_whatever_a_template_is_called_and_has_no_globals(tmp_path: Path) -> None:
    write(
        tmp_path, {"a/theme.yml": "name: a\n", "a/templates/t.html.j2": "{{ x }}", "a/templates/g.html": "{{ range }}"}
    )
    environment = load_theme(tmp_path, "a").environment
    assert environment.get_template("t.html.j2").render(x="<b>") == "&lt;b&gt;"
    with pytest.raises(jinja2.UndefinedError):
        environment.get_template("g.html").render()


def test_template_that_names_what_its_context_lacks_is_an_error() -> None:
    with pytest.raises(
        SiteBuilderError, match=r"credit/templates/severe\.html:[0-9]+ theme 模板有错：.*has no attribute"
    ):
        e.renderer().page("severe.html", e.NOT_FOUND, e.meta("演示"), e.layout("severe"), "../")


def test_row_is_rendered_once_and_takes_the_root_of_each_page() -> None:
    by = e.renderer()
    row = by.row(e.ROWS[0])
    assert f'href="{ROOT_MARK}severe/DL2026-000000.html"' in row
    for root in ("../", "../../../", "/a&b/"):
        context = msgspec.structs.replace(e.SEVERE_LIST, rows=Rows(row, 1))
        page = by.page("severe-list.html", context, e.meta("演示"), e.layout("severe"), root)
        assert f'href="{root.replace("&", "&amp;")}severe/DL2026-000000.html"'.encode() in page
        assert ROOT_MARK.encode() not in page


def test_where_values_stand_is_told_and_what_is_outside_is_the_same_whatever_they_say() -> None:
    by = e.renderer()

    def cut(name: str) -> tuple[list[bytes], list[bytes]]:
        context = msgspec.structs.replace(e.SEVERE_PAGE, name=name)
        given = "severe.html", context, e.meta(name), e.layout("severe"), "../"
        page, (constants, values) = by.page_of_values(*given)
        pieces = [piece for pair in zip(constants, [*values, ""], strict=True) for piece in pair]
        assert page == b"".join(one if isinstance(one, bytes) else one.encode() for one in pieces) == by.page(*given)
        return constants, [one.encode() for one in values]

    first, other = cut("演示一号公司"), cut("演示 & 二号有限公司")
    assert first[0] == other[0]
    assert [one for one, two in zip(first[1], other[1], strict=True) if one != two].count("演示一号公司".encode()) > 1
    assert "演示 &amp; 二号有限公司".encode() in other[1]


def test_layout_is_made_anew_when_it_changes_under_the_same_section() -> None:
    by = e.renderer()
    first = e.layout("severe")
    other = msgspec.structs.replace(first, site_name="信用演示")
    given = "not-found.html", e.NOT_FOUND, e.meta("演示")
    assert "信用中国" in by.page(*given, first, "../").decode()
    assert "信用中国" not in by.page(*given, other, "../").decode()
    assert by.page(*given, first, "../") == Renderer(load_theme(e.THEMES, "dalian")).page(*given, first, "../")


def test_city_themes_differ_from_the_common_one_in_colours_alone() -> None:
    common = collect(load_theme(e.THEMES, "credit"))
    for city in ("dalian", "lingyuan"):
        own = collect(load_theme(e.THEMES, city))
        assert own.keys() == common.keys()
        assert {name for name in own if own[name] != common[name]} == {"site.css"}
        assert (e.THEMES / city / "style" / "10-colours.css").is_file()
        files = [path.name for path in (e.THEMES / city).rglob("*") if path.is_file()]
        assert sorted(files) == ["10-colours.css", "theme.yml"]


def test_style_and_script_stay_small() -> None:
    assets = collect(load_theme(e.THEMES, "dalian"))
    sent = {
        path: gzip.compress(data, mtime=0)
        for path, data in assets.items()
        if not path.startswith(("search/", "explore/"))
    }
    assert sum(map(len, sent)) < 12_000


def test_style_sheet_is_put_together_in_a_fixed_order(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "base/theme.yml": "name: base\n",
            "base/style/10-colours.css": "/* none */ a { color : red; }\n",
            "base/style/20-base.css": "b > i, u { margin: 0 }",
            "base/style/90-print.css": "@media print { c { top: 0; } }",
            "base/components/zebra/style.css": "z { top: 1px; }",
            "base/components/apple/style.css": "y { top: calc(1px - 2px); }",
            "base/components/apple/template.html": "<y>",
            "city/theme.yml": "name: city\ninherits: base\n",
            "city/style/10-colours.css": "a { color: blue; }",
            "city/components/zebra/style.css": "z { top: 2px; }",
        },
    )
    theme = load_theme(tmp_path, "city")
    assert stylesheet(theme) == (
        "a{color: blue}b>i,u{margin: 0}y{top: calc(1px - 2px)}z{top: 2px}@media print{c{top: 0}}"
    )
    assert list(collect(theme)) == ["site.css"]
    assert theme.environment.get_template("apple/template.html").render() == "<y>"


def test_grid_is_the_library_as_it_was_published() -> None:
    folder = e.THEMES / "credit" / "assets" / "explore" / "tabulator"
    told = dict(
        reversed(line.split("  ")) for line in (folder / "SHA256SUMS.txt").read_text("utf-8").strip().splitlines()
    )
    assert {path.name for path in folder.iterdir()} == {*told, "SHA256SUMS.txt"}
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in told.items())
