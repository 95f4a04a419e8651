"""What all jobs found, put together as it comes, so that little is kept of each file and record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
import datetime as dt

from site_builder.audit import feeds, following
from site_builder.audit.jobs import JobRead
from site_builder.audit.rows import Digested, Parts
from site_builder.audit.search import Found
from site_builder.vocabulary import Kind


class Whole:
    """Takes in what each job found; those of records come before those of lists.

    ``unread`` are the files no job has read yet. ``records`` tell by path whether it is a natural person's, ``counts``
    how many there are, ``unlinked`` by folder those no list there has led to yet. ``first_day`` is the earliest last
    day, ``past`` how many are before ``as_of``.
    """

    def __init__(self, files: Iterable[str], as_of: dt.date) -> None:
        self.found: list[tuple[str, Found]] = []
        self.unread = set(files)
        self.anchors: dict[tuple[str, str], tuple[str, int]] = {}
        self.records: dict[str, bool] = {}
        self.counts: Counter[Kind] = Counter()
        self.unlinked: dict[str, set[str]] = {}
        self.parts: dict[tuple[Kind, int], Parts] = {}
        self.years: dict[tuple[Kind, int], dict[str, Parts]] = {}
        self.valid: dict[tuple[Kind, int], Digested] = {}
        self.entities: dict[tuple[Kind, int], Digested] = {}
        self.newest: list[following.Change] = []
        self.entries: feeds.Entries = {}
        self.first_day: dt.date | None = None
        self.past = 0
        self._as_of = as_of

    def add(self, read: JobRead) -> None:
        """Take in what a job found."""
        self.found += read.found
        self.unread.difference_update(read.files)
        self.anchors = read.anchors | self.anchors
        self.parts |= read.parts
        self.years |= read.years
        self.valid |= read.valid
        self.entities |= read.entities
        if read.newest:
            self.newest = following.newest([*self.newest, *read.newest])
        feeds.add(self.entries, read.entries)
        for kind, path, folder, is_person in read.records:
            self.records[path] = is_person
            self.counts[kind] += 1
            self.unlinked.setdefault(folder, set()).add(path)
        for folder, linked in read.linked.items():
            self.unlinked.get(folder, set()).difference_update(linked)
        self.add_days(read.days)

    def add_days(self, days: Iterable[dt.date]) -> None:
        """Take in the last days of records."""
        for day in days:
            self.first_day = day if self.first_day is None or day < self.first_day else self.first_day
            self.past += day < self._as_of
