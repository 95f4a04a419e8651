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
from site_builder.attachments.pictures import bare_jpeg

AGAIN: Final = "在原来的软件里用「打印」或「导出」重新做一份 PDF"
_PAGE: Final = ("MediaBox", "CropBox", "Rotate", "UserUnit", "Group")
_FORM: Final = ("Type", "Subtype", "FormType", "BBox", "Matrix", "Group")
_TILING: Final = ("Type", "PatternType", "PaintType", "TilingType", "BBox", "XStep", "YStep", "Matrix")
_IMAGE: Final = (
    *("Type", "Subtype", "Width", "Height", "ColorSpace", "BitsPerComponent", "Intent"),
    *("ImageMask", "Mask", "Decode", "Interpolate", "SMask", "Matte"),
)
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
_READ: Final = ("-UCS2-", "-UTF16-", "GBK", "GB-EUC", "GBpc")
"""What the names of character maps hold whose characters are known without the file's own table."""

_PICTURES: Final = frozenset(("/DCTDecode", "/CCITTFaxDecode"))
_UNREAD: Final = frozenset(("/JPXDecode", "/JBIG2Decode"))


def of(value: object) -> DictionaryObject:
    """The dictionary behind a value, or an empty one."""
    value = value.get_object() if isinstance(value, PdfObject) else value
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


class PageCopy:
    """Copies what pages draw from a reader to a writer, every object once."""

    def __init__(self, reader: PdfReader, writer: PdfWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._done: dict[tuple[int, bool], IndirectObject] = {}
        self.pictures = False

    def page(self, page: PageObject) -> None:
        """A page at the end of the writer's."""
        for one in page.get("/Annots") or ():
            if of(one).get("/Subtype") != "/Link":
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
            stream, named = self._content(contents, resources, text=True)
            new[NameObject("/Resources")] = named
            new[NameObject("/Contents")] = self._writer._add_object(stream.flate_encode())  # noqa: SLF001

    def _content(
        self, content: StreamObject, resources: DictionaryObject, *, text: bool
    ) -> tuple[DecodedStreamObject, DictionaryObject]:
        """What a content stream draws, and the resources it names; ``text``: text drawn by it is read."""
        parsed = content if isinstance(content, ContentStream) else ContentStream(content, self._reader)
        kept = [(operands, operator) for operands, operator in parsed.operations if operator not in _MARKED]
        fonts = of(resources.get("/Font"))
        used: dict[str, set[str]] = {}
        for operands, operator in kept:
            if operator in _SHOWING and not text:
                raise Refused("PDF 的图案里有文字，读不出来", AGAIN)
            if operator == b"Tr" and operands and operands[0] in _UNSEEN:
                raise Refused(
                    "PDF 里有看不见的文字（例如扫描件底下识别出来的）", "扫描件不要带识别的文字，或者用原来的文件导出"
                )
            if operator == b"INLINE IMAGE":
                self._ask_inline(operands["settings"])
            name = operands[0 if operator == b"Tf" else -1] if operator in _NAMING and operands else None
            if isinstance(name, NameObject):
                used.setdefault(_NAMING[operator], set()).add(name)
                if operator == b"Tf" and text:
                    _ask_font(of(fonts.get(name)))
        parsed.operations = kept
        stream = DecodedStreamObject()
        stream.set_data(parsed.get_data())
        return stream, self._named(resources, used)

    def _ask_inline(self, settings: DictionaryObject) -> None:
        self.pictures = True
        filters = settings.get("/F", settings.get("/Filter"))
        if any(one in {"/DCT", "/DCTDecode"} for one in _each(filters)):
            raise Refused("PDF 页面里直接写着一张照片", AGAIN)

    def _named(self, resources: DictionaryObject, used: Mapping[str, Iterable[str]]) -> DictionaryObject:
        found = DictionaryObject()
        for group in _RESOURCES:
            there = of(resources.get(f"/{group}"))
            names = sorted(name for name in used.get(f"/{group}", ()) if name in there)
            if names:
                inside = DictionaryObject({NameObject(name): self._value(there.raw_get(name)) for name in names})
                found[NameObject(f"/{group}")] = inside
        return found

    def _value(self, value: object, *, text: bool = True) -> PdfObject:
        """A value as the writer may hold it; what is behind a reference is copied once."""
        if isinstance(value, IndirectObject):
            key = (value.idnum, text)
            if key not in self._done:
                target = value.get_object()
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
            if value.get("/Subtype") == "/Type3":
                return self._drawn_font(value)
            text = text and value.get("/S") not in {"/Alpha", "/Luminosity"}  # a mask's text is not read
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
            stream, named = self._content(drawing, of(font.get("/Resources")), text=False)
            written[NameObject(name)] = self._writer._add_object(stream.flate_encode())  # noqa: SLF001
            for group, inside in named.items():
                resources[group] = DictionaryObject({**of(resources.get(group)), **inside})
        return DictionaryObject({**made, NameObject("/CharProcs"): written, NameObject("/Resources"): resources})

    def _stream(self, stream: StreamObject, *, text: bool) -> StreamObject:
        if _LAYERS in stream:
            raise Refused("PDF 里有可以显示或者隐藏的图层", AGAIN)
        if stream.get("/Subtype") == "/Image":
            return self._image(stream)
        if stream.get("/Subtype") == "/Form" or stream.get("/PatternType") == 1:
            keys = _TILING if "/PatternType" in stream else _FORM
            read = text and "/PatternType" not in stream
            drawn, named = self._content(stream, of(stream.get("/Resources")), text=read)
            drawn.update(self._kept(stream, keys))
            drawn[NameObject("/Resources")] = named
            return drawn.flate_encode()
        plain = DecodedStreamObject()
        plain.set_data(stream.get_data())
        others = [key for key in stream if key in _KEYS]
        plain.update({NameObject(key): self._value(stream.raw_get(key), text=text) for key in others})
        return plain.flate_encode()

    def _kept(self, stream: StreamObject, keys: Iterable[str]) -> dict[NameObject, PdfObject]:
        return {NameObject(f"/{key}"): self._value(stream.raw_get(f"/{key}")) for key in keys if f"/{key}" in stream}

    def _image(self, stream: StreamObject) -> StreamObject:
        """An image: its pixels, or its JPEG without what a camera wrote into it."""
        self.pictures = True
        filters = list(_each(stream.get("/Filter")))
        if _UNREAD.intersection(filters) or _PICTURES.intersection(filters[:-1]):
            raise Refused("PDF 里图片的压缩方法读不了", "用 JPEG 或者不压缩的图片重新导出")
        kept = self._kept(stream, _IMAGE)
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
        made.update(kept | self._kept(stream, ("DecodeParms",)))
        made[NameObject("/Filter")] = NameObject(filters[0])
        return made


def _each(filters: object) -> Iterable[str]:
    filters = filters.get_object() if isinstance(filters, PdfObject) else filters
    return filters if isinstance(filters, ArrayObject) else () if filters is None else (str(filters),)


def _ask_font(font: DictionaryObject) -> None:
    """Refuse a font of which nobody can tell what its characters are."""
    encoding = font.get("/Encoding")
    if font.get("/Subtype") == "/Type3":
        known = "/ToUnicode" in font and "/CharProcs" in font
    elif font.get("/Subtype") == "/Type0":
        known = "/ToUnicode" in font or any(one in str(encoding) for one in _READ)
    else:
        symbols = int(of(font.get("/FontDescriptor")).get("/Flags", 0)) & 4
        known = "/ToUnicode" in font or encoding is not None or not symbols
    if not font or not known:
        raise Refused("PDF 里有一种字体认不出是什么字", AGAIN)
