"""The figures of a built site: what the downloads give, natural persons by year alone, the same in chart and file."""

from collections import Counter
import csv
import datetime as dt
import io

import pytest
import read_pages
from read_pages import pages_of
import small_sites

from site_builder.vocabulary import LABELS

DAY = dt.timedelta(days=1)
LISTED = [dt.date(2024, 1, 1) + DAY * 37 * number for number in range(24)]
CATEGORIES = ("market_order", "health_safety", "other_statutory")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("statistics")
    site = small_sites.write_site(folder / "content", site__theme="credit")
    entries = [
        small_sites.entry(
            f"S-{number}",
            listed_on=day,
            authority=("演示单位甲", "=演示单位乙")[number % 3 == 0],
            category=CATEGORIES[number % 3],
        )
        for number, day in enumerate(LISTED)
    ]
    entries += [small_sites.person(f"P-{number}", listed_on=dt.date(2025, 5, 5)) for number in range(30)]
    export = small_sites.write_export(folder / "export", severe=entries)
    small_sites.build_site(site, export, folder / "out")
    return small_sites.live_root(folder / "out")


def counted(root, name):
    """A file of figures, its head and its rows by name with their numbers."""
    text = (root / "statistics" / f"{name}.csv").read_bytes().decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    return head, {row[0]: list(map(int, row[1:])) for row in rows}


def shown(root):
    path = "statistics/index.html"
    return pages_of({path: (root / path).read_bytes()})[path]


def organisations(root):
    return [row for row in small_sites.rows_of(root, "severe-list") if row["subject_type"] != "natural_person"]


def test_months_are_those_of_the_download_without_natural_persons(root):
    head, rows = counted(root, "severe-by-month")
    assert len(organisations(root)) == len(LISTED)
    wanted = Counter(row["listed_on"][:7] for row in organisations(root))
    assert {month: numbers[-1] for month, numbers in rows.items()} == wanted
    assert all(sum(numbers[:-1]) == numbers[-1] for numbers in rows.values())
    assert list(rows) == sorted(rows, reverse=True)
    by_category = Counter(row["category"] for row in organisations(root))
    sums = [sum(column) for column in zip(*rows.values(), strict=True)]
    assert sorted(sums[:-1]) == sorted(by_category.values())
    assert head[0] == "月份"
    assert head[-1] == "合计"


def test_authorities_are_those_of_the_download_without_natural_persons(root):
    head, rows = counted(root, "severe-by-authority")
    wanted = Counter((row["authority"], row["listed_on"][:4]) for row in organisations(root))
    names = {"演示单位甲": "演示单位甲", "'=演示单位乙": "=演示单位乙"}  # guarded: a spreadsheet would run it
    found = {
        (names[name], year.removesuffix(" 年")): number
        for name, numbers in rows.items()
        for year, number in zip(head[1:-1], numbers, strict=False)
    }
    assert {key: number for key, number in found.items() if number} == wanted


def test_page_shows_the_figures_of_the_files_and_columns_as_high_as_they_say(root):
    page = shown(root)
    for name in ("severe-by-month", "severe-by-authority"):
        head, rows = counted(root, name)
        (section,) = page.xpath(f'//section[@aria-labelledby="{name}"]')
        assert [one.text_content() for one in section.xpath(".//thead//th")] == head
        told = [
            [one.text_content().lstrip("'") for one in row.xpath("./th | ./td")] for row in section.xpath(".//tbody/tr")
        ]
        assert told == [[name.lstrip("'"), *map(str, numbers)] for name, numbers in rows.items()]
    (section,) = page.xpath('//section[@aria-labelledby="severe-by-month"]')
    most = max(numbers[-1] for numbers in counted(root, "severe-by-month")[1].values())
    for panel in section.xpath('.//ul[@class="panels"]/li'):
        year = panel.xpath('.//p[@class="name"]/a')[0].text_content()[:4]
        heights = sum(float(one.get("height").rstrip("%")) for one in panel.xpath(".//rect"))
        wanted = sum(row["listed_on"].startswith(year) for row in organisations(root))
        assert heights * most / 100 == pytest.approx(wanted, abs=0.05)
        assert panel.xpath('.//span[@class="count"]')[0].text_content() == str(wanted)


def test_bars_but_those_by_year_leave_natural_persons_out(root):
    page = shown(root)
    bars = {
        table.find("caption").text_content(): {
            row.find("th").text_content(): int(row.xpath('td[@class="count"]')[0].text_content())
            for row in table.iter("tr")
        }
        for table in page.xpath('//table[@class="bars"]')
    }
    everyone = small_sites.rows_of(root, "severe-list")
    assert sum(bars["名单按列入年份（条）"].values()) == len(everyone) > len(organisations(root))
    wanted = Counter(LABELS[row["category"]] for row in organisations(root))
    assert bars["名单按行为类别（单位）（条）"] == wanted
    home = read_pages.pages_of({"index.html": (root / "index.html").read_bytes()})["index.html"]
    told = home.xpath('//table[@class="bars"][contains(caption, "行为类别")]//td[@class="count"]')
    assert sum(int(one.text_content()) for one in told) == len(organisations(root))


def test_sentences_are_made_of_the_numbers(root):
    page = shown(root)
    first, second = (one.text_content() for one in page.xpath('//p[@class="says"]'))
    months = Counter(row["listed_on"][:7] for row in organisations(root))
    busiest = max(months, key=lambda month: (months[month], month))
    assert f"单位记录共 {len(LISTED)} 条" in first
    alike = sum(count == months[busiest] for count in months.values())
    assert (
        f"是 {months[busiest]} 条，有 {alike} 个月都是，最近的是 {int(busiest[:4])} 年 {int(busiest[5:])} 月；" in first
    )
    assert "由 2 个单位认定，最多的是演示单位甲，16 条。" in second
    assert all("自然人的记录只按年统计" in text for text in (first, second))


def test_a_year_without_entries_is_shown_and_leads_nowhere(tmp_path):
    site = small_sites.write_site(tmp_path / "content", site__theme="credit")
    listed = (dt.date(2024, 3, 1), dt.date(2026, 2, 1))
    entries = [small_sites.entry(f"S-{day.year}", listed_on=day) for day in listed]
    export = small_sites.write_export(tmp_path / "export", severe=entries)
    small_sites.build_site(site, export, tmp_path / "out")
    names = shown(small_sites.live_root(tmp_path / "out")).xpath(
        '//section[@aria-labelledby="severe-by-month"]//p[@class="name"]'
    )
    assert [one.text_content().split() for one in names] == [
        ["2024", "年", "1"],
        ["2025", "年", "0"],
        ["2026", "年", "1"],
    ]
    assert [len(one.xpath("a")) for one in names] == [1, 0, 1]


def test_a_site_of_natural_persons_alone_has_no_chart_and_no_file(tmp_path):
    site = small_sites.write_site(tmp_path / "content", site__theme="credit")
    export = small_sites.write_export(tmp_path / "export", severe=[small_sites.person("P-1")])
    small_sites.build_site(site, export, tmp_path / "out")
    root = small_sites.live_root(tmp_path / "out")
    assert not list((root / "statistics").glob("*.csv"))
    page = (root / "statistics/index.html").read_text()
    assert 'class="chart"' not in page
    assert "名单按列入年份" in page
