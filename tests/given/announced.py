"""Announcements of a site and the files beside them, made from plain words."""

import hashlib
import io
import zipfile

import openpyxl
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject
import yaml

SEEN = {"by": "演示员", "on": "2026-11-10"}
"""Somebody looked at a file."""


def announce(site_file, stem="notice", text="演示正文。", files=None, seen=(), **front):
    """Write an announcement; ``files`` maps names to bytes (or is what the front matter says, as it stands).

    Those in ``seen`` somebody has looked at.
    """
    folder = site_file.parent / "news"
    folder.mkdir(exist_ok=True)
    given = {"title": f"演示公告 {stem}", "category": "公告", "date": "2026-11-16"} | front
    given = {key: value for key, value in given.items() if value is not None}
    if isinstance(files, list):
        files, given["files"] = {}, files
    for name, data in (files or {}).items():
        (folder / stem).mkdir(exist_ok=True)
        (folder / stem / name).write_bytes(data)
        looked = SEEN | {"sha256": hashlib.sha256(data).hexdigest()} if name in seen else {}
        given.setdefault("files", []).append({"file": name, "title": f"演示附件 {name}"} | looked)
    head = yaml.safe_dump(given, allow_unicode=True, sort_keys=False)
    (folder / f"{stem}.md").write_text(f"---\n{head}---\n\n{text}\n", "utf-8")
    return folder / f"{stem}.md"


def pdf(*pages, change=None):
    """A PDF with a line of text a page; ``change`` is given the writer before it is written."""
    writer = PdfWriter()
    for text in pages:
        put_text(
            writer, writer.add_blank_page(595, 842), f"BT /F1 12 Tf 72 770 Td <{utf16(text)}> Tj ET" if text else ""
        )
    if change is not None:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def name(text):
    """A name of PDF's."""
    return NameObject(f"/{text}")


def dictionary(**keys):
    """A dictionary of PDF's."""
    return DictionaryObject({name(key): value for key, value in keys.items()})


def stream(data, **keys):
    """A stream of PDF's, not packed."""
    made = DecodedStreamObject()
    made.set_data(data)
    made.update({name(key): value for key, value in keys.items()})
    return made


def put(writer, thing):
    """Where an object stands once it is put into a PDF."""
    return writer._add_object(thing)  # noqa: SLF001  # the writer has no other way


def utf16(text):
    """The text as the font's character codes, in hex."""
    return text.encode("utf-16-be").hex()


def put_text(writer, page, drawn, **resources):
    """Draw on a page; ``resources`` are further groups of resources."""
    stream = DecodedStreamObject()
    stream.set_data(drawn.encode())
    page[NameObject("/Contents")] = put(writer, stream)
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): _song(writer)})}
        | {NameObject(f"/{name}"): value for name, value in resources.items()}
    )


def _song(writer):
    """A font whose characters are known by its encoding, and which readers have."""

    def made(**keys):
        return DictionaryObject({NameObject(f"/{key}"): value for key, value in keys.items()})

    system = {"/Registry": "Adobe", "/Ordering": "GB1", "/Supplement": 2}
    ordering = DictionaryObject()
    for key, value in system.items():
        ordering[NameObject(key)] = NumberObject(value) if isinstance(value, int) else TextStringObject(value)
    descriptor = made(Type=NameObject("/FontDescriptor"), FontName=NameObject("/STSong-Light"), Flags=NumberObject(6))
    below = made(
        Type=NameObject("/Font"),
        Subtype=NameObject("/CIDFontType0"),
        BaseFont=NameObject("/STSong-Light"),
        CIDSystemInfo=ordering,
        FontDescriptor=put(writer, descriptor),
    )
    return put(
        writer,
        made(
            Type=NameObject("/Font"),
            Subtype=NameObject("/Type0"),
            BaseFont=NameObject("/STSong-Light"),
            Encoding=NameObject("/UniGB-UTF16-H"),
            DescendantFonts=ArrayObject([put(writer, below)]),
        ),
    )


def jpeg(size=(60, 40), **saved):
    """A small photograph; ``saved`` is what is put into the file beside it."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG", **saved)
    return out.getvalue()


def xlsx(*rows, change=None):
    """A workbook; ``change`` is given it before it is saved."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    if change is not None:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(body="<w:p><w:r><w:t>演示正文</w:t></w:r></w:p>", parts=None, relations="", comment=b"", picture=None):
    """A Word file with this body; ``parts`` are more of its parts, ``relations`` more of the document's relations.

    ``picture`` is the bytes of a JPEG it shows.
    """
    if picture is not None:
        body += '<w:p><w:drawing><blip r:embed="rId90"/></w:drawing></w:p>'
        relations += f'<Relationship Id="rId90" Type="{_OFFICE}/image" Target="media/a.jpg"/>'
        parts = (parts or {}) | {"word/media/a.jpg": picture}
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/metadata" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": "<core/>",
        "word/document.xml": f'<w:document xmlns:w="{_W}" xmlns:r="{_OFFICE}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
    } | (parts or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
        archive.comment = comment
    return out.getvalue()
