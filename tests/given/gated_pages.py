"""Records' pages read one after another as the gate reads them: with a hint where values stand, or line by line."""

import datetime as dt
from itertools import pairwise

from site_builder.audit import links
from site_builder.audit.context import Audit, Heap
from site_builder.audit.forbidden import Forbidden
from site_builder.audit.jobs import JobRead
from site_builder.audit.numbers import Excused
from site_builder.audit.patterns import Matcher, Pattern
from site_builder.audit.reading import read_file
from site_builder.audit.search import Searcher
from site_builder.audit.staged import Hint
from site_builder.audit.values import Form, Value

DAY = dt.date(2026, 11, 20)


def searcher(*patterns):
    """A searcher for patterns, or for texts anywhere."""
    told = [one if isinstance(one, Pattern) else Pattern(Value(one, Form.TEXT, "cause")) for one in patterns]
    tags = any("<" in one.value.text for one in told)
    return Searcher(Forbidden(Matcher(told), Matcher([]), Excused(), False, tags, {}), Excused(), DAY)


def laid_out(constants, values):
    """A page, and where the values stand in it: one behind each constant but the last."""
    page, spots = b"", []
    for constant, value in zip(constants, [*values, None], strict=True):
        page += constant
        if value is not None:
            spots += [len(page), len(page) + len(value)]
            page += value
    return page, spots


def joined(page, spots):
    """The hint that cuts a page at these places, begin and end of each value; whatever they are, one of its shape."""
    spots = [*spots, *spots[-1:]] if len(spots) % 2 else spots
    pieces = [page[start:end] for start, end in pairwise((0, *spots, len(page)))]
    return Hint(tuple(pieces[::2]), pieces[1::2])


def found(root, pages, hints, *patterns):
    """(file, rule) of all that is found."""
    return {(path, one.rule) for path, one in read(root, pages, hints, *patterns).found}


def read(root, pages, hints, *patterns):
    """What the gate read of pages, each searched before the next is read.

    A page is bytes, or (folder, bytes); a hint a list of places, a ``Hint``, or None where there is none.
    """
    files = {}
    for number, page in enumerate(pages):
        home, data = page if isinstance(page, tuple) else ("severe", page)
        path = f"{home}/P-{number}.html"
        (root / home).mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
        files[path] = data
    sizes = {path: len(data) for path, data in files.items()}
    base = links.Base("https://x.example", "/")
    audit = Audit(root, base, sizes, {}, {}, searcher(*patterns), None)
    job = JobRead()
    heap = Heap(audit, job, audit.searcher)
    for (path, data), hint in zip(files.items(), hints, strict=True):
        read_file(audit, job, heap, path, data, joined(data, hint) if isinstance(hint, list) else hint)
        heap.search()
    return job
