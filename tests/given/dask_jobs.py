"""Jobs that a cluster's workers can import: what they give, where they fail, and what dies in them."""

import os
from pathlib import Path
import signal
import tempfile

from site_builder.errors import Place, refuse
from site_builder.release.tree import Tree

MANY = 40
"""Pages one job writes."""


def doubled(context, job):
    return context["factor"] * job


def remembered(context, job):
    """How many jobs this worker did before with the very same context."""
    context["met"].append(job)
    return os.getpid(), len(context["met"])


def refused(context, job):
    raise refuse("damaged", "演示", place=Place(f"severe/{job}.html", job), hint=context)


def told(context, job):
    raise ValueError(f"{context} {job}")


class UnpicklableError(Exception):
    def __init__(self, one, other):
        super().__init__(one)
        self.other = other


def odd(context, job):
    raise UnpicklableError(context, job)


def pages(root, job):
    """Write many pages; the first attempt at a job that is to die does so in the middle of one."""
    name, dies = job
    tree = Tree(root)
    for number in range(MANY):
        if dies and number == MANY // 2 and not (root.parent / "died").exists():
            (root / f"{name}-{number}").write_bytes(b"cut")
            (root.parent / "died").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        tree.write(f"{name}-{number}", f"{name} {number}\n".encode() * 100)
    return tree.close()


def fails_beside(context, _job):
    """Fail, and where it is so meanwhile another begins the very job."""
    work, later = context
    if later:
        (work / "0.begun1").touch()
    raise FileExistsError


def fills_the_disk(_context, _job):
    """There is no room for the result."""
    for attempt in range(9):
        (Path(tempfile.gettempdir()) / f"0.new{attempt}").symlink_to("/dev/full")


def always_dies(_context, _job):
    os.kill(os.getpid(), signal.SIGKILL)


def set_aside(_context, _job):
    """Where a job's temporary files lie."""
    return tempfile.gettempdir()


def held_now():
    """What a worker still holds of a run."""
    from site_builder.cluster import worker  # noqa: PLC0415  # in the worker

    return worker._held  # noqa: SLF001  # what it is about
