"""Turns a folder of broken input into the package it describes: what cannot lie on disk as it is, is made here.

``expect.json`` may say under ``build``: ``symlinks`` {path: target}, ``fifos`` [path], ``repeat`` {path: [text, times]}
and ``zip``, a list of members added after the folder's own: {``name``, ``text`` or ``repeat``, ``link`` or ``kind``,
``method``}, and of changes to the zip's directory: {``patch``: member, ``offset_of``: member | ``size``: bytes |
``flags``: bits | ``rename``: a name as long}.

``python tests/given/hostile_exports.py FOLDER`` writes true sizes and hashes into the descriptor of FOLDER/export.
"""

import hashlib
import json
import os
from pathlib import Path
import shutil
import stat
import struct
import sys
import zipfile

STAMP = (2026, 11, 20, 0, 0, 0)
CENTRAL = struct.Struct("<4s6H3I5H2I")


def build(folder: Path, scratch: Path) -> Path:
    """The package of one folder: a copy of ``export/`` changed as told, or a zip of it."""
    recipe = json.loads((folder / "expect.json").read_text()).get("build", {})
    if not (folder / "export").exists():
        return folder / "export"
    package = scratch / "package"
    shutil.copytree(folder / "export", package)
    for path, target in recipe.get("symlinks", {}).items():
        (package / path).symlink_to(target)
    for path in recipe.get("fifos", ()):
        os.mkfifo(package / path)
    for path, (text, times) in recipe.get("repeat", {}).items():
        (package / path).write_text(text * times)
    return make_zip(package, scratch / "package.zip", recipe["zip"]) if "zip" in recipe else package


def make_zip(package: Path, path: Path, steps: list[dict]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(file for file in package.rglob("*") if file.is_file()):
            archive.writestr(member({"name": str(file.relative_to(package))}), file.read_bytes())
        for step in steps:
            if "name" in step:
                text, times = step.get("repeat", (step.get("text", ""), 1))
                method = step.get("method", zipfile.ZIP_DEFLATED)
                archive.writestr(member(step), text * times, compress_type=method)
    for step in steps:
        if "patch" in step:
            path.write_bytes(patched(path.read_bytes(), step))
    return path


def member(step: dict) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(step["name"], STAMP)
    kind = stat.S_IFLNK if step.get("link") else step.get("kind", stat.S_IFREG)
    info.external_attr = (kind | 0o600) << 16
    return info


def patched(data: bytes, step: dict) -> bytes:
    """The zip with one entry of its directory changed; the members themselves stay as they are."""
    places = {name: (at, offset) for at, name, offset in entries(data)}
    at, _ = places[step["patch"]]
    changed = bytearray(data)
    if "offset_of" in step:
        struct.pack_into("<I", changed, at + 42, places[step["offset_of"]][1])
    if "size" in step:
        struct.pack_into("<I", changed, at + 24, step["size"])
    if "flags" in step:
        struct.pack_into("<H", changed, at + 8, step["flags"])
    if "rename" in step:
        name = step["rename"].encode()
        changed[at + 46 : at + 46 + len(name)] = name
        local = places[step["patch"]][1]
        changed[local + 30 : local + 30 + len(name)] = name
    return bytes(changed)


def entries(data: bytes):
    at = data.index(b"PK\x01\x02")
    while data[at : at + 4] == b"PK\x01\x02":
        fields = CENTRAL.unpack_from(data, at)
        name, extra, comment, offset = fields[10], fields[11], fields[12], fields[16]
        yield at, data[at + 46 : at + 46 + name].decode(), offset
        at += 46 + name + extra + comment


def seal(package: Path) -> None:
    """Write the true size and hash of every listed file into the descriptor."""
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text())
    for resource in descriptor["resources"]:
        data = (package / resource["path"]).read_bytes()
        resource["bytes"] = len(data)
        resource["hash"] = f"sha256:{hashlib.sha256(data).hexdigest()}"
    path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    seal(Path(sys.argv[1]) / "export")
