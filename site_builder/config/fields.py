"""Reading one mapping key by key: each reading says the type it wants and notes a fault where it is not that.

Keys that nobody asked for are unknown: :meth:`Fields.finish` reports them with the nearest known key.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import difflib
import re

from site_builder.config.source import Faults, Mapping, Node, Scalar, Sequence, plain
from site_builder.signing import key_fault

_INTEGER = re.compile(r"0|[1-9][0-9]{0,14}")
_DIGITS = re.compile(r"[-+]?[0-9]+")
_SIZE = re.compile(r"([1-9][0-9]{0,5}) ?(KiB|MiB|GiB)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNITS = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}
_SHOWN = 40
_LONGEST = 31
"""Days from one to another that are written as one item at most."""


class Fields:
    """The keys of one mapping. ``path`` names it in messages (``site.``); keys are missing at ``row``, else its own.

    With ``discreet`` no message repeats a value or an unknown key. A node that is no mapping is noted once, and its
    keys then read as their defaults.
    """

    def __init__(
        self, node: Node | None, faults: Faults, *, path: str = "", row: int = 0, discreet: bool = False
    ) -> None:
        self.faults = faults
        self.path = path
        self.row = row or (node.row if node else 1)
        self._discreet = discreet
        self._asked, self._known = list[str](), list[str]()
        self._nodes: dict[str, tuple[Scalar, Node]] = {}
        self._broken = False
        if isinstance(node, Mapping):
            self._nodes = {key.text: (key, value) for key, value in node.entries}
        elif node is not None and not (isinstance(node, Scalar) and node.is_null):
            self._broken = True
            where = path.rstrip(".")
            faults.add("wrong-type", node.row, f"{f'「{where}」' if where else '这里'}应当是「键: 值」")

    def row_of(self, key: str) -> int:
        """The row of a key, or the mapping's own where it is absent."""
        return self._nodes[key][0].row if key in self._nodes else self.row

    def text(
        self,
        key: str,
        *,
        also: str = "",
        required: bool = False,
        default: str = "",
        pattern: str = "",
        expected: str = "",
        lines: bool = False,
    ) -> str:
        """A text, trimmed. ``also`` is a second name of the key; ``pattern`` must match whole, ``expected`` says it.

        ``lines`` allows several lines.
        """
        node = self._take(key, required=required, also=also)
        if node is None:
            return default
        value = self._words(node, key)
        if value is None:
            return default
        if "\t" in value or ("\n" in value and not lines):
            self._wrong("bad-value", node.row, key, "应当写在一行里，不用制表符")
        elif not value and required:
            self._wrong("missing-key", node.row, key, "是空的", "补上它")
        elif value and pattern and not re.fullmatch(pattern, value):
            self._wrong("bad-value", node.row, key, self._was(value), expected)
        else:
            return value or default
        return default

    def choice(self, key: str, allowed: tuple[str, ...], *, required: bool = False, default: str = "") -> str:
        """One of the words ``allowed``, else ``default``."""
        node = self._take(key, required=required)
        value = None if node is None else self._words(node, key)
        if node is None or value is None:
            return default
        if value in allowed:
            return value
        near = "" if self._discreet else _nearest(value, allowed)
        self._wrong("bad-value", node.row, key, self._was(value), f"{near}应当是 {'、'.join(allowed)} 之一")
        return default

    def flag(self, key: str, *, required: bool = False, default: bool = False) -> bool:
        """``true`` or ``false``, without quotes."""
        node = self._take(key, required=required)
        if node is None:
            return default
        if isinstance(node, Scalar) and node.plain and node.text in {"true", "false"}:
            return node.text == "true"
        self._wrong("wrong-type", node.row, key, "应当是 true 或 false", "不加引号")
        return default

    def number(
        self, key: str, *, default: int = 0, required: bool = False, minimum: int = 0, maximum: int = 10**15
    ) -> int:
        """A whole number from ``minimum`` to ``maximum``, without quotes."""
        node = self._take(key, required=required)
        if node is None:
            return default
        if not isinstance(node, Scalar) or not node.plain or not _DIGITS.fullmatch(node.text):
            self._wrong("wrong-type", node.row, key, "应当是整数", "不加引号")
            return default
        if not _INTEGER.fullmatch(node.text) or not minimum <= int(node.text) <= maximum:
            most = f"{minimum} 到 {maximum}" if maximum < 10**15 else f"不小于 {minimum}"
            self._wrong("bad-value", node.row, key, self._was(node.text), f"应当是{most}的整数，前面不加 0")
            return default
        return int(node.text)

    def size(self, key: str, *, default: int) -> int:
        """A number of bytes: a whole number above 0, or with KiB, MiB, GiB after it."""
        node = self._take(key)
        value = None if node is None else self._words(node, key)
        if node is None or value is None:
            return default
        if _INTEGER.fullmatch(value) and value != "0":
            return int(value)
        if match := _SIZE.fullmatch(value):
            return int(match[1]) * _UNITS[match[2]]
        code = "bad-value" if value[:1].isdigit() else "wrong-type"
        self._wrong(code, node.row, key, self._was(value), "应当是字节数，或如 512 MiB、2 GiB")
        return default

    def day(self, key: str, *, required: bool = False) -> dt.date | None:
        """A real day written ``YYYY-MM-DD``."""
        node = self._take(key, required=required)
        value = None if node is None else self._words(node, key)
        if node is None or value is None:
            return None
        with contextlib.suppress(ValueError):
            if _DATE.fullmatch(value):
                return dt.date.fromisoformat(value)
        self._wrong("bad-value", node.row, key, "不是一个日子", "应当写成 YYYY-MM-DD，并且日历上有这一天")
        return None

    def days(self, key: str, *, also: str = "", required: bool = False) -> tuple[dt.date, ...]:
        """A list of days, each ``YYYY-MM-DD`` or from one to another, ``YYYY-MM-DD/YYYY-MM-DD``; absent is empty."""
        found: list[dt.date] = []
        for value in self.texts(key, also=also, required=required):
            first, _, last = value.partition("/")
            try:
                start, end = (dt.date.fromisoformat(one) for one in (first, last or first) if _DATE.fullmatch(one))
            except ValueError:
                start, end = dt.date.max, dt.date.min
            if start > end or (end - start).days > _LONGEST:
                hint = "应当写成 YYYY-MM-DD，或者从哪天到哪天：YYYY-MM-DD/YYYY-MM-DD"
                self._wrong("bad-value", self.row_of(key), key, self._was(value), hint)
                continue
            found += (start + dt.timedelta(days=number) for number in range((end - start).days + 1))
        return tuple(found)

    def texts(self, key: str, *, also: str = "", required: bool = False) -> tuple[str, ...]:
        """A list of texts; absent is empty. ``also`` is a second name of the key."""
        node = self._take(key, also=also, required=required)
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self._wrong("wrong-type", node.row, key, "应当是列表", "写成 [甲, 乙]，或每行一个「- 甲」")
            return ()
        values: list[str] = []
        for item in node.items:
            value = self._words(item, key)
            if value is None:
                continue
            if not value or "\n" in value or "\t" in value:
                self._wrong("bad-value", item.row, key, "里有空的或分成几行的一项")
            else:
                values.append(value)
        return tuple(values)

    def choices(self, key: str, allowed: tuple[str, ...], *, required: bool = False) -> tuple[str, ...]:
        """A list of words ``allowed``, each once."""
        values = self.texts(key, required=required)
        for place, value in enumerate(values):
            if value not in allowed:
                near = "" if self._discreet else _nearest(value, allowed)
                self._wrong("bad-value", self.row_of(key), key, self._was(value), f"{near}可以写 {'、'.join(allowed)}")
            elif value in values[:place]:
                self._wrong("bad-value", self.row_of(key), key, f"里的「{value}」写了两次", "只留一个")
        return tuple(value for value in dict.fromkeys(values) if value in allowed)

    def keys(self, key: str) -> tuple[str, ...]:
        """A list of public keys that may be trusted; absent is empty."""
        values = self.texts(key)
        for value in values:
            if why := key_fault(value):
                row = self.row_of(key)
                self._wrong("bad-key", row, key, f"里的「{_short(value)}」{why}", "填 site-builder keygen 生成的公钥")
        return values

    def words(self, key: str, pattern: str, expected: str) -> dict[str, str]:
        """A mapping of free keys, each matching ``pattern``, to texts; absent is empty."""
        inner = self.section(key)
        found = {}
        for name in inner.names():
            if not re.fullmatch(pattern, name):
                inner.faults.add("bad-value", inner.row_of(name), f"「{key}」的键不合格式", expected)
                inner.text(name)
                continue
            found[name] = inner.text(name, required=True)
        return found

    def plain(self, key: str) -> object:
        """What stands under a key as it is written: lists, mappings and texts; None where it is absent."""
        return plain(self._nodes[key][1]) if key in self._nodes else None

    def names(self) -> tuple[str, ...]:
        """All keys there are, in the file's order."""
        return tuple(self._nodes)

    def section(self, key: str, *, also: str = "") -> Fields:
        """The mapping under a key, or its second name ``also``; an absent one reads as empty."""
        node, row = self._take(key, also=also), self.row_of(key if key in self._nodes else also)
        inner = Fields(node, self.faults, path=f"{self.path}{key}.", row=row, discreet=self._discreet)
        inner._broken = inner._broken or self._broken
        return inner

    def sections(self, key: str) -> tuple[Fields, ...]:
        """The mappings of a list; absent is empty."""
        node = self._take(key)
        if node is None:
            return ()
        return list_of(node, self.faults, path=self.path + key, discreet=self._discreet)

    def finish(self) -> None:
        """Report the keys that were not asked for."""
        for name, (key, _) in self._nodes.items():
            if name in self._asked:
                continue
            known = "、".join(self._known)
            if self._discreet:
                self.faults.add("unknown-key", key.row, "有不认识的键", f"可用的键：{known}")
                continue
            near = _nearest(name, tuple(self._asked))
            self.faults.add(
                "unknown-key", key.row, f"不认识的键「{_short(self.path + name)}」", f"{near}可用的键：{known}"
            )

    def _take(self, key: str, *, required: bool = False, also: str = "") -> Node | None:
        self._asked += [key, also] if also else [key]
        self._known.append(f"{key}（{also}）" if also else key)
        name = key
        if also:
            if key in self._nodes and also in self._nodes:
                self.faults.add("duplicate-key", self.row_of(also), f"「{key}」和「{also}」是同一个键", "只留一个")
            elif also in self._nodes:
                name = also
        node = self._nodes[name][1] if name in self._nodes else None
        if isinstance(node, Scalar) and node.is_null:
            node = None
        if node is None and required and not self._broken:
            self.faults.add("missing-key", self.row_of(name), f"缺少「{self.path}{key}」", "补上它")
        return node

    def _words(self, node: Node, key: str) -> str | None:
        if isinstance(node, Scalar):
            return "" if node.is_null else node.text.strip()
        self._wrong("wrong-type", node.row, key, "应当是文字", "文字里有冒号、方括号、花括号时加引号")
        return None

    def _wrong(self, code: str, row: int, key: str, message: str, hint: str = "") -> None:
        self.faults.add(code, row, f"「{self.path}{key}」{message}", hint)

    def _was(self, value: str) -> str:
        return "的值不合要求" if self._discreet else f"写的是「{_short(value)}」"


def list_of(node: Node, faults: Faults, *, path: str = "", discreet: bool = False) -> tuple[Fields, ...]:
    """The mappings of a list node; anything else is noted and reads as empty."""
    if isinstance(node, Scalar) and node.is_null:
        return ()
    if not isinstance(node, Sequence):
        faults.add("wrong-type", node.row, f"{f'「{path}」' if path else '这里'}应当是列表", "每项以「- 」开头")
        return ()
    return tuple(
        Fields(item, faults, path=f"{path}[{number}].", discreet=discreet)
        for number, item in enumerate(node.items, start=1)
    )


def _nearest(word: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"是不是「{near[0]}」？" if near else ""


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
