"""Imported by a child before anything else: another clock, and folders that list their files in another order.

``WORLD_CLOCK_SHIFT`` seconds are added to Python's clocks where no ``clock.c`` has done so already (``LD_PRELOAD``);
``WORLD_ORDER`` is ``up``, ``down`` or ``mixed``.
"""

import os
import time
import zlib


def shift_clock(shift):
    """What Python code reads of the time, but for ``datetime.now``, which is C's."""
    real = time.time  # noqa: TID251
    time.time = lambda: real() + shift  # noqa: TID251
    time.time_ns = lambda: int((real() + shift) * 10**9)
    for name in ("localtime", "gmtime"):
        plain = getattr(time, name)
        setattr(time, name, lambda seconds=None, plain=plain: plain(real() + shift if seconds is None else seconds))


def set_order(order):
    """Every folder lists its entries by name, backwards, or as their checksums fall."""
    key = (lambda name: (zlib.crc32(os.fsencode(name)), name)) if order == "mixed" else str
    reverse = order == "down"
    listdir, scandir = os.listdir, os.scandir

    class Entries:
        """The entries of a folder in order, as ``os.scandir`` gives them."""

        def __init__(self, path):
            with scandir(path) as entries:
                self.entries = iter(sorted(entries, key=lambda entry: key(entry.name), reverse=reverse))

        def __iter__(self):
            return self

        def __next__(self):
            return next(self.entries)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.close()

        def close(self):
            self.entries = iter(())

    os.listdir = lambda path=".": sorted(listdir(path), key=key, reverse=reverse)
    os.scandir = lambda path=".": Entries(path)


if "WORLD_CLOCK_SHIFT" in os.environ and "LD_PRELOAD" not in os.environ:
    shift_clock(int(os.environ["WORLD_CLOCK_SHIFT"]))
if "WORLD_ORDER" in os.environ:
    set_order(os.environ["WORLD_ORDER"])
