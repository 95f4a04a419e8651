"""The package as somebody installs it: built from what is in the repository, in an environment that knows nothing else.

No network is asked: the wheel is built with the locked setuptools, and the new environment finds the libraries (never
this program) where they are installed for the tests.
"""

import email
import hashlib
import os
from pathlib import Path
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile

import pytest
import small_sites

from site_builder import __version__

ROOT = small_sites.PROGRAM
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
APACHE_2 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
"""SHA-256 of the licence's official text, as apache.org gives it."""


def pip(*arguments, python=sys.executable):
    command = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check", *arguments]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True, cwd="/")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    unwanted = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(ROOT / "site_builder", source / "site_builder", ignore=unwanted)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, source)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder of a fresh environment with the program in it."""
    folder = tmp_path_factory.mktemp("fresh") / "environment"
    venv.create(folder)
    library = folder / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages"
    (library / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")  # its own .pth files are not read
    pip("install", "--quiet", "--no-deps", "--no-index", wheel, python=folder / "bin" / "python")
    return folder


def run(installed, folder, *arguments):
    """The installed command in a folder, with nothing of this environment."""
    command = [installed / "bin" / "site-builder", *arguments]
    env = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(folder), "TMPDIR": os.environ.get("TMPDIR", "/tmp")}  # noqa: S108
    return subprocess.run(list(map(str, command)), cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("rules", ["dalian", "lingyuan"])
def test_new_site_of_the_installed_program_is_live_at_once(installed, tmp_path, rules):
    made = run(installed, tmp_path, "init", "content/mycity", "--rules", rules)
    assert made.returncode == 0, made.stderr
    built = run(installed, tmp_path, "build", "--site", "content/mycity/site.yml", "--jobs", "1")
    assert built.returncode == 0, built.stderr
    root = tmp_path / "output" / "mycity" / "current"
    for page in (
        "index.html",
        "severe/YANSHI-0001.html",
        f"laws/{rules}.html",
        "guide/about.html",
        "search/index.html",
    ):
        assert (root / page).is_file(), page
    audited = run(installed, tmp_path, "audit", "--site", "content/mycity/site.yml")
    assert audited.returncode == 0, audited.stderr


def test_it_is_the_installed_program_that_runs(installed, tmp_path):
    """Not the repository's, which the tests' own environment finds."""
    code = "import site_builder, sys; print(site_builder.__file__)"
    told = subprocess.run(
        [installed / "bin" / "python", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert Path(told.strip()).is_relative_to(installed)
    assert run(installed, tmp_path, "--version").stdout.strip().endswith(f" {__version__}")


def test_sites_own_themes_come_before_those_of_the_program(installed, tmp_path):
    assert run(installed, tmp_path, "init", "mycity", "--rules", "dalian").returncode == 0
    theme = tmp_path / "mycity" / "themes" / "credit"
    theme.mkdir()
    (theme / "theme.yml").write_text("name: credit\n")
    own = installed.glob("lib/python*/site-packages/site_builder/themes/credit/*")
    for path in own:
        if path.is_dir():
            shutil.copytree(path, theme / path.name)
    footer = theme / "components" / "footer" / "template.html"
    assert "<footer" in footer.read_text()
    footer.write_text(footer.read_text().replace("<footer", '<footer data-own="here"', 1))
    built = run(installed, tmp_path, "build", "--site", "mycity/site.yml", "--jobs", "1")
    assert built.returncode == 0, built.stderr
    assert 'data-own="here"' in (tmp_path / "output" / "mycity" / "current" / "index.html").read_text()


def test_wheel_holds_the_program_and_no_more(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
    there = [path for path in (ROOT / "site_builder").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sorted(names) == sorted(path.relative_to(ROOT).as_posix() for path in there)


def test_metadata_says_what_the_project_does(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith(".dist-info/METADATA")]
        metadata = email.message_from_string(archive.read(name).decode())
        licences = [one for one in archive.namelist() if "/licenses/" in one]
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == "Apache-2.0 AND MIT"
    assert len(licences) == len(metadata.get_all("License-File")) == 2
    assert {"Operating System :: POSIX :: Linux", "Programming Language :: Python :: 3.11"} <= set(
        metadata.get_all("Classifier")
    )
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["Author"]
    addresses = [one.partition(", ")[2] for one in metadata.get_all("Project-URL")]
    assert addresses
    assert all(re.match(r"https://[a-z-]+\.example/", one) for one in addresses)


def test_licence_is_the_official_text():
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == APACHE_2


def test_version_stands_in_the_change_log():
    assert re.search(rf"^## {re.escape(__version__)}\b", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)


def test_dependencies_are_those_locked_each_with_what_was_tested_at_least():
    wanted = dict(re.fullmatch(r"([a-z0-9-]+)([=>]=.+)", one).groups() for one in PROJECT["dependencies"])
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    assert wanted == {name: f"{'==' if name == 'pagefind-bin' else '>='}{locked[name]}" for name in wanted}
    asked = re.findall(r"^([a-z0-9-]+)", (ROOT / "requirements.in").read_text(), re.MULTILINE)
    assert set(asked) - {"setuptools", "wheel"} == set(wanted)
