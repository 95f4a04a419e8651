"""From a context to the bytes of a page.

``layout.html`` is the same for every page of a section and depth, so it is rendered once for each, with a mark where
the head's own lines go and one where ``<main>`` goes, and cut there into three byte strings. A page is then
``shell + head + shell + main + shell``.
"""

from __future__ import annotations

from pathlib import Path
import traceback
from typing import TYPE_CHECKING, Final

import jinja2
from markupsafe import Markup, escape

from site_builder.errors import Exit, Place, SiteBuilderError, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    """Renders the pages of one site with one theme. Holds caches, so make one a process and keep it."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._templates: dict[str, jinja2.Template] = {}
        self._shells: dict[tuple[str, str], _Shell] = {}
        self._texts: dict[int, Mapping[int, int]] = {}
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
        return self.page_of_values(template, context, meta, layout, root)[0]

    def page_of_values(
        self, template: str, context: object, meta: Meta, layout: Layout, root: str
    ) -> tuple[bytes, list[int]]:
        """The same page, and where values were put in: byte offsets of begin and end of each, in their order.

        What stands outside them is the template's own text; none is told where rows of a list were taken in.
        """
        shell = self._shell(layout, root)
        head = _chunks(self._head, {"meta": meta, "layout": layout})
        main = _chunks(self._template(template), {"page": context, "root": root})
        spots: list[int] = []
        at = _spots(head, self._own_text(self._head), len(shell.before), spots)
        _spots(main, self._own_text(self._template(template)), at + len(shell.between), spots)
        text = "".join(main).encode()
        if b"\x00" in text:
            text, spots = text.replace(b"\x00", shell.root), []
        return b"".join((shell.before, "".join(head).encode(), shell.between, text, shell.after)), spots

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

    def _own_text(self, template: jinja2.Template) -> Mapping[int, int]:
        """The texts of a template by identity, and how many bytes each is."""
        found = self._texts.get(id(template))
        if found is None:
            codes = [template.root_render_func.__code__, *(block.__code__ for block in template.blocks.values())]
            texts = [one for code in codes for one in code.co_consts if isinstance(one, str)]
            found = self._texts[id(template)] = {id(one): len(one.encode()) for one in texts}
        return found

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


def _spots(chunks: list[str], own_text: Mapping[int, int], at: int, spots: list[int]) -> int:
    """Note begin and end of every chunk that is none of the template's own; the offset behind the last."""
    for chunk in chunks:
        size = own_text.get(id(chunk))
        if size is None:
            start, at = at, at + len(chunk.encode())
            spots += (start, at)
        else:
            at += size
    return at


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
