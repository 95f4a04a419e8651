"""Examples under the search box: pieces of published records that find them, never of natural persons."""

from __future__ import annotations

from urllib.parse import unquote

from decided_records import entry, grade, measure, model, person_model, view
import pytest

from site_builder.pages.examples import examples
from site_builder.search.lookup.normalise import fold


def pieces(*records):
    links = examples(view("dalian", record) for record in records)
    assert all(unquote(link.href) == f"search/#q={link.text}" for link in links)
    return [link.text for link in links]


def test_entry_gives_the_beginning_of_its_name_and_code_and_its_number_from_the_year_on():
    found = pieces(entry(subject_name="大连演示食品有限公司", decision_no="大市监演示〔2026〕12号"))
    assert found[0] == "大连演示食品"
    assert found[2] == "〔2026〕12号"
    assert len(found[1]) == 8


@pytest.mark.parametrize("make", [entry, grade, measure, model])
def test_each_piece_is_found_in_its_record(make):
    told = view("lingyuan", make())
    text = fold("\n".join(str(getattr(told, name)) for name in told.__struct_fields__))
    found = examples([told])
    assert found
    assert all(fold(one.text) in text for one in found)


def test_natural_person_gives_none():
    assert pieces(person_model()) == []


def test_number_without_a_year_and_a_piece_twice_give_none():
    assert pieces(entry(decision_no="演示第九号"), entry(decision_no="演示第九号"))[2:] == []


def test_title_that_begins_with_punctuation_is_cut_by_length():
    assert pieces(measure(title="（演示）限制申报"))[0] == "（演示）限制"
