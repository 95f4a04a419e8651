"""site.yml becomes a Site, or every fault at once with its row."""

from __future__ import annotations

import base64
import dataclasses
from pathlib import Path
import pickle

import pytest
import small_sites

from site_builder.config.load import load_site
from site_builder.config.site import LawSource, Site
from site_builder.decide.site_facts import facts_of
from site_builder.errors import Exit, SiteBuilderError
from site_builder.law.cities import all_shipped
from site_builder.vocabulary import Kind

KEYS = tuple(base64.b64encode(bytes([102] * 31 + [last])).decode() for last in (2, 4))
"""Points of the curve that are keys."""

LEAST = """\
site:
  name: 信用演示
  city: dalian
  base_url: https://credit.example.cn
  theme: dalian
  demo: true
unit:
  owner: 演示办公室
export:
  name: demo-export
  path: ../../data/export
"""


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "dalian" / "site.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def load(tmp_path: Path, text: str) -> Site:
    return load_site(write(tmp_path, text))


def faults(tmp_path: Path, text: str) -> list[tuple[str, int]]:
    file = write(tmp_path, text)
    with pytest.raises(SiteBuilderError) as caught:
        load_site(file)
    assert caught.value.exit_code is Exit.USAGE
    assert {finding.place.file for finding in caught.value.findings} == {str(file)}
    return [(finding.code, finding.place.row) for finding in caught.value.findings]


def test_the_least_site_has_every_default(tmp_path):
    site = load(tmp_path, LEAST)
    assert (site.id, site.folder, site.file) == ("dalian", tmp_path / "dalian", tmp_path / "dalian" / "site.yml")
    assert site.site.base_path == "/"
    assert site.site.demo is True
    assert site.export.path == tmp_path / "dalian" / "../../data/export"
    assert (site.export.trusted_keys, site.export.ignore_columns) == ((), ())
    assert site.export.max_unpacked == 2 * 1024**3
    assert site.publish.responsible_persons is None
    assert (site.publish.precompress, site.publish.keep, site.publish.licence) == (False, 0, "")
    assert site.publish.sign_key is None
    assert (site.guard.max_shrink, site.search.fulltext_limit) == (20, 20000)
    assert (site.regions, site.laws, site.lists, site.authorities, site.overlay) == ({}, (), {}, {}, ())


def test_every_option_reaches_its_attribute(tmp_path):
    (tmp_path / "dalian" / "pictures").mkdir(parents=True)
    (tmp_path / "dalian" / "pictures" / "emblem.svg").write_text("<svg/>")
    site = load(
        tmp_path,
        LEAST.replace("  theme: dalian\n", "  theme: dalian-2\n  base_path: /credit/demo/\n").replace(
            "  path: ../../data/export\n",
            f"  path: /srv/export.zip\n  trusted_keys: [{', '.join(KEYS)}]\n  ignore_columns: [备注]\n"
            "  max_unpacked: 512 MiB\n",
        )
        + """\
marks: {site_id: "2102000001", icp: 辽ICP备演示号, police: 演示, emblem: pictures/emblem.svg}
publish: {responsible_persons: hide, precompress: true, keep: 3, licence: 演示许可, record_json: false,
  sign_key: /etc/demo.key, kinds: [grades]}
regions: {"210202": 中山区, 210203: 西岗区}
laws:
  - {name: dalian, code: DL, title: 大连市社会信用条例, file: laws/dalian.txt}
guard: {max_shrink: 5}
search: {fulltext_limit: 0}
""",
    )
    assert (site.site.theme, site.site.base_path) == ("dalian-2", "/credit/demo/")
    assert dataclasses.astuple(site.marks) == ("2102000001", "辽ICP备演示号", "演示", "pictures/emblem.svg")
    assert site.export.path == Path("/srv/export.zip")
    assert site.export.trusted_keys == KEYS
    assert site.export.ignore_columns == ("备注",)
    assert site.export.max_unpacked == 512 * 1024**2
    assert dataclasses.astuple(site.publish) == (
        "hide",
        True,
        3,
        (Kind.GRADE,),
        "演示许可",
        False,
        Path("/etc/demo.key"),
    )
    assert list(site.regions.items()) == [("210202", "中山区"), ("210203", "西岗区")]
    assert site.laws == (LawSource("dalian", "DL", "大连市社会信用条例", tmp_path / "dalian/laws/dalian.txt"),)
    assert (site.guard.max_shrink, site.search.fulltext_limit) == (5, 0)


def test_a_site_is_frozen_and_can_be_sent_to_a_worker(tmp_path):
    site = load(tmp_path, LEAST)
    with pytest.raises(dataclasses.FrozenInstanceError):
        site.id = "x"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(site)) == site  # noqa: S301 (our own bytes)


def test_the_folder_may_be_given_instead_of_the_file(tmp_path):
    assert load_site(write(tmp_path, LEAST).parent).id == "dalian"


def test_a_folder_given_relatively_still_has_its_name(tmp_path, monkeypatch):
    file = write(tmp_path, LEAST)
    monkeypatch.chdir(file.parent)
    assert load_site(Path("site.yml")).id == "dalian"


def test_a_missing_file_is_a_usage_fault(tmp_path):
    with pytest.raises(SiteBuilderError) as caught:
        load_site(tmp_path / "dalian" / "site.yml")
    assert caught.value.exit_code is Exit.USAGE
    assert caught.value.findings[0].code == "missing-file"


def test_an_empty_file_misses_every_required_key_at_once(tmp_path):
    found = faults(tmp_path, "")
    assert found == [("missing-key", 1)] * 8


def test_a_section_without_content_reads_as_absent(tmp_path):
    assert load(tmp_path, LEAST + "marks:\npublish: ~\nlaws: null\n").marks.icp == ""


def test_an_empty_text_is_absent_and_missing_where_required(tmp_path):
    assert load(tmp_path, LEAST + "marks: {icp: ''}\n").marks.icp == ""
    assert faults(tmp_path, LEAST.replace("信用演示", '" "')) == [("missing-key", 2)]


def test_all_faults_are_shown_at_once_with_their_rows(tmp_path):
    text = LEAST.replace("name: 信用演示", "nmae: 信用演示").replace("demo: true", "demo: 'true'") + "guard: 20\n"
    assert faults(tmp_path, text) == [("missing-key", 1), ("unknown-key", 2), ("wrong-type", 6), ("wrong-type", 12)]


def test_an_unknown_key_hints_at_the_nearest(tmp_path):
    file = write(tmp_path, LEAST + "serach: {}\n")
    with pytest.raises(SiteBuilderError) as caught:
        load_site(file)
    (finding,) = caught.value.findings
    assert (finding.code, finding.place.row) == ("unknown-key", 12)
    assert "search" in finding.hint


def test_a_repeated_key_is_refused_beside_other_faults(tmp_path):
    text = LEAST.replace("  city: dalian\n", "  city: dalian\n  city: lingyuan\n") + "keep: 1\n"
    assert faults(tmp_path, text) == [("duplicate-key", 4), ("unknown-key", 13)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("city: dalian", "city: shenyang", "bad-value"),
        ("city: dalian", "city: [dalian]", "wrong-type"),
        ("base_url: https://credit.example.cn", "base_url: https://credit.example.cn/", "bad-value"),
        ("base_url: https://credit.example.cn", "base_url: https://credit.example.cn/x", "bad-value"),
        ("base_url: https://credit.example.cn", "base_url: ftp://credit.example.cn", "bad-value"),
        ("base_url: https://credit.example.cn", "base_url: credit.example.cn", "bad-value"),
        ("base_url: https://credit.example.cn", "base_url: https://u:p@credit.example.cn", "bad-value"),
        ("base_url: https://credit.example.cn", "base_url: https://credit.example.cn?x", "bad-value"),
        ("theme: dalian", "theme: ../x", "bad-value"),
        ("theme: dalian", "theme: Dalian", "bad-value"),
        ("demo: true", "demo: yes", "wrong-type"),
        ("demo: true", "demo: True", "wrong-type"),
        ("demo: true", "demo: 1", "wrong-type"),
        ("name: demo-export", "name: Demo", "bad-value"),
        ("owner: 演示办公室", "owner: {a: b}", "wrong-type"),
        ("owner: 演示办公室", 'owner: "演示\\n办公室"', "bad-value"),
        ("owner: 演示办公室", 'owner: "演示\\u202e办公室"', "control-character"),
    ],
)
def test_a_wrong_value_is_refused_with_its_row(tmp_path, old, new, code):
    row = next(number for number, line in enumerate(LEAST.split("\n"), start=1) if old in line)
    assert faults(tmp_path, LEAST.replace(old, new)) == [(code, row)]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("publish: {keep: '3'}", "wrong-type"),
        ("publish: {keep: 03}", "bad-value"),
        ("publish: {keep: -1}", "bad-value"),
        ("publish: {keep: 1.5}", "wrong-type"),
        ("publish: {precompress: on}", "wrong-type"),
        ("publish: {responsible_persons: true}", "bad-value"),
        ("guard: {max_shrink: 101}", "bad-value"),
        ("search: {fulltext_limit: 99999999999999999999}", "bad-value"),
        ("regions: {21020: 中山区}", "bad-value"),
        ("regions: {'210202': }", "missing-key"),
        ("regions: [210202]", "wrong-type"),
        ("laws: {name: x}", "wrong-type"),
        ("laws: [dalian]", "wrong-type"),
        ("laws: [{name: x, code: XY, title: 甲}]", "missing-key"),
        ("laws: [{name: X, code: XY, title: 甲, file: x}]", "bad-value"),
        ("laws: [{name: x, code: X1, title: 甲, file: x}]", "bad-value"),
        ("laws: [{name: x, code: XY, title: 甲, file: x}, {name: x, code: XZ, title: 乙, file: x}]", "bad-value"),
        ("marks: {emblem: ../x.svg}", "bad-value"),
        ("marks: {emblem: /etc/passwd}", "bad-value"),
        ("marks: {emblem: absent.svg}", "bad-value"),
        ("marks: {emblem: loop.svg}", "bad-value"),
        ("marks: {emblem: outside.svg}", "bad-value"),
        ("extra: &a {x: *a}", "yaml-alias"),
    ],
)
def test_a_wrong_option_is_refused_with_its_row(tmp_path, more, code):
    folder = tmp_path / "dalian"
    folder.mkdir()
    (folder / "loop.svg").symlink_to("loop.svg")
    (tmp_path / "outside.svg").write_text("<svg/>")
    (folder / "outside.svg").symlink_to("../outside.svg")
    assert (code, 12) in faults(tmp_path, LEAST + more + "\n")


@pytest.mark.parametrize("path", ["credit/", "/credit", "//", "/a//b/", "/../", "/信用/", "/a b/"])
def test_a_base_path_that_is_no_folder_is_refused(tmp_path, path):
    assert faults(tmp_path, LEAST.replace("theme:", f"base_path: {path}\n  theme:")) == [("bad-value", 5)]


@pytest.mark.parametrize(
    ("written", "size"), [("1", 1), ("1048576", 1 << 20), ("64 KiB", 1 << 16), ("3GiB", 3 << 30), ("'2 MiB'", 2 << 20)]
)
def test_a_size_is_bytes_or_has_a_unit(tmp_path, written, size):
    assert load(tmp_path, LEAST + f"  max_unpacked: {written}\n").export.max_unpacked == size


@pytest.mark.parametrize("written", ["0", "2 GB", "-1", "lots", "1.5 GiB", "[1]"])
def test_a_size_that_is_none_is_refused(tmp_path, written):
    ((_, row),) = faults(tmp_path, LEAST + f"  max_unpacked: {written}\n")
    assert row == 12


def test_faults_of_all_files_are_shown_at_once(tmp_path):
    file = write(tmp_path, LEAST + "x: 1\n")
    file.with_name("lists.yml").write_text("default: {a: b}\n")
    file.with_name("authorities.yml").write_text("- x\n")
    file.with_name("overlay.yml").write_text("- {}\n")
    with pytest.raises(SiteBuilderError) as caught:
        load_site(file)
    assert {Path(f.place.file).name for f in caught.value.findings} == {
        "site.yml",
        "lists.yml",
        "authorities.yml",
        "overlay.yml",
    }


def test_public_keys_nobody_may_trust_are_refused_with_their_line(tmp_path):
    weak = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    text = LEAST.replace("  path: ../../data/export\n", f"  path: ../../data/export\n  trusted_keys: [AAAA, {weak}]\n")
    row = text[: text.index("trusted_keys")].count("\n") + 1
    assert faults(tmp_path, text) == [("bad-key", row), ("bad-key", row)]


@pytest.mark.parametrize("city", sorted(all_shipped()))
@pytest.mark.parametrize(("said", "shown"), [(None, False), ("hide", False), ("show", True)])
def test_responsible_persons_are_shown_only_where_the_site_says_so(tmp_path, city, said, shown):
    """LY 23 speaks of recording them, 13 of showing."""
    site = load_site(small_sites.write_site(tmp_path, city, **{"publish__responsible_persons": said} if said else {}))
    assert facts_of(site, all_shipped()[city].latest, small_sites.AS_OF).show_responsible is shown
