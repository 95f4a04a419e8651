"""Jobs that are done twice: what a later one reads is whole at every moment, whoever writes it again."""

import os
import subprocess
import sys

import small_sites

from site_builder import attempts
from site_builder.findings import GUARDS

LISTS = {
    "severe": [
        *(small_sites.entry(f"S-{number}") for number in range(3)),
        small_sites.entry("S-Q", subject_name="演示绝密商贸有限公司", disclosure="query"),
    ],
    "measures": [small_sites.measure()],
    "models": [small_sites.model()],
    "others": small_sites.optional(),
}


class Twice:
    """Does each job twice, as where a worker wakes up whose job another has done."""

    def __init__(self, output):
        self.output, self.cut, self.again = output, set(), set()

    def aside(self):
        """The files that lie in the work folder for later jobs: all but the web root."""
        for work in (self.output / "dalian" / "state").glob("work-*"):
            for path in work.rglob("*"):
                if path.is_file() and path.relative_to(work).parts[0] != "root":
                    yield path

    def run(self, function, context, jobs):
        for job in jobs:
            done = function(context, job)
            before = {path: path.stat().st_ino for path in self.aside()}
            for path in before:
                os.utime(path, (0, 0))
            with attempts.again():
                function(context, job)
            after = {path: path.stat() for path in before}
            written = {path for path, found in after.items() if (found.st_ino, found.st_mtime) != (before[path], 0)}
            self.again |= {path.suffix for path in written}
            self.cut |= {path.name for path in written if after[path].st_ino == before[path]}
            yield done


def test_job_that_is_done_again_never_writes_into_a_file_that_stands(tmp_path):
    """It puts another in its place: who reads the one that stood reads it whole, and the site is the same."""
    site = small_sites.write_site(tmp_path / "content")
    export = small_sites.write_export(tmp_path / "export", **LISTS)
    small_sites.build_site(site, export, tmp_path / "once", allow=GUARDS)
    engine = Twice(tmp_path / "twice")
    small_sites.build_site(site, export, tmp_path / "twice", allow=GUARDS, engine=engine)
    assert engine.cut == set()
    assert {".records", ".withheld", ".html", ".msgpack", ".csv", ".jsonl", ".feed", ".texts", ".keys"} <= engine.again
    once, twice = (small_sites.files_of(small_sites.live_root(tmp_path / one)) for one in ("once", "twice"))
    assert once == twice


CUT = """
import resource, sys
from pathlib import Path
from site_builder.attempts import put
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
try:
    put(Path(sys.argv[1]), b"other" * 10)
except OSError as error:
    print(error.filename)
"""


def test_file_that_cannot_be_written_to_its_end_stays_as_it_was(tmp_path):
    path = tmp_path / "part"
    attempts.put(path, b"whole" * 10)
    command = [sys.executable, "-c", CUT, path]
    done = subprocess.run(command, cwd=small_sites.PROGRAM, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(path)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"part": b"whole" * 10}
