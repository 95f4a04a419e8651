"""Builds on a Dask cluster: the same bytes whatever dies, nothing of a record in what Dask keeps, strangers refused."""

import datetime as dt
import os
from pathlib import Path
import select
import shutil
import signal
import subprocess
import sys

import dask
import dask_hosts
import distributed  # noqa: F401  # its defaults come before the settings of a test
import pytest
import small_sites

from site_builder.cluster.engine import Cluster
from site_builder.errors import Exit, SiteBuilderError
from site_builder.findings import GUARDS
from site_builder.progress import Silent

NAME = "演示绝密商贸有限公司"
ENTRIES = [small_sites.entry(f"S-{number:03}") for number in range(150)]
LISTS = {
    "severe": [*ENTRIES, small_sites.entry("S-HIDDEN", subject_name=NAME, disclosure="query")],
    "measures": [small_sites.measure()],
    "models": [small_sites.model()],
    "others": small_sites.optional(),
}
PAGES, LISTED, AUDIT = "名单记录页", "名单各页、数据下载与检索", "审核"
MINUTE, TENTH = 60_000, 100
"""Milliseconds."""


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    """A site, its export, and the files that a build on this machine makes of it."""
    folder = tmp_path_factory.mktemp("ground")
    site = small_sites.write_site(folder / "content")
    export = small_sites.write_export(folder / "export", **LISTS)
    small_sites.build_site(site, export, folder / "local", allow=GUARDS)
    return site, export, live_files(folder / "local")


@pytest.fixture
def hosts(tmp_path):
    """Makes a cluster of this test."""
    made = []

    def make(network=dask_hosts.Loopback, **given):
        made.append(dask_hosts.Cluster(tmp_path / "cluster", network(), **given))
        return made[-1]

    yield make
    for one in made:
        one.close()


class At(Silent):
    """Does something when the build comes to a step."""

    def __init__(self, name, do):
        self.name, self.do = name, do

    def step(self, name, total=None):  # noqa: ARG002  # as a listener is told
        if name == self.name:
            self.do()


def built(ground, output, made, **given):
    """Build in this process on a cluster; the report."""
    site, export, _ = ground
    with dask.config.set(made.settings), Cluster(made.address) as engine:
        return small_sites.build_site(site, export, output, **{"engine": engine, "allow": GUARDS, **given})


def live_files(output):
    return small_sites.files_of(small_sites.live_root(output))


def work_left(output):
    return list((output / "dalian" / "state").glob("work-*"))


def test_workers_that_die_in_the_middle_of_a_file_cost_nothing_but_time(ground, hosts, tmp_path):
    """Each dies at another place; the files they cut are written again whole."""
    made = hosts(accidents=["0003-SIGKILL", "0071-SIGKILL", "0160-SIGKILL"])
    built(ground, tmp_path / "out", made)
    assert len(list((made.folder / "deaths").glob("taken-*"))) == 3
    assert live_files(tmp_path / "out") == ground[2]
    assert not work_left(tmp_path / "out")


def test_worker_that_stood_still_wakes_to_a_site_it_cannot_change(ground, hosts, tmp_path):
    """Its job was done by another while it slept in the middle of a page."""
    made = hosts(accidents=["0050-SIGSTOP"], SCHEDULER__WORKER_TTL="3s")
    built(ground, tmp_path / "out", made)
    [taken] = (made.folder / "deaths").glob("taken-*")
    asleep = os.pidfd_open(pid := int(taken.name.split("-")[1]))
    os.killpg(os.getpgid(pid), signal.SIGCONT)
    gone = select.poll()
    gone.register(asleep, select.POLLIN)
    given_up = (gone.poll(TENTH) or "Compute Failed" in made.said() for _ in range(MINUTE // TENTH))
    assert any(given_up), "it ends, or says that it could not do its job"
    os.close(asleep)
    assert live_files(tmp_path / "out") == ground[2]
    assert not work_left(tmp_path / "out")


def test_nothing_of_a_record_is_in_what_dask_logs_and_keeps(ground, hosts, tmp_path):
    made = hosts()
    seen = set()

    def look():
        """What lies on the workers' own disks, and what the scheduler calls what it does."""
        seen.update(one for one in made.folder.rglob("*") if one.is_file())

    with dask.config.set(made.settings), Cluster(made.address) as engine:
        given = {"engine": engine, "allow": GUARDS, "listener": At(AUDIT, look)}
        small_sites.build_site(*ground[:2], tmp_path / "out", **given)
        keys = {key for one in engine.connected().get_worker_logs().values() for _, key in one}
        tasks = engine.connected().run_on_scheduler(lambda dask_scheduler: str(list(dask_scheduler.get_events())))
    kept = b"".join(one.read_bytes() for one in {*seen, *filter(Path.is_file, made.folder.rglob("*"))} if one.exists())
    for told in (made.said(), str(keys), tasks, kept.decode("utf-8", "replace")):
        assert "演示" not in told
        assert "S-HIDDEN" not in told
        assert "S-001" not in told


@pytest.mark.parametrize("when", [PAGES, AUDIT])
def test_scheduler_that_is_gone_stops_the_build_and_nothing_else(ground, hosts, tmp_path, when):
    site, export, wanted = ground
    first = small_sites.write_export(tmp_path / "first", severe=[small_sites.entry("S-000")], version="2026.11.17")
    small_sites.build_site(site, first, tmp_path / "out", allow=GUARDS)
    before = live_files(tmp_path / "out")
    made = hosts()
    soon = {"distributed.comm.timeouts.connect": "2s"}
    with dask.config.set(soon), pytest.raises(SiteBuilderError) as stopped:
        built(ground, tmp_path / "out", made, listener=At(when, lambda: made.kill("scheduler")))
    assert ([one.code for one in stopped.value.findings], stopped.value.exit_code) == (["scheduler-lost"], Exit.MACHINE)
    assert live_files(tmp_path / "out") == before
    small_sites.build_site(site, export, tmp_path / "out", allow=GUARDS)
    assert live_files(tmp_path / "out") == wanted
    assert not work_left(tmp_path / "out")


def test_build_that_is_killed_leaves_the_live_site_and_the_next_one_works(ground, hosts, tmp_path):
    site, export, wanted = ground
    made = hosts()
    command = [sys.executable, dask_hosts.HERE / "told_build.py", site, export, tmp_path / "out", made.address]
    with subprocess.Popen(
        command, env=made.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as one:
        for line in one.stdout:
            if line.strip() == LISTED:
                one.kill()
                break
            one.stdin.write("\n")
            one.stdin.flush()
    assert work_left(tmp_path / "out")
    built(ground, tmp_path / "out", made)
    assert live_files(tmp_path / "out") == wanted
    assert not work_left(tmp_path / "out")


def test_shard_that_fails_stops_the_build_with_its_place(ground, hosts, tmp_path):
    """A page of the live release that was altered, met by a worker of the nightly build."""
    site, export, _ = ground
    small_sites.build_site(site, export, tmp_path / "out", allow=GUARDS)
    page = small_sites.live_root(tmp_path / "out") / "severe" / "S-001.html"
    page.write_bytes(page.read_bytes().replace("演示".encode(), "篡改".encode()))
    with pytest.raises(SiteBuilderError) as stopped:
        built(ground, tmp_path / "out", hosts(), as_of=small_sites.AS_OF + dt.timedelta(days=1))
    assert [(one.code, one.place.file) for one in stopped.value.findings] == [("damaged", "severe/S-001.html")]


def test_worker_with_another_program_is_refused(ground, hosts, tmp_path):
    other = shutil.copytree(small_sites.PROGRAM / "site_builder", tmp_path / "other" / "site_builder")
    with (other / "vocabulary.py").open("a") as file:
        file.write("\n# another\n")
    made = hosts(program=tmp_path / "other")
    with pytest.raises(SiteBuilderError) as stopped:
        built(ground, tmp_path / "out", made)
    [found] = stopped.value.findings
    assert (found.code, found.place.file, stopped.value.exit_code) == (
        "worker-differs",
        os.uname().nodename,
        Exit.MACHINE,
    )
    assert not (tmp_path / "out" / "dalian" / "current").exists()


@pytest.mark.needs_mount
def test_worker_that_does_not_share_the_output_folder_is_refused(ground, hosts, tmp_path):
    (tmp_path / "out").mkdir()
    made = hosts(before=["unshare", "-m", "sh", "-c", f'mount -t tmpfs none {tmp_path / "out"} && exec "$@"', "sh"])
    with pytest.raises(SiteBuilderError) as stopped:
        built(ground, tmp_path / "out", made)
    assert [one.code for one in stopped.value.findings] == ["folder-not-shared"]


def test_who_has_no_certificate_of_ours_is_not_let_in(ground, hosts, tmp_path):
    made = hosts(workers=0)
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    subprocess.run(["bash", "-ec", dask_hosts.marked("certificates")], cwd=stranger, check=True, capture_output=True)
    settings = {
        name: str(value).replace(str(made.folder / "tls"), str(stranger)) for name, value in made.settings.items()
    }
    settings = {name: value for name, value in settings.items() if ".tls." in name}
    with (
        pytest.raises(SiteBuilderError) as stopped,
        dask.config.set({"distributed.comm.timeouts.connect": "3s"} | settings),
        Cluster(made.address) as engine,
    ):
        small_sites.build_site(*ground[:2], tmp_path / "out", engine=engine, allow=GUARDS)
    assert [one.code for one in stopped.value.findings] == ["scheduler-unreachable"]


@pytest.mark.needs_netns
def test_hosts_of_a_network_build_the_same_though_one_loses_its_cable(ground, hosts, tmp_path):
    site, export, wanted = ground
    made = hosts(dask_hosts.Namespaces, workers=3, SCHEDULER__WORKER_TTL="3s")
    command = [
        *made.before,
        sys.executable,
        dask_hosts.HERE / "told_build.py",
        site,
        export,
        tmp_path / "out",
        made.address,
    ]
    said = []
    with subprocess.Popen(
        command, env=made.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as one:
        for line in one.stdout:
            said.append(line.strip())
            if said[-1] == LISTED:
                made.network.cut(made.workers[0])
            one.stdin.write("\n")
            one.stdin.flush()
    assert said[-1] == "切换"
    assert live_files(tmp_path / "out") == wanted
