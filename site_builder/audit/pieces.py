"""A page cut where values were put in: a frame that many pages share, and values that are known from elsewhere.

What a page is joined of is a hint of the renderer's, and no more than that: joined here, it is to be the page as it
lies on the disk, byte for byte, so the pieces are all of it. A frame is searched once, a value once, and what a value
says together with what stands beside it is searched on each page (``Cut.fresh``), inline elements read as if they were
not there. A wrong hint costs time and hides nothing. A page that cannot be read so is read line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
import re
from typing import Final, NamedTuple

from site_builder.audit import links
from site_builder.audit.staged import Hint
from site_builder.audit.unfold import INLINE

MOST: Final = 60_000
"""Values remembered; then all are forgotten, and what is said again is searched once more."""

FRAMES: Final = 2_000
"""Frames remembered."""

TAGS: Final = 2_000
"""Tags of a frame remembered; then they are forgotten, because most hold what is said on one page alone."""

_SLOT: Final = re.compile(rb"\x01(\d+)\x02")
_MARKS: Final = (b"\x01", b"\x02", b"\x00")
_DELIMITER: Final = re.compile(rb"[<>\"]")
_TAG: Final = re.compile(rb"<[A-Za-z/!](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_ODD: Final = re.compile(rb"<(?!/?[A-Za-z][A-Za-z0-9:-]*(?:[\s>]|/>)|!--|!doctype\s)", re.IGNORECASE)
"""What is no tag's plain beginning, and might be one in another writing, or of an inline element."""

_QUOTED: Final = re.compile(rb"\"[^\"]*\"|('[^']*')")
_COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)
_COMMENTED: Final = re.compile(rb"<!|-->")
_APART: Final = re.compile(rb"<!--.*?-->|<(script|style|textarea|template)\b.*?</\1", re.DOTALL | re.IGNORECASE)
_ELEMENT: Final = re.compile(rb">\s*\x01(\d+)\x02\s*(?=<)")
_HERE: Final = re.compile(rb"=\s*[\"']?#([^\"'\s>]*)")
_MAIN: Final = re.compile(rb"<main\b.*</main>", re.DOTALL)


class Plan:
    """A piece of a frame: what it says, empty where a value stands, and the numbers of those values in their order."""

    __slots__ = ("_numbers", "_said")

    def __init__(self, said: list[bytes], numbers: list[int]) -> None:
        self._said = said
        self._numbers = numbers

    def filled(self, values: Sequence[bytes], instead: Mapping[bytes, bytes] | None = None) -> bytes:
        """The piece as a page has it; of some values stands something else ``instead``."""
        said, told = self._said.copy(), [values[number] for number in self._numbers]
        said[1::2] = told if instead is None else [instead.get(one, one) for one in told]
        return b"".join(said)


class Frame:
    """What pages say around their values.

    ``text`` is what it says itself, its values left out; ``leads`` its addresses that hold no value. ``runs`` are the
    texts between two tags, or two quotes of one, in which a value stands beside something, ``tags`` those that may lead
    somewhere a value stands in, ``inside`` the values that stand in any tag, ``elements`` those that are all an element
    of ``main`` says. ``odd``: it can only be read as a whole, as where a value is no attribute's in double quotes.
    ``first``: it was not searched yet; ``local``: where it leads depends on the page's folder; ``asks``: whether it has
    the anchors it leads to depends on its values. ``met`` are tags that were followed.
    """

    __slots__ = ("asks", "elements", "first", "ids", "inside", "leads", "local", "met", "odd", "runs", "tags", "text")

    def __init__(self, constants: Sequence[bytes]) -> None:
        marked = b"".join(_marked(constants))
        tags = [tag.group() for tag in _TAG.finditer(marked)]
        main = _MAIN.search(marked)
        self.text = b"\x01".join(constants)
        self.leads = b"\n".join(tag for tag in tags if _MARKS[0] not in tag)
        self.ids = links.anchors(b"\n".join(tags))
        around = [tag for tag in tags if _MARKS[0] in tag]
        self.tags = tuple(_plan(tag) for tag in around if links.leading(tag))
        self.inside = tuple(int(one) for tag in around for one in _SLOT.findall(tag))
        elements = map(int, _ELEMENT.findall(main.group())) if main else ()
        self.elements = tuple(one for one in elements if one not in self.inside)
        runs = [*_runs(marked), *_runs(INLINE.sub(b"", marked))]
        self.runs = _plan(b"\n".join(dict.fromkeys(runs)))
        self.odd = any(_MARKS[0] in one.group() for one in _APART.finditer(marked))
        self.odd = self.odd or any(_MARKS[0] in _QUOTED.sub(_single, tag) for tag in around)
        self.odd = self.odd or _goes_on(marked) or b"<!--" in _COMMENT.sub(b"", marked)
        self.first, self.local = True, False
        self.asks = not self.has(self.leads)
        self.met: set[bytes] = set()

    def has(self, tag: bytes) -> bool:
        """Whether every place of the same page that a tag leads to is one of the frame's own."""
        return all(name.decode("utf-8", "replace") in self.ids for name in _HERE.findall(tag))

    def follow(self, tag: bytes) -> None:
        """Note that a tag was followed, unless whether it leads anywhere depends on the page's values."""
        if self.has(tag):
            if len(self.met) >= TAGS:
                self.met.clear()
            self.met.add(tag)


class Cut(NamedTuple):
    """A page as it was cut.

    ``fresh`` is what of it is to be searched, ``leads`` what leads somewhere and was not followed on an earlier page,
    of it ``markup`` the values. ``asks``: its anchors are to be looked for on this very page. ``said``: what elements
    of ``main`` say and nothing else, as it stands there.
    """

    frame: Frame
    fresh: bytes
    leads: tuple[bytes, ...]
    markup: tuple[bytes, ...]
    asks: bool
    said: frozenset[bytes]


class Pieces:
    """Remembers frames and values; each worker process has its own."""

    def __init__(self) -> None:
        self._frames: dict[tuple[bytes, ...], Frame] = {}
        self._values: set[bytes] = set()
        self._ends: dict[bytes, bytes] = {}
        self._inline: dict[bytes, bytes] = {}
        self._asking: set[bytes] = set()

    def texts(self, texts: Iterable[bytes]) -> list[bytes]:
        """Those of the texts that were not met before; one that looks like markup is not remembered."""
        fresh = [one for one in dict.fromkeys(texts) if one not in self._values]
        odd = {one for one in fresh if _DELIMITER.search(one)}
        return [*self._know(one for one in fresh if one not in odd), *odd]

    def _know(self, values: Iterable[bytes]) -> list[bytes]:
        """Those of the values that were not met before; they are to be searched now."""
        if len(self._values) > MOST:
            self._values, self._ends, self._inline, self._asking = set(), {}, {}, set()
        fresh = [one for one in dict.fromkeys(values) if one not in self._values]
        self._values.update(fresh)
        return fresh

    def cut(self, page: bytes, hint: Hint) -> Cut | None:
        """The page as the hint joins it; None where that is not the page, or it is to be read as a whole."""
        constants, values = hint
        pieces = [b""] * (len(constants) + len(values))
        pieces[::2], pieces[1::2] = constants, values
        if b"".join(pieces) != page or any(mark in page for mark in _MARKS):
            return None
        frame = self._frames.get(constants)
        if frame is None:
            if len(self._frames) > FRAMES:
                self._frames.clear()
            frame = self._frames[constants] = Frame(constants)
        fresh = [] if self._values.issuperset(values) else self._know(values)
        markup = tuple(one for one in fresh if _DELIMITER.search(one))
        inside = [values[one] for one in frame.inside]
        if frame.odd or not all(map(self._ended, markup)) or not self._ends.keys().isdisjoint(inside):
            self._values.difference_update(fresh)
            return None
        first, frame.first = frame.first, False
        runs = [frame.runs.filled(values, self._ends)]
        if not self._inline.keys().isdisjoint(values):
            runs.append(frame.runs.filled(values, self._ends | self._inline))
        tags = [tag for tag in [tag.filled(values) for tag in frame.tags] if tag not in frame.met]
        return Cut(
            frame=frame,
            fresh=b"\n".join([frame.text, *fresh, *runs] if first else fresh + runs),
            leads=(*([frame.leads] if first or frame.local else []), *markup, *tags),
            markup=markup,
            asks=first or frame.asks or not self._asking.isdisjoint(values) or not all(map(frame.has, tags)),
            said=frozenset([values[number] for number in frame.elements]),
        )

    def forget(self, cut: Cut) -> None:
        """Do as if what leads somewhere were met for the first time wherever it is met: it leads elsewhere there."""
        cut.frame.local = True
        self._values.difference_update(cut.markup)

    def _ended(self, value: bytes) -> bool:
        """Note what of a value with markup in it stands beside what is around it; false where markup goes on.

        ``_inline``: the same where its inline elements are read as if they were not there.
        """
        if _goes_on(value) or _COMMENTED.search(value):
            return False
        self._ends[value] = _end(value)
        if (plain := INLINE.sub(b"", value)) != value:
            self._inline[value] = _end(plain)
        if _HERE.search(value):
            self._asking.add(value)
        return True


def _goes_on(text: bytes) -> bool:
    """Whether a tag begins that does not end, or none begins where it seems so."""
    return _ODD.search(text) is not None or b"<" in _TAG.sub(b"", text)


def _single(quoted: re.Match[bytes]) -> bytes:
    """What stands in single quotes, and nothing of what stands in double ones."""
    return quoted[1] or b""


def _marked(constants: Sequence[bytes]) -> Iterator[bytes]:
    yield constants[0]
    for number, constant in enumerate(constants[1:]):
        yield b"\x01%d\x02" % number
        yield constant


def _runs(marked: bytes) -> Iterator[bytes]:
    """The texts between tags, and between a tag's quotes, in which a value stands beside another, or beside words."""
    inside = [run for tag in _TAG.findall(marked) for run in tag.split(b'"')]
    for run in (*_TAG.split(marked), *inside):
        if _MARKS[0] in run and (run.count(_MARKS[0]) > 1 or _SLOT.sub(b"", run).strip()):
            yield run


def _plan(marked: bytes) -> Plan:
    pieces = _SLOT.split(marked)
    return Plan([b"" if place & 1 else one for place, one in enumerate(pieces)], [int(one) for one in pieces[1::2]])


def _end(value: bytes) -> bytes:
    """What of a value with markup in it stands beside what is before and behind it."""
    between = _TAG.split(value)
    return between[0] + _MARKS[0] + between[-1] if len(between) > 1 else value
