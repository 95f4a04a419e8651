"""Office files (DOCX, XLSX): what they share. Parts are kept, dropped or refused by lists of their names.

A kept part's own bytes stay as they are, but for what the kinds themselves take out of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
import io
import re
from typing import Final
from xml.etree.ElementTree import Element
from xml.parsers import expat
import zipfile
import zlib

import msgspec

from site_builder.attachments.opened import Opened, Refused
from site_builder.attachments.pictures import FORMATS, redrawn

AGAIN: Final = "用 Word、Excel 或 WPS 打开，另存为新的文件"

TYPES: Final = "[Content_Types].xml"

_MOST: Final = 200 << 20
_UNSAFE: Final = re.compile(rb"<!DOCTYPE|<!ENTITY|<!--|<!\[CDATA\[|<\?(?!xml )", re.IGNORECASE)
_DROPPED: Final = re.compile(r"docProps/.+|docMetadata/.+|customXml/.+|.+/printerSettings/.+")
_OUTSIDE: Final = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_RELATION: Final = re.compile(rb"<Relationship\b[^>]*?/>|<Relationship\b[^>]*?>\s*</Relationship>")
_OVERRIDE: Final = re.compile(rb"<Override\b[^>]*?/>|<Override\b[^>]*?>\s*</Override>")
_ATTRIBUTE: Final = re.compile(rb"([A-Za-z]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_FIRST: Final = "_rels/.rels"
_CALLED: Final = ("/image", "/header", "/footer", "/worksheet", "/table", "/hyperlink")
"""Kinds of relation whose owner names each where it is seen."""

_SPOKEN: Final = frozenset(
    (
        *("descr", "title", "tooltip", "display", "alt", "instr", "author", "displayText", "displayName", "string"),
        *("prompt", "promptTitle", "error", "errorTitle"),
    )
)
_SPOKEN_OF: Final = {
    "val": frozenset(("lvlText", "listEntry", "default", "alias", "tag", "statusText", "helpText")),
    "value": frozenset(("listItem",)),
    "name": frozenset(("sheet", "definedName", "table", "tableColumn", "docPr", "cNvPr")),
}
"""Attributes that say something to a reader: anywhere, and on which elements."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


class Sort(msgspec.Struct, frozen=True):
    """A kind of office file: which parts of its own are kept and which dropped, and how the kept are read and cleaned.

    ``clean`` makes of a part's name and bytes what is written (and raises ``Refused``); ``read`` gives the lines of it
    by the names of all. ``refused`` says what to do with a part that is neither kept nor dropped.
    """

    main: str
    kept: re.Pattern[str]
    dropped: re.Pattern[str]
    clean: Callable[[str, bytes, Mapping[str, bytes]], bytes]
    read: Callable[[str, bytes], Iterator[str]]
    refused: str


def open_office(data: bytes, sort: Sort) -> Opened:
    """Read an office file and write it anew. Raises ``Refused``."""
    parts = _parts(data)
    if sort.main not in parts:
        raise Refused("不是扩展名所说的文件，或者已经损坏", AGAIN)
    named = {name for name in parts if _is_kept(name, sort)}
    for name in named:
        if name.rpartition(".")[2].lower() not in FORMATS:
            _xml(parts[name])
    kept = _reached(parts, named)
    if sort.main not in kept:
        raise Refused("不是扩展名所说的文件，或者已经损坏", AGAIN)
    parts = {name: parts[name] for name in kept}
    pictures = False
    written: dict[str, bytes] = {}
    for name in sorted(kept, key=lambda one: (one != TYPES, one)):
        part = parts[name]
        extension = name.rpartition(".")[2].lower()
        if extension in FORMATS:
            pictures = True
            written[name] = redrawn(part, FORMATS[extension])
        elif name == TYPES:
            _ask_all_found(part, _OVERRIDE, "Override")
            written[name] = _OVERRIDE.sub(lambda one: _if_kept(one[0], "PartName", kept, ""), part)
        elif name.endswith(".rels"):
            written[name] = _relations(name, parts, kept)
        else:
            written[name] = sort.clean(name, part, parts)
    texts = [line for name, part in written.items() if part and name.endswith(".xml") for line in sort.read(name, part)]
    texts += [line for name, part in written.items() if name.endswith(".rels") for line in targets(part)]
    return Opened(_packed(written), tuple(filter(None, (line.strip() for line in texts))), pictures)


def tree(part: bytes) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """Every element of a part, and the local names of those around it, from the outermost on; raises ``Refused``."""
    builder: list[Element] = []
    stack: list[Element] = []
    around: list[tuple[Element, tuple[str, ...]]] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes)
        if stack:
            stack[-1].append(element)
        else:
            builder.append(element)
        around.append((element, tuple(local(one.tag) for one in stack)))
        stack.append(element)

    def text(data: str) -> None:
        stack[-1].text = (stack[-1].text or "") + data

    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parser.EndElementHandler = lambda _: stack.pop()
    try:
        parser.Parse(part, True)  # expat's own
    except (expat.ExpatError, RecursionError):
        raise Refused("文件的一部分读不懂，或者已经损坏", AGAIN) from None
    yield from around


def local(name: str) -> str:
    """An element's or attribute's name without its namespace."""
    return name.rpartition(" ")[2]


def spoken(element: Element) -> Iterator[str]:
    """What attributes of an element say to a reader: descriptions, titles, tips, and anything in Chinese."""
    for name, value in element.attrib.items():
        is_spoken = local(name) in _SPOKEN or local(element.tag) in _SPOKEN_OF.get(local(name), ())
        if (is_spoken and len(value) > 1) or not value.isascii():
            yield value


def targets(part: bytes) -> Iterator[str]:
    """Where the relations of a part lead outside the file."""
    for one in _RELATION.findall(part):
        found = _attributes(one)
        if found.get("TargetMode") == "External":
            yield found.get("Target", "")


def _is_kept(name: str, sort: Sort) -> bool:
    if name in {TYPES, _FIRST} or sort.kept.fullmatch(name):
        return True
    folder, _, file = name.rpartition("/_rels/")
    if file.endswith(".rels"):
        return bool(sort.kept.fullmatch(f"{folder}/{file.removesuffix('.rels')}"))
    if _DROPPED.fullmatch(name) or sort.dropped.fullmatch(name):
        return False
    raise Refused(*_why(name, sort))


def _why(name: str, sort: Sort) -> tuple[str, str]:
    low = name.lower()
    if "comment" in low:
        return "文件里有批注", "删去全部批注，另存为新的文件"
    if "vba" in low or "activex" in low:
        return "文件里有宏", "另存为不带宏的文件"
    if "embed" in low or "external" in low or "ole" in low:
        return "文件里嵌着别的文件，或者引用着别的文件", "把那些文件另作附件，断开引用后另存"
    return "文件里有读不了的部分", sort.refused


def _parts(data: bytes) -> dict[str, bytes]:
    """Every part by its name."""
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if len({one.filename.lower() for one in members}) < len(members):
                raise Refused("文件里有两个部分同名", AGAIN)
            if any(one.flag_bits & 1 for one in members):
                raise Refused("文件加了密码", "去掉密码，另存为新的文件")
            if sum(one.file_size for one in members) > _MOST:
                raise Refused("文件解开以后太大", "分成几个文件")
            for one in members:
                found[one.filename] = archive.read(one)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise Refused("不是扩展名所说的文件，或者已经损坏", AGAIN) from None
    return found


def _xml(part: bytes) -> None:
    if b"\0" in part or _UNSAFE.search(part):
        raise Refused("文件里有看不见的注释或者声明", AGAIN)


def _ask_all_found(part: bytes, pattern: re.Pattern[bytes], name: str) -> None:
    """Refuse a part of which the pattern does not find every element the parser does."""
    if len(pattern.findall(part)) != sum(local(one.tag) == name for one, _ in tree(part)):
        raise Refused("文件的一部分读不懂", AGAIN)


def _reached(parts: Mapping[str, bytes], named: set[str]) -> set[str]:
    """Of the parts those that relations lead to, from the file's own on, and these relations."""
    found, left = {TYPES, _FIRST} & named, [_FIRST] if _FIRST in named else []
    while left:
        relations = left.pop()
        for one in _relating(relations, parts):
            target = _absolute(_attributes(one).get("Target", ""), relations.rpartition("_rels/")[0])
            if _attributes(one).get("TargetMode") != "External" and target in named and target not in found:
                folder, _, file = target.rpartition("/")
                own = {f"{folder}/_rels/{file}.rels"} & named - found
                found |= {target} | own
                left += own
    return found


def _relating(name: str, parts: Mapping[str, bytes]) -> list[bytes]:
    """The relations in a part of them, without those their owner would have to name and does not."""
    _ask_all_found(parts[name], _RELATION, "Relationship")
    found = _RELATION.findall(parts[name])
    called = {one for one in found if _attributes(one).get("Type", "").endswith(_CALLED)}
    if not called:
        return found
    folder, _, file = name.rpartition("_rels/")
    owner = parts.get(folder + file.removesuffix(".rels"), b"<none/>")
    said = {value for one, _ in tree(owner) for value in one.attrib.values()}
    return [one for one in found if one not in called or _attributes(one).get("Id") in said]


def _relations(name: str, parts: Mapping[str, bytes], kept: set[str]) -> bytes:
    base, left = name.rpartition("_rels/")[0], _relating(name, parts)
    return _RELATION.sub(lambda one: _if_kept(one[0], "Target", kept, base) if one[0] in left else b"", parts[name])


def _if_kept(element: bytes, attribute: str, kept: set[str], base: str) -> bytes:
    """The element, or nothing where it names a part that is not there any more."""
    found = _attributes(element)
    target = found.get(attribute, "")
    if found.get("TargetMode") == "External":
        if not _OUTSIDE.match(target):
            raise Refused("文件引用着别的文件", "断开引用，另存为新的文件")
        return element
    return element if _absolute(target, base) in kept else b""


def _absolute(target: str, base: str) -> str:
    if target.startswith("/"):
        return target[1:]
    parts = [*filter(None, base.split("/"))]
    for one in target.split("/"):
        if one == "..":
            parts = parts[:-1]
        else:
            parts.append(one)
    return "/".join(parts)


def _attributes(element: bytes) -> dict[str, str]:
    return {
        name.decode(): (one or two).decode("utf-8", "replace").replace("&amp;", "&")
        for name, one, two in _ATTRIBUTE.findall(element)
    }


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts in a zip that tells nothing of when and where it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.create_system, member.compress_type = 0, zipfile.ZIP_DEFLATED
            archive.writestr(member, data)
    return out.getvalue()
