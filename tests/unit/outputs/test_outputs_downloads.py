"""The downloads: what a spreadsheet opens is what the records say, and runs nothing."""

import csv
import datetime as dt
import io
import json
import re

import frictionless
from hypothesis import given, settings
from hypothesis import strategies as st
import msgspec
import openpyxl
import pytest
from sizes import examples
import small_sites

from site_builder.kinds.measures import rules as measures
from site_builder.kinds.measures.record import Measure
from site_builder.kinds.measures.shown import MeasureView
from site_builder.kinds.role_models.shown import RoleModelView
from site_builder.kinds.severe_list.shown import SevereView
from site_builder.kinds.shown import SHOWN
from site_builder.law.cities import all_shipped
from site_builder.outputs.columns import COLUMNS, heading, row
from site_builder.outputs.formats import csv as csv_format
from site_builder.outputs.formats import jsonl, table_of, xlsx
from site_builder.outputs.formats.csv import BOM, unguard
from site_builder.outputs.formats.format import UnreadableError
from site_builder.outputs.formats.xlsx import SHEET_ROWS
from site_builder.rules.decision import Facts
from site_builder.vocabulary import LABELS, Category, Disclosure, Effect, Kind

STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
RISKY = st.builds(lambda start, rest: start + rest, st.sampled_from(["", *STARTS, "''"]), TEXT)
DATES = st.none() | st.dates()


def read_csv(data):
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def csv_part(rows):
    return b"".join(csv_format.part(table_of(Kind.SEVERE), rows))


def jsonl_part(kind, rows):
    return b"".join(jsonl.part(table_of(kind), rows))


def rows_part(kind, rows):
    return b"".join(xlsx.part(table_of(kind), rows))


def write_xlsx(path, kind, count, parts):
    xlsx.join(path, [msgspec.structs.replace(table_of(kind), parts=parts, count=count)])


def values(kind, **given):
    """A row of a kind's columns, absent but for what is given."""
    empty = {"string": None, "date": None, "boolean": False, "list": ()}
    return [given.get(column.name, empty[column.type]) for column in COLUMNS[kind]]


def cell(data, kind, name):
    """One cell of the first row of a part of a CSV."""
    place = [column.name for column in COLUMNS[kind]].index(name)
    return read_csv(data)[0][place]


@pytest.mark.parametrize("kind", list(Kind))
def test_header_has_a_byte_order_mark_and_the_machine_names(kind, tmp_path):
    csv_format.join(tmp_path / "a.csv", [table_of(kind)])
    header = (tmp_path / "a.csv").read_bytes()
    assert header.startswith(b"\xef\xbb\xbf")
    assert read_csv(header)[0] == [
        BOM + column.name if place == 0 else column.name for place, column in enumerate(COLUMNS[kind])
    ]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("rest", ["1+1", "cmd|' /C calc'!A0", "演示", ""])
def test_cell_a_spreadsheet_would_run_gets_a_quote_before_it(start, rest):
    text = start + rest
    shown = cell(csv_part([values(Kind.SEVERE, cause=text)]), Kind.SEVERE, "cause")
    assert shown == f"'{text}"
    assert unguard(shown) == text


@pytest.mark.parametrize("start", STARTS)
def test_list_is_guarded_as_a_whole(start):
    shown = cell(csv_part([values(Kind.SEVERE, basis=(f"{start}甲", "=乙"))]), Kind.SEVERE, "basis")
    assert shown == f"'{start}甲；=乙"


@pytest.mark.parametrize("text", ["演示", " =1", "1=1", "a-b", "2026-11-20", "＝1", "“引号”", "a'b"])
def test_other_cells_stay_as_they_are(text):
    assert cell(csv_part([values(Kind.SEVERE, cause=text)]), Kind.SEVERE, "cause") == text


@pytest.mark.parametrize("number", ["-5", "+3.5", "-0.25"])
def test_number_is_not_guarded(number):
    assert cell(csv_part([values(Kind.SEVERE, cause=number)]), Kind.SEVERE, "cause") == number


@given(st.lists(RISKY, min_size=1, max_size=5))
def test_guard_can_always_be_undone(texts):
    data = csv_part([values(Kind.SEVERE, cause=text) for text in texts])
    place = [column.name for column in COLUMNS[Kind.SEVERE]].index("cause")
    shown = [line[place] for line in read_csv(data)]
    assert not any(text.startswith(STARTS[:-1]) and not re.fullmatch(r"[+-][0-9]+(\.[0-9]+)?", text) for text in shown)
    assert [unguard(text) for text in shown] == texts


@given(st.lists(st.text("甲,;\"'\n =", max_size=12), min_size=1, max_size=5))
def test_commas_quotes_and_lines_survive_a_csv(texts):
    data = csv_part([values(Kind.MEASURE, content=text or None) for text in texts])
    place = [column.name for column in COLUMNS[Kind.MEASURE]].index("content")
    assert [unguard(line[place]) for line in read_csv(data)] == texts
    assert data.count(b"\r\n") == len(texts)


@given(RISKY, DATES, st.booleans(), st.lists(TEXT, max_size=3))
def test_json_line_names_every_column_and_keeps_every_value(text, day, flag, items):
    given_values = {"cause": text, "act_ended_on": day, "act_ongoing": flag, "basis": tuple(items)}
    data = jsonl_part(Kind.SEVERE, [values(Kind.SEVERE, **given_values)])
    assert data.endswith(b"\n")
    assert data.count(b"\n") == 1
    line = json.loads(data)
    assert list(line) == [column.name for column in COLUMNS[Kind.SEVERE]]
    assert line["cause"] == text
    assert line["act_ended_on"] == (day and day.isoformat())
    assert line["act_ongoing"] is flag
    assert line["basis"] == items
    assert line["source"] is None


def workbook_rows(path, kind=Kind.MEASURE):
    """The book, and its rows by the columns' machine names, whose headings stand in the first line in their order."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    lines = list(sheet.iter_rows(values_only=True))
    assert list(lines[0]) == [heading(column) for column in COLUMNS[kind]]
    names = [column.name for column in COLUMNS[kind]]
    return book, [dict(zip(names, map(unescaped, line), strict=True)) for line in lines[1:]]


def unescaped(value):
    """A cell as a spreadsheet shows it: ``_x005F_`` is how the format writes a ``_`` that could begin an escape."""
    return value.replace("_x005F_", "_") if isinstance(value, str) else value


REGIONS = {"210202": "中山区", "211382": "凌源市"}


def as_in_a_workbook(line, kind):
    """A row of JSON lines as its cells read: lists joined, days as days, words and flags told, what is absent empty."""
    found = {}
    for column in COLUMNS[kind]:
        value = line[column.name]
        if isinstance(value, list):
            value = "；".join(value) or None
        elif isinstance(value, bool):
            value = "是" if value else "否"
        elif column.type == "date" and value is not None and value >= "1900-03-01":
            value = dt.datetime.fromisoformat(value)
        elif column.words and value is not None:
            value = LABELS[value]
        elif column.name == "region" and value is not None:
            value = REGIONS.get(value, "其他地区")
        found[column.name] = value
    return found


CELL_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.sampled_from("\n=+-@'_x<&"),
    min_size=1,
    max_size=20,
).filter(lambda text: text == text.strip())


@settings(max_examples=examples(25), deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "cause": CELL_TEXT,
                "decision_no": st.sampled_from(
                    ["0012", "1E5", "=1", "2026-11-20", "http://a.example", "_x0041_", "true"]
                ),
                "act_ended_on": DATES,
                "act_ongoing": st.booleans(),
                "basis": st.lists(CELL_TEXT, max_size=3).map(tuple),
            }
        ),
        max_size=4,
    )
)
def test_workbook_read_back_equals_the_json_lines(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("book")
    full = [values(Kind.SEVERE, **row) for row in rows]
    lines = [json.loads(line) for line in jsonl_part(Kind.SEVERE, full).decode().splitlines()]
    write_xlsx(folder / "a.xlsx", Kind.SEVERE, len(full), [rows_part(Kind.SEVERE, [one]) for one in full])
    book, read = workbook_rows(folder / "a.xlsx", Kind.SEVERE)
    assert read == [as_in_a_workbook(line, Kind.SEVERE) for line in lines]
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "B2"
    assert not any(cell.data_type == "f" or cell.hyperlink for line in sheet.iter_rows() for cell in line)


def test_workbook_has_the_same_bytes_each_time_however_the_rows_are_parted(tmp_path):
    rows = [values(Kind.MEASURE, title=f"演示{number}") for number in range(5)]
    write_xlsx(tmp_path / "a.xlsx", Kind.MEASURE, 5, [rows_part(Kind.MEASURE, rows)])
    write_xlsx(
        tmp_path / "b.xlsx", Kind.MEASURE, 5, [rows_part(Kind.MEASURE, part) for part in (rows[:2], [], rows[2:])]
    )
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "<r><t>演示</t></r>",
        "_x0007_",
        " 演示 ",
        "一\n二",
        "]]>",
        "&amp;",
        "演示\U0001f3ed",
        "=1+1",
        "\tx",
    ],
)
def test_a_cell_holds_the_text_as_it_is(tmp_path, text):
    write_xlsx(tmp_path / "a.xlsx", Kind.MEASURE, 1, [rows_part(Kind.MEASURE, [values(Kind.MEASURE, title=text)])])
    (found,) = workbook_rows(tmp_path / "a.xlsx")[1]
    assert found["title"] == text


@pytest.mark.parametrize(("text", "written"), [("a\x07b", "a_x0007_b"), ("\ufffe", "_xFFFE_")])
def test_a_character_xml_has_not_is_written_as_the_format_says(tmp_path, text, written):
    write_xlsx(tmp_path / "a.xlsx", Kind.MEASURE, 1, [rows_part(Kind.MEASURE, [values(Kind.MEASURE, title=text)])])
    assert workbook_rows(tmp_path / "a.xlsx")[1][0]["title"] == written


def test_a_long_text_is_cut_where_a_cell_ends(tmp_path):
    row = values(Kind.MEASURE, title="演" * 40_000, content="\U0001f3ed" * 20_000)
    write_xlsx(tmp_path / "a.xlsx", Kind.MEASURE, 1, [rows_part(Kind.MEASURE, [row])])
    (found,) = workbook_rows(tmp_path / "a.xlsx")[1]
    note = "……（这一格放不下，全文在同名的 CSV 和 JSONL 里）"
    assert found["title"] == "演" * (32_767 - len(note)) + note
    assert found["content"] == "\U0001f3ed" * ((32_767 - len(note)) // 2) + note
    whole = values(Kind.MEASURE, title="演" * 32_767)
    write_xlsx(tmp_path / "b.xlsx", Kind.MEASURE, 1, [rows_part(Kind.MEASURE, [whole])])
    assert workbook_rows(tmp_path / "b.xlsx")[1][0]["title"] == "演" * 32_767


def test_rows_past_a_sheet_begin_another(tmp_path, monkeypatch):
    monkeypatch.setattr("site_builder.outputs.formats.xlsx.SHEET_ROWS", 3)
    rows = [values(Kind.MEASURE, title=f"演示{number}") for number in range(7)]
    write_xlsx(
        tmp_path / "a.xlsx", Kind.MEASURE, 7, [rows_part(Kind.MEASURE, rows[:4]), rows_part(Kind.MEASURE, rows[4:])]
    )
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    *sheets, legend = book
    assert legend.title == "字段说明"
    assert [sheet.max_row for sheet in sheets] == [4, 4, 2]
    firsts = [{cell.value for cell in sheet[2]} for sheet in sheets]
    assert len(list(xlsx.read(tmp_path / "a.xlsx", table_of(Kind.MEASURE)))) == 7
    assert [{"演示0", "演示3", "演示6"} & first for first in firsts] == [{"演示0"}, {"演示3"}, {"演示6"}]
    assert SHEET_ROWS == 2**20 - 1


def test_a_workbook_is_for_people(tmp_path):
    """Headings and values in words, and a sheet that says what the columns mean and are called elsewhere."""
    given_values = {"category": Category.HEALTH_SAFETY, "act_ongoing": True, "region": "210203"}
    rows = [values(Kind.SEVERE, **given_values), values(Kind.SEVERE, region="110000")]
    table = table_of(Kind.SEVERE, {"210203": "演示区"})
    (part,) = xlsx.part(table, rows)
    xlsx.join(tmp_path / "a.xlsx", [msgspec.structs.replace(table, parts=[part], count=2)])
    book, (first, second) = workbook_rows(tmp_path / "a.xlsx", Kind.SEVERE)
    assert (first["category"], first["act_ongoing"], first["region"]) == (
        LABELS[Category.HEALTH_SAFETY],
        "是",
        "演示区",
    )
    assert (second["category"], second["act_ongoing"], second["region"]) == (None, "否", "其他地区")
    sheet, legend = book.worksheets
    assert (sheet.title, legend.title) == ("严重失信主体名单", "字段说明")
    told = list(legend.iter_rows(values_only=True))
    assert told[0] == ("列名", "含义", "CSV、JSON Lines 等里的列名")
    assert told[1:] == [(heading(one), one.about or None, one.name) for one in COLUMNS[Kind.SEVERE]]
    assert all(one.about for one in COLUMNS[Kind.SEVERE])
    assert sheet.freeze_panes == legend.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")


@pytest.mark.parametrize("sheets", [[], ["字段说明"], ["严重失信主体名单"], ["字段说明", "严重失信主体名单"]])
def test_a_workbook_of_other_sheets_is_not_read(tmp_path, sheets):
    book = openpyxl.Workbook()
    for name in sheets:
        book.create_sheet(name)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableError):
        list(xlsx.read(tmp_path / "a.xlsx", table_of(Kind.SEVERE)))


@pytest.mark.parametrize("count", [1, 3])
def test_a_workbook_is_never_short_of_rows_or_over(tmp_path, count):
    part = rows_part(Kind.MEASURE, [values(Kind.MEASURE, title=f"演示{number}") for number in range(2)])
    with pytest.raises(ValueError, match="than were counted"):
        write_xlsx(tmp_path / "a.xlsx", Kind.MEASURE, count, [part])


@pytest.mark.parametrize("kind", list(Kind))
def test_columns_name_every_shown_field_once(kind):
    names = [column.name for column in COLUMNS[kind]]
    labels = [column.label for column in COLUMNS[kind]]
    assert len(set(names)) == len(names)
    assert len(set(labels)) == len(labels)


WITHOUT_COLUMN = {
    Kind.SEVERE: {"special_term", "told", "measures_suspended"},
    Kind.MEASURE: {"in_force"},
    Kind.ROLE_MODEL: {"consented"},
}
"""What a view tells its page alone: how things stand on the day, and sentences made of the columns."""


@pytest.mark.parametrize("kind", list(Kind))
def test_download_has_every_field_of_the_view(kind):

    three = {Kind.SEVERE: SevereView, Kind.MEASURE: MeasureView, Kind.ROLE_MODEL: RoleModelView}
    fields = three.get(kind) or SHOWN[kind].view
    names = {column.name for column in COLUMNS[kind]} - {"url", "public_until"}
    assert names == set(fields.__struct_encode_fields__) - WITHOUT_COLUMN.get(kind, set()) - {"public_until"}


@pytest.fixture(scope="module", params=sorted(all_shipped()))
def built(request, tmp_path_factory):
    """A small site whose rows try every format."""
    folder = tmp_path_factory.mktemp("downloads")
    site = small_sites.write_site(folder / "content", request.param, publish__licence="演示许可")
    export = small_sites.write_export(
        folder / "export",
        severe=[
            small_sites.entry("S-1", cause="=HYPERLINK(1)", decision_no="-12号", change_note="'演示'"),
            small_sites.entry("S-2", cause='演示,"引号"\n第二行', act_ongoing=True, updated_on=dt.date(2025, 1, 1)),
            small_sites.entry("S-3", listed_on=dt.date(1850, 1, 1), decided_on=dt.date(1900, 2, 28)),
            small_sites.person("S-4"),
        ],
        measures=[
            small_sites.measure("M-1"),
            small_sites.measure("M-2", kind="incentive", effective_on=dt.date(2030, 1, 1)),
        ],
        models=[small_sites.model("R-1", valid_through=dt.date(2030, 5, 5), deeds="# 演示\n\n- 甲\n- 乙")],
        others=small_sites.optional(),
    )
    small_sites.build_site(site, export, folder / "out")
    return small_sites.live_root(folder / "out", request.param)


def validated(root):
    """What `frictionless validate` finds wrong with a built data package as it lies there."""
    report = frictionless.validate(str(root / "data" / "datapackage.json"))
    return report.flatten(["name", "type", "message", "note"])


def test_data_package_is_valid_and_its_files_match_it(built):
    assert validated(built) == []


def test_data_package_of_empty_lists_is_valid(tmp_path):
    site = small_sites.write_site(tmp_path / "content")
    export = small_sites.write_export(tmp_path / "export", severe=[])
    small_sites.build_site(site, export, tmp_path / "out")
    assert validated(small_sites.live_root(tmp_path / "out")) == []


def test_data_package_tells_version_and_creation_of_the_export(built):
    described = json.loads((built / "data" / "datapackage.json").read_text())
    assert described["version"] == small_sites.VERSION
    assert described["created"] == small_sites.CREATED
    assert described["name"] == "small"


@pytest.mark.parametrize("kind", list(Kind))
def test_three_formats_of_a_built_site_hold_the_same_rows(built, kind):
    lines = small_sites.rows_of(built, kind)
    _, workbook = workbook_rows(built / "data" / f"{kind}.xlsx", kind)
    assert workbook == [as_in_a_workbook(line, kind) for line in lines]
    head, *rows = read_csv((built / "data" / f"{kind}.csv").read_bytes().removeprefix(BOM.encode()))
    assert head == list(lines[0])
    for cells, line in zip(rows, lines, strict=True):
        for name, text in zip(head, cells, strict=True):
            value = line[name]
            plain = "；".join(value) if isinstance(value, list) else "" if value is None else value
            plain = ("true" if value else "false") if isinstance(value, bool) else plain
            assert unguard(text) == plain


@pytest.mark.parametrize("kind", list(Kind))
def test_url_of_a_row_is_the_records_page(built, kind):
    for line in small_sites.rows_of(built, kind):
        path = line["url"].removeprefix("https://small.example/")
        assert (built / path).is_file()


def test_row_has_no_empty_text():

    record = Measure(
        id="M-1",
        disclosure=Disclosure.PUBLIC,
        effect=Effect.PENALTY,
        title="演示",
        effective_on=small_sites.AS_OF,
        published_on=small_sites.AS_OF,
    )
    view = measures.view(record, Facts(as_of=small_sites.AS_OF, show_responsible=False))
    assert "" not in row(view, lambda address: f"https://small.example/{address}")
