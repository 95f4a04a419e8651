"""Unpacks the zip of an export, member by member, after everything its directory says has been checked."""

from __future__ import annotations

from collections.abc import Iterator
import errno
from io import BufferedReader
from pathlib import Path
import stat
import struct
from typing import Final
import zipfile
import zlib

from site_builder.errors import Finding, Place
from site_builder.export.disk import open_plain, pour
from site_builder.export.names import path_fault, same_name, shown_path

_MOST_MEMBERS: Final = 100_000
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
_UTF8_NAME: Final = 0x800
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    struct.error,
    IndexError,
    KeyError,
)
"""What reading a damaged zip may raise."""


def unpack(path: Path, folder: Path, max_unpacked: int) -> tuple[dict[str, int], list[Finding]]:
    """Unpack the zip at ``path`` into ``folder``: each member's path with its bytes, and every finding.

    Nothing is written when the directory alone shows a fault. OSError passes through.
    """
    with open_plain(path) as file:
        try:
            archive = open_zip(file)
            members = archive.infolist()
            findings = _check(archive, file, members, max_unpacked)
        except BROKEN:
            return {}, [_damaged(path.name, "不是完整的 zip 文件")]
        if findings:
            return {}, findings
        return _extract(archive, members, folder, max_unpacked)


def member_name(member: zipfile.ZipInfo) -> str:
    """The member's name as its maker wrote it: Windows writes Chinese names in GBK without saying so."""
    name = member.orig_filename
    if member.flag_bits & _UTF8_NAME or name.isascii():
        return name
    raw = name.encode("cp437", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def open_zip(file: BufferedReader) -> zipfile.ZipFile:
    """The zip in an open file. Raises ``BROKEN``, also where its directory is said to begin before the file does."""
    try:
        return zipfile.ZipFile(file)
    except OSError as error:
        if error.errno == errno.EINVAL:
            raise zipfile.BadZipFile from None
        raise


def overlapping(file: BufferedReader, start_dir: int, members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The members whose bytes reach into another member's or into the directory.

    ``start_dir`` is where the directory begins. Raises ``BROKEN`` where a local header is not one.
    """
    spans: list[tuple[int, int, zipfile.ZipInfo]] = []
    for member in members:
        if member.header_offset < 0:
            raise zipfile.BadZipFile
        file.seek(member.header_offset)
        magic, name, extra = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
        if magic != b"PK\x03\x04":
            raise zipfile.BadZipFile
        end = member.header_offset + _LOCAL_HEADER.size + name + extra + member.compress_size
        spans.append((member.header_offset, end, member))
    spans.sort(key=lambda span: span[:2])
    found, reach = [], 0
    for start, end, member in spans:
        if start < reach or end > start_dir:
            found.append(member)
        reach = max(reach, end)
    return found


def _check(
    archive: zipfile.ZipFile, file: BufferedReader, members: list[zipfile.ZipInfo], max_unpacked: int
) -> list[Finding]:
    """Everything the directory shows to be wrong."""
    if len(members) > _MOST_MEMBERS:
        return [Finding("too-large", Place(), f"压缩包有 {len(members)} 个成员，超过上限 {_MOST_MEMBERS} 个")]
    findings = [finding for member in members for finding in _member_faults(member)]
    findings += _repeated(members)
    findings += [
        Finding(
            "overlapping-members",
            Place(shown_path(member_name(member))),
            "压缩包成员的数据与别的部分重叠",
            "用通常的压缩软件重新打包",
        )
        for member in overlapping(file, archive.start_dir, members)
    ]
    declared = sum(member.file_size for member in members)
    if declared > max_unpacked:
        findings.append(too_large(f"解开后共 {declared} 字节，", max_unpacked))
    return findings


def _member_faults(member: zipfile.ZipInfo) -> Iterator[Finding]:
    name = member_name(member)
    place = Place(shown_path(name))
    why = path_fault(name.removesuffix("/") if member.is_dir() else name)
    if why:
        yield Finding("unsafe-path", place, why, "用相对路径和普通文件名重新打包")
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind == stat.S_IFLNK:
        yield Finding("link", place, "是一个链接", "换成文件本身")
    elif kind not in (0, stat.S_IFREG, stat.S_IFDIR) or (member.is_dir() and member.file_size):
        yield Finding("special-file", place, "不是普通文件（管道、设备之类）", "从压缩包中拿掉")
    if member.flag_bits & _ENCRYPTED:
        yield Finding("encrypted-member", place, "是加密的", "不加密码重新打包")
    elif member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        yield Finding("unknown-compression", place, "压缩方法不是 Store 或 Deflate", "用通常的 zip 格式重新打包")


def _repeated(members: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    """Names given twice ignoring case, and files that stand where a folder has to be."""
    hint = "每个文件名只能出现一次"
    seen: set[str] = set()
    for member in members:
        key = same_name(member_name(member).removesuffix("/"))
        if key in seen:
            place = Place(shown_path(member_name(member)))
            yield Finding("repeated-file", place, "压缩包里有两个同名成员（不分大小写）", hint)
        seen.add(key)
    files = {same_name(member_name(member)) for member in members if not member.is_dir()}
    for member in members:
        parts = same_name(member_name(member).removesuffix("/")).split("/")
        if any("/".join(parts[:end]) in files for end in range(1, len(parts))):
            place = Place(shown_path(member_name(member)))
            yield Finding("repeated-file", place, "所在的文件夹与一个文件同名", hint)


def _extract(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], folder: Path, max_unpacked: int
) -> tuple[dict[str, int], list[Finding]]:
    sizes: dict[str, int] = {}
    findings: list[Finding] = []
    left = max_unpacked
    for member in members:
        if member.is_dir():
            continue
        name = member_name(member)
        target = folder.joinpath(*name.split("/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            size = _write(archive, member, target, left)
        except BROKEN:
            findings.append(_damaged(name, "压缩包里的这个成员已损坏"))
            continue
        left -= size
        if left < 0:
            findings.append(too_large("解开后的字节", max_unpacked))
            break
        sizes[name] = size
    return sizes, findings


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, most: int) -> int:
    """Write one member, stopping as soon as more than ``most`` bytes came out; the bytes written."""
    with archive.open(member) as source:
        size = pour(source, target, most)
    if size <= most and size != member.file_size:
        raise zipfile.BadZipFile
    return size


def _damaged(name: str, message: str) -> Finding:
    return Finding("damaged-archive", Place(shown_path(name)), message, "重新打包并重新传送")


def too_large(what: str, max_unpacked: int) -> Finding:
    """``what`` of an export is more than the site takes."""
    hint = "确属正常时调大 site.yml 的 export.max_unpacked"
    return Finding("too-large", Place(), f"{what}超过上限 {max_unpacked} 字节", hint)
