"""From a key to a signed release and back: ``keygen``, ``approve``, ``build`` and ``audit --key``."""

import base64
import json
import shutil
import stat
import subprocess

import pytest
import small_sites
from webmasters_desk import clean, run_here
import yaml

CREATED = "2025-01-02T09:00:00+08:00"
"""Long before whatever the machine's clock says."""


def run(*arguments):
    return clean(run_here(*arguments))


def keygen(path):
    done = run("keygen", path, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["key"]


OF_THE_LAW = {"upper-law-unread", "list-without-basis", "law-undecided"}
"""What ``check`` asks of the law, whatever is signed."""


def codes(done):
    found = [one["code"] for one in json.loads(done.stdout)["findings"]]
    return [one for one in found if one not in OF_THE_LAW]


def pending(folder):
    return small_sites.write_export(
        folder, severe=[small_sites.entry("S-1")], approval={"status": "pending"}, created=CREATED
    )


def configure(site, **changes):
    """Add to the sections of a site file."""
    described = yaml.safe_load(site.read_text())
    for section, values in changes.items():
        described.setdefault(section, {}).update(values)
    site.write_text(yaml.safe_dump(described, allow_unicode=True))


def build(site, output, day):
    return run("build", "--site", site, "--as-of", day, "--output", output, "--json")


def test_keygen_writes_a_private_key_once(tmp_path):
    done = run("keygen", tmp_path / "key")
    assert done.returncode == 0
    assert (tmp_path / "key.pub").read_text().strip() in done.stdout
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    before = (tmp_path / "key").read_bytes()
    again = run("keygen", tmp_path / "key", "--json")
    assert (again.returncode, codes(again)) == (1, ["key-exists"])
    assert (tmp_path / "key").read_bytes() == before
    assert run("keygen", tmp_path / "none" / "key").returncode == 2


def test_only_an_export_approved_by_a_trusted_key_goes_live(tmp_path):
    key = keygen(tmp_path / "boss")
    keygen(tmp_path / "stranger")
    site = small_sites.write_site(tmp_path / "content")
    configure(site, export={"trusted_keys": [key]})
    export = pending(tmp_path / "export")
    assert codes(build(site, tmp_path / "out", CREATED[:10])) == ["not-approved", "no-signature"]
    said = ["--by", "演示中心", "--reference", "演示〔2026〕9号", "--json"]
    assert run("approve", export, "--key", tmp_path / "boss", "--by", "演示中心").returncode == 2
    wrong = run("approve", export, "--key", tmp_path / "stranger", "--site", site, *said)
    assert (wrong.returncode, codes(wrong)) == (1, ["untrusted-key"])
    done = run("approve", export, "--key", tmp_path / "boss", "--site", site, *said)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["by"], told["rows"], told["key"]) == ("演示中心", {"severe-list": 1}, key)
    assert build(site, tmp_path / "out", told["on"][:10]).returncode == 0
    path = export / "datapackage.json"
    path.write_text(path.read_text().replace("9号", "8号"))
    assert "bad-signature" in codes(build(site, tmp_path / "out", told["on"][:10]))


def test_before_the_approval_check_only_warns_of_the_signature_it_will_bring_but_a_wrong_one_stops_it(tmp_path):
    key = keygen(tmp_path / "boss")
    site = small_sites.write_site(tmp_path / "content")
    configure(site, export={"trusted_keys": [key]})
    export = pending(tmp_path / "export")
    whole = ["check", "--site", site, "--as-of", CREATED[:10], "--output", tmp_path / "out", "--json"]
    assert (run(*whole).returncode, codes(run(*whole))) == (1, ["not-approved", "no-signature"])
    done = run(*whole, "--pending")
    assert (done.returncode, codes(done)) == (0, ["not-approved", "no-signature"])
    (export / "datapackage.json.sig").write_text(base64.b64encode(bytes(64)).decode() + "\n")
    done = run(*whole, "--pending")
    assert (done.returncode, codes(done)) == (1, ["bad-signature", "not-approved"])


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    """A site that signs its releases, built; and its public key."""
    folder = tmp_path_factory.mktemp("signed")
    key = keygen(folder / "site.key")
    site = small_sites.write_site(folder / "content", publish__sign_key="../../site.key")
    small_sites.write_export(folder / "export", severe=[small_sites.entry("S-1")])
    arguments = ["build", "--site", site, "--as-of", small_sites.AS_OF, "--output", folder / "out", "--json"]
    done = clean(run_here(*arguments, today=small_sites.AS_OF))
    assert done.returncode == 0, done.stderr
    return site, small_sites.live_root(folder / "out"), key


def audit(site, root, key):
    done = run("audit", root, "--site", site, "--key", key, "--json")
    return codes(done) if done.returncode else []


def test_served_tree_is_verified_by_the_sites_key(signed, tmp_path):
    site, root, key = signed
    assert audit(site, root, key) == []
    assert audit(site, root, tmp_path.parent / "none.pub") == ["bad-key"]
    assert audit(site, root, keygen(tmp_path / "other")) == ["signature"]
    assert audit(site, root, str(tmp_path / "other.pub")) == ["signature"]


def test_forged_tree_with_a_fitting_file_list_is_found_by_its_signature(signed, tmp_path):
    site, root, key = signed
    forged = tmp_path / "forged"
    shutil.copytree(root, forged)
    release = json.loads((forged / "release.json").read_text())
    (forged / "release.json").write_text(json.dumps(release, indent=2) + " \n")
    assert audit(site, forged, key) == ["signature"]
    (forged / "release.json.sig").unlink()
    assert audit(site, forged, key) == ["signature"]
    (forged / "release.json.sig").write_text("演示")
    assert "signature" in audit(site, forged, key)


@pytest.mark.needs_openssl
def test_signature_is_one_openssl_verifies(signed, tmp_path):
    _, root, _ = signed
    private = root.parents[3] / "site.key"
    (tmp_path / "sig").write_bytes(base64.b64decode((root / "release.json.sig").read_bytes()))
    public = tmp_path / "public.pem"
    subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], check=True)
    verify = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", public, "-rawin", "-in", root / "release.json"]
    assert subprocess.run([*verify, "-sigfile", tmp_path / "sig"], check=False, capture_output=True).returncode == 0


def test_built_again_it_is_unchanged_and_another_key_signs_anew(signed, tmp_path):
    site, root, _ = signed
    output = root.parents[2]
    again = ["build", "--site", site, "--as-of", small_sites.AS_OF, "--output", output, "--json"]
    assert json.loads(run(*again).stdout)["unchanged"] is True
    elsewhere = tmp_path / "out"
    shutil.copytree(output, elsewhere, symlinks=True)
    fresh = keygen(tmp_path / "fresh.key")
    text = site.read_text()
    site.write_text(text.replace("../../site.key", str(tmp_path / "fresh.key")))
    try:
        done = run("build", "--site", site, "--as-of", small_sites.AS_OF, "--output", elsewhere, "--json")
        assert json.loads(done.stdout)["unchanged"] is False
        assert audit(site, small_sites.live_root(elsewhere), fresh) == []
    finally:
        site.write_text(text)


def test_missing_key_of_the_site_stops_before_anything_is_made(tmp_path):
    site = small_sites.write_site(tmp_path / "content", publish__sign_key="../../none.key")
    small_sites.write_export(tmp_path / "export", severe=[small_sites.entry("S-1")])
    done = run("build", "--site", site, "--as-of", small_sites.AS_OF, "--output", tmp_path / "out", "--json")
    assert (done.returncode, codes(done)) == (2, ["no-key"])
    assert not (tmp_path / "out").exists()
