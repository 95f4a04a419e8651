"""What the charts say in a sentence is so: of several that are alike none is called the first."""

from site_builder.pages.listings import ListKey
from site_builder.pages.statistics import authority_chart, month_chart

A, B = (ListKey("authority", f"severe/by/authority/{one}/", f"演示单位{one}") for one in "乙甲")
MAY, JUNE = 2025 * 12 + 4, 2025 * 12 + 5


def test_months_and_kinds_that_are_alike_are_told_as_alike():
    said = month_chart({A: {MAY: 2, JUNE: 1}, B: {MAY: 1, JUNE: 2}}, ()).sentence
    assert "一个月里列入最多的是 3 条，有 2 个月都是，最近的是 2025 年 6 月；" in said
    assert "最多的行为类别是演示单位乙、演示单位甲，各 3 条，各占 50%。" in said


def test_one_that_leads_is_named():
    said = month_chart({A: {MAY: 2, JUNE: 1}, B: {MAY: 1}}, ()).sentence
    assert "列入最多的月份是 2025 年 5 月，3 条；最多的行为类别是演示单位乙，3 条，占 75%。" in said


def test_authorities_that_are_alike_lead_together():
    assert (
        "最多的是演示单位乙、演示单位甲，各 3 条。" in authority_chart({A: {2025: 3}, B: {2024: 1, 2025: 2}}).sentence
    )
    many = {ListKey("authority", f"severe/by/authority/{n}/", f"演示单位{n}"): {2025: 3} for n in range(5)}
    said = authority_chart(many).sentence
    assert "最多的是演示单位0等 5 个，各 3 条。" in said
    assert "个单位占" not in said
