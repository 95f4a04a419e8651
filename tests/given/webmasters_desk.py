"""A site, an export and an output folder, with commands run on them as users and their scripts do."""

import contextlib
import datetime as dt
import io
import subprocess
import sys

import pytest
import small_sites

from site_builder.cli import main

AS_OF = "2026-11-20"


STANDING = {"upper-law-unread"}
"""What ``check`` says of every site, whatever is in its export."""


def told(findings):
    """Findings as ``--json`` prints them, but what is said of every site."""
    return [one for one in findings if one["code"] not in STANDING]


class Desk:
    """A site, an export and an output folder, with commands run on them."""

    def __init__(self, folder, city="dalian", **changes):
        self.folder = folder
        self.city = city
        self.site = small_sites.write_site(folder / "content", city, **changes)
        self.output = folder / "out"

    def export(self, name="export", **lists):
        lists = lists or {
            "severe": [small_sites.entry("S-1"), small_sites.entry("S-2", removed_on="2026-11-01", notified_on=None)],
            "measures": [small_sites.measure()],
            "models": [small_sites.model()],
        }
        return small_sites.write_export(self.folder / name, **lists)

    def arguments(self, command, *options, site=None, day=AS_OF):
        whole = [command, "--site", str(site or self.site), "--output", str(self.output)]
        if command in {"build", "check", "explain", "diff"}:
            whole += ["--as-of", day, "--jobs", "1"]
        return [*whole, *options]

    def run(self, command, *options, today=AS_OF, **changes):
        """The command on the site: what it prints, and how it exits."""
        return self.on(today, *self.arguments(command, *options, **changes))

    def on(self, today, *arguments):
        """A command line in this process, on a machine whose day is ``today``."""
        return run_here(*arguments, today=today)

    def start(self, command, *options, **changes):
        """The command in a process of its own."""
        return process(*self.arguments(command, *options, **changes))


def run_here(*arguments, today=None):
    """A command line in this process, on a machine whose day is ``today``, or as its own clock tells."""
    out, err = io.StringIO(), io.StringIO()
    before = sys.argv
    sys.argv = ["site-builder", *map(str, arguments)]
    now = None if today is None else dt.datetime.fromisoformat(f"{today}T12:00:00+08:00")
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as left:
            main(now)
    finally:
        sys.argv = before
    return subprocess.CompletedProcess(arguments[0], int(left.value.code or 0), out.getvalue(), err.getvalue())


def process(*arguments):
    whole = small_sites.command(*arguments)
    return subprocess.run(whole, cwd=small_sites.PROGRAM, capture_output=True, text=True, check=False)


def clean(done):
    """No traceback ever reaches a user."""
    assert "Traceback" not in done.stderr + done.stdout
    return done
