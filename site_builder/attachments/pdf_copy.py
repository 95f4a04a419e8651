"""The pages of a PDF copied by lists of what may be: what a page draws, and of that only what it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from site_builder.attachments.opened import Refused
from site_builder.attachments.pdf_fonts import AGAIN, Characters, Shown, at, of
from site_builder.attachments.pdf_images import unmasked
from site_builder.attachments.pictures import bare_jpeg

_MOST: Final = 200_000
_MOST_IN_ALL: Final = 1_000_000
"""What a page, and a file, may cost to read: its content and that of all forms it draws, once for each time."""

_COSTS: Final = 20
"""Bytes of content that cost one; a form costs five more each time it is drawn."""

_PAGE: Final = ("MediaBox", "CropBox", "Rotate", "UserUnit", "Group")
_FORM: Final = ("Type", "Subtype", "FormType", "BBox", "Matrix", "Group")
_TILING: Final = ("Type", "PatternType", "PaintType", "TilingType", "BBox", "XStep", "YStep", "Matrix")
_IMAGE: Final = (
    *("Type", "Subtype", "Width", "Height", "ColorSpace", "BitsPerComponent", "Intent"),
    *("ImageMask", "Mask", "Decode", "Interpolate", "SMask", "Matte"),
)
_COLOURS: Final = ("Type", "Subtype", "Width", "Height", "ColorSpace", "Intent", "Interpolate")
"""Of an image whose pixels are written anew."""

_RESOURCES: Final = ("Font", "XObject", "ExtGState", "ColorSpace", "Pattern", "Shading")
_NAMING: Final = {
    b"Tf": "/Font",
    b"Do": "/XObject",
    b"gs": "/ExtGState",
    b"cs": "/ColorSpace",
    b"CS": "/ColorSpace",
    b"scn": "/Pattern",
    b"SCN": "/Pattern",
    b"sh": "/Shading",
}
"""The operators that name a resource, and which of them; what no operator names is not taken over."""

_MARKED: Final = frozenset((b"BMC", b"BDC", b"EMC", b"MP", b"DP"))
_SHOWING: Final = frozenset((b"Tj", b"TJ", b"'", b'"'))
_UNSEEN: Final = frozenset((3, 7))
_KEYS: Final = frozenset(
    f"/{key}"
    for keys in (
        # fonts and what describes them
        "Type Subtype BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts",
        "CIDSystemInfo DW W DW2 W2 CIDToGIDMap Registry Ordering Supplement BaseEncoding Differences FontName",
        "FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight",
        "StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 Length1 Length2 Length3 CMapName",
        "WMode UseCMap",
        # the state of drawing, groups and masks
        "LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 HT FL SM SA BM SMask CA ca AIS TK S G BC CS I K",
        # colours, shadings, patterns, functions
        "N Alternate Range WhitePoint BlackPoint Gamma Matrix ShadingType ColorSpace Background BBox AntiAlias",
        "Function Coords Domain Extend BitsPerCoordinate BitsPerComponent BitsPerFlag VerticesPerRow Decode",
        "PatternType Shading ExtGState FunctionType Size BitsPerSample Order Encode C0 C1 Functions Bounds",
        # how an image is packed
        "Columns Rows BlackIs1 EncodedByteAlign EndOfLine EndOfBlock DamagedRowsBeforeError ColorTransform",
    )
    for key in keys.split()
)
"""Of dictionaries that are not cut down by a list of their own: every key that changes how something looks or reads."""

_LAYERS: Final = "/OC"

_PICTURES: Final = frozenset(("/DCTDecode", "/CCITTFaxDecode"))
_UNREAD: Final = frozenset(("/JPXDecode", "/JBIG2Decode"))


class PageCopy:
    """Copies what pages draw from a reader to a writer, every object once."""

    def __init__(self, reader: PdfReader, writer: PdfWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._done: dict[tuple[int, bool, int], IndirectObject] = {}
        self._known: dict[int, Characters] = {}
        self._around = DictionaryObject()
        self._held: list[DictionaryObject] = []  # those known by their place in memory
        self._costs: dict[int, int] = {}
        self._cost = 0
        self.pictures = False

    def page(self, page: PageObject) -> None:
        """A page at the end of the writer's."""
        for one in page.get("/Annots") or ():
            if at(of(one), "/Subtype") != "/Link":
                raise Refused("PDF 里有批注、印章、表单或者附件", "用「打印」做成只有页面的 PDF")
        box = page.mediabox
        new = self._writer.add_blank_page(float(box.width), float(box.height))
        for name in _PAGE:
            found = page.get_inherited(f"/{name}") if isinstance(page, DictionaryObject) else None
            if found is not None:
                new[NameObject(f"/{name}")] = self._value(found)
        contents = page.get_contents()
        if contents is not None:
            resources = of(page.get_inherited("/Resources"))
            stream, named, cost = self._content(contents, resources, text=True)
            self._cost += cost
            if cost > _MOST or self._cost > _MOST_IN_ALL:
                raise Refused("PDF 太复杂，读起来太久", "分成几个文件，或者把复杂的图形换成图片重新导出")
            new[NameObject("/Resources")] = named
            new[NameObject("/Contents")] = self._writer._add_object(stream.flate_encode())  # noqa: SLF001

    def _content(
        self, content: StreamObject, resources: DictionaryObject, *, text: bool
    ) -> tuple[DecodedStreamObject, DictionaryObject, int]:
        """What a content stream draws, the resources it names, what it costs; ``text``: text drawn by it is read."""
        parsed = content if isinstance(content, ContentStream) else ContentStream(content, self._reader)
        kept = [(operands, operator) for operands, operator in parsed.operations if operator not in _MARKED]
        shown = Shown(of(resources.get("/Font")), self._known)
        used: dict[str, list[str]] = {}
        for operands, operator in kept:
            if operator == b"INLINE IMAGE":
                used.setdefault("/ColorSpace", []).extend(self._ask_inline(operands["settings"]))
                continue
            if operator in _SHOWING and not text:
                raise Refused("PDF 的图案里有文字，读不出来", AGAIN)
            shown.ask(operands, operator)
            if operator == b"Tr" and operands[0] in _UNSEEN:
                raise Refused(
                    "PDF 里有看不见的文字（例如扫描件底下识别出来的）", "扫描件不要带识别的文字，或者用原来的文件导出"
                )
            name = operands[0 if operator == b"Tf" else -1] if operator in _NAMING and operands else None
            if isinstance(name, NameObject):
                used.setdefault(_NAMING[operator], []).append(name)
        parsed.operations = kept
        stream = DecodedStreamObject()
        stream.set_data(parsed.get_data())
        around, self._around = self._around, resources
        self._held.append(resources)
        named = self._named(resources, used)
        self._around = around
        drawn = of(resources.get("/XObject"))
        forms = (self._of_form(of(drawn.get(name))) for name in used.get("/XObject", ()) if name in drawn)
        return stream, named, len(stream.get_data()) // _COSTS + 1 + sum(forms)

    def _of_form(self, form: DictionaryObject) -> int:
        """What it costs to draw a form once."""
        if at(form, "/Subtype") == "/Image":
            return 0
        if id(form) not in self._costs:
            raise Refused("PDF 读不懂，或者已经损坏", AGAIN)  # it is no form, or draws itself
        return 5 + self._costs[id(form)]

    def _ask_inline(self, settings: DictionaryObject) -> Iterable[str]:
        """The colours it names."""
        self.pictures = True
        filters = settings.get("/F", settings.get("/Filter"))
        if any(one in {"/DCT", "/DCTDecode"} for one in _each(filters)):
            raise Refused("PDF 页面里直接写着一张照片", AGAIN)
        colours = settings.get("/CS", settings.get("/ColorSpace"))
        return (colours,) if isinstance(colours, NameObject) else ()

    def _named(self, resources: DictionaryObject, used: Mapping[str, Iterable[str]]) -> DictionaryObject:
        found = DictionaryObject()
        for group in _RESOURCES:
            there = of(resources.get(f"/{group}"))
            if group == "ExtGState" and any("/Font" in of(there.get(name)) for name in used.get("/ExtGState", ())):
                raise Refused("PDF 里有一种字体认不出是什么字", AGAIN)  # a font set by the way, which nothing reads
            names = sorted({name for name in used.get(f"/{group}", ()) if name in there})
            if names:
                inside = DictionaryObject({NameObject(name): self._value(there.raw_get(name)) for name in names})
                found[NameObject(f"/{group}")] = inside
        return found

    def _value(self, value: object, *, text: bool = True) -> PdfObject:
        """A value as the writer may hold it; what is behind a reference is copied once."""
        if isinstance(value, IndirectObject):
            target = value.get_object()
            key = (value.idnum, text, id(self._around) if _takes_around(target) else 0)
            if key not in self._done:
                holder = self._writer._add_object(NullObject())  # noqa: SLF001  # known before what leads back to it
                self._done[key] = holder
                made = self._value(target, text=text)
                self._writer._objects[holder.idnum - 1] = made  # noqa: SLF001
                made.indirect_reference = holder
            return self._done[key]
        if isinstance(value, StreamObject):
            return self._stream(value, text=text)
        if isinstance(value, ArrayObject):
            return ArrayObject([self._value(one, text=text) for one in value])
        if isinstance(value, DictionaryObject):
            if _LAYERS in value:
                raise Refused("PDF 里有可以显示或者隐藏的图层", AGAIN)
            if at(value, "/Subtype") == "/Type3":
                return self._drawn_font(value)
            text = text and at(value, "/S") not in {"/Alpha", "/Luminosity"}  # a mask's text is not read
            return DictionaryObject(
                {NameObject(key): self._value(value.raw_get(key), text=text) for key in value if key in _KEYS}
            )
        if isinstance(value, PdfObject):
            return value
        raise Refused("PDF 读不懂，或者已经损坏", AGAIN)

    def _drawn_font(self, font: DictionaryObject) -> DictionaryObject:
        """A font whose characters are drawings: those its encoding names, and what they draw with."""
        kept = [key for key in font if key in _KEYS or key == "/FontMatrix"]
        made = DictionaryObject({NameObject(key): self._value(font.raw_get(key), text=False) for key in kept})
        drawings, resources = of(font.get("/CharProcs")), DictionaryObject()
        written = DictionaryObject()
        for name in sorted({str(one) for one in of(font.get("/Encoding")).get("/Differences", ())} & set(drawings)):
            drawing = drawings[name]
            if not isinstance(drawing, StreamObject):
                continue
            stream, named, _ = self._content(drawing, self._inside(font), text=False)
            written[NameObject(name)] = self._writer._add_object(stream.flate_encode())  # noqa: SLF001
            for group, inside in named.items():
                resources[group] = DictionaryObject({**of(resources.get(group)), **inside})
        return DictionaryObject({**made, NameObject("/CharProcs"): written, NameObject("/Resources"): resources})

    def _stream(self, stream: StreamObject, *, text: bool) -> StreamObject:
        if _LAYERS in stream:
            raise Refused("PDF 里有可以显示或者隐藏的图层", AGAIN)
        if at(stream, "/Subtype") == "/Image":
            return self._image(stream)
        if at(stream, "/Subtype") == "/Form" or at(stream, "/PatternType") == 1:
            keys = _TILING if "/PatternType" in stream else _FORM
            read = text and "/PatternType" not in stream
            drawn, named, self._costs[id(stream)] = self._content(stream, self._inside(stream), text=read)
            drawn.update(self._kept(stream, keys))
            drawn[NameObject("/Resources")] = named
            return drawn.flate_encode()
        plain = DecodedStreamObject()
        plain.set_data(stream.get_data())
        others = [key for key in stream if key in _KEYS]
        plain.update({NameObject(key): self._value(stream.raw_get(key), text=text) for key in others})
        return plain.flate_encode()

    def _inside(self, drawing: DictionaryObject) -> DictionaryObject:
        """What the names in a drawing lead to: its own resources, or where it has none those around it."""
        return of(drawing.get("/Resources")) if "/Resources" in drawing else self._around

    def _kept(self, stream: StreamObject, keys: Iterable[str]) -> dict[NameObject, PdfObject]:
        return {NameObject(f"/{key}"): self._value(stream.raw_get(f"/{key}")) for key in keys if f"/{key}" in stream}

    def _image(self, stream: StreamObject) -> StreamObject:
        """An image: its pixels, or its JPEG without what a camera wrote into it."""
        self.pictures = True
        filters = [str(one) for one in _each(stream.get("/Filter"))]
        if _UNREAD.intersection(filters) or _PICTURES.intersection(filters[:-1]):
            raise Refused("PDF 里图片的压缩方法读不了", "用 JPEG 或者不压缩的图片重新导出")
        bare = unmasked(stream)
        if bare is not None:
            image, mask = bare
            image.update(self._kept(stream, _COLOURS))
            image[NameObject("/SMask")] = self._writer._add_object(mask.flate_encode())  # noqa: SLF001
            return image.flate_encode()
        kept = self._kept(stream, [one for one in _IMAGE if one != "Mask" or "/SMask" not in stream])
        if not filters or filters[-1] not in _PICTURES:
            plain = DecodedStreamObject()
            plain.set_data(stream.get_data())
            plain.update(kept)
            return plain.flate_encode()
        if len(filters) > 1:
            raise Refused("PDF 里图片的压缩方法读不了", "用 JPEG 或者不压缩的图片重新导出")
        raw = stream._data  # noqa: SLF001  # what is behind the filter, undecoded
        made = EncodedStreamObject()
        made._data = bare_jpeg(raw) if filters == ["/DCTDecode"] else raw  # noqa: SLF001
        made.update(kept)
        parameters = next(iter(_each(stream.get("/DecodeParms"))), None)
        if isinstance(parameters, PdfObject) and of(parameters):
            made[NameObject("/DecodeParms")] = self._value(of(parameters))
        made[NameObject("/Filter")] = NameObject(filters[0])
        return made


def _each(values: object) -> Iterable[object]:
    """What stands alone or in an array."""
    values = values.get_object() if isinstance(values, PdfObject) else values
    several = values if isinstance(values, ArrayObject) else () if values is None else (values,)
    return [one.get_object() if isinstance(one, PdfObject) else one for one in several]


def _takes_around(drawing: object) -> bool:
    """Whether it draws with the resources of what draws it."""
    if not isinstance(drawing, DictionaryObject) or "/Resources" in drawing:
        return False
    return at(drawing, "/Subtype") in {"/Form", "/Type3"} or at(drawing, "/PatternType") == 1
