"""Whether an opened export is approved, timely, whole and signed (contract, section 2)."""

from __future__ import annotations

from collections.abc import Iterator
import datetime as dt
import hashlib
from typing import Final

from site_builder.errors import Finding, Place
from site_builder.export.descriptor import Descriptor, Resource, ResourceFormat
from site_builder.export.descriptor_fields import CHINA
from site_builder.export.disk import on_disk
from site_builder.export.names import shown, shown_path
from site_builder.export.package import DESCRIPTOR, SIGNATURE, PackageFiles
from site_builder.export.signature import check_signature

_LONGEST_SIGNATURE: Final = 1 << 12
_MAGIC: Final = {
    ResourceFormat.JPEG: (b"\xff\xd8\xff", b""),
    ResourceFormat.PNG: (b"\x89PNG\r\n\x1a\n", b""),
    ResourceFormat.WEBP: (b"RIFF", b"WEBP"),
}
"""What a picture begins with, and what stands at its ninth byte."""


def verify(
    files: PackageFiles,
    descriptor: Descriptor,
    raw: bytes,
    *,
    site_export_name: str,
    trusted_keys: tuple[str, ...],
    as_of: dt.date,
) -> list[Finding]:
    """Every reason against publishing the export on the day ``as_of`` (Asia/Shanghai); empty when there is none.

    ``raw`` are the bytes the descriptor was read from: those are signed, whatever the file holds now.
    All but ``approval-expired`` always stop a build. Raises SiteBuilderError where the machine refuses.
    """
    return [
        *_approval(descriptor, as_of),
        *other_name(descriptor, site_export_name),
        *_signature(files, raw, trusted_keys),
        *verify_files(files, descriptor),
    ]


def verify_files(files: PackageFiles, descriptor: Descriptor) -> list[Finding]:
    """Where the files differ from what the descriptor lists: missing, not listed, other bytes."""
    return [*_listed(files, descriptor), *_contents(files, descriptor)]


def too_late(descriptor: Descriptor, as_of: dt.date) -> Iterator[Finding]:
    """Whether it was made or approved on a later day than ``as_of``, or may be published no more."""
    approval = descriptor.approval
    if descriptor.created_on > as_of:
        message = f"生成于 {descriptor.created_on}，晚于核验日 {as_of}"
        yield Finding("created-later", _at("created"), message, "核对核验日 --as-of 与导出的时间")
    if approval.on is not None and approval.on.astimezone(CHINA).date() > as_of:
        message = f"批准于 {approval.on.astimezone(CHINA).date()}，晚于核验日 {as_of}"
        yield Finding("approved-later", _at("approval.on"), message, "核对核验日 --as-of 与批准的时间")
    if approval.valid_through is not None and approval.valid_through < as_of:
        message = f"批准的有效期至 {approval.valid_through}，早于核验日 {as_of}"
        yield Finding("approval-expired", _at("approval.valid_through"), message, "请审批人重新批准")


def _at(column: str) -> Place:
    return Place(DESCRIPTOR, 0, column)


def _approval(descriptor: Descriptor, as_of: dt.date) -> Iterator[Finding]:
    approval = descriptor.approval
    if not approval.approved:
        message = f"尚未获准公开（status 是「{shown(approval.status)}」，应为 approved）"
        yield Finding("not-approved", _at("approval.status"), message, "由审批人批准后再发布")
    yield from too_late(descriptor, as_of)


def other_name(descriptor: Descriptor, expected: str) -> Iterator[Finding]:
    """Whether it is another export than the site asks for."""
    if descriptor.name != expected:
        message = f"这是「{shown(descriptor.name)}」的导出，本站要的是「{shown(expected)}」"
        yield Finding("other-export", _at("name"), message, "核对 --export 与 site.yml 的 export.name")


def _signature(files: PackageFiles, raw: bytes, trusted_keys: tuple[str, ...]) -> Iterator[Finding]:
    """Whether the descriptor is signed by a trusted key, where the site names any."""
    if trusted_keys:
        signature = None
        if SIGNATURE in files.sizes:
            with on_disk("读取签名", SIGNATURE), files.open(SIGNATURE) as file:
                signature = file.read(_LONGEST_SIGNATURE)
        yield from check_signature(raw, signature, trusted_keys)


def _listed(files: PackageFiles, descriptor: Descriptor) -> Iterator[Finding]:
    """Files without a resource, and resources without a file."""
    listed = {resource.path for resource in descriptor.resources}
    for path in sorted(files.sizes.keys() - listed - {DESCRIPTOR, SIGNATURE}):
        hint = "从导出包中拿掉，或列入 datapackage.json"
        yield Finding("unlisted-file", Place(shown_path(path)), "描述文件没有列出这个文件", hint)
    for path in sorted(listed - files.sizes.keys()):
        hint = "补上文件（文件名区分大小写），或从 datapackage.json 中删去"
        yield Finding("missing-file", Place(shown_path(path)), "描述文件列出了它，包里却没有", hint)


def _contents(files: PackageFiles, descriptor: Descriptor) -> Iterator[Finding]:
    for resource in descriptor.resources:
        if resource.path in files.sizes:
            yield from _content(files, resource)


def _content(files: PackageFiles, resource: Resource) -> Iterator[Finding]:
    """One file's size, hash, and first bytes where it is a picture."""
    place = Place(shown_path(resource.path))
    hint = "文件在批准后被改动、传送出错，或者正在被改写：取回原件、等它写完再试，或重新批准"
    size = files.sizes[resource.path]
    if size != resource.bytes:
        yield Finding("size-differs", place, f"有 {size} 字节，描述文件写的是 {resource.bytes} 字节", hint)
    with on_disk("读取文件", place.file), files.open(resource.path) as file:
        head = file.read(12)
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != resource.hash:
        yield Finding("hash-differs", place, "内容的 SHA-256 与描述文件不符", hint)
    if resource.is_picture:
        start, ninth = _MAGIC[resource.format]
        if not (head.startswith(start) and head[8:].startswith(ninth)):
            message = f"开头不是 {resource.format.value} 图片的字节"
            yield Finding("not-a-picture", place, message, "核对 format，或换成真正的图片")
