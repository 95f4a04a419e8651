"""A Dask cluster as docs/cluster.md sets one up: certificates, settings and commands are those of the page.

Each host is a network namespace of its own, joined by a bridge (``Namespaces``), or all are processes on addresses of
the loopback (``Loopback``). The page's addresses and folders are replaced by the test's.
"""

from contextlib import suppress
from functools import partial
import os
from pathlib import Path
import re
import shlex
import signal
import subprocess
import sys
import threading

from followed_docs import blocks
import yaml

from site_builder.processes import die_with

PAGE = "cluster.md"
SCHEDULER, WORKER = "site-builder-scheduler.service", "site-builder-worker.service"
HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def marked(mark):
    """The block of the page under a comment."""
    return next(text for one, _, text in blocks(PAGE) if one == mark)


def start_of(unit):
    """The command of a unit."""
    return re.search(r"^ExecStart=(.*)$", marked(unit), re.MULTILINE)[1]


def _flat(way, value):
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _flat(f"{way}.{key}" if way else key, inner)
    else:
        yield way, value


class Loopback:
    """Hosts that are addresses of this machine."""

    def __init__(self):
        self.number = 1

    def host(self):
        """A new host: what goes before its commands, and its address."""
        self.number += 1
        return [], f"127.0.0.{self.number}"

    def cut(self, address):
        raise NotImplementedError

    def close(self):
        pass


class Namespaces:
    """Hosts that are network namespaces, each with an address on one bridge, itself in a namespace."""

    def __init__(self):
        self.name = f"sb{os.getpid()}"
        self.hosts = {}
        self.names = []
        self.switch = self._space("switch")
        self._ip("-n", self.switch, "link", "add", "bridge", "type", "bridge")
        self._ip("-n", self.switch, "link", "set", "bridge", "up")

    def _ip(self, *words):
        subprocess.run(["ip", *words], check=True, capture_output=True)

    def _space(self, name):
        space = f"{self.name}-{name}"
        self._ip("netns", "add", space)
        self.names.append(space)
        return space

    def host(self):
        """A new host: what goes before its commands, and its address."""
        number = len(self.hosts) + 1
        space, address = self._space(str(number)), f"10.213.0.{number}"
        self._ip(
            "-n", space, "link", "add", "eth", "type", "veth", "peer", "name", f"port{number}", "netns", self.switch
        )
        self._ip("-n", self.switch, "link", "set", f"port{number}", "master", "bridge", "up")
        self._ip("-n", space, "addr", "add", f"{address}/24", "dev", "eth")
        for link in ("eth", "lo"):
            self._ip("-n", space, "link", "set", link, "up")
        self.hosts[address] = f"port{number}"
        return ["ip", "netns", "exec", space], address

    def cut(self, address):
        """Pull a host's cable."""
        self._ip("-n", self.switch, "link", "set", self.hosts[address], "down")

    def close(self):
        for name in self.names:
            self._ip("netns", "del", name)


class Cluster:
    """A scheduler and workers, each on a host; ``environment`` is that of everything in it, the build too."""

    def __init__(self, folder, network, *, workers=2, accidents=(), program=ROOT, before=(), **settings):
        self.folder, self.network = folder, network
        self.processes, self.lines, self.hearing, self.workers = {}, {}, [], []
        tls = folder / "tls"
        (folder / "dask").mkdir(parents=True)
        tls.mkdir()
        subprocess.run(["bash", "-ec", marked("certificates")], cwd=tls, check=True, capture_output=True)
        written = marked("dask.yaml").replace("/etc/site-builder/tls", str(tls))
        (folder / "dask" / "dask.yaml").write_text(written)
        self.environment = {
            **os.environ,
            "DASK_CONFIG": str(folder / "dask"),
            "PYTHONPATH": f"{ROOT}:{HERE}",
            **{f"DASK_DISTRIBUTED__{name}": value for name, value in settings.items()},
        }
        for one in accidents:
            deaths = folder / "deaths"
            deaths.mkdir(exist_ok=True)
            (deaths / one).touch()
            self.environment |= {"DEATHS": str(deaths)}
            self.environment["PYTHONPATH"] = f"{HERE / 'dying_worker'}:{ROOT}:{HERE}"
        self.before, self.host = network.host()
        self.of_workers = [*before]
        try:
            self.address = self._start("scheduler", self.before, SCHEDULER, r"Scheduler at: +(\S+)", self.host)
            for _ in range(workers):
                self.add_worker(program)
        except BaseException:
            self.close()
            raise

    def _start(self, name, before, unit, ready, host):
        """Start what a unit starts, on a host, until it says that it is ready."""
        command = start_of(unit).replace("10.0.0.5:8786", getattr(self, "address", "").removeprefix("tls://"))
        command = command.replace("10.0.0.5", host).replace("10.0.0.6", host).replace("--port 8786", "--port 0")
        command = command.replace("/run/site-builder-worker", str(self.folder / name))
        command = command.replace("/opt/site-builder/bin/dask", f"{sys.executable} -m dask").replace(
            "--nworkers 2", "--nworkers 1"
        )
        process = subprocess.Popen(
            [*before, *shlex.split(command)],
            env=self.environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=partial(die_with, os.getpid()),  # noqa: PLW1509  # takes no lock between fork and exec
        )
        self.processes[name], self.lines[name] = process, []
        for line in process.stderr:
            self.lines[name].append(line)
            if found := re.search(ready, line):
                self.hearing.append(threading.Thread(target=self._hear, args=(name,)))
                self.hearing[-1].start()
                return found[1]
        raise AssertionError(f"{name} did not start:\n{''.join(self.lines[name])}")

    def _hear(self, name):
        self.lines[name] += self.processes[name].stderr

    def add_worker(self, program=ROOT):
        """A worker more, on a host more; its address."""
        before, host = self.network.host()
        self.workers.append(host)
        way = self.environment["PYTHONPATH"].replace(f"{ROOT}:", f"{program}:")
        before = [*before, *self.of_workers, "env", f"PYTHONPATH={way}"]
        self._start(f"worker-{len(self.workers)}", before, WORKER, r"Registered to: +(\S+)", host)
        return host

    def kill(self, name, how=signal.SIGKILL):
        """End a scheduler or a worker with all it started."""
        os.killpg(self.processes[name].pid, how)

    def said(self):
        """All that the scheduler and the workers logged."""
        return "".join(line for lines in self.lines.values() for line in lines)

    @property
    def settings(self):
        """The page's settings, for a build in this very process: each key with its way down."""
        return dict(_flat("", yaml.safe_load((self.folder / "dask" / "dask.yaml").read_text())))

    def close(self):
        for process in self.processes.values():
            with suppress(ProcessLookupError):  # who started it may be gone, and what it started be there
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for thread in self.hearing:
            thread.join()
        for process in self.processes.values():
            process.stderr.close()
        self.network.close()
