"""A second person approves: what is written is what a build verifies; where anything is wrong nothing is written."""

import base64
import datetime as dt
import hashlib
import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
import pytest

from site_builder.errors import SiteBuilderError
from site_builder.export.approval import Consent, approve
from site_builder.export.descriptor import load_descriptor
from site_builder.export.package import open_in_place
from site_builder.export.verify import verify
from site_builder.signing import public_text

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
TODAY = dt.date(2026, 11, 20)
CHINA = dt.timezone(dt.timedelta(hours=8))
CONSENT = Consent(by="演示中心", reference="演示〔2026〕9号", on=dt.datetime(2026, 11, 20, 9, 30, tzinfo=CHINA))
DATA = b"id\n"
MOST = 1 << 20


def write(root, status="pending", data=DATA, **changes):
    root.mkdir()
    (root / "measures.csv").write_bytes(data)
    resource = {"name": "measures", "path": "measures.csv", "format": "csv", "rows": 0, "note": "演示保留"}
    resource |= {"bytes": len(DATA), "hash": f"sha256:{hashlib.sha256(DATA).hexdigest()}"}
    descriptor = {
        "name": "demo-export",
        "title": "演示导出",
        "version": "2026.11.20",
        "created": "2026-11-20T09:00:00+08:00",
        "approval": {"status": status} | changes.pop("approval", {}),
        "resources": [resource],
        **changes,
    }
    (root / "datapackage.json").write_text(json.dumps(descriptor))
    return root


def approved(root, consent=CONSENT, **changes):
    return approve(root, consent, KEY, **{"most": MOST, "today": TODAY} | changes)


def refused(root, consent=CONSENT, **changes):
    """The codes of the refusal; nothing was written."""
    before = {path: path.read_bytes() for path in root.rglob("*")}
    with pytest.raises(SiteBuilderError) as stopped:
        approved(root, consent, **changes)
    assert {path: path.read_bytes() for path in root.rglob("*")} == before
    return [finding.code for finding in stopped.value.findings]


def findings(root, as_of=TODAY):
    files = open_in_place(root, MOST)
    descriptor, raw = load_descriptor(files)
    keys = (public_text(KEY),)
    found = verify(files, descriptor, raw, site_export_name="demo-export", trusted_keys=keys, as_of=as_of)
    return [finding.code for finding in found]


def test_approved_export_is_verified_by_a_site_that_trusts_the_key(tmp_path):
    root = write(tmp_path / "e")
    assert findings(root) == ["not-approved", "no-signature"]
    descriptor = approved(root)
    assert findings(root) == []
    assert (descriptor.approval.by, descriptor.approval.reference) == ("演示中心", "演示〔2026〕9号")
    assert sorted(path.name for path in root.iterdir()) == ["datapackage.json", "datapackage.json.sig", "measures.csv"]


def test_all_else_in_the_descriptor_stays(tmp_path):
    root = write(tmp_path / "e")
    before = json.loads((root / "datapackage.json").read_text())
    approved(root)
    after = json.loads((root / "datapackage.json").read_text())
    assert after == before | {
        "approval": {
            "status": "approved",
            "by": "演示中心",
            "reference": "演示〔2026〕9号",
            "on": "2026-11-20T09:30:00+08:00",
        }
    }


def test_last_day_of_the_approval_is_written(tmp_path):
    root = write(tmp_path / "e")
    consent = Consent(by="演示", reference="演示", on=CONSENT.on, valid_through=dt.date(2026, 12, 1))
    approved(root, consent)
    assert findings(root, dt.date(2026, 12, 1)) == []
    assert findings(root, dt.date(2026, 12, 2)) == ["approval-expired"]


def test_approved_export_that_lacks_a_signature_is_signed_as_it_is(tmp_path):
    root = write(
        tmp_path / "e", status="approved", approval={"by": "演", "reference": "示", "on": "2026-11-20T09:00:00Z"}
    )
    before = (root / "datapackage.json").read_bytes()
    assert refused(root) == ["already-approved"]
    approved(root, None)
    assert (root / "datapackage.json").read_bytes() == before
    assert findings(root) == []


def test_nothing_is_signed_twice_or_without_consent(tmp_path):
    root = write(tmp_path / "e")
    assert refused(root, None) == ["not-approved"]
    approved(root)
    assert refused(root) == refused(root, None) == ["already-signed"]


def test_what_is_signed_is_what_is_there(tmp_path):
    assert refused(write(tmp_path / "changed", data=b"ix\n")) == ["hash-differs"]
    extra = write(tmp_path / "extra")
    (extra / "more.csv").write_text("演示")
    assert refused(extra) == ["unlisted-file"]
    missing = write(tmp_path / "missing")
    (missing / "measures.csv").unlink()
    assert refused(missing) == ["missing-file"]
    assert refused(write(tmp_path / "other"), name="demo-site") == ["other-export"]
    assert refused(write(tmp_path / "later", created="2026-11-21T09:00:00+08:00")) == ["created-later"]


@pytest.mark.parametrize("text", ["", "  ", "\ud800"])
def test_approval_without_words_is_refused(tmp_path, text):
    consent = Consent(by=text, reference="演示", on=CONSENT.on)
    root = write(tmp_path / "e")
    with pytest.raises(SiteBuilderError):
        approved(root, consent)
    assert not (root / "datapackage.json.sig").exists()


def test_zip_is_no_folder(tmp_path):
    (tmp_path / "e.zip").write_bytes(b"PK")
    with pytest.raises(SiteBuilderError) as stopped:
        approved(tmp_path / "e.zip")
    assert [one.code for one in stopped.value.findings] == ["not-a-folder"]


def test_changing_a_letter_after_signing_is_found(tmp_path):
    root = write(tmp_path / "e")
    approved(root)
    path = root / "datapackage.json"
    path.write_text(path.read_text().replace("演示〔2026〕9号", "演示〔2026〕8号"))
    assert findings(root) == ["bad-signature"]
    (root / "datapackage.json.sig").write_bytes(base64.b64encode(bytes(64)))
    assert findings(root) == ["bad-signature"]
