import base64
import datetime as dt
import hashlib
import json
from pathlib import Path
import tempfile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
import pytest

from site_builder.export.descriptor import load_descriptor
from site_builder.export.package import open_package
from site_builder.export.verify import verify

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
DATA = b"id\n"


def write(root, data=DATA, approval=None, **changes):
    root.mkdir(exist_ok=True)
    (root / "measures.csv").write_bytes(data)
    resource = {"name": "measures", "path": "measures.csv", "format": "csv", "rows": 0}
    resource |= {"bytes": len(DATA), "hash": f"sha256:{hashlib.sha256(DATA).hexdigest()}"}
    on = "2026-11-20T23:59:59+08:00"
    descriptor = {
        "name": "demo-export",
        "version": "2026.11.20",
        "created": "2026-11-20T09:00:00+08:00",
        "approval": {"status": "approved", "by": "演示", "reference": "演示", "on": on, **(approval or {})},
        "resources": [resource],
        **changes,
    }
    (root / "datapackage.json").write_text(json.dumps(descriptor))
    return root


def codes(root, as_of="2026-11-20", keys=()):
    day = dt.date.fromisoformat(as_of)
    with tempfile.TemporaryDirectory() as scratch:
        files = open_package(root, Path(scratch), 1 << 20)
        descriptor, raw = load_descriptor(files)
        found = verify(files, descriptor, raw, site_export_name="demo-export", trusted_keys=keys, as_of=day)
    return [finding.code for finding in found]


def test_sound_export_has_no_findings(tmp_path):
    assert codes(write(tmp_path / "e")) == []


def test_days_are_counted_in_china(tmp_path):
    root = write(tmp_path / "e", created="2026-11-20T16:00:00Z")
    assert codes(root) == ["created-later"]
    assert codes(root, "2026-11-21") == []


def test_last_day_of_validity_still_counts(tmp_path):
    root = write(tmp_path / "e", approval={"valid_through": "2026-11-21"})
    assert codes(root, "2026-11-21") == []
    assert codes(root, "2026-11-22") == ["approval-expired"]


def test_changed_file_is_found_even_with_its_old_size(tmp_path):
    assert codes(write(tmp_path / "e", data=b"ID\n")) == ["hash-differs"]
    assert codes(write(tmp_path / "e", data=b"ID")) == ["size-differs", "hash-differs"]


def test_signature_counts_only_where_keys_are_trusted(tmp_path):
    root = write(tmp_path / "e")
    assert codes(root, keys=(PUBLIC,)) == ["no-signature"]
    (root / "datapackage.json.sig").write_text("演示")
    assert codes(root) == []
    assert codes(root, keys=(PUBLIC,)) == ["bad-signature"]
    raw = (root / "datapackage.json").read_bytes()
    (root / "datapackage.json.sig").write_bytes(base64.b64encode(KEY.sign(raw)) + b"\n")
    assert codes(root, keys=(PUBLIC,)) == []


@pytest.mark.parametrize(
    ("kind", "head"), [("jpeg", b"\xff\xd8\xff\xe0"), ("png", b"\x89PNG\r\n\x1a\n"), ("webp", b"RIFF0000WEBPVP8 ")]
)
def test_pictures_begin_as_their_format_says(tmp_path, kind, head):
    for data, expected in ((head, []), (b"<svg>", ["not-a-picture"]), (b"", ["not-a-picture"])):
        picture = {"name": "photo", "path": "photo", "format": kind, "bytes": len(data)}
        picture["hash"] = f"sha256:{hashlib.sha256(data).hexdigest()}"
        root = write(tmp_path / "e")
        descriptor = json.loads((root / "datapackage.json").read_text())
        descriptor["resources"].append(picture)
        (root / "datapackage.json").write_text(json.dumps(descriptor))
        (root / "photo").write_bytes(data)
        assert codes(root) == expected
