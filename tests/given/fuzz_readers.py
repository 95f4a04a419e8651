"""What is fuzzed: each reader of an export, from the bytes of a file to records or findings.

A target takes any bytes. It may return or raise ``SiteBuilderError``; anything else is a fault of the reader.
"""

import datetime as dt
import io
from pathlib import Path
import tempfile
import zipfile

import small_sites

from site_builder.errors import Exit, SiteBuilderError
from site_builder.export.descriptor import Resource, ResourceFormat, parse_descriptor
from site_builder.export.readers import read
from site_builder.export.rows import read_rows
from site_builder.export.schema import headers
from site_builder.vocabulary import Kind

FOLDER = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir())  # noqa: S108
SHEET = "xl/worksheets/sheet1.xml"


def rows_through(data, form, encoding="utf-8"):
    """Read the bytes as a list of each kind, into typed records; every finding must be fit to print."""
    faults = []
    with tempfile.NamedTemporaryFile(dir=FOLDER, prefix="fuzz-") as file:
        file.write(data)
        file.flush()
        for kind in Kind:
            resource = Resource(kind.value, "list", ResourceFormat(form), encoding, len(data), "", 1)
            for batch in read(Path(file.name), resource, headers(kind), frozenset({"备注"}), faults, 100):
                assert all(len(row) == len(batch.columns) for row in batch.rows)
                assert len(batch.numbers) == len(batch.rows)
                known = (frozenset({"face"}), dt.date(2026, 11, 18))
                for row in read_rows(kind, batch.file, batch.columns, batch.numbers, batch.rows, *known):
                    assert (row.record is None) == bool(row.faults)
                    faults += row.faults
    for fault in faults:
        str(fault).encode()


def csv(data):
    """A CSV in either encoding, which the first byte chooses."""
    rows_through(data[1:], "csv", "gb18030" if data[:1] == b"g" else "utf-8")


def jsonl(data):
    """JSON lines."""
    rows_through(data, "jsonl")


def xlsx(data):
    """A workbook's own bytes; where they are no zip, the bytes of its sheet."""
    rows_through(data if data.startswith(b"PK") else with_sheet(data), "xlsx")


def descriptor(data):
    """``datapackage.json``."""
    parse_descriptor(data)


TARGETS = {"csv": csv, "jsonl": jsonl, "xlsx": xlsx, "descriptor": descriptor}


def tolerant(target, data):
    """Run a target; what it is allowed to raise is let pass."""
    try:
        target(data)
    except SiteBuilderError as error:
        if error.exit_code is Exit.MACHINE:
            raise AssertionError("the file is at fault, not the machine") from error
        for finding in error.findings:
            str(finding).encode()


def written(style, **options):
    """The bytes of a small list of each kind."""
    with tempfile.TemporaryDirectory() as scratch:
        severe = [small_sites.entry("S-1", act_ongoing=True, measure_ids=["M-1", "M-2"]), small_sites.person("S-2")]
        lists = {"severe": severe, "measures": [small_sites.measure()], "models": [small_sites.model(photo="face")]}
        folder = small_sites.write_export(Path(scratch) / "export", style=style, **lists, **options)
        return {path.name: path.read_bytes() for path in folder.iterdir()}


def with_sheet(sheet):
    """A sound workbook with this for its first sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_book()["severe-list.xlsx"])) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, sheet if name == SHEET else source.read(name))
    return out.getvalue()


_BOOK = {}


def _book():
    if not _BOOK:
        _BOOK.update(written("xlsx"))
    return _BOOK


def seeds(name):
    """Sound bytes to begin from."""
    if name == "csv":
        utf8 = [b"u" + data for file, data in written("csv", bom=True).items() if file.endswith(".csv")]
        return utf8 + [b"g" + data for file, data in written("csv", encoding="gb18030", labels=True).items()]
    if name == "jsonl":
        return [data for file, data in written("jsonl").items() if file.endswith(".jsonl")]
    if name == "descriptor":
        return [written("csv", approval={"valid_through": "2026-12-31"})["datapackage.json"]]
    books = [data for file, data in _book().items() if file.endswith(".xlsx")]
    sheets = [zipfile.ZipFile(io.BytesIO(data)).read(SHEET) for data in books]
    return books + sheets
