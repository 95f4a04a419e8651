"""Every kind of export the contract refuses (section 2) lies in a folder of its own and is refused as it expects."""

import datetime as dt
import json
from pathlib import Path
import tempfile

from builders import build
import pytest

from site_builder.errors import Finding, SiteBuilderError
from site_builder.export.descriptor import load_descriptor
from site_builder.export.package import open_package
from site_builder.export.readers import read
from site_builder.export.schema import headers
from site_builder.export.verify import verify
from site_builder.vocabulary import Kind

HERE = Path(__file__).parent

PENDING = {
    "as_of_before_live",
    "id_like_index",
    "ids_repeated_across_lists",
    "ids_repeated_ignoring_case",
    "older_export",
    "other_bytes_of_live_version",
    "row_bad_date",
    "row_impossible_date",
    "row_lossy_number_xlsx",
    "row_lossy_number_jsonl",
    "row_measure_kind_against_clause",
    "row_missing_required",
    "row_partial_term",
    "row_photo_names_nothing",
    "row_sentence_of_a_company",
    "row_surrogate_jsonl",
    "row_unknown_disclosure",
    "row_unknown_word",
    "row_wrong_check_digit",
}
"""Faults of rows and of the live release, which reading and verifying alone do not see."""

FOLDERS = sorted(path.parent.name for path in HERE.glob("*/expect.json"))


def run(folder: Path) -> list[Finding]:
    """Every finding about the export in one folder."""
    site = json.loads((folder / "expect.json").read_text()).get("site", {})
    findings: list[Finding] = []
    with tempfile.TemporaryDirectory() as scratch:
        try:
            package = build(folder, Path(scratch))
            files = open_package(package, Path(scratch) / "unpacked", site.get("max_unpacked", 2 << 30))
            descriptor, _ = load_descriptor(files)
            findings += verify(
                files,
                descriptor,
                site_export_name="demo-export",
                trusted_keys=tuple(site.get("trusted_keys", ())),
                as_of=dt.date.fromisoformat(site.get("as_of", "2026-11-22")),
            )
            for kind in Kind:
                resource = descriptor.resource(kind)
                if resource and resource.path in files.sizes:
                    ignore = frozenset(site.get("ignore_columns", ()))
                    for _ in read(files.path(resource.path), resource, headers(kind), ignore, findings):
                        pass
        except SiteBuilderError as error:
            findings += error.findings
    return findings


@pytest.mark.parametrize("name", [name for name in FOLDERS if name not in PENDING])
def test_broken_export_is_refused_as_expected(name):
    expect = json.loads((HERE / name / "expect.json").read_text())
    findings = run(HERE / name)
    found = sorted((finding.code, str(finding.place)) for finding in findings)
    assert found == sorted((one["code"], one["place"]) for one in expect["findings"])
    text = "\n".join(map(str, findings))
    for mention in expect.get("mentions", ()):
        assert mention in text
    for secret in ("不公开", *expect.get("not_mentions", ())):
        assert secret not in text


def test_every_pending_folder_exists():
    assert set(FOLDERS) >= PENDING
