"""One export that shows everything a site can show, for both cities."""

import datetime as dt
import io

from PIL import Image
import small_sites

from site_builder.vocabulary import Kind

DAY = dt.timedelta(days=1)
OTHER_YEAR = dt.date(2023, 3, 1)


def picture():
    """A small picture with something in its metadata that nobody should see."""
    image = Image.new("RGB", (40, 50), (200, 30, 30))
    notes = image.getexif()
    notes[0x010E] = "hidden-in-the-picture"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=notes)
    return out.getvalue()


def lists(many=200):
    """Rows of every kind and shape; ``many`` entries are of one year, so that its list has older pages."""
    severe = [
        small_sites.entry(f"S-{number:04}", listed_on=dt.date(2024, 1, 1) + DAY * number) for number in range(many)
    ]
    severe += [
        small_sites.entry(
            "T-1",
            term_months=36,
            term_start="decision",
            term_basis="《演示规定》第九条",
            term_level="national_rule",
            measure_ids=["M-0001", "M-0002", "M-0003"],
            objection_received_on=dt.date(2026, 11, 2),
            legal_representative="演示法人赵某",
            principal="演示负责钱某",
            actual_controller="演示控制孙某",
            responsible_persons_basis="《演示责任人公开办法》",
            updated_on=dt.date(2025, 6, 6),
            change_note="演示变动",
            source="演示来源单位",
            basis=["《大连市社会信用条例》第三十二条第（二）项", "《凌源市社会信用管理办法》第二十一条", "演示文件"],
        ),
        small_sites.entry("T-2", act_ended_on=None, act_ongoing=True, region="999999", list_name=None),
        small_sites.entry("T-3", act_ended_on=dt.date(2022, 2, 28), listed_on=OTHER_YEAR, region="211382"),
        small_sites.entry(
            "T-4", subject_type="individual_business", category="health_safety", subject_name="Demo & Söhne"
        ),
        small_sites.entry("T-5", subject_type="unincorporated", subject_name="<script>演示</script>", region=None),
        small_sites.entry("T-6", category="other_statutory", authority="演示另一单位", cause="第一段\n\n第二段"),
        small_sites.person("P-1", listed_on=dt.date(2024, 6, 1)),
        small_sites.person("P-2", listed_on=OTHER_YEAR, sentenced=True, sentence_served_on=dt.date(2023, 2, 1)),
        small_sites.entry("W-1", removed_on=small_sites.AS_OF),
        small_sites.person("W-2", disclosure="query"),
    ]
    measures = [
        small_sites.measure("M-0001", clause="DL-34-1", basis=["《大连市社会信用条例》第三十四条", "演示文件"]),
        small_sites.measure("M-0002", clause="LY-22-1", implementing_bodies=["演示甲局", "演示乙局"]),
        small_sites.measure("M-0003", effective_on=dt.date(2027, 1, 1)),
        small_sites.measure("M-0004", kind="incentive", clause="DL-29-1", change_note="演示变动"),
        small_sites.measure("M-0009", repealed_on=small_sites.AS_OF),
    ]
    models = [
        small_sites.model("R-1", valid_through=dt.date(2027, 5, 5), photo="face", deeds="# 演示\n\n- 甲\n- **乙**"),
        small_sites.model("R-2", category="red_list", awarded_on=dt.date(2024, 4, 4), objection_received_on=OTHER_YEAR),
        small_sites.model("R-3", category="citizen", summary=None, region=None),
        small_sites.person_model("Q-1", category="citizen", valid_through=dt.date(2028, 1, 1), photo="portrait"),
        small_sites.person_model("Q-2", consent=False, photo="secret"),
    ]
    return {"severe": severe, "measures": measures, "models": models, "others": others(many)}


def others(many):
    """Rows of every optional kind; ``many`` grades, so that their list has older pages."""
    found = small_sites.optional(3)
    found[Kind.GRADE] += [
        small_sites.grade(f"GZ-{number:04}", rated_on=OTHER_YEAR + DAY * number) for number in range(many)
    ]
    found[Kind.GRADE] += [
        small_sites.grade("GY-1", subject_name="<script>演示</script>", valid_through=dt.date(2028, 1, 1), region=None),
        small_sites.grade("GY-2", grade="C"),
    ]
    found[Kind.WATCH] += [
        small_sites.watched(
            "WY-1",
            objection_received_on=dt.date(2026, 11, 2),
            basis=["《大连市社会信用条例》第三十一条第（二）项", "《凌源市社会信用管理办法》第二十五条", "演示文件"],
            cause="第一段\n\n第二段",
            updated_on=dt.date(2026, 1, 6),
            change_note="演示变动",
        ),
        small_sites.watched_person("WY-2", minor=True),
    ]
    found[Kind.CATALOGUE] += [
        small_sites.item("CY-1", disclosure="shared", basis=[]),
        small_sites.item("CY-2", repealed_on=small_sites.AS_OF),
    ]
    found[Kind.COMMITMENT] += [
        small_sites.breach("BY-1", act_ended_on=None),
        small_sites.commitment("BY-2", state="kept"),
    ]
    return found


def pictures():
    return {name: ("jpeg", picture()) for name in ("face", "portrait", "secret", "unused")}
