"""The text of a site's files, and YAML read as what was written: every scalar stays text, every node keeps its line.

YAML's usual reading turns ``0123`` into 83, ``no`` into False and keeps the last of two equal keys. Here nothing is
converted, and what could surprise is refused: equal keys, anchors and aliases, tags, directives, several documents,
bytes that are not UTF-8, control characters and characters that change the direction of writing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
import re
from typing import TypeAlias, TypeVar
import unicodedata

import yaml

from site_builder.config.full_width import cures
from site_builder.errors import Exit, Finding, Place, SiteBuilderError, refuse

T = TypeVar("T")

MAX_BYTES = 4 << 20
"""The largest file of a site folder that is read, in bytes."""

MAX_DEPTH = 16
"""How deep lists and mappings may be nested."""

_NEAR = 3
"""Rows before that at which a text can be read no more, in which the cause may stand."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # where PyYAML was built with libyaml
_OTHERWISE = frozenset("\t?\r\x85\u2028\u2029\ufeff")
"""Characters that libyaml reads otherwise than PyYAML's own parser."""

_PLAIN = re.compile(r"[\n\t\x20-\x7e\u4e00-\u9fff、。，；：？！（）《》「」〔〕“”‘’—…·]*")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word or a text as written; ``plain`` means without quotes or a block sign. ``row`` counts from 1."""

    text: str
    row: int
    plain: bool = True

    @property
    def is_null(self) -> bool:
        """Whether nothing was written (``key:``, ``~``, ``null``)."""
        return self.plain and self.text in _NULLS


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    row: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their nodes, in the file's order, without repeated keys."""

    entries: tuple[tuple[Scalar, Node], ...]
    row: int


Node: TypeAlias = "Scalar | Sequence | Mapping"


class Faults:
    """The findings of one file, gathered while it is read; all lead to the exit code for a wrong site file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Finding] = []
        self._lines: list[str] = []
        self._first_row = 1

    def reads(self, text: str, first_row: int) -> None:
        """Remember the text that is read, to tell of full-width marks in a line where something is wrong."""
        self._lines, self._first_row = text.split("\n"), first_row

    def again(self) -> Faults:
        """None yet of the same text."""
        other = Faults(self.file)
        other.reads("\n".join(self._lines), self._first_row)
        return other

    def add(self, code: str, row: int, message: str, hint: str = "", *, lines: int = 1) -> None:
        """Note one fault at a row (0: the whole file), whose cause may stand in one of the last ``lines``."""
        self.found.append(Finding(code, Place(self.file, row), message, hint))
        for number in range(row - lines + 1, row + 1):
            at = number - self._first_row
            for what, cure in cures(self._lines[at]) if 0 <= at < len(self._lines) else ():
                finding = Finding("full-width", Place(self.file, number), what, cure)
                self.found += [] if finding in self.found else [finding]

    def error(self) -> SiteBuilderError:
        """All that was noted, in the order of rows."""
        return SiteBuilderError(sorted(self.found, key=lambda finding: finding.place.row), Exit.USAGE)

    def stop(self) -> None:
        """Raise :class:`SiteBuilderError` when anything was noted."""
        if self.found:
            raise self.error()


def read_text(path: Path) -> str:
    """The text of a file of the site folder: UTF-8, a leading BOM dropped, line ends as line feeds.

    Raises :class:`SiteBuilderError` (``missing-file``, ``file-too-large``, ``not-utf-8``, ``control-character``).
    """
    file = Place(str(path))
    try:
        if not path.is_file():
            raise refuse("missing-file", "找不到这个文件", place=file, exit_code=Exit.USAGE)
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise refuse("unreadable-file", "这个文件读不了", place=file, exit_code=Exit.MACHINE) from error
    if len(data) > MAX_BYTES:
        raise refuse("file-too-large", f"文件超过 {MAX_BYTES >> 20} MiB", place=file, exit_code=Exit.USAGE)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise refuse(
            "not-utf-8", "不是 UTF-8 文字", hint="另存为 UTF-8", place=Place(str(path), row), exit_code=Exit.USAGE
        ) from error
    faults = Faults(str(path))
    for row, line in enumerate(text.split("\n"), start=1):
        if unseen := unseen_character(line):
            faults.add("control-character", row, f"有看不见的控制字符（{unseen}）", "删去这个字符")
    faults.stop()
    return text


def unseen_character(text: str) -> str:
    """``U+XXXX`` of the first control, direction-changing or zero-width character or lone surrogate; else empty.

    Line feeds and tabs are allowed.
    """
    if _PLAIN.fullmatch(text):
        return ""
    for char in text:
        code = ord(char)
        nothing = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004 (Unicode's noncharacters)
        if nothing or (unicodedata.category(char) in _UNSEEN and char not in "\n\t"):
            return f"U+{code:04X}"
    return ""


def parse_yaml(text: str, faults: Faults, *, first_row: int = 1) -> Node | None:
    """The only document of ``text``, or None where there is none.

    Faults that leave the tree readable (a repeated key, an anchor, a tag) are noted in ``faults``; what cannot be
    read on raises :class:`SiteBuilderError` with all that was noted. ``first_row`` is the row of the text's first line.
    No message repeats a value.
    """
    faults.reads(text, first_row)
    try:
        return _Tree(text, faults, first_row).document()
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        mark: object = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        faults.add(
            "bad-yaml",
            getattr(mark, "line", -first_row) + first_row,
            "从这里起不是有效的 YAML",
            "看缩进（用空格，不用制表符）、冒号后的空格、成对的引号和括号",
            lines=_NEAR,
        )
        # The parser's own message quotes the file, which may hold what is not public.
        raise faults.error() from None


class _Tree:
    """Builds nodes from the parser's events."""

    def __init__(self, text: str, faults: Faults, first_row: int) -> None:
        self._events = _read(yaml.parse, text)
        self._faults = faults
        self._first_row = first_row

    def document(self) -> Node | None:
        """The first document; a second one is a fault."""
        root: Node | None = None
        seen = False
        for event in self._events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            if seen:
                self._fault("several-documents", event, "一个文件里有几份 YAML", "删去多余的「---」")
                break
            seen = True
            if event.version or event.tags:
                self._fault("yaml-tag", event, "不用 YAML 指令（%）", "删去以 % 开头的行")
            root = self._node(next(self._events), 1)
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        row = self._row(event)
        if depth > MAX_DEPTH:
            raise ValueError("nested too deeply")
        if isinstance(event, yaml.AliasEvent):
            self._fault("yaml-alias", event, "不用 YAML 引用（* 开头）", "把内容写出来；文字里要用 * 就加引号")
            return Scalar("", row)
        if getattr(event, "anchor", None) is not None:
            self._fault("yaml-alias", event, "不用 YAML 锚点（& 开头）", "删去它；文字里要用 & 就加引号")
        if getattr(event, "tag", None) is not None:
            self._fault("yaml-tag", event, "不用 YAML 标签（! 开头）", "删去它；文字里要用 ! 就加引号")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(row, depth)
        return self._mapping(row, depth)

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        if unseen := unseen_character(event.value):
            self._fault("control-character", event, f"有看不见的控制字符（{unseen}）", "删去这个字符")
        return Scalar(event.value, self._row(event), plain=not event.style)

    def _sequence(self, row: int, depth: int) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Sequence(tuple(items), row)

    def _mapping(self, row: int, depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if not isinstance(key, Scalar) or key.is_null:
                self._fault("wrong-type", event, "键应当是一个词")
            elif key.text in entries:
                before = entries[key.text][0].row
                self._fault("duplicate-key", event, f"同一个键写了两次（第 {before} 行已有）", "只留一个")
            else:
                entries[key.text] = (key, value)
        return Mapping(tuple(entries.values()), row)

    def _row(self, event: yaml.Event) -> int:
        return (event.start_mark.line if event.start_mark else 0) + self._first_row

    def _fault(self, code: str, event: yaml.Event, message: str, hint: str = "") -> None:
        self._faults.add(code, self._row(event), message, hint)


def tokens(text: str) -> Iterator[yaml.Token]:
    """The tokens of YAML, where they stand."""
    return _read(yaml.scan, text)


def _read(read: Callable[..., Iterator[T]], text: str) -> Iterator[T]:
    """What the parser reads, by libyaml where that reads the same: it lets through some tabs and question marks.

    What libyaml refuses is read again, to be told of as it is where there is none.
    """
    if not _OTHERWISE.isdisjoint(text):
        return read(text, Loader=yaml.SafeLoader)
    try:
        return iter(list(read(text, Loader=_QUICK)))
    except (yaml.YAMLError, ValueError):
        return read(text, Loader=yaml.SafeLoader)


def plain(node: Node) -> object:
    """What is written, as lists, mappings and texts."""
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    return [plain(one) for one in node.items] if isinstance(node, Sequence) else node.text
