"""What the program is made of: locked, accounted for, and no script of anybody else's but Pagefind's."""

import datetime as dt
import importlib.util
import json
from pathlib import Path
import re
import subprocess
import sys

import full_exports
import pytest
import read_pages
import small_sites

from site_builder.search.fulltext import pagefind

ROOT = small_sites.PROGRAM
LOCKS = (
    "requirements.lock",
    "requirements-cluster.lock",
    "requirements-dev.lock",
    "requirements-clients.lock",
    "requirements-tools.lock",
)
PINNED = re.compile(r"([a-z0-9][a-z0-9._-]*)==(\S+) \\")
SCRIPTS = {".js", ".mjs", ".wasm", ".pagefind"}


def locked(lock):
    """Package → version."""
    return dict(PINNED.findall((ROOT / lock).read_text()))


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


known = load(ROOT / ".ci" / "known_vulnerabilities.py")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_its_hashes(lock):
    whole = (ROOT / lock).read_text()
    blocks = [one for one in re.split(r"\n(?=\S)", whole.strip()) if not one.startswith("#")]
    assert len(blocks) == len(locked(lock)) > 10
    for block in blocks:
        assert PINNED.match(block), block[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block)
    assert "://" not in whole


@pytest.mark.parametrize("lock", LOCKS[1:])
def test_what_is_tested_is_what_runs(lock):
    assert locked("requirements.lock").items() <= locked(lock).items()


def test_the_clusters_libraries_are_those_that_are_tested():
    assert locked("requirements-cluster.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.needs_tools
def test_bill_of_materials_names_what_is_locked():
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "--pyproject", ROOT / "pyproject.toml"]
    command += ["--output-reproducible", "--of", "JSON", ROOT / "requirements.lock"]
    boms = [subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2)]
    assert boms[0] == boms[1]
    bom = json.loads(boms[0])
    assert (bom["bomFormat"], bom["metadata"]["component"]["name"]) == ("CycloneDX", "site-builder")
    assert {one["name"]: one["version"] for one in bom["components"]} == locked("requirements.lock")


TODAY = dt.date(2026, 11, 20)
FOUND = [
    {"name": "demo", "version": "1.0", "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.1"]}]},
    {"name": "other", "version": "2.0", "vulns": []},
]
EXCUSE = {"id": "CVE-1", "package": "demo", "why": "演示", "until": TODAY}


def test_unexplained_vulnerability_stops():
    assert known.judge(FOUND, [], TODAY) == ["demo 1.0: PYSEC-1; fixed in: 1.1"]
    assert known.judge(FOUND, [EXCUSE | {"package": "other"}], TODAY)


def test_explained_vulnerability_does_not_stop_until_its_day():
    assert known.judge(FOUND, [EXCUSE], TODAY) == []
    assert len(known.judge(FOUND, [EXCUSE], TODAY + dt.timedelta(days=1))) == 1
    assert len(known.judge(FOUND, [EXCUSE | {"why": " "}], TODAY)) == 1


def test_exception_for_nothing_stops_unless_something_could_not_be_asked():
    assert len(known.judge([FOUND[1]], [EXCUSE], TODAY)) == 1
    assert known.judge([FOUND[1], {"name": "demo", "skip_reason": "演示"}], [EXCUSE], TODAY) == []


@pytest.mark.needs_tools
def test_without_the_network_nothing_stops(monkeypatch, capsys):
    """The real tool, with no way out: a proxy where nobody listens."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.setattr(known, "LOCKS", ("requirements.lock",))
    assert known.main() == 0
    assert "not checked" in capsys.readouterr().out


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scripts")
    site = small_sites.write_site(folder / "content", site__theme="credit")
    export = small_sites.write_export(folder / "export", pictures=full_exports.pictures(), **full_exports.lists())
    small_sites.build_site(site, export, folder / "out")
    return small_sites.files_of(small_sites.live_root(folder / "out"))


def test_every_script_is_ours_or_pagefinds_as_it_ships_it(built):
    theirs, _ = pagefind.run([("a", "demo words")])
    ours = {path.read_bytes() for path in (ROOT / "site_builder" / "themes").rglob("*") if path.suffix in SCRIPTS}
    scripts = {path: data for path, data in built.items() if Path(path).suffix in SCRIPTS}
    shipped = {path: data for path, data in scripts.items() if data not in ours}
    assert set(map(bytes, shipped.values())) == {theirs[name] for name in theirs if Path(name).suffix in SCRIPTS}
    assert all(path.startswith("search/fulltext/") for path in shipped)
    assert len(scripts) > len(shipped) > 2


def test_no_page_has_a_script_of_its_own_or_from_elsewhere(built):
    pages = read_pages.pages_of(built)
    assert len(pages) > 20
    for data in (data for path, data in built.items() if path.endswith(".html")):
        for tag in re.findall(rb"<script[^>]*>", data):
            source = re.search(rb'src="([^"]+)"', tag)
            if source is None:
                assert b'type="application/ld+json"' in tag or b'type="application/json"' in tag, tag
            else:
                assert b"//" not in source[1]


def test_our_scripts_are_written_by_hand():
    """No library pasted in, but for the grid in its own folder: no packed lines, no other's notice."""
    scripts = [path for path in (ROOT / "site_builder" / "themes").rglob("*.js") if path.parent.name != "tabulator"]
    assert len(scripts) > 10
    for path in scripts:
        text = path.read_text()
        longest = 10_000 if path.name == "characters.js" else 200
        assert max(map(len, text.splitlines())) < longest, path
        assert not re.search(r"sourceMappingURL|@license|Licensed under|Copyright", text), path
