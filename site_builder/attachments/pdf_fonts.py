"""Whether anybody can tell what a PDF's characters are: of each font, and of each code that is shown in it.

Where the library would guess (a table it does not know, a code its table leaves out) the file is refused: what reads
the text here and at the gate would see other characters than a reader of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
import re
from typing import Final

from pypdf._cmap import _parse_encoding, _parse_to_unicode, _predefined_cmap
from pypdf._codecs import adobe_glyphs, charset_encoding
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, PdfObject, StreamObject, TextStringObject

from site_builder.attachments.opened import Refused

AGAIN: Final = "在原来的软件里用「打印」或「导出」重新做一份 PDF"
_UNICODE: Final = re.compile(r"/Uni(?:GB|CNS|JIS|KS)-(?:UCS2|UTF16)(?:-HW)?-[HV]")
"""Character maps whose codes are UTF-16 (ISO 32000-2, table 116)."""

_IDENTITY: Final = frozenset(("/Identity-H", "/Identity-V"))
"""Those whose codes are glyphs of this font and no other."""

_GLYPH: Final = re.compile(r"/uni[0-9A-F]{4}|/u[0-9A-F]{4,6}")
"""Names of glyphs that say their character themselves (Adobe Glyph List Specification)."""

_OPERANDS: Final = {b"Tf": 2, b"Tj": 1, b"TJ": 1, b"'": 1, b'"': 3, b"Tr": 1, b"Do": 1, b"gs": 1}
_SHOWING: Final = frozenset((b"Tj", b"TJ", b"'", b'"'))


def of(value: object) -> DictionaryObject:
    """The dictionary behind a value, or an empty one."""
    value = value.get_object() if isinstance(value, PdfObject) else value
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def at(values: DictionaryObject, key: str) -> object:
    """What stands under a key, also where it is written elsewhere; ``None`` where nothing does."""
    found = values.get(key)
    return found.get_object() if isinstance(found, PdfObject) else found


class Shown:
    """The font in force while a content stream is read, and whether what is shown in it can be told."""

    def __init__(self, fonts: DictionaryObject, known: dict[int, Characters]) -> None:
        self._fonts = fonts
        self._known = known
        self._font: Characters | None = None
        self._saved: list[Characters | None] = []

    def ask(self, operands: list[PdfObject], operator: bytes) -> None:
        """The next operator; raises ``Refused`` where it shows what cannot be told."""
        if len(operands) != _OPERANDS.get(operator, len(operands)):
            raise Refused("PDF 读不懂，或者已经损坏", AGAIN)  # readers take other operands than the library does
        if operator == b"q":
            self._saved.append(self._font)
        elif operator == b"Q" and self._saved:
            self._font = self._saved.pop()
        elif operator == b"Tf":
            self._font = self._characters(of(self._fonts.get(operands[0])))
        elif operator in _SHOWING and not (
            self._font is not None and all(self._font.tell(one) for one in _strings(operands))
        ):
            raise Refused("PDF 里有的文字认不出是什么字", AGAIN)

    def _characters(self, font: DictionaryObject) -> Characters:
        if id(font) not in self._known:
            self._known[id(font)] = Characters(font)
        return self._known[id(font)]


class Characters:
    """What the codes of a font are; raises ``Refused`` for a font of which nobody can tell."""

    def __init__(self, font: DictionaryObject) -> None:
        self._font = font  # held: it is known by its place in memory
        kind, encoding = at(font, "/Subtype"), at(font, "/Encoding")
        self._has_map = isinstance(of(font.get("/ToUnicode")), StreamObject)
        self._name = encoding if isinstance(encoding, str) else ""
        self._is_wide = kind == "/Type0"
        if kind == "/Type3":
            known = self._has_map and "/CharProcs" in font
        elif kind == "/Type0":
            is_told = self._name in _predefined_cmap or bool(_UNICODE.fullmatch(self._name))
            known = self._has_map if self._name in _IDENTITY else is_told
        else:
            known = bool(font) and ("/ToUnicode" not in font or self._has_map)
        if not known:
            raise Refused("PDF 里有一种字体认不出是什么字", AGAIN)
        self._encoding = _parse_encoding(font)
        self._map: dict[str, str] = _parse_to_unicode(font)[0]
        self._named = self._codes(font, of(encoding)) if kind not in {"/Type0", "/Type3"} else frozenset[int]()
        if not (self._is_wide or self._has_map or self._named):
            raise Refused("PDF 里有一种字体认不出是什么字", AGAIN)

    def _codes(self, font: DictionaryObject, encoding: DictionaryObject) -> frozenset[int]:
        """The codes of a simple font that its encoding tells."""
        descriptor = of(font.get("/FontDescriptor"))
        own = int(descriptor.get("/Flags", 0)) & 4 or any(f"/FontFile{one}" in descriptor for one in ("", "2", "3"))
        base = self._name or str(encoding.get("/BaseEncoding", "" if own else "/StandardEncoding"))
        codes = set(range(256)) if base in charset_encoding else set()
        code = 0
        for one in encoding.get("/Differences", ArrayObject()).get_object():
            if isinstance(one, int):
                code = int(one)
                continue
            told = isinstance(one, str) and (one in adobe_glyphs or _GLYPH.fullmatch(one))
            codes = codes | {code} if told else codes - {code}
            code += 1
        return frozenset(codes)

    def tell(self, shown: bytes) -> bool:
        """Whether each of these codes has a character, and the one the library reads."""
        if not self._is_wide:
            return all(map(self._tell_simple, shown))
        assert isinstance(self._encoding, str)  # noqa: S101  # asked before
        try:
            text = shown.decode(self._encoding, "surrogatepass")
        except UnicodeDecodeError:
            return False
        if self._name in _IDENTITY:
            return all(self._map.get(one) for one in text)
        if self._encoding == "utf-16-be":
            return all(self._map.get(one, one) for one in text)
        return all(self._map.get(one, one) == one for one in text)  # a table by codes, asked by character

    def _tell_simple(self, code: int) -> bool:
        told = self._map.get(chr(code))
        if not isinstance(self._encoding, dict):
            return False
        if self._has_map and told is not None:
            return bool(told)
        if code not in self._named:
            return False
        text = self._encoding.get(code, "")
        return bool(text) and (text == told if told is not None else not any(one in self._map for one in text))


def _strings(operands: list[PdfObject]) -> Iterator[bytes]:
    for one in operands:
        if isinstance(one, ArrayObject):
            yield from _strings(one)
        elif isinstance(one, TextStringObject | ByteStringObject):
            yield one.original_bytes
