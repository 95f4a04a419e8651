"""What the filters print."""

from __future__ import annotations

import datetime as dt

import jinja2
import pytest

from site_builder.render import filters


def test_date_prints_year_month_day_and_refuses_what_is_no_day() -> None:
    assert filters.date(dt.date(2026, 1, 2)) == "2026-01-02"
    assert filters.date(dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC)) == "2026-01-02"
    with pytest.raises(TypeError, match="NoneType"):
        filters.date(None)  # type: ignore[arg-type]


def test_days_of_a_text_are_marked_and_the_rest_is_escaped() -> None:
    text = "公示至 2031-08-30，<b>届满</b>未移出的依法延长"
    marked = "公示至 <time>2031-08-30</time>，&lt;b&gt;届满&lt;/b&gt;未移出的依法延长"
    assert filters.dated(text) == marked
    assert filters.dated("自失信行为终止之日起五年") == "自失信行为终止之日起五年"


def test_number_groups_thousands() -> None:
    assert [filters.number(n) for n in (0, 999, 12345, -1234567)] == ["0", "999", "12,345", "-1,234,567"]


def test_lines_are_trimmed_paragraphs_without_empty_ones() -> None:
    assert filters.lines(" 一 \r\n\n\u3000二\n") == ["一", "二"]
    assert filters.lines("") == []


def test_size_is_for_a_reader() -> None:
    sizes = (812, 1024, 1536, 5 * 1024**2, 3 * 1024**3)
    assert [filters.size(n) for n in sizes] == ["812 B", "1.0 KB", "1.5 KB", "5.0 MB", "3.0 GB"]


def test_host_of_a_web_address() -> None:
    assert filters.host("https://credit.example.cn:8443/a") == "credit.example.cn"
    assert filters.host("") == ""


@pytest.mark.parametrize("url", ["javascript:alert(1)", " https://a", "//a", "data:text/html,x", ""])
def test_weblink_lets_only_web_addresses_pass(url: str) -> None:
    assert filters.weblink(url) == ""
    assert filters.weblink("HTTPS://example.cn/a") == "HTTPS://example.cn/a"


def test_share_is_a_percentage_of_the_longest() -> None:
    assert [filters.share(n, 8) for n in (8, 3, 0, None)] == ["100.0%", "37.5%", "0%", "0%"]
    assert filters.share(3, 0) == "0%"


def test_part_is_another_template_rendered_once_for_each_object_and_root() -> None:
    made: list[str] = []
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({"one.html": "<i>{{ root }}{{ page.name }}{{ page.note() }}</i>"}), autoescape=True
    )
    environment.filters["part"] = filters.part_of(environment)

    class Thing:
        def __init__(self, name: str) -> None:
            self.name = name

        def note(self) -> str:
            made.append(self.name)
            return "!"

    page = environment.from_string("{% for one in things %}{{ one | part('one.html', root) }}{% endfor %}")
    first, second = Thing("甲<"), Thing("乙")
    assert page.render(things=[first, second, first], root="../") == "<i>../甲&lt;!</i><i>../乙!</i><i>../甲&lt;!</i>"
    assert page.render(things=[first], root="./") == "<i>./甲&lt;!</i>"
    assert made == ["甲<", "乙", "甲<"]
