"""The style guide of a theme: its components with their examples, on one page that is no part of any site.

``python -m site_builder.render.styleguide THEMES NAME FOLDER`` writes it.
"""

from __future__ import annotations

from pathlib import Path
import sys
from typing import Final

from markupsafe import Markup
import msgspec

from site_builder.render.assets import collect
from site_builder.render.components import read_components, render_example
from site_builder.render.environment import Theme, load_theme
from site_builder.render.pages import Renderer

PAGE: Final = "index.html"
TEMPLATE: Final = "style-guide.html"


class Specimen(msgspec.Struct, frozen=True):
    """One example with the HTML it gives."""

    title: str
    html: Markup


def style_guide(theme: Theme) -> str:
    """The page: every component with what it is for, its parameters, and its examples as they look."""
    renderer = Renderer(theme)
    components = [
        (
            component,
            [
                Specimen(example.title, render_example(component, example, theme, renderer, "./"))
                for example in component.examples
            ],
        )
        for component in read_components(theme)
    ]
    return theme.environment.get_template(TEMPLATE).render(theme=theme.name, components=components)


def write(themes: Path, name: str, folder: Path) -> None:
    """The style guide of the theme ``name`` with its assets, in ``folder``."""
    theme = load_theme(themes, name)
    files = {f"assets/{path}": data for path, data in collect(theme).items()}
    for path, data in {PAGE: style_guide(theme).encode(), **files}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
