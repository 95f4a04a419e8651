"""The full text as files: the same bytes each time, only what the browser needs, gone with its group on failure."""

from __future__ import annotations

import gzip
from pathlib import Path
import subprocess
import sys

import pytest

from site_builder.errors import Exit, SiteBuilderError
from site_builder.search.fulltext import FullTextDoc, bigrams, build, decode, pagefind, strings
from site_builder.search.fulltext.tokens import pairs_in, tokens
from site_builder.search.lookup.normalise import fold

DOCUMENTS = [
    FullTextDoc(
        kind="pages" if number % 3 else "laws",
        id="",
        href=f"guide/{number}.html",
        title=f"演示指南第{number}号",
        text="信用主体可以申请信用修复。\n" * 3 + f"编号{number}的说明。",
        date=f"2024-01-{number + 1:02d}",
    )
    for number in range(20)
]


def built(documents):
    files: dict[str, bytes] = {}
    build(documents, files.__setitem__)
    return files


def test_two_runs_give_the_same_bytes():
    assert built(DOCUMENTS) == built(reversed(DOCUMENTS))


def test_documents_come_back_the_newest_first():
    assert decode(built(DOCUMENTS)) == DOCUMENTS[::-1]


def test_no_documents_are_a_full_text_too():
    assert decode(built([])) == []


def test_only_what_the_browser_needs_is_shipped():
    folders = {path.rpartition("/")[0] for path in built(DOCUMENTS)}
    assert folders == {"", "pagefind/0", "pagefind/0/index", "table", "text"}
    assert not any("ui" in Path(path).stem for path in built(DOCUMENTS))


def test_every_pair_in_the_index_stands_in_a_document():
    files = built(DOCUMENTS)
    whole = "\n".join(fold(text) for one in DOCUMENTS for text in (one.title, one.text))
    pairs = bigrams(files)
    assert "信用" in pairs
    assert all(pair in whole for pair in pairs)
    assert {"演示指南第3号", "guide/3.html", "修复"} <= set(strings(files))


def test_words_are_pairs_of_neighbours():
    assert len(tokens("中文（A）").split()) == 2
    packed = "".join(f"i{token}" for token in tokens("中文（A）").split())
    assert list(pairs_in(packed.encode())) == ["中文", "文a"]
    assert tokens("中") == ""


def test_failure_is_told_with_the_exit_code(monkeypatch):
    monkeypatch.setattr(pagefind, "LONGEST", 0)
    with pytest.raises(SiteBuilderError) as caught:
        built(DOCUMENTS)
    assert caught.value.exit_code is Exit.MACHINE
    assert [finding.code for finding in caught.value.findings] == ["fulltext-failed"]


def test_no_pagefind_is_left_running_after_a_failure(monkeypatch):
    started = []
    popen = subprocess.Popen

    def remember(*args, **options):
        started.append(popen(*args, **options))
        return started[-1]

    monkeypatch.setattr(pagefind.subprocess, "Popen", remember)
    monkeypatch.setattr(pagefind, "LONGEST", 0)
    with pytest.raises(SiteBuilderError):
        built(DOCUMENTS)
    assert started[0].poll() is not None


def test_a_new_document_leaves_full_batches_as_they_are(monkeypatch):
    monkeypatch.setattr(sys.modules[build.__module__], "BATCH_CHARACTERS", 300)
    newer = FullTextDoc(kind="pages", id="", href="new.html", title="新页", text="演示内容", date="2030-01-01")
    before, after = built(DOCUMENTS), built([*DOCUMENTS, newer])
    batches = sorted({path.split("/")[1] for path in before if path.startswith("pagefind/")}, key=int)
    assert len(batches) > 3
    for path, data in before.items():
        if path.startswith("pagefind/") and path.split("/")[1] != batches[-1]:
            assert after[path] == data


@pytest.mark.parametrize("name", ["fragment/und_1.pf_fragment", "pagefind.js", "pagefind-entry.json"])
@pytest.mark.parametrize("share", [0, 0.5, 0.99])
def test_file_pagefind_cut_short_is_found_out(tmp_path, name, share):
    """A full disk cuts its files though it says that all is well."""
    whole = {
        "fragment/und_1.pf_fragment": gzip.compress(b'pagefind_dcd{"url":"/1.html"}' * 50),
        "pagefind.js": b"export{" + b"name," * 50 + b"last};",
        "pagefind-entry.json": b'{"version":"1.5.2","languages":{}}\n',
    }[name]
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(whole)
    assert dict(pagefind._files(tmp_path, name)) == {name: whole}  # noqa: SLF001  # what run reads with
    file.write_bytes(whole[: int(len(whole.rstrip()) * share)])
    with pytest.raises(SiteBuilderError) as caught:
        dict(pagefind._files(tmp_path, name))  # noqa: SLF001
    assert caught.value.exit_code == 4
    assert "磁盘" in caught.value.findings[0].message
