"""Imported by a child before anything else: folders list their files in another order.

``WORLD_ORDER`` is ``up``, ``down`` or ``mixed``.
"""

import os
import zlib


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


if "WORLD_ORDER" in os.environ:
    set_order(os.environ["WORLD_ORDER"])
