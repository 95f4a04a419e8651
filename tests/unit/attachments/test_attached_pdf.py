"""PDF files: every page's text is read, nothing that is not seen is published, and what cannot be read is refused."""

import contextlib
import io
import zlib

from announced import dictionary, jpeg, name, pdf, put, put_text, stream, utf16
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NumberObject, TextStringObject
import pytest
from small_sites import PROGRAM

from site_builder.attachments.opened import Refused
from site_builder.attachments.pdf import open_pdf

WHOLE = pdf("演示第一页", "演示第二页")
MARKER = "演示暗藏商贸"
ASCII = "HIDDEN-MARKER-7"


def everything(data):
    """Every byte of a PDF, and of its streams once unpacked."""
    reader = PdfReader(io.BytesIO(data))
    inside = [data]
    for number in sorted(reader.xref[0]):
        one = reader.get_object(number)
        inside.append(repr(one).encode())
        if hasattr(one, "get_data") and one.get("/Subtype") != "/Image":
            inside.append(one.get_data())
    return b"\n".join(inside)


def hidden_in(data):
    whole = everything(data)
    return any(
        one in whole for one in (ASCII.encode(), MARKER.encode(), MARKER.encode("utf-16-be"), utf16(MARKER).encode())
    )


def test_text_of_every_page_is_read():
    opened = open_pdf(pdf("演示第一页", "演示第二页"))
    assert opened.texts == ("演示第一页", "演示第二页")
    assert not opened.pictures


def test_same_bytes_come_out_every_time_and_again_of_what_came_out():
    data = pdf("演示第一页", "演示第二页")
    once = open_pdf(data).data
    assert open_pdf(data).data == once
    assert open_pdf(once).data == once


def test_radicals_are_read_as_the_characters_they_look_like():
    assert open_pdf(pdf("⼤连演⽰⻓江")).texts == ("大连演示长江",)


def test_name_broken_by_the_end_of_a_line_is_said_in_one_piece():
    def two_lines(writer):
        drawn = f"BT /F1 12 Tf 72 770 Td <{utf16('演示甲')}> Tj 0 -20 Td <{utf16('乙公司')}> Tj ET"
        put_text(writer, writer.pages[0], drawn)

    assert "演示甲乙公司" in open_pdf(pdf("", change=two_lines)).said()


def metadata(writer):
    writer.add_metadata({"/Author": ASCII, "/Title": MARKER})


def xmp(writer):
    writer.xmp_metadata = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{ASCII}</x:xmpmeta>".encode()


def marked_content(writer):
    shown = f"/Span <</ActualText ({ASCII})>> BDC BT /F1 12 Tf 72 770 Td <{utf16('演示')}> Tj ET EMC % {ASCII}"
    put_text(writer, writer.pages[0], shown)


def unused_form(writer):
    form = DecodedStreamObject()
    form.set_data(f"BT /F1 12 Tf <{utf16(MARKER)}> Tj ET".encode())
    form.update({name("Type"): name("XObject"), name("Subtype"): name("Form")})
    group = DictionaryObject({name("Old"): put(writer, form)})
    put_text(writer, writer.pages[0], f"BT /F1 12 Tf 72 770 Td <{utf16('演示')}> Tj ET", XObject=group)


def unreferenced(writer):
    lost = DecodedStreamObject()
    lost.set_data(ASCII.encode())
    put(writer, lost)


def piece_info(writer):
    writer.pages[0][name("PieceInfo")] = DictionaryObject({name("App"): TextStringObject(ASCII)})


def font_key(writer):
    writer.pages[0]["/Resources"]["/Font"]["/F1"].get_object()[name("Remark")] = TextStringObject(ASCII)


def link(writer):
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url=f"https://演示.example/{ASCII}"))


def outline(writer):
    writer.add_outline_item(title=MARKER, page_number=0)


def photo(writer):
    image = DecodedStreamObject()
    image.set_data(jpeg(comment=ASCII.encode()))
    keys = {
        "Type": name("XObject"),
        "Subtype": name("Image"),
        "Filter": name("DCTDecode"),
        "ColorSpace": name("DeviceRGB"),
    }
    keys |= {"Width": NumberObject(60), "Height": NumberObject(40), "BitsPerComponent": NumberObject(8)}
    image.update({name(key): value for key, value in keys.items()})
    group = DictionaryObject({name("Im"): put(writer, image)})
    put_text(writer, writer.pages[0], f"/Im Do BT /F1 12 Tf 72 770 Td <{utf16('演示')}> Tj ET", XObject=group)


@pytest.mark.parametrize(
    "hide", [metadata, xmp, marked_content, unused_form, unreferenced, piece_info, font_key, link, outline, photo]
)
def test_what_is_not_seen_is_not_published(hide):
    data = pdf("演示", change=hide)
    assert hidden_in(data)
    opened = open_pdf(data)
    assert not hidden_in(opened.data)
    assert opened.texts == ("演示",)


def test_text_of_an_older_revision_is_not_published():
    before = pdf(MARKER)
    writer = PdfWriter(io.BytesIO(before), incremental=True)
    put_text(writer, writer.pages[0], f"BT /F1 12 Tf 72 770 Td <{utf16('演示')}> Tj ET")
    out = io.BytesIO()
    writer.write(out)
    after = out.getvalue()
    assert after.startswith(before)
    opened = open_pdf(after)
    assert opened.texts == ("演示",)
    assert not hidden_in(opened.data)
    assert opened.data.count(b"%%EOF") == 1


def test_photograph_on_a_page_has_to_be_looked_at():
    assert open_pdf(pdf("演示", change=photo)).pictures


def test_page_without_text_has_to_be_looked_at():
    assert open_pdf(pdf("演示", "")).pictures


def encrypted(writer):
    writer.encrypt("", "演示")


def embedded(writer):
    writer.add_attachment("a.txt", ASCII.encode())


def script(writer):
    action = DictionaryObject({name("S"): name("JavaScript"), name("JS"): TextStringObject("app.alert(1)")})
    writer.root_object[name("OpenAction")] = action


def form(writer):
    field = DictionaryObject({name("T"): TextStringObject("甲")})
    writer.root_object[name("AcroForm")] = DictionaryObject({name("Fields"): ArrayObject([field])})


def layers(writer):
    writer.root_object[name("OCProperties")] = DictionaryObject()


def note(writer):
    writer.add_annotation(0, FreeText(text=MARKER, rect=(0, 0, 99, 99)))


def invisible(writer):
    put_text(writer, writer.pages[0], f"BT /F1 12 Tf 3 Tr 72 770 Td <{utf16(MARKER)}> Tj ET")


def unmapped(writer):
    put_text(writer, writer.pages[0], "BT /F1 12 Tf 72 770 Td <00410042> Tj ET")
    writer.pages[0]["/Resources"]["/Font"]["/F1"][name("Encoding")] = name("Identity-H")


def drawn_characters(writer):
    writer.pages[0]["/Resources"]["/Font"]["/F1"].get_object()[name("Subtype")] = name("Type3")


def private_characters(writer):
    put_text(writer, writer.pages[0], f"BT /F1 12 Tf 72 770 Td <{utf16(chr(0xE001))}> Tj ET")


@pytest.mark.parametrize(
    ("hide", "told"),
    [
        (encrypted, "密码"),
        (embedded, "嵌着"),
        (script, "脚本"),
        (form, "表单"),
        (layers, "图层"),
        (note, "批注"),
        (invisible, "看不见"),
        (unmapped, "认不出"),
        (drawn_characters, "认不出"),
        (private_characters, "认不出"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(hide, told):
    with pytest.raises(Refused) as refused:
        open_pdf(pdf("演示", change=hide))
    assert told in refused.value.message
    assert refused.value.hint


def table(*pairs):
    """What a font's ``ToUnicode`` holds: the character of each code, in hex."""
    lines = "".join(f"<{code}> <{utf16(char)}>\n" for code, char in pairs)
    return stream(f"{len(pairs)} beginbfchar\n{lines}endbfchar\n".encode())


def wide(encoding, to_unicode=None):
    """Changes the font of the first page: its encoding, and its own table."""

    def change(writer):
        font = writer.pages[0]["/Resources"]["/Font"]["/F1"]
        font[name("Encoding")] = name(encoding)
        if to_unicode is not None:
            font[name("ToUnicode")] = put(writer, to_unicode)

    return change


def simple(encoding, shown="(AB)", **keys):
    """A page with a font of one byte a character."""

    def change(writer):
        put_text(writer, writer.pages[0], f"BT /F1 12 Tf 72 770 Td {shown} Tj ET")
        font = dictionary(Type=name("Font"), Subtype=name("TrueType"), BaseFont=name("Demo"), **keys)
        if encoding is not None:
            font[name("Encoding")] = encoding
        writer.pages[0]["/Resources"]["/Font"][name("F1")] = put(writer, font)

    return change


def differing(*glyphs):
    return dictionary(Differences=ArrayObject([NumberObject(65), *(name(one) for one in glyphs)]))


def shows(drawn, **resources):
    return lambda writer: put_text(writer, writer.pages[0], drawn, **resources)


@pytest.mark.parametrize(
    "change",
    [
        wide("GBKp-EUC-H"),
        wide("Uni-UCS2-H"),
        wide("UniGB-UTF32-H"),
        wide("Identity-H", stream(b"")),
        wide("Identity-H", table(("6f14", "演"))),
        wide("Identity-H", table(("6f14", "演"), ("793a", ""))),
        wide("Identity-H", name("Identity-H")),
        wide("GBK-EUC-H"),
        simple(differing("g1", "g2")),
        simple(differing("A", "g2")),
        simple(differing("u41", "u42")),
        simple(differing("A", "B"), FontDescriptor=dictionary(Flags=NumberObject(4)), shown="(AC)"),
        simple(None, FontDescriptor=dictionary(Flags=NumberObject(32), FontFile2=stream(b"0"))),
        simple(name("MacExpertEncoding")),
        simple(differing("A", "B"), ToUnicode=table(("0041", ""))),
        shows(f"BT 72 770 Td <{utf16('演示')}> Tj ET"),
        shows(f"BT q /F1 12 Tf Q <{utf16('演示')}> Tj ET"),
        shows(f"BT /F1 12 Tf 72 770 Td <{utf16('演示')}> <{utf16(MARKER)}> Tj ET"),
        shows(
            f"BT /F1 12 Tf /G gs 72 770 Td <{utf16('演示')}> Tj ET",
            ExtGState=dictionary(G=dictionary(Font=ArrayObject([dictionary(), NumberObject(12)]))),
        ),
    ],
)
def test_text_nobody_can_tell_for_sure_is_refused(change):
    with pytest.raises(Refused) as refused:
        open_pdf(pdf("演示", change=change))
    assert refused.value.hint


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (wide("UniGB-UCS2-H"), "演示"),
        (wide("Identity-H", table(("6f14", "大"), ("793a", "连"))), "大连"),
        (shows("BT /F1 12 Tf 72 770 Td <b4f3c1ac> Tj ET"), None),
        (simple(name("WinAnsiEncoding")), "AB"),
        (simple(None, FontDescriptor=dictionary(Flags=NumberObject(32))), "AB"),
        (simple(differing("uni6F14", "B")), "演B"),
        (simple(differing("g1", "g2"), ToUnicode=table(("41", "演"), ("42", "示"))), "演示"),
        (shows(f"BT /F1 12 Tf q Q 72 770 Td <{utf16('演示')}> Tj ET"), "演示"),
    ],
)
def test_text_of_known_characters_is_read(change, text):
    if text is None:
        draw, text = change, "大连"

        def change(writer):
            draw(writer)
            wide("GBK-EUC-H")(writer)

    opened = open_pdf(pdf("演示", change=change))
    assert opened.texts == (text,)
    assert open_pdf(opened.data).data == opened.data


def inner(writer, drawn, **keys):
    return put(writer, stream(drawn.encode(), Type=name("XObject"), Subtype=name("Form"), **keys))


TEXT = f"BT /F1 12 Tf 72 770 Td <{utf16('演示')}> Tj ET"
SIZE = {"Width": NumberObject(8), "Height": NumberObject(1), "BitsPerComponent": NumberObject(1)}


def form_of_the_page(writer):
    """A form without resources draws the page's image."""
    image = put(writer, stream(b"\xaa", Subtype=name("Image"), ColorSpace=name("DeviceGray"), **SIZE))
    put_text(writer, writer.pages[0], f"/Fm Do {TEXT}", XObject=dictionary(Im=image, Fm=inner(writer, "/Im Do")))


def test_form_without_resources_keeps_what_it_draws_of_the_page():
    opened = open_pdf(pdf("演示", change=form_of_the_page))
    assert opened.pictures
    form = PdfReader(io.BytesIO(opened.data)).pages[0]["/Resources"]["/XObject"]["/Fm"]
    assert form["/Resources"]["/XObject"]["/Im"].get_data() == b"\xaa"
    assert open_pdf(opened.data).data == opened.data


def test_colours_an_image_in_the_page_names_are_kept():
    colours = ArrayObject([name("Indexed"), name("DeviceRGB"), NumberObject(1), TextStringObject("abcdef")])
    drawn = f"{TEXT}\nBI /W 8 /H 1 /BPC 1 /CS /Own ID \x2a EI"
    opened = open_pdf(pdf("演示", change=shows(drawn, ColorSpace=dictionary(Own=colours))))
    kept = PdfReader(io.BytesIO(opened.data)).pages[0]["/Resources"]["/ColorSpace"]
    assert kept["/Own"][0] == "/Indexed"
    assert opened.pictures


def test_fax_image_keeps_how_it_is_packed():
    def fax(writer):
        packed = stream(b"\x00\x10\x01", Subtype=name("Image"), ColorSpace=name("DeviceGray"), **SIZE)
        packed[name("Filter")] = ArrayObject([name("CCITTFaxDecode")])
        packed[name("DecodeParms")] = ArrayObject([dictionary(K=NumberObject(-1), Columns=NumberObject(8))])
        put_text(writer, writer.pages[0], f"/Im Do {TEXT}", XObject=dictionary(Im=put(writer, packed)))

    kept = PdfReader(io.BytesIO(open_pdf(pdf("演示", change=fax)).data)).pages[0]["/Resources"]["/XObject"]["/Im"]
    assert kept["/Filter"] == "/CCITTFaxDecode"
    assert kept["/DecodeParms"] == {"/K": -1, "/Columns": 8}


def nested(writer):
    """Each of eight forms draws the next ten times: a hundred million readings in some hundred bytes."""
    last = inner(writer, "q Q", Resources=dictionary())
    for _ in range(8):
        last = inner(writer, "/N Do " * 10, Resources=dictionary(XObject=dictionary(N=last)))
    put_text(writer, writer.pages[0], f"/N Do {TEXT}", XObject=dictionary(N=last))


def endless(writer):
    group = dictionary()
    group[name("N")] = inner(writer, "/N Do", Resources=dictionary(XObject=group))
    put_text(writer, writer.pages[0], f"/N Do {TEXT}", XObject=group)


def elsewhere(writer):
    """A form whose kind is written in another object, with text nobody sees."""
    drawn = f"BT /F1 12 Tf 3 Tr 72 770 Td <{utf16(MARKER)}> Tj ET"
    kind = put(writer, name("Form"))
    put_text(writer, writer.pages[0], f"/N Do {TEXT}", XObject=dictionary(N=put(writer, stream(drawn.encode()))))
    page = writer.pages[0]["/Resources"]
    page["/XObject"]["/N"].update({name("Subtype"): kind, name("Resources"): dictionary(Font=page.raw_get("/Font"))})


def nothing_known(writer):
    group = dictionary(N=put(writer, stream(ASCII.encode(), Subtype=name("PS"))))
    put_text(writer, writer.pages[0], f"/N Do {TEXT}", XObject=group)


@pytest.mark.parametrize(
    ("draw", "told"), [(nested, "复杂"), (elsewhere, "看不见"), (endless, "读不懂"), (nothing_known, "读不懂")]
)
def test_drawings_nobody_can_read_to_the_end_are_refused(draw, told):
    with pytest.raises(Refused, match=told):
        open_pdf(pdf("演示", change=draw))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_damaged_file_is_refused_or_read_and_never_breaks_the_reader(data):
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Refused):
        opened = open_pdf(bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))]))
        assert open_pdf(opened.data).data == opened.data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"PK\x03\x04" + b"\0" * 40,
        jpeg(),
        pdf("演示")[:200],
        zlib.compress(b"x" * 400),
        b"%PDF-1.7\n" * 90,
    ],
)
def test_bytes_that_are_no_pdf_are_refused(data):
    with pytest.raises(Refused):
        open_pdf(data)


def test_pdf_a_browser_printed_is_read_whole_and_written_the_same_every_time():
    """Its characters are drawings (Type 3), and some of them radicals by their codes."""
    printed = (PROGRAM / "content" / "lingyuan" / "news" / "red-list-notice" / "criteria.pdf").read_bytes()
    opened = open_pdf(printed)
    assert "在凌源市登记满三年" in opened.texts[0]
    assert "评审时有关单位的人员回避" in opened.said()[-1]
    assert not opened.pictures
    assert open_pdf(opened.data).data == opened.data
