"""docs/cluster.md: its units are taken by systemd and confined; what it says of the program is so.

Its certificates, settings and commands are what the clusters of the tests are made of (``dask_hosts``).
"""

from pathlib import Path
import re
import subprocess
import sys

import dask_hosts
from followed_docs import blocks
import pytest

from site_builder import findings

UNITS = (dask_hosts.SCHEDULER, dask_hosts.WORKER)
PAGE = Path(__file__).parents[2] / "docs" / dask_hosts.PAGE


@pytest.mark.needs_systemd
def test_systemd_takes_the_units(tmp_path):
    program = tmp_path / "dask"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name in UNITS:
        unit = dask_hosts.marked(name).replace("/opt/site-builder/bin/dask", str(program))
        (tmp_path / name).write_text(unit.replace("User=site-builder", "User=root"))
    done = subprocess.run(
        ["systemd-analyze", "verify", *(tmp_path / name for name in UNITS)], capture_output=True, text=True, check=False
    )
    assert not [line for line in done.stderr.splitlines() if "site-builder" in line]


@pytest.mark.parametrize("unit", UNITS)
def test_units_start_what_dask_has(unit):
    words = dask_hosts.start_of(unit).split()
    known = subprocess.run(
        [sys.executable, "-m", "dask", words[1], "--help"], capture_output=True, text=True, check=True
    )
    for option in (word for word in words if word.startswith("--")):
        assert re.search(rf"(?<![\w-]){option}\b", known.stdout), option


def test_codes_the_page_names_are_codes():
    every = {code for group in findings.GROUPS.values() for code in group}
    named = set(re.findall(r"`((?:worker|folder|scheduler|no)-[a-z-]+)`", PAGE.read_text())) - {"worker-ttl"}
    assert named <= every
    assert len(named) == 7


def test_worker_is_one_thread_that_never_spills_and_nobody_sees_a_page():
    worker = dask_hosts.start_of(dask_hosts.WORKER)
    assert "--nthreads 1 " in worker
    assert "--memory-limit 0 " in worker
    assert all("--no-dashboard" in dask_hosts.start_of(unit) for unit in UNITS)
    assert [kind for mark, kind, _ in blocks(dask_hosts.PAGE) if mark] == ["sh", "yaml", "ini", "ini"]
