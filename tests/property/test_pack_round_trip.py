"""An export written as an office writes it comes out of ``pack`` as it was, or is refused where the accident lies."""

import datetime as dt
from pathlib import Path
import tempfile

from hypothesis import given
from hypothesis import strategies as st
import office_tables
import pytest

from site_builder.errors import SiteBuilderError
from site_builder.export.rows import read_rows
from site_builder.pack.mapping import ListMap, read_map
from site_builder.pack.package import refuse_faults
from site_builder.pack.packing import pack_list
from site_builder.vocabulary import Kind


def packed(written):
    """The records that come out, by way of an export's reader."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / written.name
        path.write_bytes(written.data)
        mapping = ListMap()
        if written.mapping:
            (Path(folder) / "map.yml").write_text(written.mapping)
            mapping = read_map(Path(folder) / "map.yml")[Kind.SEVERE]
        done = pack_list(Kind.SEVERE, [path], mapping, None, {}, created=dt.date.max, quarantine=False)[0]
        refuse_faults([done])
    return records(done.columns, done.rows)


def records(columns, rows):
    found = list(read_rows(Kind.SEVERE, "", columns, range(len(rows)), rows, frozenset(), dt.date.max))
    assert [one.faults for one in found if one.faults] == []
    return [one.record for one in found]


@given(st.one_of(office_tables.text_tables(), office_tables.workbooks()))
def test_table_of_an_office_gives_the_same_records_or_a_refusal_that_names_the_row(table):
    columns, rows, written = table
    wanted = records(columns, rows)
    if written.refused is None:
        assert packed(written) == [wanted[one] for one in written.records]
        return
    with pytest.raises(SiteBuilderError) as refused:
        packed(written)
    assert {one.place.row for one in refused.value.findings if not one.warning} == written.refused
