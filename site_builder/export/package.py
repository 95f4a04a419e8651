"""Opens an approved export: a folder or a zip, copied once, so that what is verified is what is read and kept.

Nothing unsafe gets past here, and nothing is read from the source again.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BufferedReader
import os
from pathlib import Path
import stat
from typing import Final

import msgspec

from site_builder.errors import Exit, Finding, Place, SiteBuilderError, refuse
from site_builder.export.archive import too_large, unpack
from site_builder.export.disk import on_disk, open_plain, pour
from site_builder.export.names import path_fault, same_name, shown_path

DESCRIPTOR: Final = "datapackage.json"
"""The descriptor's path in every package."""

SIGNATURE: Final = "datapackage.json.sig"
"""The signature's path, where there is one."""


_TABLES: Final = frozenset({".xlsx", ".xls", ".xlsm", ".ods", ".et", ".csv", ".tsv", ".txt"})
"""How the names of an office's own tables end, which are packed first."""

_EMPTY: Final = "核对文件：也许没有传完，或者选错了"


class PackageFiles(msgspec.Struct, frozen=True):
    """The files of an opened package: the folder they lie in, and each path (``/`` divided) with its bytes."""

    root: Path
    sizes: Mapping[str, int]

    def path(self, name: str) -> Path:
        """Where a file of the package lies on disk."""
        return self.root.joinpath(*name.split("/"))

    def open(self, name: str) -> BufferedReader:
        """A file of the package opened for reading; OSError where it is no plain file any more."""
        return open_plain(self.path(name))


def open_package(path: Path, scratch: Path, max_unpacked: int) -> PackageFiles:
    """A copy of the files of the export at ``path``: a folder copied, a zip unpacked, into ``scratch``.

    ``scratch`` is empty or missing, and may hold parts of a refused export afterwards; the caller removes it.
    ``max_unpacked`` bounds the bytes of all files together. Raises SiteBuilderError with every finding: links,
    special files, unsafe or repeated names, too many bytes, no descriptor at the root; ``Exit.USAGE`` where
    ``path`` does not exist, ``Exit.MACHINE`` where the machine refuses.
    """
    with on_disk("复制导出包", shown_path(path.name)):
        mode = _mode(path)
        if stat.S_ISDIR(mode):
            sizes, findings = _copy_folder(path, scratch, max_unpacked)
        elif stat.S_ISREG(mode):
            if path.suffix.lower() in _TABLES:
                raise refuse(
                    "not-a-package",
                    f"{shown_path(path.name)} 是一张表，不是导出",
                    hint="先打包：site-builder pack 导出文件夹 --severe-list（等，哪一类的表用哪一个）加上这个文件；"
                    "再核对、批准，--export 写那个导出文件夹",
                    exit_code=Exit.USAGE,
                )
            if not path.stat().st_size:
                raise refuse("empty-file", "文件是空的", hint=_EMPTY, place=Place(shown_path(path.name)))
            scratch.mkdir(parents=True, exist_ok=True)
            sizes, findings = unpack(path, scratch, max_unpacked)
        else:
            raise refuse(
                "special-file",
                "导出包既不是文件夹也不是普通文件",
                hint="给出数据包的文件夹或 .zip 文件",
                place=Place(shown_path(path.name)),
            )
    return _opened(scratch, sizes, findings)


def open_in_place(folder: Path, max_unpacked: int) -> PackageFiles:
    """The files of an export in a folder that nobody else changes: its maker's own, or one kept in ``state/``.

    Raises as ``open_package``.
    """
    with on_disk("打开导出包", shown_path(folder.name)):
        _mode(folder)
        sizes, findings = _list_folder(folder, max_unpacked)
    return _opened(folder, sizes, findings)


def _opened(root: Path, sizes: Mapping[str, int], findings: list[Finding]) -> PackageFiles:
    if not findings and DESCRIPTOR not in sizes:
        findings.append(_no_descriptor(sizes))
    if findings:
        raise SiteBuilderError(findings)
    return PackageFiles(root, sizes)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise refuse(
            "export-missing",
            f"找不到导出包 {shown_path(str(path))}",
            hint="核对 site.yml 的 export.path 或 --export",
            exit_code=Exit.USAGE,
        ) from None


def _no_descriptor(sizes: Mapping[str, int]) -> Finding:
    inside = next((name for name in sorted(sizes) if name.rpartition("/")[2] == DESCRIPTOR), "")
    return Finding(
        "no-descriptor",
        Place(DESCRIPTOR),
        "导出包的根目录没有 datapackage.json",
        f"它在 {shown_path(inside)}：请从那一层文件夹打包" if inside else "数据包的描述文件应在根目录",
    )


def _copy_folder(root: Path, scratch: Path, max_unpacked: int) -> tuple[dict[str, int], list[Finding]]:
    """Copy a folder into ``scratch``, where nothing in it is at fault: each file with the bytes that were copied."""
    sizes, findings = _list_folder(root, max_unpacked)
    if findings or DESCRIPTOR not in sizes:
        return sizes, findings
    scratch.mkdir(parents=True, exist_ok=True)
    copied: dict[str, int] = {}
    left = max_unpacked
    for name in sizes:
        parts = name.split("/")
        target = scratch.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with open_plain(root.joinpath(*parts)) as source:
            copied[name] = pour(source, target, left)
        left -= copied[name]
        if left < 0:
            return {}, [too_large("复制出的字节", max_unpacked)]
    return copied, []


def _list_folder(root: Path, max_unpacked: int) -> tuple[dict[str, int], list[Finding]]:
    """Each file below ``root`` with its bytes, and what may not be there."""
    sizes: dict[str, int] = {}
    findings: list[Finding] = []
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(root.joinpath(*folder.split("/")) if folder else root) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            name = f"{folder}/{entry.name}" if folder else entry.name
            fault = _entry_fault(name, entry)
            if fault:
                findings.append(fault)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(name)
            else:
                sizes[name] = entry.stat(follow_symlinks=False).st_size
    if sum(sizes.values()) > max_unpacked:
        findings.append(too_large(f"导出包共 {sum(sizes.values())} 字节，", max_unpacked))
    return sizes, findings + repeated(list(sizes))


def _entry_fault(name: str, entry: os.DirEntry[str]) -> Finding | None:
    place = Place(shown_path(name))
    if entry.is_symlink():
        return Finding("link", place, "是一个链接", "换成文件本身")
    if not entry.is_dir(follow_symlinks=False) and not entry.is_file(follow_symlinks=False):
        return Finding("special-file", place, "不是普通文件（管道、设备之类）", "从导出包中拿掉")
    why = path_fault(name)
    return Finding("unsafe-path", place, why, "改用相对路径和普通文件名") if why else None


def repeated(names: list[str]) -> list[Finding]:
    """A finding for each name that another already took, ignoring case."""
    findings, seen = [], set()
    for name in names:
        key = same_name(name)
        if key in seen:
            findings.append(
                Finding(
                    "repeated-file",
                    Place(shown_path(name)),
                    "导出包里有两个同名文件（不分大小写）",
                    "每个文件名只能出现一次",
                )
            )
        seen.add(key)
    return findings
