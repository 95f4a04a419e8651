"""The map of an office's words: a list is named as people call it, and what may stand there is told."""

import pytest

from site_builder.errors import Exit, SiteBuilderError
from site_builder.pack.mapping import read_map
from site_builder.vocabulary import LABELS, Kind


@pytest.mark.parametrize("kind", Kind)
def test_list_of_the_map_may_be_named_in_chinese(tmp_path, kind):
    for name in (kind.value, LABELS[kind]):
        path = tmp_path / f"{name}.yml"
        path.write_text(f"{name}:\n  header: 3\n", "utf-8")
        found = read_map(path)
        assert {one: mapping.header for one, mapping in found.items()} == {kind: 3}


def test_name_of_no_list_is_answered_with_those_there_are(tmp_path):
    path = tmp_path / "map.yml"
    path.write_text("失信名单:\n  header: 3\n", "utf-8")
    with pytest.raises(SiteBuilderError) as caught:
        read_map(path)
    [finding] = caught.value.findings
    assert (finding.code, finding.place.row, caught.value.exit_code) == ("unknown-key", 1, Exit.USAGE)
    assert all(f"{kind.value}（{LABELS[kind]}）" in finding.hint for kind in Kind)


def test_list_named_twice_is_refused(tmp_path):
    path = tmp_path / "map.yml"
    path.write_text("severe-list:\n  header: 3\n严重失信主体名单:\n  header: 4\n", "utf-8")
    with pytest.raises(SiteBuilderError) as caught:
        read_map(path)
    assert [one.code for one in caught.value.findings] == ["duplicate-key"]
