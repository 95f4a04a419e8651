"""What in an output folder is this site's own: only its own releases are ever deleted, and it takes no other's place.

A release is known by its name, ``<version>_<as-of>[_<n>]``, and by what it holds: ``release.json`` that says the same,
a list of files, and published data under the site's ``export.name``.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
import re
from typing import Final

import msgspec

from site_builder.errors import Exit, Finding, Place, refuse

RELEASE: Final = "release.json"
FILES: Final = "release-files.txt"
PACKAGE: Final = "data/datapackage.json"
"""Files of every web root, as ``pages.urls`` has them."""

PROVINCE: Final = ""
"""The ``export.name`` of a site put together of others."""

_NAME: Final = re.compile(r"([0-9.]+)_([0-9]{4}-[0-9]{2}-[0-9]{2})(?:_([0-9]+))?")
_MOST_NAMED: Final = 20


class _Release(msgspec.Struct):
    version: str
    as_of: dt.date


class _Listed(msgspec.Struct):
    files: str


class _Package(msgspec.Struct):
    name: str


class _Province(msgspec.Struct):
    member_sites: dict[str, str]


def is_release(folder: Path, name: str) -> bool:
    """Whether a folder is a release of the site whose ``export.name`` is ``name``."""
    match = _NAME.fullmatch(folder.name)
    if match is None or folder.is_symlink() or not (folder / FILES).is_file():
        return False
    try:
        told = msgspec.json.decode((folder / RELEASE).read_bytes(), type=_Release)
    except (OSError, msgspec.MsgspecError):
        return False
    return (told.version, told.as_of.isoformat()) == match.group(1, 2) and made_for(folder) == name


def files_of(root: Path) -> str:
    """The digest of a web root's list of files, as its ``release.json`` tells it; nothing where it does not."""
    try:
        return msgspec.json.decode((root / RELEASE).read_bytes(), type=_Listed).files
    except (OSError, msgspec.MsgspecError):
        return ""


def made_for(root: Path) -> str | None:
    """The ``export.name`` of the site a web root was made for; None where it does not say.

    Empty for a site put together of others, which has no export.
    """
    try:
        return msgspec.json.decode((root / PACKAGE).read_bytes(), type=_Package).name
    except (OSError, msgspec.MsgspecError):
        pass
    try:
        msgspec.json.decode((root / RELEASE).read_bytes(), type=_Province)
    except (OSError, msgspec.MsgspecError):
        return None
    return PROVINCE


def age(release: Path) -> tuple[str, list[int], int]:
    """Orders releases by their day, version and number, whatever the clock said when they were made."""
    match = _NAME.fullmatch(release.name)
    if match is None:
        return "", [], 0
    return match[2], [int(part) for part in match[1].split(".") if part], int(match[3] or 1)


def left_alone(foreign: list[Path]) -> list[Finding]:
    """A warning where there is anything among the releases that is none."""
    if not foreign:
        return []
    names = "、".join(_printable(one.name) for one in foreign[:_MOST_NAMED])
    more = f" 等 {len(foreign)} 个" if len(foreign) > _MOST_NAMED else ""
    hint = "移到别处，这里只放版本；是本站损坏的旧版本的，手工删去（里面可能有已经撤下的内容）"
    return [Finding("not-a-release", Place("releases"), f"不是本站的版本，没有动：{names}{more}", hint, warning=True)]


def refuse_other_site(folder: Path, name: str) -> None:
    """Raise where what is live in ``folder`` (``output/<site>``) was made for another site. Exit code 2."""
    other = made_for(folder / "current")
    if other is not None and other != name:
        there = f"「{other}」的网站" if other != PROVINCE else "由几个网站合成的网站"
        here = f"本站的导出是「{name}」" if name != PROVINCE else "本站由几个网站合成"
        message = f"这里是{there}，{here}"
        hint = "两个站点不能用同一个文件夹：换一个 --output，或者给站点文件夹另取一个名字"
        raise refuse("other-site", message, hint=hint, place=Place(str(folder)), exit_code=Exit.USAGE)


def refuse_links(folder: Path) -> None:
    """Raise where ``releases`` or ``state`` in ``folder`` (``output/<site>``) is a link. Exit code 2.

    They belong to each other, and a release goes from one to the other in one step; ``folder`` itself may be a link.
    """
    for one in (folder / "releases", folder / "state"):
        if one.is_symlink():
            message = f"是一个链接（指向 {one.readlink()}），应当是真正的文件夹"
            hint = f"删去链接，把它所指的文件夹移回来；要换磁盘，就把整个 {folder.name} 放过去：挂载、链接或 --output"
            raise refuse("linked-folder", message, hint=hint, place=Place(str(one)), exit_code=Exit.USAGE)


def _printable(name: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in name)
