"""Tables in text files: encodings, delimiters, quotes; nothing is lost or changed on the way in."""

from packed_tables import Packing, table, text
import pytest


def write(desk, data, name="own.csv"):
    path = desk.folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_encoding_and_delimiter_are_found_out(desk, encoding, delimiter):
    done = Packing(desk, write(desk, text(table(2), delimiter).encode(encoding)))
    assert done.ids == ["YZ2026-001", "YZ2026-002"]


def test_delimiters_inside_quotes_and_cells_do_not_count(desk):
    rows = table(2, 认定事由='"一;二;三|四|五\t六;七;八;九;十;一;二;三;四|"')
    done = Packing(desk, write(desk, text(rows).encode()))
    assert done.records[0]["认定事由"].count(";") == 10


def test_the_map_may_say_the_delimiter_where_the_headings_are_all_unknown(desk):
    rows = table(1)
    columns = ", ".join(f"甲{number}: {title}" for number, title in enumerate(rows[0]))
    rows[0] = [f"甲{number}" for number in range(len(rows[0]))]
    mapping = f"severe-list:\n  header: 1\n  delimiter: '|'\n  columns: {{{columns}}}\n"
    assert Packing(desk, write(desk, text(rows, "|").encode()), mapping=mapping).ids == ["YZ2026-001"]


@pytest.mark.parametrize("change", [lambda row: row[:-1], lambda row: [*row, "演示"]], ids=["short", "long"])
def test_every_ragged_row_is_told(desk, change):
    rows = table(4)
    rows[2], rows[4] = change(rows[2]), change(rows[4])
    done = Packing(desk, write(desk, text(rows).encode()))
    assert done.findings == [("ragged-row", 3, ""), ("ragged-row", 5, "")]


def test_ragged_rows_are_refused_also_with_quarantine(desk):
    rows = table(2)
    rows[2] = rows[2][:-1]
    assert Packing(desk, write(desk, text(rows).encode()), "--quarantine").findings == [("ragged-row", 3, "")]


def test_title_lines_may_be_of_any_width_and_empty_lines_stand_anywhere(desk):
    rows = [["演示名单"], ["填报单位：演示局", "2026年"], [], *table(2)]
    rows.insert(5, [])
    done = Packing(desk, write(desk, text(rows).encode()))
    assert done.ids == ["YZ2026-001", "YZ2026-002"]
    assert "表头在第 4 行" in done.told.stdout


@pytest.mark.parametrize("end", [b"\xe6\xbc", b"\xe6"])
def test_character_cut_at_the_end_of_a_file_is_refused(desk, end):
    data = text(table(2)).encode().rstrip(b"\n") + end
    done = Packing(desk, write(desk, data))
    assert done.findings == [("not-in-encoding", 3, "认定事由")]


def test_file_of_two_encodings_is_refused(desk):
    rows = text(table(4)).splitlines(keepends=True)
    data = "".join(rows[:3]).encode() + "".join(rows[3:]).encode("gb18030")
    done = Packing(desk, write(desk, data))
    assert [code for code, _, _ in done.findings] == ["not-in-encoding"]
    assert "两种编码" in done.found[0]["message"]


def test_characters_lost_by_an_earlier_program_are_refused_at_their_place(desk):
    done = Packing(desk, write(desk, text(table(1, 认定事由="演示\ufffd事由")).encode()))
    assert done.findings == [("not-in-encoding", 2, "")]
    assert "第 12 列的第 3 个字" in done.found[0]["message"]


def test_control_character_is_told_with_its_place_and_not_its_text(desk):
    done = Packing(desk, write(desk, text(table(1, 认定事由="演示\x07事由")).encode()))
    assert done.findings == [("control-character", 2, "cause")]
    assert "第 3 个字是 U+0007" in done.found[0]["message"]


def test_cell_that_swallowed_rows_is_warned_of_in_pack_and_in_check(desk):
    rows = table(3)
    swallowed = text([rows[2]]).strip()
    rows[1][-1] = f'"演示事由。\n{swallowed}"'
    done = Packing(desk, write(desk, text([rows[0], rows[1], rows[3]]).encode()))
    assert done.ids == ["YZ2026-001", "YZ2026-003"]
    assert "own.csv:2:认定事由 swallowed-rows" in done.told.stderr
    checked = desk.run("check", "--pending", "--export", str(done.folder))
    assert "severe-list.csv:2:认定事由 swallowed-rows" in checked.stderr


def test_text_of_several_lines_is_no_swallowed_row(desk):
    done = Packing(desk, write(desk, text(table(1, 认定事由='"一，演示\n二,演示\n三"')).encode()))
    assert "swallowed-rows" not in done.told.stderr


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('"=""91000000000000101C"""', "91000000000000101C"),
        ("\u202a91000000000000101C\u202c", "91000000000000101C"),
        ('\u202d="91000000000000101C"'.replace('"', '""').join('""'), "91000000000000101C"),
    ],
)
def test_what_programs_wrap_around_a_value_is_taken_off_and_told(desk, cell, read):
    done = Packing(desk, write(desk, text(table(1, 统一社会信用代码=cell)).encode()))
    assert done.records[0]["统一社会信用代码"] == read
    assert "去掉" in done.told.stdout
