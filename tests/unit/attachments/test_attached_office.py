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
from site_builder.attachments.pictures import open_picture, redrawn
from site_builder.attachments.xlsx import XLSX

MARKER = "演示暗藏商贸"
PARAGRAPH = "<w:p><w:r><w:t>演示正文</w:t></w:r></w:p>"
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
    data = docx(parts={"word/media/image1.jpeg": jpeg(comment=MARKER.encode())})
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


def properties(book):
    book.properties.creator = book.properties.title = MARKER


def unused_string(data):
    """The workbook with its strings in one place, as Excel keeps them, and one of them shown by no cell."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strings = f"<sst><si><t>演示甲</t></si><si><r><t>{MARKER[:3]}</t></r><r><t>{MARKER[3:]}</t></r></si></sst>"
    cell = b'<c r="A1" t="s"><v>0</v></c>'
    sheet = parts["xl/worksheets/sheet1.xml"]
    start, end = sheet.index(b"<c "), sheet.index(b"</c>") + 4
    parts |= {"xl/sharedStrings.xml": strings.encode(), "xl/worksheets/sheet1.xml": sheet[:start] + cell + sheet[end:]}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize("data", [xlsx(("演示甲",), change=properties), unused_string(xlsx(("演示甲",)))])
def test_what_no_cell_shows_is_left_out(data):
    opened = open_office(data, XLSX)
    assert "演示甲" in opened.texts
    assert MARKER[:3].encode() not in whole(opened.data)


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
