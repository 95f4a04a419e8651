"""For every test: what it needs of the machine, and the closing line about what was lacking."""

from collections import Counter
import importlib.util
import os
from pathlib import Path
import re
import shutil
import signal
import subprocess
import tempfile

from hypothesis import HealthCheck, settings
import pytest
from shared_samples import SHARED
from sizes import LAWS, LONG

from site_builder.law.cities import shipped
from site_builder.machine import NEEDS, install_line, lacking, program

# A slow machine is no fault: no example has a deadline.
settings.register_profile("plain", deadline=None, derandomize=True, database=None)
settings.register_profile("long", max_examples=LAWS, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("long" if LONG else "plain")

# Started in the background of a shell, the tests would hand down to what they start that Ctrl-C means nothing.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

HERE = Path(__file__).parent
MEMORY = Path("/dev/shm")  # noqa: S108  # where Linux keeps files in memory
ROOM = 4 << 30
"""Bytes of memory that are to be free before the tests put their folders there."""

PROGRAMS = {need.name: need for need in NEEDS}
FOLDERS = {HERE / "browser": "chromium"}
"""What every test of a folder needs."""

FIXTURES = {"node": "node", "case": "cases"}
"""What every test that uses a fixture needs."""


def _mounts():
    """Whether this machine lets us mount."""
    try:
        done = subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False)
    except OSError:
        return False
    return os.geteuid() == 0 and done.returncode == 0


def _network_namespaces():
    """Whether this machine lets us make hosts of our own."""
    try:
        done = subprocess.run(
            ["unshare", "-n", "ip", "link", "add", "one", "type", "veth"], capture_output=True, check=False
        )
    except OSError:
        return False
    return os.geteuid() == 0 and done.returncode == 0


def _has(library):
    return importlib.util.find_spec(library) is not None


OTHERS = {
    "netns": ("网络命名空间的权限（以 root 运行）和 ip", _network_namespaces),
    "mount": ("挂载的权限（以 root 运行）", _mounts),
    "seeds": ("法规全文（SITE_BUILDER_SEEDS）", lambda: "SITE_BUILDER_SEEDS" in os.environ),
    "cases": ("共用的案例（SITE_BUILDER_CASES）", lambda: "SITE_BUILDER_CASES" in os.environ),
    "shapes": ("DCAT-AP 的 SHACL（SITE_BUILDER_DATA）", lambda: "SITE_BUILDER_DATA" in os.environ),
    "debian": ("Debian 的软件包目录（apt-cache）", lambda: program("apt-cache") is not None),
    "followthemoney": ("followthemoney（make clients）", lambda: _has("followthemoney")),
    "libreoffice": ("LibreOffice（soffice）", lambda: program("soffice") is not None),
    "tools": ("检查用的工具（make vulnerabilities）", lambda: _has("pip_audit")),
}
"""What no package of Debian brings: what it is called, and whether it is there."""

_found = {}


def there(name):
    """Whether a need is met; looked for once."""
    if name not in _found:
        _found[name] = OTHERS[name][1]() if name in OTHERS else not PROGRAMS[name].lacking()
    return _found[name]


SLOWEST = (
    "crash/test_kills.py",
    "crash/test_failing_disk.py",
    "property/test_release_machine.py",
    "browser/test_search_recall.py",
    "crash/test_what_is_said.py",
    "docs/test_tutorial.py",
    "hosting/test_province_browser.py",
    "sites/test_dask_cluster.py",
    "sites/test_audit.py",
    "docs/test_backup.py",
    "property/test_rebuild.py",
    "unit/release/test_state_lost.py",
    "browser/test_accessibility.py",
    "browser/test_search_page.py",
)
"""The slowest files, begun first: with a file to each process, none is left alone with one of them at the end."""


def pytest_configure(config):
    """A folder for all processes of a run, in memory where there is much of it: small sites come and go all the time.

    ``TMPDIR`` says another place.
    """
    if SHARED in os.environ:
        return
    in_memory = "TMPDIR" not in os.environ and is_roomy()
    folder = tempfile.mkdtemp(prefix="site-builder-tests-", dir=MEMORY if in_memory else None)
    Path(folder).chmod(0o755)  # web servers' users are to come in
    os.environ[SHARED] = folder
    if in_memory:
        os.environ["TMPDIR"], tempfile.tempdir = folder, None

    def leave():
        """What is run next in the same process has a folder of its own."""
        shutil.rmtree(folder, ignore_errors=True)
        del os.environ[SHARED]
        if in_memory:
            os.environ.pop("TMPDIR", None)
            tempfile.tempdir = None

    config.add_cleanup(leave)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """One process more than there are cores: each waits, at times, for a browser, a server or the disk."""
    return len(os.sched_getaffinity(0)) + 1


def is_roomy():
    """Whether so much of the machine's memory may be had, and as files."""
    try:
        free = int(re.search(r"MemAvailable: +([0-9]+) kB", Path("/proc/meminfo").read_text())[1]) * 1024
        return min(free, shutil.disk_usage(MEMORY).free) > ROOM and os.access(MEMORY, os.W_OK)
    except OSError:
        return False


def pytest_collection_modifyitems(items):
    first = {HERE / name: place for place, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: first.get(item.path, len(first)))
    for item in items:
        wanted = [name for folder, name in FOLDERS.items() if folder in item.path.parents]
        wanted += [name for fixture, name in FIXTURES.items() if fixture in getattr(item, "fixturenames", ())]
        for name in wanted:
            item.add_marker(f"needs_{name}")


def pytest_sessionstart():
    if "MUTANT_UNDER_TEST" in os.environ:
        shipped.cache_clear()  # what reads the laws is changed, too: none that was read before the change is kept


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":
        shipped.cache_clear()  # which functions a test runs: the laws are read in each, not in the first alone
    needed = {mark.name.removeprefix("needs_") for mark in item.iter_markers() if mark.name.startswith("needs_")}
    absent = sorted(name for name in needed if not there(name))
    if absent:
        item.user_properties.append(("lacking", absent))
        pytest.skip(f"缺 {'、'.join(absent)}")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session):
    """After everything else is said: how many checks did not run for want of what."""
    result = yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and not hasattr(session.config, "workerinput"):
        told = [dict(one.user_properties).get("lacking", ()) for one in reporter.stats.get("skipped", ())]
        absent = Counter(name for names in told for name in names)
        if absent:
            reporter.write_line(closing(sum(map(bool, told)), absent))
    return result


def closing(number, absent):
    """The closing line: so many checks, what each wanted, and what installs it."""
    names = [f"{OTHERS[name][0] if name in OTHERS else name}（{count}）" for name, count in absent.most_common()]
    line = install_line(lacking(PROGRAMS[name] for name in absent if name in PROGRAMS))
    return f"{number} 项检查没有运行：缺 {'、'.join(names)}" + (f"；装上：{line}" if line else "")
