"""YAML is read as written, and what could surprise is refused."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest
import small_sites
import yaml

from site_builder.config import source
from site_builder.config.load import load_site
from site_builder.config.source import Faults, Mapping, Scalar, Sequence, parse_yaml, read_text
from site_builder.errors import Exit, SiteBuilderError
from site_builder.law.comments import comment_rows


def parse(text: str):
    faults = Faults("a.yml")
    return parse_yaml(text, faults), [(f.code, f.place.row) for f in faults.found]


@pytest.mark.parametrize("word", ["0123", "2026-01-01", "yes", "no", "1e3", "0x1f", "1:30", "<<", "=", "1_000"])
def test_a_word_stays_the_text_that_was_written(word):
    root, found = parse(f"key: {word}\n")
    assert isinstance(root, Mapping)
    (entry,) = root.entries
    assert entry[1] == Scalar(word, 1)
    assert not found


def test_every_node_keeps_its_row():
    root, _ = parse("# 说明\na: 1\nb:\n  - x\n  - 'y'\n")
    assert root == Mapping(
        (
            (Scalar("a", 2), Scalar("1", 2)),
            (Scalar("b", 3), Sequence((Scalar("x", 4), Scalar("y", 5, plain=False)), 4)),
        ),
        2,
    )


def test_rows_count_from_the_row_the_text_begins_at():
    faults = Faults("page.md")
    parse_yaml("a: 1\na: 2\n", faults, first_row=2)
    assert [f.place.row for f in faults.found] == [3]


def test_an_empty_document_is_nothing():
    assert parse("") == (None, [])
    assert parse("# nur\n") == (None, [])


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3),
        ("x:\n  a: 1\n  'a': 3\n", "duplicate-key", 3),
        ("a: &x 1\n", "yaml-alias", 1),
        ("a: 1\nb: *x\n", "yaml-alias", 2),
        ("a: !!python/object:os.system 1\n", "yaml-tag", 1),
        ("a: !!int 1\n", "yaml-tag", 1),
        ("%YAML 1.1\n---\na: 1\n", "yaml-tag", 1),
        ("a: 1\n---\nb: 1\n", "several-documents", 2),
        ("? [a, b]\n: 1\n", "wrong-type", 1),
        ("~: 1\n", "wrong-type", 1),
        ('a: "x\\u202ey"\n', "control-character", 1),
        ('a: "x\\0y"\n', "control-character", 1),
        ('a: "\\ud800"\n', "control-character", 1),
    ],
)
def test_what_surprises_is_noted_with_its_row(text, code, row):
    _, found = parse(text)
    assert (code, row) in found


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("a: 1\n\tb: 2\n", 2),
        ("a: [1, 2\n", 2),
        ("a: 'x\n", 2),
        ("a: b: c\n", 1),
        ('a: "\\UFFFFFFFF"\n', 0),
        ("[" * 100, 0),
        ("{a: " * 100, 0),
    ],
)
def test_what_is_no_yaml_stops_with_its_row(text, row):
    with pytest.raises(SiteBuilderError) as caught:
        parse(text)
    (finding,) = caught.value.findings
    assert (finding.code, finding.place.row) == ("bad-yaml", row)
    assert caught.value.exit_code is Exit.USAGE


def test_a_syntax_fault_comes_with_the_faults_noted_before_it():
    with pytest.raises(SiteBuilderError) as caught:
        parse("a: 1\na: 2\nb: [\n")
    assert {f.code for f in caught.value.findings} == {"duplicate-key", "bad-yaml"}


def test_no_message_repeats_what_was_written():
    with pytest.raises(SiteBuilderError) as caught:
        parse("秘密: 1\n秘密: 2\nb: *秘密\nc: '秘密")
    assert "秘密" not in str(caught.value)


def test_text_is_utf8_without_bom_and_with_plain_line_ends(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_bytes("\ufeff一\r\n二\n".encode())
    assert read_text(file) == "一\n二\n"


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b"a\n\xb4\xf3\n", "not-utf-8", 2),
        (b"a\nb\x00\n", "control-character", 2),
        (b"a\rb\n", "control-character", 1),
        ("a\n\nb\u202e\n".encode(), "control-character", 3),
        ("a\u200bb\n".encode(), "control-character", 1),
        ("a\u2028b\n".encode(), "control-character", 1),
        (b"a" * ((4 << 20) + 1), "file-too-large", 0),
    ],
)
def test_a_file_that_is_no_clean_text_is_refused(tmp_path: Path, data, code, row):
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    with pytest.raises(SiteBuilderError) as caught:
        read_text(file)
    (finding,) = caught.value.findings
    assert (finding.code, finding.place.file, finding.place.row) == (code, str(file), row)


@pytest.mark.parametrize("name", ["absent.txt", "."])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, name):
    with pytest.raises(SiteBuilderError) as caught:
        read_text(tmp_path / name)
    assert caught.value.findings[0].code == "missing-file"
    assert caught.value.exit_code is Exit.USAGE


SNIPPETS = ("site:", "  name: x", "laws:", "- ", "&a", "*a", "!!str ", "---", "...", "? ", ": ", "{", "}", "[", "]")
ENDINGS = ("'", '"', "|", ">-", "\n", "  ", "%TAG ! x:", "export: {path: x}", "regions: {'1': []}", "\\UFFFFFFFF")
YAMLISH = st.one_of(
    st.text(),
    st.text(alphabet="ab:-[]{},&*!|>%@'\"#?<=\\uUx0d8 \n\t~.1"),
    st.lists(st.sampled_from(SNIPPETS + ENDINGS)).map("".join),
)


@settings(deadline=None)
@given(YAMLISH)
def test_any_text_gives_a_site_or_findings(text):
    with TemporaryDirectory() as folder:
        file = Path(folder) / "site.yml"
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        for name in ("lists.yml", "authorities.yml", "overlay.yml"):
            file.with_name(name).write_bytes(file.read_bytes())
        with pytest.raises(SiteBuilderError) as caught:
            load_site(file)
        assert caught.value.findings
        str(caught.value).encode()


def read(text, quick):
    """What is read of a text, its comments and what is found in it, with libyaml or without."""
    faults = Faults("site.yml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "_QUICK", quick)
        try:
            return parse_yaml(text, faults), comment_rows(text), faults.found
        except SiteBuilderError as error:
            return None, None, error.findings


WRITTEN = sorted(path for path in (small_sites.PROGRAM / "site_builder").rglob("*.yml"))
MARKS = [
    *":-#{}[],&*!|>'\"%@`?~=\\<\t\n ",
    "- ",
    "key: ",
    "---\n",
    "...\n",
    "{a: 1}",
    "\n  ",
    "\r\n",
    "：",
    "\u3000",
    "\ufeff",
]


@given(st.data())
def test_libyaml_reads_the_same_as_pyyaml_alone(data):
    lines = data.draw(st.sampled_from(WRITTEN)).read_text("utf-8").split("\n")
    first = data.draw(st.integers(0, len(lines) - 1))
    text = "\n".join(lines[first : first + data.draw(st.integers(1, 12))])
    for _ in range(data.draw(st.integers(0, 3))):
        place = data.draw(st.integers(0, len(text)))
        text = text[:place] + data.draw(st.sampled_from(MARKS)) + text[place + data.draw(st.integers(0, 2)) :]
    assert read(text, yaml.CSafeLoader) == read(text, yaml.SafeLoader)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_libyaml_reads_what_the_program_brings_like_pyyaml_alone(path):
    text = path.read_text("utf-8")
    assert read(text, yaml.CSafeLoader) == read(text, yaml.SafeLoader)
