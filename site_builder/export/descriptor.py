"""The descriptor of an approved export, ``datapackage.json``, typed (contract, section 1)."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import re
from typing import Final

import msgspec

from site_builder.errors import Finding, Place, SiteBuilderError
from site_builder.export.descriptor_fields import DescriptorFields, version_key
from site_builder.export.disk import on_disk
from site_builder.export.names import path_fault, same_name, shown
from site_builder.export.package import DESCRIPTOR, SIGNATURE, PackageFiles
from site_builder.export.strict_json import JsonFault, loads
from site_builder.vocabulary import ALWAYS, Kind

_MOST_BYTES: Final = 64 << 20
_NAME: Final = re.compile(r"[a-z0-9-]+")
_RESOURCE_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]*")
_HASH: Final = re.compile(r"sha256:[0-9A-Fa-f]{64}")
_KINDS: Final = tuple(kind.value for kind in Kind)


class ResourceFormat(enum.StrEnum):
    """How a resource's file is written."""

    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture's format."""
        return self in (ResourceFormat.JPEG, ResourceFormat.PNG, ResourceFormat.WEBP)


class Resource(msgspec.Struct, frozen=True):
    """One file of the export. ``hash`` is sha256 in lower-case hex; ``rows`` is None for pictures.

    ``encoding`` is ``utf-8`` or ``gb18030`` and means nothing for XLSX and pictures.
    """

    name: str
    path: str
    format: ResourceFormat
    encoding: str
    bytes: int
    hash: str
    rows: int | None = None

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture and no list."""
        return self.format.is_picture


class Approval(msgspec.Struct, frozen=True):
    """Who approved the export (DL 14, 24, 25; LY 28). While it is not ``approved``, the rest may be empty."""

    status: str
    by: str = ""
    reference: str = ""
    on: dt.datetime | None = None
    valid_through: dt.date | None = None

    @property
    def approved(self) -> bool:
        """Whether it may be published."""
        return self.status == "approved"


class Descriptor(msgspec.Struct, frozen=True):
    """What the descriptor says. ``digest`` is the sha256 of its bytes, the same for a folder and its zip."""

    name: str
    version: str
    version_key: tuple[int, ...]
    created: dt.datetime
    approval: Approval
    resources: tuple[Resource, ...]
    digest: str

    @property
    def created_on(self) -> dt.date:
        """The day of ``created`` in Asia/Shanghai: the 数据截止 shown."""
        return self.created.date()

    @property
    def pictures(self) -> frozenset[str]:
        """The names of the picture resources, which ``photo`` may name."""
        return frozenset(resource.name for resource in self.resources if resource.is_picture)

    def resource(self, kind: Kind) -> Resource | None:
        """The list of one kind; None where the export has none."""
        return next((resource for resource in self.resources if resource.name == kind), None)


def load_descriptor(files: PackageFiles) -> tuple[Descriptor, bytes]:
    """The descriptor of an opened package, and its bytes. Raises as ``parse_descriptor``, or for the machine."""
    with on_disk("读取描述文件", DESCRIPTOR), files.open(DESCRIPTOR) as file:
        raw = file.read(_MOST_BYTES + 1)
    if len(raw) > _MOST_BYTES:
        raise SiteBuilderError([_whole("too-large", f"描述文件超过 {_MOST_BYTES} 字节")])
    return parse_descriptor(raw), raw


def parse_descriptor(raw: bytes) -> Descriptor:
    """The descriptor in the bytes of ``datapackage.json``. Raises SiteBuilderError with every fault at once."""
    findings: list[Finding] = []
    descriptor = _descriptor(DescriptorFields(_json(raw), "", findings), hashlib.sha256(raw).hexdigest())
    if findings or descriptor is None:
        raise SiteBuilderError(findings)
    return descriptor


def _whole(code: str, message: str, hint: str = "", column: str = "") -> Finding:
    return Finding(code, Place(DESCRIPTOR, 0, column), message, hint)


def _json(raw: bytes) -> object:
    if raw.startswith(b"\xef\xbb\xbf"):
        raise SiteBuilderError([_whole("invalid-json", "开头有字节顺序标记 (BOM)", "存为不带 BOM 的 UTF-8")])
    try:
        return loads(raw.decode())
    except UnicodeDecodeError as error:
        finding = _whole("not-in-encoding", f"第 {error.start + 1} 个字节处起不是 UTF-8", "存为不带 BOM 的 UTF-8")
    except JsonFault as fault:
        finding = _whole(fault.code, fault.message, "描述文件应为合法的 JSON", shown(fault.key))
    raise SiteBuilderError([finding])


def _descriptor(fields: DescriptorFields, digest: str) -> Descriptor | None:
    name = fields.matching("name", _NAME, "小写字母、数字、连字符")
    version = fields.text("version")
    key = version_key(version)
    if version and key is None:
        fields.fault(
            "version", f"是「{shown(version)}」，应为 YYYY.MM.DD 或 YYYY.MM.DD.N，且日期存在", "形如 2026.11.20"
        )
    created = fields.moment("created")
    approval = _approval(fields)
    resources = _resources(fields)
    if key is None or created is None or approval is None:
        return None
    return Descriptor(name, version, key, created, approval, resources, digest)


def _approval(parent: DescriptorFields) -> Approval | None:
    if parent.values.get("approval") is None:
        if parent.readable:
            parent.fault("approval", "缺少审批信息", "由审批人批准后再发布", code="descriptor-missing")
        return None
    fields = DescriptorFields(parent.values["approval"], "approval", parent.findings)
    status = fields.text("status")
    waiting = status != "approved"
    return Approval(
        status,
        fields.text("by", optional=waiting),
        fields.text("reference", optional=waiting),
        fields.moment("on", optional=waiting),
        fields.day("valid_through"),
    )


def _resources(parent: DescriptorFields) -> tuple[Resource, ...]:
    listed = parent.values.get("resources")
    if not isinstance(listed, list):
        if parent.readable:
            code = "descriptor-missing" if listed is None else "descriptor-field"
            parent.fault("resources", "应为列出各文件的数组", code=code)
        return ()
    found = [
        _resource(DescriptorFields(value, f"resources[{index}]", parent.findings)) for index, value in enumerate(listed)
    ]
    _note_repeated(parent, listed)
    if not any(isinstance(value, dict) and value.get("name") in _KINDS for value in listed):
        parent.fault("resources", f"至少应有 {'、'.join(ALWAYS)} 之一", code="no-list")
    return tuple(resource for resource in found if resource is not None)


def _resource(fields: DescriptorFields) -> Resource | None:
    name = fields.matching("name", _RESOURCE_NAME, "小写字母、数字、点、下划线、连字符")
    path = fields.text("path")
    why = path_fault(path) if path else ""
    if why or same_name(path) in (DESCRIPTOR, SIGNATURE):
        fields.fault("path", why or "是描述文件或签名自己", "应为包内的相对路径", code="unsafe-path")
    kind = _format(fields, name)
    size = fields.count("bytes")
    digest = fields.matching("hash", _HASH, " sha256: 加 64 位十六进制").lower().removeprefix("sha256:")
    rows = fields.count("rows") if kind is not None and not kind.is_picture else None
    encoding = _encoding(fields) if kind in (ResourceFormat.CSV, ResourceFormat.JSONL) else "utf-8"
    if kind is None or size is None:
        return None
    return Resource(name, path, kind, encoding, size, digest, rows)


def _format(fields: DescriptorFields, name: str) -> ResourceFormat | None:
    text = fields.text("format")
    if not text:
        return None
    if text not in list(ResourceFormat):
        fields.fault("format", f"是「{shown(text)}」，应为 {'、'.join(ResourceFormat)} 之一")
        return None
    kind = ResourceFormat(text)
    if name in _KINDS and kind.is_picture:
        fields.fault("format", "名单不能是图片", "应为 csv、jsonl 或 xlsx")
    if name and name not in _KINDS and not kind.is_picture:
        fields.fault(
            "name", f"不认识资源「{shown(name)}」", f"名单只有 {'、'.join(Kind)}，其余应为图片", "unknown-resource"
        )
    return kind


def _encoding(fields: DescriptorFields) -> str:
    text = fields.text("encoding", optional=True).lower() or "utf-8"
    if text not in ("utf-8", "gb18030"):
        fields.fault("encoding", f"是「{shown(text)}」，应为 utf-8 或 gb18030")
    return text


def _note_repeated(parent: DescriptorFields, listed: list[object]) -> None:
    """Note each resource that repeats another's name, or another's path ignoring case."""
    seen: set[tuple[str, str]] = set()
    for index, value in enumerate(listed):
        for key, label in (("name", "名称"), ("path", "路径")):
            text = value.get(key) if isinstance(value, dict) else None
            if not isinstance(text, str):
                continue
            mark = (key, same_name(text.strip()))
            if mark in seen:
                parent.fault(
                    f"resources[{index}].{key}",
                    f"{label}与前面的资源相同（不分大小写）",
                    "每个资源只列一次",
                    code="repeated-resource",
                )
            seen.add(mark)
