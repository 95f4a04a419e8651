"""A law's table as a Word document for review: the article left, the rule right, boxes to tick, a place to sign.

The few parts of Office Open XML (ECMA-376) it takes, written plainly: the same table gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import html
import io
from typing import Final
import zipfile

from site_builder.law.review import LawReview, ReviewLine, named

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES: Final = f"""{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml" ContentType="{MEDIA_TYPE}.main+xml"/>\
<Override PartName="/word/styles.xml" \
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"""
_RELATED: Final = f"""{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/{{kind}}" Target="{{target}}"/></Relationships>"""
_STYLES: Final = f"""{_HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>\
<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="20"/>\
<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>\
<w:spacing w:after="60"/></w:pPr></w:pPrDefault></w:docDefaults>\
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>\
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr>\
<w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style>\
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:keepNext/>\
<w:spacing w:before="240"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style>\
</w:styles>"""
_PAGE: Final = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1000" w:right="1000" w:bottom="1000" w:left="1000" w:header="500" w:footer="500" w:gutter="0"/>'
    "</w:sectPr>"
)
_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
WIDTHS: Final = (5600, 6438, 2800)
"""Columns of the tables, in twentieths of a point: what the article says, the rule, what the reviewer says."""

HEADS: Final = ("条文", "程序怎样裁决", "审查")
BOXES: Final = ("□ 同意", "□ 不同意", "意见：", "")


def as_docx(law: LawReview) -> bytes:
    """The document."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATED.format(kind="officeDocument", target="word/document.xml"),
        "word/_rels/document.xml.rels": _RELATED.format(kind="styles", target="styles.xml"),
        "word/document.xml": f"{_HEAD}<w:document {_W}><w:body>{''.join(_body(law))}{_PAGE}</w:body></w:document>",
        "word/styles.xml": _STYLES,
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        for name, text in sorted(parts.items()):
            packed.writestr(zipfile.ZipInfo(name, _EPOCH), text.encode(), zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _body(law: LawReview) -> Iterator[str]:
    yield _paragraph(f"《{law.regulation}》裁决规则审查表", "Title")
    yield _paragraph(f"所审查的规则：SHA-256 {law.digest}")
    if law.official:
        yield _paragraph(f"条文一栏取自官方文本（{law.text}）。")
    elif law.text:
        yield _paragraph(f"条文一栏是提要（{law.text}），不是官方文本：审查时请对照公布的文本。")
    else:
        yield _paragraph("没有找到条文：审查时请对照公布的文本。")
    for part in law.parts:
        yield _paragraph(part.title, "Heading1")
        yield _table(_row(line, law) for line in part.lines)
    yield _paragraph("审查结论", "Heading1")
    yield _paragraph("□ 同意全部规则　　□ 除注明的以外同意　　□ 不同意")
    yield _paragraph(
        "审查人（签名）：＿＿＿＿＿＿＿＿　单位、职务：＿＿＿＿＿＿＿＿＿＿＿＿　日期：＿＿＿＿年＿＿月＿＿日"
    )
    yield _paragraph(f"签名所及的规则：SHA-256 {law.digest}")


def _row(line: ReviewLine, law: LawReview) -> tuple[Iterable[str], Iterable[str], Iterable[str]]:
    articles: list[str] = []
    for code in line.articles:
        said = law.passages.get(code, ())
        articles += [f"{named([code], law.code)}　{said[0] if said else ''}".strip(), *said[1:]]
    days = f"（{line.days}）" if line.days else ""
    return articles, (f"【{line.head}】{days}{line.sentence}",), BOXES


def _table(rows: Iterable[tuple[Iterable[str], Iterable[str], Iterable[str]]]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
    head = "".join(_cell((text,), width, bold=True) for text, width in zip(HEADS, WIDTHS, strict=True))
    body = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        f"{''.join(_cell(texts, width) for texts, width in zip(row, WIDTHS, strict=True))}</w:tr>"
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(WIDTHS)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{body}</w:tbl>"
    )


def _cell(texts: Iterable[str], width: int, *, bold: bool = False) -> str:
    inner = "".join(_paragraph(text, bold=bold) for text in texts) or _paragraph("")
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'


def _paragraph(text: str, style: str = "", *, bold: bool = False) -> str:
    named_style = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{html.escape(text)}</w:t></w:r>'
    return f"<w:p>{named_style}{run if text else ''}</w:p>"
