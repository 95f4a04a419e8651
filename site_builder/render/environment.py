"""Themes: a folder with ``theme.yml``, ``templates/``, ``components/``, ``style/`` and ``assets/``; it may inherit.

A child's file replaces its parent's file of the same path, one by one. All templates of a theme are compiled in one
Jinja environment in which every value is escaped, an unknown name is an error, and there are no globals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
import re
import types
from typing import Final, cast

import jinja2
from jinja2.bccache import Bucket
import yaml

from site_builder.errors import Exit, Place, SiteBuilderError, refuse
from site_builder.render.escaping import FastTemplate
from site_builder.render.filters import FILTERS, part_of

OWN: Final = Path(__file__).resolve().parents[1] / "themes"
"""The themes the program came with."""

_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEYS: Final = frozenset({"name", "inherits"})


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme ready to render: its folders, its own first and its oldest ancestor last, and the environment."""

    name: str
    folders: tuple[Path, ...]
    environment: jinja2.Environment

    def __reduce__(self) -> tuple[object, ...]:
        """It crosses to another machine with the texts of its templates, as they were read here."""
        loader = cast("jinja2.BaseLoader", self.environment.loader)
        names = self.environment.list_templates(extensions=["html"])
        texts = {name: loader.get_source(self.environment, name)[:2] for name in names}
        return _crossed, (self.name, self.folders, texts)


class _Compiled(jinja2.BytecodeCache):
    """Templates compiled once a process, however many builds it runs; known by their source."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], types.CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in the code of a template compiled before."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template compiled now."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED: Final = _Compiled()


def load_theme(themes_dir: Path, name: str) -> Theme:
    """The theme called ``name`` in ``themes_dir`` with all it inherits; what is not there may come with the program.

    Raises ``SiteBuilderError`` (exit code 2) when a theme is missing, its ``theme.yml`` is wrong, or it inherits
    from itself by whatever way.
    """
    folders: list[Path] = []
    wanted = name
    while wanted:
        folder = themes_dir / wanted
        if not folder.is_dir() and (OWN / wanted).is_dir():
            folder = OWN / wanted
        if folder in folders:
            way = " → ".join([*(each.name for each in folders), wanted])
            raise _wrong(folder, f"主题循环继承：{way}", _unwound(wanted, folder))
        inherits = _read_description(folder, wanted)
        folders.append(folder)
        wanted = inherits
    places = [folder / part for folder in folders for part in ("templates", "components")]
    return Theme(name=name, folders=tuple(folders), environment=_environment(jinja2.FileSystemLoader(places)))


def _unwound(name: str, folder: Path) -> str:
    """How a theme that inherits itself, by whatever way, is mended."""
    if folder != OWN / name and (OWN / name).is_dir():
        return (
            f"程序也带着 {name}，站点的主题不能与它同名又继承它：把文件夹和 theme.yml 的 name 改成别的名称"
            f"（例如 {name}-own），inherits 仍写 {name}，site.yml 的 theme 也改成新的名称"
        )
    return f"{name}/theme.yml 的 inherits 改成程序带的主题，例如 inherits: credit"


def _read_description(folder: Path, name: str) -> str:
    """What ``theme.yml`` of ``folder`` inherits from (empty for nothing), after checking all it says."""
    path = folder / "theme.yml"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise _wrong(folder, f"没有名为 {name!r} 的主题", f"主题是 {folder.parent} 下带 theme.yml 的文件夹。")
    try:
        described = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _wrong(folder, "theme.yml 读不懂", "写成两行：name: 与 inherits:，UTF-8 编码。") from error
    if not isinstance(described, dict) or set(described) - _KEYS or described.get("name") != name:
        raise _wrong(folder, "theme.yml 只能有 name 与 inherits，且 name 与文件夹同名", f"写 name: {name}")
    inherits = described.get("inherits") or ""
    if not isinstance(inherits, str):
        raise _wrong(folder, "inherits 应当是一个主题的名称", "例如 inherits: credit")
    return inherits


def _wrong(folder: Path, message: str, hint: str) -> SiteBuilderError:
    """A theme's fault, at its ``theme.yml``."""
    place = Place(f"{folder.name}/theme.yml")
    return refuse("theme", message, hint=hint, place=place, exit_code=Exit.USAGE)


def _crossed(name: str, folders: tuple[Path, ...], texts: Mapping[str, tuple[str, str | None]]) -> Theme:
    """A theme on another machine: ``texts`` are its templates' with the paths they have on the first."""

    def text(template: str) -> tuple[str, str | None, None] | None:
        return (*texts[template], None) if template in texts else None

    return Theme(name, folders, _environment(jinja2.FunctionLoader(text)))


def _environment(loader: jinja2.BaseLoader) -> jinja2.Environment:
    """The one environment of a theme: the nearest folder's template wins."""
    environment = jinja2.Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=_COMPILED,
    )
    environment.template_class = FastTemplate
    environment.globals.clear()
    environment.filters.update(FILTERS, part=part_of(environment))
    return environment
