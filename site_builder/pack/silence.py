"""Keeps a library's own cries off the terminal: what is wrong is said in a finding."""

from __future__ import annotations

from collections.abc import Iterator
import contextlib
import os


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Nothing written to the process's standard error inside reaches it; not for use beside other threads."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
