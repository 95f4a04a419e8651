"""``make demo``: both sample sites side by side from one page, and nothing left after Ctrl-C."""

import os
from pathlib import Path
import re
import shutil
import signal
import subprocess
import sys

import pytest
from real_nginx import Server
from shared_samples import sample_root
import small_sites

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "output"
    for city in ("dalian", "lingyuan"):
        shutil.copytree(sample_root(city).parent, folder / city, symlinks=True)
    return folder


def start(output):
    return subprocess.Popen(
        [sys.executable, str(ROOT / "data" / "demo.py"), "0", str(output)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )


def test_one_page_leads_to_both_sites_and_ctrl_c_leaves_nothing(output):
    before = small_sites.all_of(output)
    with start(output) as demo:
        first = int(re.search(r"127\.0\.0\.1:([0-9]+)/", demo.stdout.readline())[1])
        status, headers, body = Server(first).ask("/")
        assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
        ports = [int(port) for port in re.findall(r'href="http://127\.0\.0\.1:([0-9]+)/"', body.decode())]
        homes = [Server(port).ask("/")[2].decode() for port in ports]
        assert ["大连" in homes[0], "凌源" in homes[1]] == [True, True]
        assert Server(ports[0]).ask("/none.html")[0] == 404
        os.killpg(demo.pid, signal.SIGINT)
        said = demo.stdout.read()
    assert demo.returncode == 0, said
    assert "Traceback" not in said
    for port in (first, *ports):
        with pytest.raises(ConnectionRefusedError):
            Server(port).ask("/")
    assert small_sites.all_of(output) == before


def test_without_the_sites_it_says_what_to_do(tmp_path):
    with start(tmp_path) as demo:
        assert "先运行 make site" in demo.stdout.read()
    assert demo.returncode == 2
