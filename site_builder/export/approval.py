"""A second person approves an export: writes the approval into its descriptor and signs it (DL 14, 24; LY 28)."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
import tempfile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
import msgspec

from site_builder.errors import Exit, Place, SiteBuilderError, refuse
from site_builder.export.descriptor import Descriptor, load_descriptor, parse_descriptor
from site_builder.export.disk import on_disk
from site_builder.export.names import shown_path
from site_builder.export.package import DESCRIPTOR, SIGNATURE, open_in_place
from site_builder.export.strict_json import loads
from site_builder.export.verify import other_name, too_late, verify_files
from site_builder.signing import sign


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """What the approver says: unit, file number, moment, and the last day the approval holds, where it has one."""

    by: str
    reference: str
    on: dt.datetime
    valid_through: dt.date | None = None


def approve(
    folder: Path, consent: Consent | None, key: Ed25519PrivateKey, *, name: str = "", most: int, today: dt.date
) -> Descriptor:
    """Approve and sign the export in ``folder``; the descriptor as it now stands.

    Without a consent a descriptor that is approved already is signed as it is. Every file is held against its size and
    hash first: what is signed is what is there. ``name`` is the one the site asks for, where it is known; ``most``
    bounds the bytes of all files, ``today`` is in Asia/Shanghai.
    Raises SiteBuilderError, and then nothing was written: ``not-a-folder`` ``already-signed`` ``already-approved``
    ``not-approved``, or what a build would find in the package.
    """
    if not folder.is_dir():
        hint = "先解压，批准后再打包" if folder.exists() else "核对路径"
        message = f"{shown_path(str(folder))} 不是文件夹"
        raise refuse("not-a-folder", message, hint=hint, exit_code=Exit.USAGE)
    files = open_in_place(folder, most)
    descriptor, raw = load_descriptor(files)
    if SIGNATURE in files.sizes:
        hint = "确要重签的，先移走这个文件"
        raise refuse("already-signed", "导出已经签过名", hint=hint, place=Place(SIGNATURE))
    approved = raw if consent is None else consented(raw, descriptor, consent)
    now = parse_descriptor(approved)
    if not now.approval.approved:
        hint = "写明 --by 和 --reference"
        raise refuse("not-approved", "导出还没有批准", hint=hint, place=Place(DESCRIPTOR, 0, "approval.status"))
    faults = [*other_name(now, name or now.name), *too_late(now, today), *verify_files(files, descriptor)]
    if faults:
        raise SiteBuilderError(faults)
    with on_disk("写入批准和签名", shown_path(str(folder))):
        if approved != raw:
            _replace(folder / DESCRIPTOR, approved)
        _replace(folder / SIGNATURE, sign(key, approved))
    return now


def consented(raw: bytes, descriptor: Descriptor, consent: Consent) -> bytes:
    """The bytes of a descriptor with the approval in it; all else stays as it is. Raises ``already-approved``."""
    if descriptor.approval.approved:
        hint = "内容有改动的，用新的版本号重新导出；只差签名的，不写 --by 等选项"
        raise refuse("already-approved", "导出已经批准", hint=hint, place=Place(DESCRIPTOR, 0, "approval.status"))
    whole = loads(raw.decode())
    assert isinstance(whole, dict)  # noqa: S101  # it has been read as a descriptor
    approval = {"status": "approved", "by": consent.by, "reference": consent.reference, "on": consent.on.isoformat()}
    if consent.valid_through is not None:
        approval["valid_through"] = consent.valid_through.isoformat()
    text = json.dumps(whole | {"approval": approval}, ensure_ascii=False, indent=2)
    # What is no text is refused as the descriptor is read again.
    return f"{text}\n".encode("utf-8", "surrogatepass")


def _replace(path: Path, data: bytes) -> None:
    """Put a file in place whole; what stands aside when the machine refuses is taken away."""
    fd, aside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(fd)
        Path(aside).chmod(0o644)
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
