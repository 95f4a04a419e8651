"""What the pages of a PDF draw and nobody sees: beside the page, outside what is clipped, under a mask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
import io
from typing import Final, NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject, PdfObject, StreamObject

from site_builder.attachments.opened import Refused
from site_builder.attachments.pdf_boxes import (
    SAME,
    Box,
    Matrix,
    around,
    bounds,
    box_of,
    matrix_of,
    numbers,
    place,
    times,
)
from site_builder.attachments.pdf_fonts import AGAIN, at, of

_FAINT: Final = 8 / 255
"""Opacity below which nobody sees anything."""

_PLAINLY: Final = "去掉透明、渐隐和阴影的效果，重新导出"

_CORNERS: Final = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
_RECTANGLE: Final = 2
"""Different places on each axis that the corners of an upright rectangle have."""

_PAINTING: Final = frozenset((b"n", b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*"))
_CURVES: Final = frozenset((b"c", b"v", b"y"))
_SHOWING: Final = frozenset((b"Tj", b"TJ", b"'", b'"'))
_CLIPPING: Final = frozenset((b"W", b"W*"))
_COLOURS: Final = frozenset((b"scn", b"SCN"))
_PICTURES: Final = frozenset((b"Do", b"INLINE IMAGE"))


class State(NamedTuple):
    """What is drawn next: where, within which box, whether that is cut to a shape, and whether it is hidden."""

    matrix: Matrix
    box: Box
    shaped: bool = False
    faint: bool = False
    masked: bool = False


def ask_seen(data: bytes) -> None:
    """Refuse a PDF of which a picture, or a text, is drawn where nobody sees the whole picture or any of the text."""
    reader = PdfReader(io.BytesIO(data))
    walk = _Walk(reader)
    for page in reader.pages:
        walk.page(page)


class _Walk:
    """Follows what pages draw; what a form draws is read once."""

    def __init__(self, reader: PdfReader) -> None:
        self._reader = reader
        self._read: dict[int, tuple[DictionaryObject, list[tuple[list[PdfObject], bytes]]]] = {}

    def page(self, page: PageObject) -> None:
        """Everything a page draws."""
        contents = page.get_contents()
        if contents is not None:
            box = box_of(page.mediabox).cut(box_of(page.cropbox))
            resources = of(page.get_inherited("/Resources"))
            self._draw(self._operations(contents), resources, State(SAME, box))

    def _operations(self, content: StreamObject) -> list[tuple[list[PdfObject], bytes]]:
        parsed = content if isinstance(content, ContentStream) else ContentStream(content, self._reader)
        return list(parsed.operations)

    def _form(self, form: DictionaryObject) -> list[tuple[list[PdfObject], bytes]]:
        if id(form) not in self._read:
            self._read[id(form)] = (form, self._operations(form) if isinstance(form, StreamObject) else [])
        return self._read[id(form)][1]

    def _draw(
        self, operations: Sequence[tuple[list[PdfObject], bytes]], resources: DictionaryObject, state: State
    ) -> None:
        drawing, changes = _Drawing(state), of(resources.get("/ExtGState"))
        for operands, operator in operations:
            drawing.add(operands, operator, changes)
            if operator in _SHOWING:
                _ask_text(drawing.state, drawing.text.box(drawing.state.matrix))
            elif operator == b"INLINE IMAGE":
                _ask_picture(drawing.state)
            elif operator == b"Do":
                self._object(of(of(resources.get("/XObject")).get(operands[0])), resources, drawing.state)
            elif operator in _COLOURS and operands and isinstance(operands[-1], str):
                self._ask_pattern(of(of(resources.get("/Pattern")).get(operands[-1])))

    def _object(self, drawn: DictionaryObject, outer: DictionaryObject, state: State) -> None:
        if at(drawn, "/Subtype") == "/Image":
            _ask_picture(state)
        elif at(drawn, "/Subtype") == "/Form":
            matrix = times(matrix_of(drawn.get("/Matrix", SAME)), state.matrix)
            corners = box_of(drawn["/BBox"]) if "/BBox" in drawn else None
            box = state.box.cut(around(matrix, corners)) if corners else state.box
            inside = of(drawn.get("/Resources")) if "/Resources" in drawn else outer
            self._draw(self._form(drawn), inside, state._replace(matrix=matrix, box=box))

    def _ask_pattern(self, pattern: DictionaryObject) -> None:
        if at(pattern, "/PatternType") == 1 and any(one in _PICTURES for _, one in self._form(pattern)):
            raise Refused("PDF 用图片填充图形，图片的一部分看不见", "把填充的图片改成插入的图片，重新导出")


class _Drawing:
    """The state of one content stream while it is followed."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.text = _Text()
        self._saved: list[State] = []
        self._path = _Path()
        self._clips = False

    def add(self, operands: list[PdfObject], operator: bytes, changes: DictionaryObject) -> None:
        """The next operator."""
        if operator == b"q":
            self._saved.append(self.state)
        elif operator == b"Q" and self._saved:
            self.state = self._saved.pop()
        elif operator == b"cm":
            self.state = self.state._replace(matrix=times(matrix_of(operands), self.state.matrix))
        elif operator == b"gs":
            self.state = _faded(self.state, of(changes.get(operands[0])))
        elif operator in _CLIPPING:
            self._clips = True
        elif operator in _PAINTING:
            self.state = self._path.clipped(self.state) if self._clips else self.state
            self._path, self._clips = _Path(), False
        else:
            self._path.add(operands, operator, self.state.matrix)
            self.text.add(operands, operator)


class _Path:
    """The places a path goes through, and whether it is one upright rectangle."""

    def __init__(self) -> None:
        self._places: list[tuple[float, float]] = []
        self._curved = False
        self._begun = 0

    def add(self, operands: list[PdfObject], operator: bytes, matrix: Matrix) -> None:
        """The next operator, where it is one of a path."""
        if operator == b"re":
            left, low, wide, tall = numbers(operands)
            self._begun += 1
            self._places += [place(matrix, left + one * wide, low + other * tall) for one, other in _CORNERS]
        elif operator in {b"m", b"l"}:
            self._begun += operator == b"m"
            self._places.append(place(matrix, *numbers(operands)))
        elif operator in _CURVES:
            self._curved = True
            given = numbers(operands)
            self._places += [place(matrix, *pair) for pair in zip(given[::2], given[1::2], strict=True)]

    def clipped(self, state: State) -> State:
        """The state within this path."""
        if not self._places:
            return state._replace(box=Box(0, 0, -1, -1))
        box = bounds(self._places)
        upright = all(len({round(one[axis], 1) for one in self._places}) <= _RECTANGLE for axis in (0, 1))
        shaped = self._curved or self._begun != 1 or not upright
        return state._replace(box=state.box.cut(box), shaped=state.shaped or shaped)


class _Text:
    """Where the next text stands: at least a part of it is within the box."""

    def __init__(self) -> None:
        self._line: Matrix = SAME
        self._leading = 0.0
        self._size = 0.0
        self._rise = 0.0
        self._shown = 0

    def add(self, operands: list[PdfObject], operator: bytes) -> None:
        """The next operator, where it is one of text."""
        match operator:
            case b"BT":
                self._at(SAME)
            case b"Tm":
                self._at(matrix_of(operands))
            case b"Td" | b"TD":
                across, down = numbers(operands)
                self._leading = -down if operator == b"TD" else self._leading
                self._at(times((1, 0, 0, 1, across, down), self._line))
            case b"T*" | b"'" | b'"':
                self._at(times((1, 0, 0, 1, 0, -self._leading), self._line))
            case b"TL":
                (self._leading,) = numbers(operands)
            case b"Ts":
                (self._rise,) = numbers(operands)
            case b"Tf":
                self._size = abs(numbers(operands[1:])[0])
        if operator in _SHOWING:
            self._shown += sum(_lengths(operands))

    def _at(self, matrix: Matrix) -> None:
        self._line, self._shown = matrix, 0

    def box(self, matrix: Matrix) -> Box:
        """No less than what has been shown since the place was set takes: as if each byte were a wide character."""
        size = self._size
        return around(times(self._line, matrix), Box(0, self._rise - size, self._shown * size, self._rise + size))


def _ask_picture(state: State) -> None:
    if state.shaped or not state.box.holds(around(state.matrix, Box(0, 0, 1, 1))):
        hint = "先在看图的软件里把图片裁好再插入，不超出页面，重新导出"
        raise Refused("PDF 里的图片有一部分裁掉了、看不见，裁掉的还在文件里", hint)
    if state.masked or state.faint:
        raise Refused("PDF 里有的图片蒙着、透明得看不见", _PLAINLY)


def _ask_text(state: State, box: Box) -> None:
    if box.right > box.left and not state.box.meets(box):
        raise Refused("PDF 里有的文字画在页面以外，或者裁掉了、看不见", AGAIN)
    if state.masked or state.faint:
        raise Refused("PDF 里有的文字蒙着、透明得看不见", _PLAINLY)


def _faded(state: State, change: DictionaryObject) -> State:
    """The state after a change of how it is drawn: masks, and opacity."""
    if "/SMask" in change:
        state = state._replace(masked=at(change, "/SMask") != "/None")
    if "/ca" in change:
        state = state._replace(faint=numbers([change["/ca"]])[0] < _FAINT)
    return state


def _lengths(operands: Sequence[object]) -> Iterator[int]:
    for one in operands:
        if isinstance(one, list):
            yield from _lengths(one)
        elif isinstance(one, str | bytes):
            yield len(one)
