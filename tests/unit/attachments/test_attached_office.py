"""Word and Excel files, and pictures: all they say is read; what nobody sees is left out, or they are refused."""

import io
import zipfile

from announced import docx, jpeg, xlsx
import openpyxl
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image
import pytest

from site_builder.attachments.docx import DOCX
from site_builder.attachments.office import open_office
from site_builder.attachments.opened import Refused
from site_builder.attachments.pictures import bare_jpeg, open_picture, redrawn
from site_builder.attachments.xlsx import XLSX

MARKER = "演示暗藏商贸"
PARAGRAPH = "<w:p><w:r><w:t>演示正文</w:t></w:r></w:p>"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"
RELATION = f'<Relationship Id="rId{{}}" Type="{TYPE}" Target="{{}}"/>'
IMAGE = RELATION.format(5, "image", "media/image1.png")
BLIP = '<w:p><w:drawing><blip r:embed="rId5"/>{}</w:drawing></w:p>'
EXTERNAL = '<Relationship Id="rId9" Type="t" Target="{}" TargetMode="External"/>'


def whole(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join([archive.comment, *(name.encode() + archive.read(name) for name in archive.namelist())])


def test_paragraph_cut_into_runs_is_read_in_one_piece():
    body = "<w:p><w:r><w:t>演示甲</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>乙公司</w:t></w:r></w:p>" + PARAGRAPH
    assert open_office(docx(body), DOCX).texts == ("演示甲乙公司", "演示正文")


def test_description_of_a_picture_and_target_of_a_link_are_read():
    body = f'{PARAGRAPH}<w:p><w:docPr id="1" name="图" descr="演示说明"/></w:p>'
    opened = open_office(docx(body, relations=EXTERNAL.format("https://演示.example/甲")), DOCX)
    assert {"演示说明", "https://演示.example/甲"} <= set(opened.texts)


@pytest.mark.parametrize(
    "parts",
    [
        {"docProps/core.xml": f"<c>{MARKER}</c>"},
        {"docProps/custom.xml": f"<c>{MARKER}</c>"},
        {"docProps/thumbnail.jpeg": MARKER},
        {"customXml/item1.xml": f"<c>{MARKER}</c>"},
        {"word/settings.xml": f"<c>{MARKER}</c>"},
        {"word/people.xml": f"<c>{MARKER}</c>"},
        {"word/glossary/document.xml": f"<c>{MARKER}</c>"},
    ],
)
def test_parts_nobody_sees_are_left_out_and_nothing_leads_to_them(parts):
    data = docx(parts=parts, comment=MARKER.encode())
    assert MARKER.encode() in whole(data)
    opened = open_office(data, DOCX)
    assert MARKER.encode() not in whole(opened.data)
    assert next(iter(parts)).encode() not in whole(opened.data)
    assert b"docProps" not in whole(opened.data)
    assert opened.texts == ("演示正文",)


def test_same_bytes_come_out_every_time_and_again_of_what_came_out():
    for data, sort in ((docx(), DOCX), (xlsx(("演示", 1)), XLSX)):
        once = open_office(data, sort).data
        assert open_office(data, sort).data == once
        assert open_office(once, sort).data == once
        with zipfile.ZipFile(io.BytesIO(once)) as archive:
            assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f"<w:p><w:ins w:author='a'><w:r><w:t>{MARKER}</w:t></w:r></w:ins></w:p>", "修订"),
        (f"<w:p><w:del><w:r><w:delText>{MARKER}</w:delText></w:r></w:del></w:p>", "修订"),
        ("<w:p><w:pPr><w:pPrChange/></w:pPr></w:p>", "修订"),
        (f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{MARKER}</w:t></w:r></w:p>", "隐藏"),
        ("<w:p><w:commentRangeStart w:id='0'/></w:p>", "批注"),
        ("<w:p><w:r><w:object/></w:r></w:p>", "嵌着"),
        ("<w:altChunk/>", "嵌着"),
        (f"<!-- {MARKER} -->{PARAGRAPH}", "注释"),
        (f"<?x {MARKER}?>{PARAGRAPH}", "注释"),
        ("<w:p>", "读不懂"),
    ],
)
def test_document_with_what_a_reader_may_not_see_is_refused(body, told):
    with pytest.raises(Refused) as refused:
        open_office(docx(body), DOCX)
    assert told in refused.value.message
    assert refused.value.hint
    assert MARKER not in refused.value.message + refused.value.hint


def test_text_said_not_to_be_hidden_is_no_hidden_text():
    body = '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>演示</w:t></w:r></w:p>'
    assert open_office(docx(body), DOCX).texts == ("演示",)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"word/comments.xml": "<c/>"}, "批注"),
        ({"word/vbaProject.bin": "x"}, "宏"),
        ({"word/embeddings/oleObject1.bin": "x"}, "嵌着"),
        ({"word/charts/chart1.xml": "<c/>"}, "读不了"),
        ({"anything.txt": "x"}, "读不了"),
        ({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "声明"),
        ({"WORD/document.xml": "<a/>"}, "同名"),
    ],
)
def test_document_with_parts_that_cannot_be_read_is_refused(parts, told):
    with pytest.raises(Refused, match=told):
        open_office(docx(parts=parts), DOCX)


@pytest.mark.parametrize("target", ["file:///c:/甲.docx", "\\\\server\\甲", "ftp://a.example/"])
def test_document_that_leads_to_other_files_is_refused(target):
    with pytest.raises(Refused, match="引用"):
        open_office(docx(relations=EXTERNAL.format(target)), DOCX)


def test_picture_in_a_document_is_drawn_again_and_has_to_be_looked_at():
    data = docx(picture=jpeg(comment=MARKER.encode()))
    assert MARKER.encode() in whole(data)
    opened = open_office(data, DOCX)
    assert opened.pictures
    assert MARKER.encode() not in whole(opened.data)


def test_cells_of_every_sheet_are_read_and_numbers_as_well():
    def more(book):
        book.create_sheet("演示第二张")["C3"] = "演示丙"

    opened = open_office(xlsx(("演示甲", 12345678), change=more), XLSX)
    assert {"演示甲", "12345678", "演示丙", "演示第二张"} <= set(opened.texts)
    assert not opened.pictures
    book = openpyxl.load_workbook(io.BytesIO(opened.data))
    assert [list(sheet.values)[-1][-1] for sheet in book] == [12345678, "演示丙"]


STRINGS = f"<sst><si><t>演示甲</t></si><si><r><t>{MARKER[:3]}</t></r><r><t>{MARKER[3:]}</t></r></si></sst>"


def properties(book):
    book.properties.creator = book.properties.title = MARKER


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def unused_string(data, cell='<c r="A1" t="s"><v>0</v></c>', strings=STRINGS):
    """The workbook with its strings in one place, as Excel keeps them, and one of them shown by no cell."""
    parts = parts_of(data)
    sheet = parts["xl/worksheets/sheet1.xml"]
    start, end = sheet.index(b"<c "), sheet.index(b"</c>") + 4
    relations = parts["xl/_rels/workbook.xml.rels"]
    shared = RELATION.format(99, "sharedStrings", "sharedStrings.xml").encode()
    parts |= {
        "xl/sharedStrings.xml": strings.encode(),
        "xl/worksheets/sheet1.xml": sheet[:start] + cell.encode() + sheet[end:],
        "xl/_rels/workbook.xml.rels": relations.replace(b"</Relationships>", shared + b"</Relationships>"),
    }
    return packed(parts)


@pytest.mark.parametrize("data", [xlsx(("演示甲",), change=properties), unused_string(xlsx(("演示甲",)))])
def test_what_no_cell_shows_is_left_out(data):
    opened = open_office(data, XLSX)
    assert "演示甲" in opened.texts
    assert MARKER[:3].encode() not in whole(opened.data)


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='A1' t='s'><v>0</v></c>",
        '<c t="s" r="A1"><v xml:space="preserve"> 0 </v></c>',
        '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" t="s"><x:v>0</x:v></x:c>',
    ],
)
def test_string_a_cell_shows_is_kept_however_it_is_written(cell):
    opened = open_office(unused_string(xlsx(("演示甲",)), cell), XLSX)
    assert "演示甲" in opened.texts
    assert MARKER[:3].encode() not in whole(opened.data)


@pytest.mark.parametrize(
    "strings",
    [
        STRINGS.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:sst", '<x:sst xmlns:x="a"'),
        STRINGS.replace("演示甲", "<![CDATA[演示甲]]>"),
    ],
)
def test_strings_that_cannot_be_told_apart_are_refused(strings):
    with pytest.raises(Refused):
        open_office(unused_string(xlsx(("演示甲",)), strings=strings), XLSX)


def test_text_of_a_cell_cut_by_how_it_looks_is_read_in_one_piece():
    looks = "<rPr><b/><sz val='11'/><rFont val='a'/></rPr>"
    strings = f"<sst><si><r><t>大连</t></r><r>{looks}<t>演示</t></r><r>{looks}<t>公司</t></r></si></sst>"
    assert "大连演示公司" in open_office(unused_string(xlsx(("演示甲",)), strings=strings), XLSX).texts


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0.1 + 0.2, "0.3"),
        (12345.678900000001, "12345.6789"),
        (1.2345678901234e-07, "1.23457e-07"),
        (-1 / 3, "-0.333333"),
        (12345678, "12345678"),
        (0.25, "0.25"),
    ],
)
def test_fractions_of_a_computer_are_written_as_somebody_would(number, written):
    opened = open_office(xlsx((number,)), XLSX)
    assert written in opened.texts
    assert open_office(opened.data, XLSX).data == opened.data


@pytest.mark.parametrize(
    "parts",
    [
        {"word/media/image9.png": jpeg(comment=MARKER.encode())},
        {"word/header7.xml": f"<hdr><t>{MARKER}</t></hdr>"},
        {"word/footnotes.xml": f"<footnotes><t>{MARKER}</t></footnotes>"},
    ],
)
@pytest.mark.parametrize("relation", ["", "image"])
def test_parts_to_which_nothing_leads_are_left_out(parts, relation):
    relations = RELATION.format(7, relation, next(iter(parts)).removeprefix("word/")) if relation else ""
    opened = open_office(docx(parts=parts, relations=relations), DOCX)
    assert next(iter(parts)).removeprefix("word/").encode() not in whole(opened.data)
    assert MARKER not in "".join(opened.texts)
    assert not opened.pictures


def test_sheet_the_workbook_does_not_name_is_left_out():
    parts = parts_of(xlsx(("演示甲",), change=lambda book: book.create_sheet("乙").append(["HIDDEN"])))
    text = parts["xl/workbook.xml"].decode()
    start = text.rindex("<sheet ")
    parts["xl/workbook.xml"] = (text[:start] + text[text.index("/>", start) + 2 :]).encode()
    data = packed(parts)
    opened = open_office(data, XLSX)
    assert b"HIDDEN" in whole(data)
    assert b"HIDDEN" not in whole(opened.data)
    assert "HIDDEN" not in opened.texts


def test_header_the_document_names_is_kept():
    header = f'<hdr xmlns:w="a"><w:p><w:t>{MARKER}</w:t></w:p></hdr>'
    body = f'{PARAGRAPH}<w:sectPr><w:headerReference r:id="rId7"/></w:sectPr>'
    relations = RELATION.format(7, "header", "header1.xml")
    assert MARKER in open_office(docx(body, parts={"word/header1.xml": header}, relations=relations), DOCX).texts


def png(image):
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("crop", ['<srcRect r="50000"/>', '<srcRect t="1" b="0"/>', '<imagedata croptop="0.25"/>'])
def test_picture_of_which_a_part_is_cut_away_is_refused(crop):
    part = {"word/media/image1.png": png(Image.new("RGB", (9, 9)))}
    with pytest.raises(Refused, match="裁剪") as refused:
        open_office(docx(BLIP.format(crop), parts=part, relations=IMAGE), DOCX)
    assert "压缩图片" in refused.value.hint


@pytest.mark.parametrize("crop", ["<srcRect/>", '<srcRect l="0" r="0"/>', '<srcRect l="-3000"/>'])
def test_picture_that_is_whole_is_taken(crop):
    part = {"word/media/image1.png": png(Image.new("RGB", (9, 9)))}
    assert open_office(docx(BLIP.format(crop), parts=part, relations=IMAGE), DOCX).pictures


PLACED = '<blip r:embed="rId5"/>'
PIECES = (
    '<pic>{}<spPr><prstGeom prst="ellipse"/></spPr></pic>',
    "<pic>{}<spPr><custGeom/></spPr></pic>",
    '<wsp><spPr><prstGeom prst="roundRect"/><blipFill>{}</blipFill></spPr></wsp>',
    '<pic>{}<blipFill><stretch><fillRect l="-20000"/></stretch></blipFill></pic>',
    '<pic>{}</pic><oval><fill xmlns:r="urn:r" r:id="rId9" type="frame"/></oval>',
)
WHOLE = (
    '<pic>{}<spPr><prstGeom prst="rect"/></spPr></pic>',
    "<pic>{}<blipFill><stretch><fillRect/></stretch></blipFill></pic>",
    '<wsp><spPr><prstGeom prst="ellipse"/><solidFill/></spPr></wsp>{}',
    '<pic>{}</pic><oval><fill color="red"/></oval>',
    '<pic>{}</pic><rect><fill xmlns:r="urn:r" r:id="rId9" type="frame"/></rect>',
)


@pytest.mark.parametrize("shape", PIECES)
def test_picture_cut_to_a_shape_is_refused(shape):
    part = {"word/media/image1.png": png(Image.new("RGB", (9, 9)))}
    body = PARAGRAPH + "<w:p>" + shape.format(PLACED) + "</w:p>"
    with pytest.raises(Refused, match="形状") as refused:
        open_office(docx(body, parts=part, relations=IMAGE), DOCX)
    assert "矩形" in refused.value.hint


@pytest.mark.parametrize("shape", WHOLE)
def test_picture_in_its_own_shape_and_shape_without_a_picture_are_taken(shape):
    part = {"word/media/image1.png": png(Image.new("RGB", (9, 9)))}
    body = PARAGRAPH + "<w:p>" + shape.format(PLACED) + "</w:p>"
    assert open_office(docx(body, parts=part, relations=IMAGE), DOCX).pictures


@pytest.mark.parametrize("shape", ['<docPr id="1" name="a" hidden="1"/>', '<shape style="left:0;visibility:hidden"/>'])
def test_shape_that_is_hidden_is_refused(shape):
    with pytest.raises(Refused, match="隐藏"):
        open_office(docx(PARAGRAPH + f"<w:p>{shape}</w:p>"), DOCX)


def test_row_of_a_table_that_is_hidden_is_refused():
    with pytest.raises(Refused, match="隐藏"):
        open_office(docx(f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{PARAGRAPH}</w:tc></w:tr></w:tbl>"), DOCX)


STYLE = '<w:style w:styleId="{}"{}>{}</w:style>'
UNSEEN = STYLE.format("Unseen", "", "<w:rPr><w:vanish/></w:rPr>")


def styled(styles, naming):
    body = f"<w:p>{naming}<w:r><w:t>{MARKER}</w:t></w:r></w:p>"
    part = {"word/styles.xml": f'<w:styles xmlns:w="a">{styles}</w:styles>'}
    return docx(body, parts=part, relations=RELATION.format(3, "styles", "styles.xml"))


@pytest.mark.parametrize(
    ("styles", "naming"),
    [
        (UNSEEN, '<w:pPr><w:pStyle w:val="Unseen"/></w:pPr>'),
        (UNSEEN, '<w:r><w:rPr><w:rStyle w:val="Unseen"/></w:rPr></w:r>'),
        (UNSEEN + STYLE.format("B", "", '<w:basedOn w:val="Unseen"/>'), '<w:pPr><w:pStyle w:val="B"/></w:pPr>'),
        (UNSEEN.replace("Unseen", "D", 1).replace('"D"', '"D" w:default="1"'), ""),
        ("<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>", ""),
    ],
)
def test_text_hidden_by_its_style_is_refused(styles, naming):
    with pytest.raises(Refused, match="隐藏"):
        open_office(styled(styles, naming), DOCX)


@pytest.mark.parametrize(
    ("styles", "naming"),
    [
        (UNSEEN, ""),
        (UNSEEN, '<w:pPr><w:pStyle w:val="Other"/></w:pPr>'),
        (UNSEEN.replace("<w:vanish/>", '<w:vanish w:val="0"/>'), '<w:pPr><w:pStyle w:val="Unseen"/></w:pPr>'),
    ],
)
def test_style_that_hides_nothing_here_is_no_hidden_text(styles, naming):
    assert MARKER in open_office(styled(styles, naming), DOCX).texts


def test_part_named_in_other_letters_is_refused():
    with pytest.raises(Refused):
        open_office(docx(parts={"word/header1.XML": f"<a>{MARKER}</a>"}), DOCX)


@pytest.mark.parametrize(
    "element",
    [
        '<w:listItem w:displayText="ACME" w:value="a"/>',
        '<w:listItem w:displayText="a" w:value="ACME"/>',
        '<w:ddList><w:listEntry w:val="ACME"/></w:ddList>',
        '<w:textInput><w:default w:val="ACME"/></w:textInput>',
        '<textpath string="ACME"/>',
        '<w:lvl><w:lvlText w:val="ACME"/></w:lvl>',
        '<w:alias w:val="ACME"/>',
        '<w:r><w:sym w:char="0041"/><w:t>CME</w:t></w:r>',
        '<w:r><w:sym w:char="F041"/><w:t>CME</w:t></w:r>',
    ],
)
def test_what_attributes_say_is_read(element):
    assert "ACME" in open_office(docx(f"<w:p>{element}</w:p>"), DOCX).texts


@pytest.mark.parametrize(
    ("data", "sort", "name"),
    [
        (docx(parts={"word/intelligence2.xml": "<a/>"}), DOCX, b"intelligence"),
        (docx(parts={"word/intelligence.xml": "<a/>"}), DOCX, b"intelligence"),
        (packed(parts_of(xlsx(("演示",))) | {"xl/persons/person.xml": "<a/>"}), XLSX, b"persons"),
    ],
)
def test_parts_of_newer_programs_are_left_out(data, sort, name):
    assert name not in whole(open_office(data, sort).data)


def hidden_sheet(book):
    book.create_sheet("甲").sheet_state = "hidden"


def very_hidden_sheet(book):
    book.create_sheet("甲").sheet_state = "veryHidden"


def hidden_row(book):
    book.active.row_dimensions[1].hidden = True


def hidden_column(book):
    book.active.column_dimensions["A"].hidden = True


def flat_row(book):
    book.active.row_dimensions[1].height = 0.4


def comment(book):
    book.active["A1"].comment = Comment(MARKER, "演示员")


def picture(book):
    book.active.add_image(SheetImage(io.BytesIO(jpeg())))


@pytest.mark.parametrize(
    "change", [hidden_sheet, very_hidden_sheet, hidden_row, hidden_column, flat_row, comment, picture]
)
def test_workbook_with_what_a_reader_may_not_see_is_refused(change):
    with pytest.raises(Refused) as refused:
        open_office(xlsx(("演示甲",), change=change), XLSX)
    assert refused.value.hint


@pytest.mark.parametrize("sort", [DOCX, XLSX])
@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", jpeg(), b"PK\x03\x04" + b"\0" * 40, docx()[:-30]])
def test_bytes_that_are_no_office_file_are_refused(data, sort):
    with pytest.raises(Refused):
        open_office(data, sort)


def test_file_of_another_kind_by_its_name_is_refused():
    with pytest.raises(Refused):
        open_office(docx(), XLSX)
    with pytest.raises(Refused):
        open_office(xlsx(("演示",)), DOCX)
    with pytest.raises(Refused):
        open_picture(jpeg(), "png")


def test_picture_has_to_be_looked_at_and_loses_what_a_camera_wrote():
    exif = Image.Exif()
    exif[0x010E] = "HIDDEN"
    data = jpeg(exif=exif, comment=b"HIDDEN")
    assert open_picture(data, "jpg").pictures
    assert b"HIDDEN" not in redrawn(data, "JPEG")


def test_picture_that_moves_is_refused():
    out = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    with pytest.raises(Refused, match="会动"):
        open_picture(out.getvalue(), "webp")


def two_pictures():
    """A telephone's photograph with a second one behind it, as they keep a smaller or a deeper one."""
    out = io.BytesIO()
    second = Image.new("RGB", (30, 20), "red")
    Image.new("RGB", (60, 40), "teal").save(out, "MPO", save_all=True, append_images=[second])
    return out.getvalue()


def test_second_picture_of_a_telephone_is_left_out():
    once = redrawn(two_pictures(), "JPEG")
    with Image.open(io.BytesIO(once)) as drawn:
        assert drawn.format == "JPEG"
        assert drawn.size == (60, 40)
    assert open_picture(two_pictures(), "jpg").pictures


def pixels(data):
    with Image.open(io.BytesIO(data)) as opened:
        return opened.convert("RGB").tobytes()


def test_bytes_behind_a_photograph_are_left_out():
    for data in (two_pictures(), jpeg() + MARKER.encode(), jpeg() + jpeg(comment=MARKER.encode())):
        bare = bare_jpeg(data)
        assert bare.count(b"\xff\xd8") == bare.count(b"\xff\xd9") == 1
        assert MARKER.encode() not in bare
        assert pixels(bare) == pixels(data)
        assert bare_jpeg(bare) == bare


def test_comment_between_the_scans_of_a_photograph_is_left_out():
    data = noise(progressive=True, optimize=True)
    at = data.rindex(b"\xff\xda")
    said = MARKER.encode()
    hidden = data[:at] + b"\xff\xfe" + (len(said) + 2).to_bytes(2, "big") + said + data[at:]
    assert pixels(hidden) == pixels(data)
    assert bare_jpeg(hidden) == bare_jpeg(data)
    assert pixels(bare_jpeg(hidden)) == pixels(data)


def test_small_picture_in_the_head_of_a_photograph_is_left_out():
    data = jpeg()
    assert data[2:11] == b"\xff\xe0\x00\x10JFIF\0"
    small = data[:4] + (19).to_bytes(2, "big") + data[6:18] + b"\x01\x01" + b"abc" + data[20:]
    assert pixels(small) == pixels(data)
    assert bare_jpeg(small) == bare_jpeg(data)


def noise(mode="RGB", **saved):
    out = io.BytesIO()
    Image.effect_noise((64, 64), 90).convert("RGB").convert(mode).save(out, "JPEG", **saved)
    return out.getvalue()


@pytest.mark.parametrize(
    "saved",
    [
        {"quality": 5},
        {"progressive": True},
        {"restart_marker_blocks": 1},
        {"progressive": True, "restart_marker_rows": 1},
        {"subsampling": 0, "optimize": True},
        {"mode": "CMYK"},
        {"mode": "L"},
        {"keep_rgb": True},
    ],
)
def test_pixels_of_a_photograph_stay_as_they_are(saved):
    data = noise(**saved)
    bare = bare_jpeg(data)
    assert pixels(bare) == pixels(data)
    assert bare_jpeg(bare) == bare


@pytest.mark.parametrize("cut", [0, 300, -2])
def test_photograph_that_does_not_end_is_refused(cut):
    with pytest.raises(Refused):
        bare_jpeg(noise()[:cut])


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "RGB"])
def test_colour_nobody_sees_is_left_out(mode):
    """A name written in what is transparent."""
    image = Image.new("RGBA", (40, 20), (0, 0, 255, 255))
    image.paste((255, 0, 0, 0), (10, 5, 30, 15))
    if mode == "P":
        image = image.convert("P")
        image.info["transparency"] = image.getpixel((15, 8))
    elif mode == "RGB":
        image = image.convert("RGB")
        image.info["transparency"] = (255, 0, 0)
    else:
        image = image.convert(mode)
    once = redrawn(png(image), "PNG")
    with Image.open(io.BytesIO(once)) as drawn:
        assert drawn.mode == "RGBA"
        assert drawn.getpixel((15, 8)) == (0, 0, 0, 0)
        assert drawn.getpixel((0, 0))[3] == 255
    assert redrawn(once, "PNG") == once
