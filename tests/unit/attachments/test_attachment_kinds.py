"""A file beside an announcement, from its path: what it is by its extension, and read once though asked for often."""

from announced import pdf
import pytest

from site_builder.attachments.kinds import open_attachment
from site_builder.errors import Place, SiteBuilderError


def test_file_is_read_once_until_its_bytes_change(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("演示甲"))
    first = open_attachment(path, Place())
    assert open_attachment(path, Place()) is first
    path.write_bytes(pdf("演示乙"))
    assert open_attachment(path, Place()).texts == ("演示乙",)


def test_same_bytes_by_another_extension_are_another_file(tmp_path):
    for name in ("a.pdf", "a.docx"):
        (tmp_path / name).write_bytes(pdf("演示甲"))
    open_attachment(tmp_path / "a.pdf", Place())
    with pytest.raises(SiteBuilderError):
        open_attachment(tmp_path / "a.docx", Place())
