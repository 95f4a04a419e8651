import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest
from rows_read import numbers_of, read_bytes, rows_of

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff"), max_size=12)


def read(text, **options):
    return read_bytes(text.encode(options.get("encoding", "utf-8")), "csv", **options)


@settings(deadline=None)
@given(
    table=st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=20),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
)
def test_what_a_csv_writer_writes_is_read_back(table, quoting, end, encoding):
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=quoting, lineterminator=end)
    writer.writerows([("id", "认定事由", "basis"), *table])
    data = out.getvalue().encode(encoding)
    batches, faults = read_bytes(data, "csv", rows=len(table), encoding=encoding.removesuffix("-sig"))
    if faults != [("not-in-encoding", str(len(table) + 2))]:  # gb18030 that by chance is UTF-8
        assert faults == []
    assert rows_of(batches) == [tuple(cell or None for cell in row) for row in table]
    assert numbers_of(batches) == list(range(2, len(table) + 2))


@settings(deadline=None)
@given(st.binary() | st.text('a,"\n\r').map(str.encode), st.sampled_from(["utf-8", "gb18030"]))
def test_any_bytes_are_read_or_refused(data, encoding):
    read_bytes(data, "csv", encoding=encoding)
    read_bytes(b"id,cause\n" + data, "csv", encoding=encoding, rows=1)


def test_batches_are_aligned_with_machine_names():
    batches, faults = read("认定事由,id\na,1\nb,2\n,3\n", batch_rows=2)
    assert faults == []
    assert [batch.columns for batch in batches] == [("cause", "id")] * 2
    assert [batch.rows for batch in batches] == [(("a", "1"), ("b", "2")), ((None, "3"),)]
    assert [batch.numbers for batch in batches] == [(2, 3), (4,)]


def test_row_is_the_spreadsheets_row_not_the_physical_line():
    _, faults = read('id,cause\n1,"a\nb\nc"\n2\n')
    assert faults == [("ragged-row", "3")]


def test_line_ends_in_cells_become_lf():
    batches, _ = read('id,cause\r\n1,"a\r\nb"\r\n')
    assert rows_of(batches) == [("1", "a\nb")]


def test_faulty_rows_are_left_out_but_counted():
    batches, faults = read('id,cause\n1,"a"b\n2,c\n3\n', rows=3)
    assert rows_of(batches) == [("2", "c")]
    assert faults == [("stray-quote", "2"), ("ragged-row", "4")]


def test_empty_lines_may_end_a_file_but_not_stand_inside():
    assert read("id\n1\n\n\r\n")[1] == []
    assert read("id\n1\n\n\n2\n", rows=2)[1] == [("ragged-row", "3")]


@pytest.mark.parametrize("row", ['1,"a', '1,"a\n2,"b"\n3,c', '1,"a""\n2,"b"\n3,c', '1,a"\n2,b\n', '"1,a\n2,"b",c\n'])
def test_unclosed_quote_is_reported_where_it_opened(row):
    assert read(f"id,cause\n0,x\n{row}\n", rows=9)[1] == [("unclosed-quote", "3")]


@pytest.mark.parametrize("row", ['"a"b,c', 'a"b"c,d', ' "a",b', '"a" ,b', '""a"",b', 'a"",b'])
def test_text_beside_quotes_is_refused(row):
    assert read(f"id,cause\n{row}\n1,2\n")[1] == [("stray-quote", "2")]


@pytest.mark.parametrize(
    ("text", "row"), [("id\ra\r", "1"), ("id\n1\r2\n", "2"), ("id\n1\n2\r", "3"), ("id\r\r\n", "1")]
)
def test_bare_carriage_return_is_refused(text, row):
    assert read(text)[1] == [("bare-cr", row)]


def test_ignored_columns_are_dropped_and_known_ones_never():
    batches, faults = read("内部号,id,cause\nx,1,a\n", ignore=["内部号", "cause"])
    assert faults == []
    assert batches[0].columns == ("id", "cause")
    assert rows_of(batches) == [("1", "a")]


def test_single_column_is_read():
    assert rows_of(read("x,id\n5,1\n", ignore=["x"])[0]) == [("1",)]


def test_undecodable_bytes_keep_the_rows_before_them():
    batches, faults = read_bytes(b"id\n1\n2\n\xff\n3\n", "csv", rows=9)
    assert rows_of(batches) == [("1",), ("2",)]
    assert faults == [("not-in-encoding", "4:id")]


def test_utf8_said_to_be_gb18030_is_refused_even_where_it_decodes():
    text = "id,cause\n" + "1,演示\n" * 20
    text.encode().decode("gb18030")
    assert read_bytes(text.encode(), "csv", encoding="gb18030")[1] == [("not-in-encoding", "22")]


def test_overlong_lines_are_refused():
    assert read("id\n" + "1" * (17 << 20))[1] == [("line-too-long", "2")]
    assert read('id\n"' + "1\n" * (9 << 20))[1] == [("unclosed-quote", "2")]


def test_faults_of_a_wholly_wrong_file_are_cut_short():
    _, faults = read("id,cause\n" + "1\n" * 5000)
    assert len(faults) == 1001
    assert faults[-1] == ("too-many-faults", "")
