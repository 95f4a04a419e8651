"""Writes the export package: three lists as CSV with our labels, pictures, and a descriptor that waits for approval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
import csv
import datetime as dt
import hashlib
import io
import json
import os
from pathlib import Path
import re
import shutil
import tempfile
from typing import Any, Final

import msgspec

from site_builder.errors import Exit, Finding, Place, SiteBuilderError, refuse, writing
from site_builder.export.package import DESCRIPTOR
from site_builder.kinds.record import COLUMN_LABELS
from site_builder.pack.rows import Packed
from site_builder.vocabulary import Kind

FORMATS: Final = {".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".webp": "webp"}
WAITING: Final = {"status": "pending"}
"""Until a second person has approved it (DL 24)."""

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]*")


def photo_names(folder: Path | None) -> dict[str, str]:
    """The pictures of a folder: file name, and name without ending → the resource's name."""
    found: dict[str, str] = {}
    stems: dict[str, str] = {}
    if folder is None:
        return found
    if not folder.is_dir():
        raise refuse("missing-file", f"没有文件夹 {folder}", hint="核对 --photos", exit_code=Exit.USAGE)
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in FORMATS and path.is_file():
            stem = path.stem.lower()
            if stem in stems:
                message = f"照片文件夹里有两个文件名只差结尾或大小写：{stems[stem]} 和 {path.name}"
                raise refuse("repeated-file", message, hint="改名，每张照片一个名字", place=Place(path.name))
            stems[stem] = path.name
            name = stem if _NAME.fullmatch(stem) else f"photo-{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"
            found[path.name] = found[path.stem] = name
    return found


def write_package(
    target: Path,
    packed: Sequence[Packed],
    photos: Mapping[str, str],
    folder: Path | None,
    *,
    name: str,
    title: str,
    version: str,
    created: dt.datetime,
    approval: Mapping[str, str] = WAITING,
) -> None:
    """Write the package whole, or nothing; ``target`` must not be there."""
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            resources = [_list(scratch, one) for one in packed]
            if folder is not None:
                resources += _pictures(scratch, packed, photos, folder)
            descriptor = {
                "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
                "name": name,
                "title": title,
                "version": version,
                "created": created.isoformat(timespec="seconds"),
                "approval": dict(approval),
                "resources": resources,
            }
            text = json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"
            (scratch / DESCRIPTOR).write_text(text, encoding="utf-8")
            scratch.chmod(0o750)
            os.rename(scratch, target)  # noqa: PTH104  # refuses a folder that came meanwhile and is not empty
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise


def _list(folder: Path, one: Packed) -> dict[str, Any]:
    labels = COLUMN_LABELS[one.kind]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([labels[name] for name in one.columns])
    writer.writerows(one.rows)
    described = {"name": one.kind.value, "path": f"{one.kind.value}.csv", "format": "csv", "encoding": "utf-8"}
    return _resource(folder, described, ("\ufeff" + text.getvalue()).encode()) | {"rows": len(one.rows)}


def _pictures(folder: Path, packed: Sequence[Packed], photos: Mapping[str, str], source: Path) -> list[dict[str, Any]]:
    """The pictures a role model names."""
    wanted = {
        row[one.columns.index("photo")]
        for one in packed
        if one.kind is Kind.ROLE_MODEL and "photo" in one.columns
        for row in one.rows
    }
    resources = []
    for path in sorted(source.iterdir()):
        name = photos.get(path.name)
        if name in wanted:
            wanted.discard(name)
            form = FORMATS[path.suffix.lower()]
            described = {"name": name, "path": f"{name}.{form}", "format": form}
            resources.append(_resource(folder, described, path.read_bytes()))
    return resources


def _resource(folder: Path, described: dict[str, Any], data: bytes) -> dict[str, Any]:
    (folder / described["path"]).write_bytes(data)
    return described | {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}


def refuse_existing(target: Path) -> None:
    """Raise (exit 2) where something stands in the package's place."""
    if target.exists():
        hint = "换一个文件夹名；已有的导出不覆盖"
        raise refuse("already-there", f"{target} 已经存在", hint=hint, exit_code=Exit.USAGE)


def repeated_ids(packed: Sequence[Packed]) -> list[Finding]:
    """Records of one number, ignoring case, in any of the lists: each names the row it repeats."""
    seen: dict[str, Place] = {}
    found = []
    for one in packed:
        if "id" not in one.columns:
            continue
        position = one.columns.index("id")
        for row, place in zip(one.rows, one.places, strict=True):
            key = row[position].lower()
            if key and key in seen:
                message = f"与 {seen[key]} 是同一个编号（不分大小写）"
                at = msgspec.structs.replace(place, column="id")
                found.append(Finding("repeated-id", at, message, "每条记录用一个不变的编号；同一条记录只留一行"))
            seen.setdefault(key, place)
    return found


def refuse_faults(packed: Sequence[Packed], others: Sequence[Finding] = ()) -> None:
    """Raise with every fault of every list and ``others``, and what is warned of beside them."""
    faults = [*others] + [fault for one in packed for fault in one.faults] + repeated_ids(packed)
    if faults:
        raise SiteBuilderError([*faults, *(warning for one in packed for warning in one.warnings)])
