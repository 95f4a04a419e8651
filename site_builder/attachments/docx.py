"""Word files: every paragraph in one piece; tracked changes, comments, hidden text and objects are refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import re
from typing import Final
from xml.etree.ElementTree import Element

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
_HIDDEN: Final = frozenset(("vanish", "specVanish", "hidden"))
"""Text, and rows of a table."""

_OBJECTS: Final = frozenset(("object", "control", "altChunk", "subDoc", "OLEObject", "movie"))
_OFF: Final = frozenset(("0", "false", "off"))
_STYLES: Final = "word/styles.xml"
_NAMING: Final = frozenset(("rStyle", "pStyle", "tblStyle"))
_CROPS: Final = frozenset(("croptop", "cropbottom", "cropleft", "cropright"))
_WHOLE: Final = re.compile(r"(?:0(?:\.0*)?[a-z%]*|-.*)?")
"""How much of a picture is cut away where nothing is."""

_UNSHOWN: Final = re.compile(r"visibility\s*:\s*hidden|mso-hide\s*:")
_READ: Final = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml")
_APART: Final = frozenset(("p", "tab", "br", "cr"))
_SIGNS: Final = {"noBreakHyphen": "-"}


def _clean(name: str, part: bytes, parts: Mapping[str, bytes]) -> bytes:
    is_read = bool(_READ.fullmatch(name))
    hidden = _hidden_styles(parts[_STYLES]) if is_read and _STYLES in parts else ()
    if hidden and hidden & {"", *(_named(element) for element, _ in tree(part) if local(element.tag) in _NAMING)}:
        raise Refused("文件里有隐藏的文字", "显示并删去隐藏的文字，另存为新的文件")
    for element, around in tree(part):
        _ask_picture(element)
        _ask_shape(element, around[-1] if around else "")
        if is_read:
            _ask(element)
    return part


def _ask(element: Element) -> None:
    found = local(element.tag)
    if found in _TRACKED:
        raise Refused("文件里有修订的痕迹", "接受或者拒绝全部修订，另存为新的文件")
    if found in _COMMENTS:
        raise Refused("文件里有批注", "删去全部批注，另存为新的文件")
    if found in _OBJECTS:
        raise Refused("文件里嵌着别的对象", "改成文字或者图片，另存为新的文件")
    if found in _HIDDEN and _is_on(element):
        raise Refused("文件里有隐藏的文字", "显示并删去隐藏的文字，另存为新的文件")


def _ask_picture(element: Element) -> None:
    """Nothing of a picture is cut away or hidden: the file holds it whole."""
    is_cut = local(element.tag) == "srcRect"
    cut = [value for name, value in element.attrib.items() if is_cut or name in _CROPS]
    if not all(_WHOLE.fullmatch(one) for one in cut):
        hint = "用「压缩图片」，勾选「删除图片的剪裁区域」，另存为新的文件"
        raise Refused("图片是裁剪过的，裁掉的部分还在文件里", hint)
    is_named = local(element.tag) in {"docPr", "cNvPr"}
    if (is_named and element.get("hidden", "0") not in _OFF) or _UNSHOWN.search(element.get("style", "")):
        raise Refused("文件里有隐藏的图形", "在「选择窗格」里显示，删去不要的，另存为新的文件")


def _ask_shape(element: Element, outer: str) -> None:
    """No picture is cut to a shape, or laid into one larger than it: the file holds the corners."""
    inside = {local(one.tag): one for one in element}
    found = local(element.tag)
    geometry = inside.get("prstGeom", Element("prstGeom", {"prst": "rect"}))
    is_cut = found == "spPr" and ("custGeom" in inside or geometry.get("prst") != "rect")
    is_cut = is_cut and (outer == "pic" or "blipFill" in inside)
    is_cut = is_cut or (found == "fillRect" and any(value.startswith("-") for value in element.attrib.values()))
    filled = {local(name) for name in element.attrib} & {"id", "relid", "href"} if found == "fill" else set()
    if is_cut or (filled and outer not in {"rect", "background"}):
        hint = "「裁剪为形状」改回矩形，或者先在看图的软件里裁好再插进来"
        raise Refused("图片裁成了别的形状，裁掉的部分还在文件里", hint)


def _is_on(element: Element) -> bool:
    return not any(value in _OFF for value in element.attrib.values())


def _named(element: Element) -> str:
    return next((value for name, value in element.attrib.items() if local(name) == "val"), "")


def _hidden_styles(part: bytes) -> frozenset[str]:
    """The styles whose text is hidden, with those founded on them; the empty one where it is what no style is named."""
    hidden: set[str] = set()
    founded: list[tuple[str, str]] = []
    style = ""
    for element, around in tree(part):
        found = local(element.tag)
        values = {local(name): value for name, value in element.attrib.items()}
        if found == "style":
            style = values.get("styleId", "")
            if values.get("default", "0") not in _OFF:
                founded.append(("", style))
        elif found == "basedOn":
            founded.append((style, values.get("val", "")))
        elif found in {"vanish", "specVanish"} and _is_on(element):
            hidden.add(style if "style" in around else "")
    while more := {one for one, base in founded if base in hidden} - hidden:
        hidden |= more
    return frozenset(hidden)


def _lines(_name: str, part: bytes) -> Iterator[str]:
    """Every paragraph, and what pictures and links say of themselves."""
    line: list[str] = []
    for element, _ in tree(part):
        if local(element.tag) in _APART:
            yield "".join(line)
            line = []
        line.append(_SIGNS.get(local(element.tag), "") + (element.text or "").strip("\n"))
        line += [
            _sign(value)
            for name, value in element.attrib.items()
            if (local(element.tag), local(name)) == ("sym", "char")
        ]
        yield from spoken(element)
    yield "".join(line)


def _sign(number: str) -> str:
    """A character named by its number; those of fonts of signs stand for the lower ones."""
    try:
        code = int(number, 16)
        return chr(code - 0xF000 if code in range(0xF000, 0xF100) else code).encode().decode()
    except (ValueError, OverflowError):
        raise Refused("文件的一部分读不懂，或者已经损坏", AGAIN) from None


DOCX: Final = Sort(
    main="word/document.xml",
    kept=re.compile(
        r"word/(?:document|styles|numbering|footnotes|endnotes|header\d*|footer\d*)\.xml"
        r"|word/theme/theme\d*\.xml|word/media/[^/]+\.(?:png|PNG|jpe?g|JPE?G)"
    ),
    dropped=re.compile(
        r"word/(?:settings|webSettings|fontTable|people|stylesWithEffects|intelligence\d*)\.xml|word/_rels/(?:settings|fontTable)\.xml\.rels"
        r"|word/fonts/.+|word/glossary/.+"
    ),
    clean=_clean,
    read=_lines,
    refused=f"去掉图表、控件和嵌入的内容；{AGAIN}",
)
