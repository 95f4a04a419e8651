"""PDF files: every page's text is read, nothing that is not seen is published, and what cannot be read is refused."""

import contextlib
import io
import zlib

from announced import jpeg, pdf, put, put_text, utf16
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject
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


def name(text):
    return NameObject(f"/{text}")


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
