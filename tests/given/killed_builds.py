"""A tiny site that is built again and again by a warm process, and what must hold of it after every accident."""

import hashlib
import json
from pathlib import Path
import subprocess
import sys
import tempfile

import small_sites

from site_builder.release.live import read_live
from site_builder.releasing.remembered import remember


class Warm:
    """The process that forks builds; see ``warm.py``."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", Path(__file__).with_name("forked_builds.py")],
            cwd=small_sites.PROGRAM,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with tempfile.TemporaryDirectory() as name:
            there = Ground(Path(name), self)
            self.run({"warm": [*there.argv(), "--jobs", "1", "--json"]})

    def run(self, command):
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


class Ground:
    """One site and its output; each build is of a new export, so that every page differs between releases."""

    def __init__(self, folder, warm, *, output=None, **changes):
        self.folder, self.warm = folder, warm
        self.site = small_sites.write_site(folder / "content", search__fulltext_limit=0, **changes)
        self.output = output or folder / "out"
        self.place = self.output / "dalian"
        self.number = 0

    def build(self, end=None, *, jobs=1, extra=(), today=False, **command):
        """Build the next export (``today``: as of what the clock says); the answer of the warm process."""
        argv = [*self.argv(), "--jobs", str(jobs), *extra]
        if today:
            del argv[argv.index("--as-of") : argv.index("--as-of") + 2]
        command |= {"argv": argv, "end": end, "lock": str(self.place / "state" / "lock")}
        answer = self.warm.run(command)
        assert "Traceback" not in answer["said"], answer["said"]
        return answer

    def argv(self):
        """The command that builds the next export."""
        self.number += 1
        text = f"演示第 {self.number} 版"
        export = small_sites.write_export(
            self.folder / "exports" / str(self.number),
            severe=[small_sites.entry("S-1", cause=text, subject_name=f"演示公司{self.number}")],
            version=f"2026.11.18.{self.number}",
        )
        argv = ["build", "--site", self.site, "--export", export, "--output", self.output, "--as-of", small_sites.AS_OF]
        return [str(one) for one in argv]

    def version(self):
        """The version that is live, every file of which is there and whole; None before the first.

        Whatever died, what is remembered of it fits it.
        """
        assert remember(self.place).lost == ()
        current = self.place / "current"
        if not current.is_symlink():
            return None
        root = current.resolve(strict=True)
        listed = (root / "release-files.txt").read_bytes()
        release = json.loads((root / "release.json").read_bytes())
        assert hashlib.sha256(listed).hexdigest() == release["files"]
        digests = dict(reversed(line.split("  ", 1)) for line in listed.decode().splitlines())
        found = small_sites.files_of(root)
        assert found.keys() - digests.keys() == {"release.json", "release-files.txt"}
        for path, digest in digests.items():
            assert hashlib.sha256(found[path]).hexdigest() == digest, path
        return release["version"]

    def latest(self):
        return f"2026.11.18.{self.number}"

    def assert_clean(self):
        """Nothing of a dead build is left; what is remembered speaks of what is live."""
        assert sorted(path.name for path in self.place.iterdir()) == ["current", "releases", "state"]
        assert [path.name for path in (self.place / "releases").iterdir()] == [(self.place / "current").resolve().name]
        left = {path.name for path in (self.place / "state").iterdir()}
        assert not [name for name in left if name.startswith("work-") or name.endswith(".new")]
        live = read_live(self.place / "state")
        assert (live.release, live.version) == ((self.place / "current").resolve().name, self.version())
