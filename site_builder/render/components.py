"""The components of a theme: a folder each with its template, its style, its parameters and its examples.

``component.yml`` says what a component is for, names its macro and the type of each parameter, and gives examples.
The examples are checked against the contexts pages get, shown in the style guide, and used by the tests.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from markupsafe import Markup
import msgspec
import yaml

from site_builder.errors import Exit, Place, refuse
from site_builder.pages import contexts as c
from site_builder.pages.province_contexts import MemberSite

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.render.environment import Theme
    from site_builder.render.pages import Renderer

FILE: Final = "component.yml"

TYPES: Final[dict[str, object]] = {
    "str": str,
    "int": int,
    "bool": bool,
    "Html": str,
    "Paragraphs": tuple[str, ...],
    "Link": c.Link,
    "MaybeLink": c.Link | None,
    "Links": tuple[c.Link, ...],
    "Basis": c.Basis,
    "Citation": c.Citation,
    "Days": c.Days,
    "Layout": c.Layout,
    "Letter": c.Letter,
    "Advices": tuple[c.Advice, ...],
    "Doors": tuple[tuple[c.Link, str], ...],
    "Cells": tuple[tuple[str, c.Link], ...],
    "Facts": tuple[tuple[str, tuple[str, ...]], ...],
    "Events": tuple[c.Event, ...],
    "Rows": tuple[c.SevereRow, ...],
    "Members": tuple[MemberSite, ...],
    "MeasureRow": c.MeasureRow,
    "RoleModelRow": c.RoleModelRow,
    "Picture": c.Picture,
    "Announcements": tuple[c.AnnouncementRow, ...],
    "Bars": c.BarChart,
    "ColumnChart": c.ColumnChart,
    "FieldPicture": c.FieldPicture,
    "Matrix": c.Matrix,
    "Groups": tuple[tuple[str, tuple[c.Link, ...]], ...],
    "Choices": tuple[tuple[str, str, tuple[str, ...]], ...],
}
"""The types a parameter may have: name in ``component.yml`` → what a template gets."""


class Parameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One parameter of a component's macro; ``type`` is a key of ``TYPES``."""

    type: str
    about: str


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"given": "with"}):
    """One use of a component: a value for every parameter."""

    title: str
    given: dict[str, object]


class Component(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A component as its folder describes it; ``name`` is the folder's, ``inside`` the element it must stand in."""

    title: str
    about: str
    macro: str
    parameters: dict[str, Parameter]
    examples: tuple[Example, ...]
    name: str = ""
    inside: str = "div"


def read_components(theme: Theme) -> tuple[Component, ...]:
    """Every component of a theme and what it inherits, by name.

    Raises ``SiteBuilderError`` (exit code 2) when a description is wrong or an example does not fit its parameters.
    """
    found: dict[str, Path] = {}
    for folder in reversed(theme.folders):
        found |= {path.parent.name: path for path in (folder / "components").glob(f"*/{FILE}")}
    return tuple(_read(name, found[name]) for name in sorted(found))


def _read(name: str, path: Path) -> Component:
    try:
        described = yaml.safe_load(path.read_text(encoding="utf-8"))
        component = msgspec.structs.replace(msgspec.convert(described, Component), name=name)
        for example in component.examples:
            values_of(component, example)
    except (yaml.YAMLError, msgspec.ValidationError, KeyError) as error:
        said, place = f"部件说明不对：{error}", Place(f"{name}/{FILE}")
        raise refuse("theme", said, hint="对照别的部件改正。", place=place, exit_code=Exit.USAGE) from error
    return component


def values_of(component: Component, example: Example) -> dict[str, object]:
    """The values of an example as templates get them; every parameter has one, and nothing else has."""
    if set(example.given) != set(component.parameters):
        raise KeyError(f"「{example.title}」的参数不齐")
    values = {
        name: msgspec.convert(example.given[name], TYPES[parameter.type], builtin_types=(dt.date,))
        for name, parameter in component.parameters.items()
    }
    return {
        name: Markup(value) if component.parameters[name].type == "Html" else value  # noqa: S704  # the theme's own file
        for name, value in values.items()
    }


def render_example(component: Component, example: Example, theme: Theme, renderer: Renderer, root: str) -> Markup:
    """An example as HTML; rows of entries are rendered first, as they are for a page."""
    values = values_of(component, example)
    for name, parameter in component.parameters.items():
        if parameter.type == "Rows":
            rows = msgspec.convert(example.given[name], tuple[c.SevereRow, ...], builtin_types=(dt.date,))
            html = "".join(renderer.row(row).replace("\0", root) for row in rows)
            values[name] = c.Rows(Markup(html), len(rows))  # noqa: S704  # as below
    template = theme.environment.get_template(f"{component.name}/template.html")
    macro = getattr(template.module, component.macro)
    if "root" in macro.arguments:
        values["root"] = root
    return Markup(macro(**values))  # noqa: S704  # rendered by our own template
