"""From a context to the bytes of a page.

``layout.html`` is the same for every page of a section and depth, so it is rendered once for each, with a mark where
the head's own lines go and one where ``<main>`` goes, and cut there into three byte strings. A page is then
``shell + head + shell + main + shell``.
"""

from __future__ import annotations

from pathlib import Path
import traceback
from typing import TYPE_CHECKING, Final, NamedTuple

import jinja2
from markupsafe import Markup, escape

from site_builder.errors import Exit, Place, SiteBuilderError, refuse

if TYPE_CHECKING:
    from site_builder.pages.contexts import Layout, MeasureRow, Meta, RoleModelRow, SevereRow
    from site_builder.pages.optional_contexts import OptionalRow
    from site_builder.render.environment import Theme

ROOT_MARK: Final = "\x00"
"""Stands for ``root`` in a rendered row, until a page takes the row in."""

_ROWS: Final = {
    "SevereRow": "severe-row.html",
    "MeasureRow": "measure-row.html",
    "RoleModelRow": "role-model-row.html",
    "OptionalRow": "optional-row.html",
}
"""What renders the row of a record in a list."""

_FOLDERS: Final = frozenset({"templates", "components"})
_HEAD_MARK: Final = Markup("\x01")
_MAIN_MARK: Final = Markup("\x02")


WAYS: Final = 1_000
"""Ways through the templates kept in mind; then all are forgotten."""


class Joined(NamedTuple):
    """What a page is joined of: a constant, a value, a constant, and so on, a constant last; of nothing where not told.

    Pages that came the same way through the templates have the very same ``constants``.
    """

    constants: tuple[bytes, ...]
    values: list[str]


NOT_TOLD: Final = Joined((), [])


class _Shell:
    """The three parts of a rendered layout, and the layout and root they were made from."""

    __slots__ = ("after", "before", "between", "layout", "root")

    def __init__(self, layout: Layout, root: str, html: str) -> None:
        before, rest = html.split(_HEAD_MARK, 1)
        between, after = rest.split(_MAIN_MARK, 1)
        self.layout = layout
        self.root = str(escape(root)).encode()
        self.before = before.encode()
        self.between = between.encode()
        self.after = after.encode()


class Renderer:
    """Renders the pages of one site with one theme. Holds caches, so make one a process and keep it.

    ``_own``: the templates' own texts by identity, which live as long as they do, and the ways to the web root.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._templates: dict[str, jinja2.Template] = {}
        self._shells: dict[tuple[str, str], _Shell] = {}
        self._own: dict[int, int] = {}
        self._roots: dict[str, str] = {}
        self._ways: dict[tuple[object, ...], tuple[tuple[bytes, ...], tuple[int, ...]]] = {}
        self._rows = {name: self._template(template) for name, template in _ROWS.items()}
        self._head = self._template("head.html")

    def __reduce__(self) -> tuple[type[Renderer], tuple[Theme]]:
        """On another machine it is made anew, of the same templates."""
        return Renderer, (self._theme,)

    def page(self, template: str, context: object, meta: Meta, layout: Layout, root: str) -> bytes:
        """The whole page: ``template`` (such as ``severe.html``) sees ``page`` and ``root`` alone.

        ``root`` leads from the page to the web root and ends in ``/``. Rows rendered by ``row`` get it here. Raises
        ``SiteBuilderError`` (exit code 2) when a template names what its context does not have.
        """
        return self._page(*self._chunks_of(template, context, meta, layout, root))[0]

    def page_of_values(
        self, template: str, context: object, meta: Meta, layout: Layout, root: str
    ) -> tuple[bytes, Joined]:
        """The same page, and what it is joined of: the templates' own texts and the values put in between.

        The way to the web root is taken for a template's text. Not told where rows of a list were taken in.
        """
        chunks = self._chunks_of(template, context, meta, layout, root)
        page, has_rows = self._page(*chunks)
        return page, NOT_TOLD if has_rows else self._joined(*chunks)

    def row(self, row: SevereRow | MeasureRow | RoleModelRow | OptionalRow) -> Markup:
        """The row of a record, once for all the lists that hold it: ``ROOT_MARK`` stands where ``root`` goes."""
        return Markup(_render(self._rows[type(row).__name__], {"page": row, "root": ROOT_MARK}))  # noqa: S704  # our own template's output

    def unsplit(self, template: str, context: object, meta: Meta, layout: Layout, root: str) -> bytes:
        """The same bytes as ``page`` the plain way, the layout rendered around this very page: for comparing."""
        head = _render(self._head, {"meta": meta, "layout": layout})
        main = _render(self._template(template), {"page": context, "root": root})
        main = main.replace(ROOT_MARK, str(escape(root)))
        return self._layout(layout, root, Markup(head), Markup(main)).encode()  # noqa: S704  # as in row

    def _shell(self, layout: Layout, root: str) -> _Shell:
        shell = self._shells.get((layout.section, root))
        if shell is None or (shell.layout is not layout and shell.layout != layout):
            shell = _Shell(layout, root, self._layout(layout, root, _HEAD_MARK, _MAIN_MARK))
            self._shells[layout.section, root] = shell
        return shell

    def _chunks_of(
        self, template: str, context: object, meta: Meta, layout: Layout, root: str
    ) -> tuple[_Shell, list[str], list[str]]:
        """What a page is made of: what is around its head and main part, and the pieces of these."""
        head = _chunks(self._head, {"meta": meta, "layout": layout})
        main = _chunks(self._template(template), {"page": context, "root": self._root(root)})
        return self._shell(layout, root), head, main

    def _joined(self, shell: _Shell, head: list[str], main: list[str]) -> Joined:
        """A page's own texts, met before where another page came the same way, and what was put in between."""
        chunks, own = head + main, self._own
        way = (shell, len(head), *map(own.get, map(id, chunks)))
        found = self._ways.get(way)
        if found is None:
            if len(self._ways) >= WAYS:
                self._ways.clear()
            constants, places = [shell.before], []
            for place, chunk in enumerate(chunks):
                if place == len(head):
                    constants[-1] += shell.between
                if id(chunk) in own:
                    constants[-1] += chunk.encode()
                else:
                    constants.append(b"")
                    places.append(place)
            constants[-1] += shell.after if main else shell.between + shell.after
            found = self._ways[way] = tuple(constants), tuple(places)
        constants_of, places_of = found
        return Joined(constants_of, [chunks[place] for place in places_of])

    def _page(self, shell: _Shell, head: list[str], main: list[str]) -> tuple[bytes, bool]:
        """The page, and whether rows of a list were taken in."""
        text = "".join(main).encode()
        has_rows = b"\x00" in text
        if has_rows:
            text = text.replace(b"\x00", shell.root)
        return b"".join((shell.before, "".join(head).encode(), shell.between, text, shell.after)), has_rows

    def _root(self, root: str) -> str:
        """The same text, the very same object each time."""
        known = self._roots.setdefault(root, root)
        self._own.setdefault(id(known), len(self._own))
        return known

    def _layout(self, layout: Layout, root: str, head: Markup, main: Markup) -> str:
        names = {"layout": layout, "root": root, "head": head, "main": main}
        return _render(self._template("layout.html"), names)

    def _template(self, name: str) -> jinja2.Template:
        found = self._templates.get(name)
        if found is None:
            try:
                found = self._templates[name] = self._theme.environment.get_template(name)
            except jinja2.TemplateError as error:
                raise _fault(error) from error
            for code in (found.root_render_func.__code__, *(block.__code__ for block in found.blocks.values())):
                for text in code.co_consts:
                    if isinstance(text, str):
                        self._own.setdefault(id(text), len(self._own))
        return found


def _render(template: jinja2.Template, names: dict[str, object]) -> str:
    """What ``Template.render`` does, without merging globals that are not there (a third of the time of a row)."""
    return "".join(_chunks(template, names))


def _chunks(template: jinja2.Template, names: dict[str, object]) -> list[str]:
    """The pieces a template's compiled code gives: its own texts, the very same objects each time, and values."""
    context = template.new_context(names, shared=True)
    try:
        return list(template.root_render_func(context))
    except Exception:  # noqa: BLE001  # raised again, with the template's own lines in the traceback
        try:
            template.environment.handle_exception()
        except jinja2.TemplateError as error:
            raise _fault(error) from error


def _fault(error: jinja2.TemplateError) -> SiteBuilderError:
    """A template's fault, at its line."""
    lines = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    if isinstance(error, jinja2.TemplateSyntaxError):
        place = Place(_below_theme(error.filename or error.name or ""), error.lineno)
    else:
        place = Place(_below_theme(lines[-1].filename), lines[-1].lineno or 0) if lines else Place()
    hint = "模板得到什么，见文档「模板得到什么」"
    return refuse("theme", f"模板有错：{error.message}", hint=hint, place=place, exit_code=Exit.USAGE)


def _below_theme(path: str) -> str:
    """A template's path from its theme's folder on: ``mine/templates/home.html``."""
    parts = Path(path).parts
    start = max((number for number, part in enumerate(parts) if part in _FOLDERS), default=1)
    return "/".join(parts[start - 1 :])
