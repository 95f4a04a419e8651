"""A format is one module and its place in the list: everything else asks the list."""

import datetime as dt
import hashlib
import importlib
import json

import pytest
import small_sites

from site_builder.errors import SiteBuilderError
from site_builder.hosting import headers
from site_builder.outputs import formats
from site_builder.outputs.formats import Format, jsonl
from site_builder.vocabulary import Kind

DAYS = {column.name for kind in Kind for column in formats.table_of(kind).columns if column.type == "date"}


def part(table, rows):
    return [line.decode().rstrip("\n").encode("utf-16-le") + b"\n\0" for line in jsonl.part(table, rows)]


def join(path, tables):
    (table,) = tables
    path.write_bytes(b"\xff\xfe" + b"".join(table.parts))


def read(path, table):
    return rows(path.read_text("utf-16"), table)


def rows(text, table):
    for line in text.splitlines():
        row = json.loads(line)
        assert list(row) == table.names
        yield [dt.date.fromisoformat(value) if name in DAYS and value else value for name, value in row.items()]


def losing(path, tables):
    """Writes all rows but the first."""
    (table,) = tables
    lines = b"".join(table.parts).decode("utf-16-le").splitlines(keepends=True)
    path.write_bytes(b"\xff\xfe" + "".join(lines[1:]).encode("utf-16-le"))


def sixth(**changes):
    told = {"name": "wide", "label": "WIDE", "media": "application/x-wide", "part": part, "join": join, "read": read}
    return Format(**told | changes)


def built(folder, one, monkeypatch):
    monkeypatch.setattr(formats, "FORMATS", (*formats.FORMATS, one))
    site = small_sites.write_site(folder / "content")
    export = small_sites.write_export(
        folder / "export",
        severe=[
            small_sites.entry("S-1"),
            small_sites.person("S-2"),
            small_sites.entry("S-3", disclosure="query", subject_name="演示不公开有限公司"),
        ],
        measures=[small_sites.measure("M-1")],
        others=small_sites.optional(),
    )
    small_sites.build_site(site, export, folder / "out")
    return small_sites.live_root(folder / "out")


def test_sixth_format_is_written_described_and_kept_from_crawlers(tmp_path, monkeypatch):
    root = built(tmp_path, sixth(), monkeypatch)
    data = (root / "data" / "severe-list.wide").read_bytes()
    assert [json.loads(line)["id"] for line in data.decode("utf-16").splitlines()] == ["S-1", "S-2"]
    described = json.loads((root / "data" / "datapackage.json").read_text())
    (found,) = [one for one in described["resources"] if one["path"] == "severe-list.wide"]
    assert found["mediatype"] == "application/x-wide"
    assert found["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert "  severe-list.wide\n" in (root / "data" / "SHA256SUMS").read_text()
    assert "severe-list.wide" in (root / "data.json").read_text()
    assert ">WIDE</a>" in (root / "data" / "index.html").read_text()
    assert "wide" in formats.media()  # whose files are sent with the mark that keeps robots off (hosting/headers.py)


def test_sixth_format_is_held_against_the_records(tmp_path, monkeypatch):
    with pytest.raises(SiteBuilderError) as refused:
        built(tmp_path, sixth(join=losing), monkeypatch)
    assert {(one.code, one.place.file) for one in refused.value.findings} >= {("accounting", "data/severe-list.wide")}


def test_sixth_format_is_searched_for_what_is_withheld(tmp_path, monkeypatch):
    def telling(path, tables):
        join(path, tables)
        with path.open("ab") as file:
            file.write("演示不公开有限公司".encode("utf-16-le"))

    def deaf(path, table):
        """Reads the lines and not what stands behind the last."""
        text = path.read_text("utf-16")
        yield from rows(text[: text.rfind("\n") + 1], table)

    with pytest.raises(SiteBuilderError) as refused:
        built(tmp_path, sixth(join=telling, read=deaf), monkeypatch)
    assert ("leak", "data/severe-list.wide") in {(one.code, one.place.file) for one in refused.value.findings}


def test_server_sends_every_format_with_its_type_and_noindex(monkeypatch):
    monkeypatch.setattr(formats, "FORMATS", (*formats.FORMATS, sixth()))
    with_sixth = importlib.reload(headers)
    try:
        assert with_sixth.type_of("data/severe-list.wide") == "application/x-wide"
        assert with_sixth.is_served("data/severe-list.wide")
        assert with_sixth.headers_of("data/severe-list.wide")["X-Robots-Tag"] == "noindex"
    finally:
        monkeypatch.undo()
        importlib.reload(headers)
    assert not headers.is_served("data/severe-list.wide")
    for one in formats.FORMATS:
        assert headers.type_of(f"data/severe-list.{one.name}").partition(";")[0] == one.media
