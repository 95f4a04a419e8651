"""What the engine of a cluster does with jobs: gives, refuses, does again, forgets."""

from contextlib import nullcontext
import errno
import json
import os
from pathlib import Path
import pickle
import subprocess
import sys
import tempfile

import dask
import dask_jobs
import distributed  # noqa: F401  # its defaults come before the settings of a test
import pytest
import small_sites

from site_builder.cluster import worker
from site_builder.cluster.engine import Cluster, refuse_plain
from site_builder.errors import Exit, SiteBuilderError
from site_builder.release.shared import listed
from site_builder.workers import Local

HIDDEN = "演示绝密商贸有限公司"


@pytest.fixture(scope="module")
def here():
    """Two processes of this machine."""
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}), Cluster(workers=2) as made:
        yield made


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    """The work folder of a build."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("engine", ["here", "local"])
def test_every_job_is_done_once(request, engine):
    one = request.getfixturevalue("here") if engine == "here" else Local(2)
    given = list(one.run(dask_jobs.doubled, {"factor": 3}, range(200)))
    assert sorted(given) == [3 * number for number in range(200)]


def test_jobs_are_asked_for_as_others_are_done(here):
    asked = []

    def jobs():
        for number in range(100):
            asked.append(number)
            yield number

    given = here.run(dask_jobs.doubled, {"factor": 1}, jobs())
    next(given)
    assert len(asked) <= 3 * here.workers
    assert len(list(given)) == 99


def test_worker_keeps_its_context_for_the_run_and_no_longer(here, work):
    given = list(here.run(dask_jobs.remembered, {"met": []}, range(40)))
    of_worker = {pid: max(many for one, many in given if one == pid) for pid, _ in given}
    assert sum(of_worker.values()) == 40
    assert set(here.connected().run(dask_jobs.held_now).values()) == {None}
    assert not list(work.glob("jobs-*"))
    again = list(here.run(dask_jobs.remembered, {"met": []}, range(2)))
    assert max(many for _, many in again) <= 2


def test_what_a_job_sets_aside_lies_in_the_work_folder(here, work):
    [folder] = here.run(dask_jobs.set_aside, None, [1])
    assert Path(folder).parent == work


def test_finding_of_a_job_crosses_whole(here):
    with pytest.raises(SiteBuilderError) as stopped:
        list(here.run(dask_jobs.refused, "演示提示", [7]))
    [found] = stopped.value.findings
    assert (found.code, found.place.file, found.place.row, found.hint) == ("damaged", "severe/7.html", 7, "演示提示")


@pytest.mark.parametrize(("function", "error"), [(dask_jobs.told, ValueError), (dask_jobs.odd, RuntimeError)])
def test_error_of_a_job_crosses_and_dask_does_not_hear_of_it(here, function, error):
    with pytest.raises(error, match=HIDDEN):
        list(here.run(function, HIDDEN, [1]))
    logs = here.connected().get_worker_logs() | {"scheduler": here.connected().get_scheduler_logs()}
    assert HIDDEN not in str(logs)


def test_job_whose_worker_dies_is_done_again_over_what_it_left(here, work):
    (work / "root").mkdir()
    written = list(here.run(dask_jobs.pages, work / "root", [("a", False), ("b", True), ("c", False)]))
    assert (work / "died").exists()
    told = dict(listed(written))
    found = small_sites.files_of(work / "root")
    assert found.keys() == told.keys()
    assert found == {f"{name}-{at}": f"{name} {at}\n".encode() * 100 for name in "abc" for at in range(dask_jobs.MANY)}


@pytest.mark.parametrize("dies", [False, True])
def test_two_jobs_that_write_the_same_are_refused(here, work, dies):
    """In the job that comes second, or, where that was done again, when all that was written is put together."""
    (work / "root").mkdir()
    with pytest.raises(FileExistsError):
        dict(listed(here.run(dask_jobs.pages, work / "root", [("a", False), ("a", dies)])))


@pytest.mark.parametrize("later", [False, True])
def test_attempt_that_fails_says_so_unless_another_was_begun_meanwhile(work, later):
    """As when a process believed dead meets the files of the one that does its job now."""
    (work / worker.SHARED).write_bytes(pickle.dumps((dask_jobs.fails_beside, (work, later))))
    (work / "0.job").write_bytes(pickle.dumps(None))
    with pytest.raises(RuntimeError) if later else nullcontext():
        worker.do(str(work), worker.program(), 0)
    worker.let_go()
    assert (work / "0.result").exists() is not later


def test_job_that_kills_every_worker_is_given_up(here):
    with pytest.raises(SiteBuilderError) as stopped:
        list(here.run(dask_jobs.always_dies, None, [1]))
    assert ([one.code for one in stopped.value.findings], stopped.value.exit_code) == (["worker-died"], Exit.MACHINE)
    assert list(here.run(dask_jobs.doubled, {"factor": 2}, [4])) == [8]


def test_disk_that_is_full_in_a_worker_is_told_as_that(here):
    with pytest.raises(OSError, match="space") as stopped:
        list(here.run(dask_jobs.fills_the_disk, None, [1]))
    assert stopped.value.errno == errno.ENOSPC
    assert list(here.run(dask_jobs.doubled, {"factor": 2}, [4])) == [8]


FULL = """
import sys
from pathlib import Path
from site_builder.cluster import worker
worker.do(sys.argv[1], worker.program(), 0)
"""


@pytest.mark.needs_mount
def test_disk_too_full_to_begin_a_job_is_no_folder_that_is_not_shared(work):
    """All but the job's note of its beginning is there."""
    (work / "home").mkdir()
    script = (
        f"mount -t tmpfs -o nr_inodes=3 none {work}/home && cp {work}/shared {work}/0.job {work}/home && "
        f'exec "$0" -c "$1" {work}/home'
    )
    (work / worker.SHARED).write_bytes(pickle.dumps((dask_jobs.doubled, {"factor": 2})))
    (work / "0.job").write_bytes(pickle.dumps(1))
    command = ["unshare", "-m", "sh", "-c", script, sys.executable, FULL]
    paths = f"{small_sites.PROGRAM}:{Path(dask_jobs.__file__).parent}"
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True, check=False)
    assert "OSError: [Errno 28]" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("address", "code", "told"),
    [
        ("tls://127.0.0.1:9", Exit.MACHINE, "scheduler-unreachable"),
        ("tls://127.0.0.1", Exit.MACHINE, "scheduler-unreachable"),
        ("foo://127.0.0.1:1", Exit.MACHINE, "scheduler-unreachable"),
        ("tls://[abc", Exit.USAGE, "usage"),
    ],
)
def test_address_that_is_none_or_lacks_its_certificates_is_told_in_words(tmp_path, address, code, told):
    site = small_sites.write_site(tmp_path / "content")
    export = small_sites.write_export(tmp_path / "export", severe=[small_sites.entry()])
    given = ["--site", site, "--export", export, "--output", tmp_path / "out", "--as-of", small_sites.AS_OF]
    quiet = "import os; os.environ.pop('DASK_CONFIG', None)"
    done = build(*given, "--engine", "dask", "--scheduler", address, "--json", before=quiet)
    assert done.returncode == code, done.stderr
    (finding,) = json.loads(done.stdout)["findings"]
    assert finding["code"] == told
    assert "tls://主机:端口" in finding["hint"]


HERE = ["", "127.0.0.1:8786", "tcp://127.8.8.8:1", "tcp://localhost:1", "tcp://[::1]:1", "tls://10.0.0.5:8786"]
AWAY = ["10.0.0.5:8786", "tcp://10.0.0.5:8786", "ws://127.0.0.2.example:1", "tcp://[2001:db8::1]:8786", "host:8786"]


@pytest.mark.parametrize("address", HERE)
def test_scheduler_of_this_machine_or_with_tls_is_taken(address):
    refuse_plain(address, allowed=False)


@pytest.mark.parametrize("address", AWAY)
def test_scheduler_elsewhere_without_tls_is_refused_unless_told_otherwise(address):
    with pytest.raises(SiteBuilderError) as stopped:
        refuse_plain(address, allowed=False)
    assert ([one.code for one in stopped.value.findings], stopped.value.exit_code) == (["scheduler-plain"], Exit.USAGE)
    refuse_plain(address, allowed=True)


@pytest.mark.usefixtures("work")
def test_nobody_at_the_address_is_told():
    settings = {"distributed.comm.timeouts.connect": "1s"}
    with dask.config.set(settings), Cluster("127.0.0.1:9") as away, pytest.raises(SiteBuilderError) as stopped:
        list(away.run(dask_jobs.doubled, {}, [1]))
    assert [one.code for one in stopped.value.findings] == ["scheduler-unreachable"]


def build(*arguments, before="pass"):
    """A build in a process of its own, after some Python of ours."""
    script = f"import sys; {before}; from site_builder.cli.main import main; main()"
    command = [sys.executable, "-c", script, "build", *map(str, arguments)]
    return subprocess.run(command, cwd=small_sites.PROGRAM, capture_output=True, text=True, check=False)


def test_without_the_library_the_line_that_installs_it_is_said(tmp_path):
    site = small_sites.write_site(tmp_path / "content")
    export = small_sites.write_export(tmp_path / "export", severe=[small_sites.entry()])
    given = ["--site", site, "--export", export, "--output", tmp_path / "out"]
    done = build(*given, "--engine", "dask", before="sys.modules['distributed'] = None")
    assert done.returncode == Exit.MACHINE
    assert "pip install 'site-builder[cluster]'" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("options", [["--scheduler", "tls://10.0.0.5:1"], ["--no-tls"]])
def test_options_of_a_cluster_are_for_a_cluster(tmp_path, options):
    site = small_sites.write_site(tmp_path / "content")
    export = small_sites.write_export(tmp_path / "export", severe=[small_sites.entry()])
    done = build("--site", site, "--export", export, "--output", tmp_path / "out", *options)
    assert done.returncode == Exit.USAGE
    assert "--engine dask" in done.stderr
