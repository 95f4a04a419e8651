"""The Containerfile: it cannot be built where there is no registry, but all it names is there and does what it says."""

import json
from pathlib import Path
import re
import shutil
import subprocess
import sys

from followed_docs import blocks
import pytest
import small_sites

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "Containerfile").read_text().replace("\\\n", " ")


def lines(instruction):
    return [
        line.removeprefix(f"{instruction} ").strip() for line in TEXT.splitlines() if line.startswith(f"{instruction} ")
    ]


def test_what_is_copied_is_there_and_enough_to_install(tmp_path):
    program = tmp_path / "program"
    for line in lines("COPY"):
        *sources, target = line.split()
        for source in sources:
            place = program / (source if target == "./" else target)
            place.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, place)
    ran = re.search(r"RUN make (\S+)", TEXT)[1]
    planned = subprocess.run(["make", "-n", ran], cwd=program, capture_output=True, text=True, check=True).stdout
    assert "requirements.lock" in planned
    assert "pip install" in planned
    folder = tmp_path / "credit" / "content" / "mycity"
    for arguments in (
        ("init", folder, "--rules", "dalian"),
        ("build", "--site", folder / "site.yml", "--output", tmp_path / "credit" / "output", "--jobs", "1"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "site_builder", *map(str, arguments)],
            cwd=program,
            env={"PYTHONPATH": str(program), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "credit" / "output" / "mycity" / "current" / "index.html").is_file()


def test_it_runs_the_program_as_an_ordinary_user():
    (entry,) = lines("ENTRYPOINT")
    assert json.loads(entry) == [f"{lines('WORKDIR')[0]}/.venv/bin/site-builder"]
    assert re.search(r"useradd .*site-builder", TEXT)
    assert lines("USER") == ["site-builder"]
    arguments = json.loads(lines("CMD")[0])
    done = subprocess.run(
        [sys.executable, "-m", "site_builder", *arguments], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0


@pytest.mark.needs_debian
def test_packages_it_installs_are_debians():
    installed = re.search(r"apt-get install (.*?)&&", TEXT)[1].split()
    wanted = [one for one in installed if not one.startswith("-")]
    known = subprocess.run(["apt-cache", "pkgnames"], capture_output=True, text=True, check=True).stdout.split()
    assert wanted
    assert set(wanted) <= set(known)


def test_page_starts_it_with_a_command_it_has():
    (written,) = [text for _, _, text in blocks("deploy.md") if text.startswith("podman")]
    assert "build -t site-builder ." in written
    assert small_sites.PROGRAM.joinpath("Containerfile").is_file()
