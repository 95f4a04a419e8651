"""Word files: every paragraph in one piece; tracked changes, comments, hidden text and objects are refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import re
from typing import Final

from site_builder.attachments.office import AGAIN, Sort, local, spoken, tree
from site_builder.attachments.opened import Refused

_TRACKED: Final = frozenset(
    (
        *("ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart", "delText", "delInstrText"),
        *("cellIns", "cellDel", "cellMerge", "numberingChange", "rPrChange", "pPrChange", "sectPrChange"),
        *("tblPrChange", "trPrChange", "tcPrChange", "tblGridChange"),
    )
)
_COMMENTS: Final = frozenset(("commentRangeStart", "commentRangeEnd", "commentReference"))
_HIDDEN: Final = frozenset(("vanish", "specVanish"))
_OBJECTS: Final = frozenset(("object", "control", "altChunk", "subDoc", "OLEObject", "movie"))
_OFF: Final = frozenset(("0", "false", "off"))
_READ: Final = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml")
_APART: Final = frozenset(("p", "tab", "br", "cr"))


def _clean(name: str, part: bytes, _parts: Mapping[str, bytes]) -> bytes:
    if not _READ.fullmatch(name):
        return part
    for element, _ in tree(part):
        found = local(element.tag)
        if found in _TRACKED:
            raise Refused("文件里有修订的痕迹", "接受或者拒绝全部修订，另存为新的文件")
        if found in _COMMENTS:
            raise Refused("文件里有批注", "删去全部批注，另存为新的文件")
        if found in _OBJECTS:
            raise Refused("文件里嵌着别的对象", "改成文字或者图片，另存为新的文件")
        if found in _HIDDEN and not any(value in _OFF for value in element.attrib.values()):
            raise Refused("文件里有隐藏的文字", "显示并删去隐藏的文字，另存为新的文件")
    return part


def _lines(_name: str, part: bytes) -> Iterator[str]:
    """Every paragraph, and what pictures and links say of themselves."""
    line: list[str] = []
    for element, _ in tree(part):
        if local(element.tag) in _APART:
            yield "".join(line)
            line = []
        line.append((element.text or "").strip("\n"))
        yield from spoken(element)
    yield "".join(line)


DOCX: Final = Sort(
    main="word/document.xml",
    kept=re.compile(
        r"word/(?:document|styles|numbering|footnotes|endnotes|header\d*|footer\d*)\.xml"
        r"|word/theme/theme\d*\.xml|word/media/[^/]+\.(?:png|jpe?g)",
        re.IGNORECASE,
    ),
    dropped=re.compile(
        r"word/(?:settings|webSettings|fontTable|people|stylesWithEffects)\.xml|word/_rels/(?:settings|fontTable)\.xml\.rels"
        r"|word/fonts/.+|word/glossary/.+"
    ),
    clean=_clean,
    read=_lines,
    refused=f"去掉图表、控件和嵌入的内容；{AGAIN}",
)
