"""A rebuild of the live release's own export that was stopped, written down until one is not: ``next`` tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
import datetime as dt
from pathlib import Path
from typing import Final

import msgspec

from site_builder.errors import Finding, SiteBuilderError
from site_builder.release import numbered

STOPPED: Final = "stopped.json"
"""The file's name in ``state/``."""


class Stopped(msgspec.Struct, frozen=True, kw_only=True, tag_field=numbered.SCHEMA, tag=1):
    """The last rebuild, where it was stopped: the day it was for, and what stopped it."""

    as_of: dt.date
    findings: tuple[Finding, ...]


def read_stopped(state: Path) -> Stopped | None:
    """What stopped the last rebuild; None where nothing did, or it cannot be read: no guard needs it."""
    return numbered.cached(state / STOPPED, Stopped)


@contextmanager
def noted(state: Path, as_of: dt.date, *, rebuild: bool) -> Iterator[None]:
    """Around a build that is to go live: what stops a ``rebuild`` is written down, any that succeeds clears it."""
    path = state / STOPPED
    try:
        yield
    except SiteBuilderError as error:
        if rebuild:
            stopping = tuple(one for one in error.findings if not one.warning)
            note = Stopped(as_of=as_of, findings=stopping)
            with suppress(OSError):  # what stopped the build matters more
                path.write_bytes(numbered.encode(STOPPED, note))
        raise
    if path.exists():
        with suppress(OSError):  # the release is live
            path.unlink()
