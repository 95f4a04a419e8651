"""What a download is called where it is saved."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
import pytest

from site_builder.pages.saving import saved_as

DAY = dt.date(2026, 11, 20)
LONGEST_BYTES = 255


@pytest.mark.parametrize(
    ("address", "title", "saved"),
    [
        ("data/severe-list.xlsx", "严重失信主体名单", "演示站-严重失信主体名单-2026-11-20.xlsx"),
        ("data/by-year/severe-list-2024.csv", "严重失信主体名单", "演示站-严重失信主体名单-2024年-2026-11-20.csv"),
        ("data/measure-links.csv", "措施与依据", "演示站-措施与依据-2026-11-20.csv"),
        ("data/entities.ftm.json", "单位", "演示站-单位-2026-11-20.ftm.json"),
        ("statistics/severe-by-month.csv", "名单：按月/类别", "演示站-名单：按月 类别-2026-11-20.csv"),
    ],
)
def test_file_is_saved_under_a_name_that_says_whose_it_is_what_is_in_it_and_of_which_day(address, title, saved):
    assert saved_as(address, title, "演示站", DAY) == saved


@given(st.text(), st.text(), st.sampled_from(["data/by-year/severe-list-2024.jsonl", "data/entities.ftm.json"]))
def test_name_fits_every_system(site, title, address):
    saved = saved_as(address, title, f"演示{site}", DAY)
    assert not set(saved) & set('\\/:*?"<>|\n\t\0')
    assert saved.endswith(address.rpartition("/")[2].partition(".")[2])
    assert saved.startswith("演示")
    assert str(DAY) in saved
    assert len(saved.encode("utf-8", "surrogatepass")) <= LONGEST_BYTES
