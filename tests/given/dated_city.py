"""The third city with a law that changes on a day: as it was, as it then is, and as one law with its days.

A rule begins and one ends, the term goes from three years to two, a content is added, words and an article change.
"""

import datetime as dt
from pathlib import Path
import shutil

import small_sites
from webmasters_desk import AS_OF, clean, process

THIRD = Path(__file__).with_name("third_city")
BEFORE = dt.date.fromisoformat(AS_OF)
CHANGE = BEFORE + dt.timedelta(days=1)

PERSON = """      - reason: natural_person
        articles: [9]
        asks: 是自然人吗？
        when: {subject: {is: natural_person}}
      - reason: revoked
        articles: [17]
        asks: 决定已被撤销吗？
"""
DEEDS = """      - reason: incomplete
        articles: [12]
        asks: 没有写诚信事迹吗？
        when: {deeds: {empty: true}}
"""
HONOUR = "      - reason: on_severe_list\n"
NEEDS = "          - {remedies: {empty: true}}\n"
NOTICE = "          - {measures_notice: {empty: true}}\n"
WAY = "repair: {title: 演示市说明：修复, text: 改正以后可以申请。, guide: repair, articles: [18]}"
NEW_WAY = WAY.replace("改正以后可以申请。", "改正满三个月可以申请。")
ARTICLE = "第八条 公开三年，从认定之日起。"
NEW_ARTICLE = "第八条 公开二年，从认定之日起。"
RULES, WORDS, TEXT = "rules.yml", "words.yml", "law/yanshi.md"


def _dated(item, days):
    """An item of a list with days of its own."""
    inline = item.lstrip().startswith("- {")
    return item.replace("- {", f"- {{{days}, ", 1) if inline else item.replace("- ", f"- {days}\n        ", 1)


def _turns(line, new):
    """A line that takes turns with another."""
    key, old = line.split(": ", 1)
    new = new.split(": ", 1)[1]
    turns = [one.replace("{", f"{{{days}, ", 1) for one, days in ((old, f"until: {BEFORE}"), (new, f"from: {CHANGE}"))]
    return f"{key}:\n  - {turns[0]}\n  - {turns[1]}"


TERM = "term: {months: 36, start: decision, at_end: stop}"
NEW_TERM = TERM.replace("36", "24")
CHANGES = (
    (RULES, TERM, NEW_TERM, _turns(TERM, NEW_TERM)),
    (RULES, PERSON, PERSON[PERSON.index("      - reason: revoked") :], _dated(PERSON, f"until: {BEFORE}")),
    (RULES, HONOUR, DEEDS + HONOUR, _dated(DEEDS, f"from: {CHANGE}") + HONOUR),
    (RULES, NEEDS, NEEDS + NOTICE, NEEDS + _dated(NOTICE, f"from: {CHANGE}")),
    (WORDS, WAY, NEW_WAY, _turns(WAY, NEW_WAY)),
    (TEXT, ARTICLE, NEW_ARTICLE, f"{ARTICLE}\n> until: {BEFORE}\n\n{NEW_ARTICLE}\n> from: {CHANGE}\n"),
)
"""In which file, what stands there, what will, and both with their days."""


def write_law(folder, which):
    """The law's folder: ``before`` the change, ``after`` it, or ``dated``."""
    shutil.copytree(THIRD, folder)
    for name, before, after, dated in CHANGES:
        path = folder / name
        text = path.read_text()
        assert before in text, before
        path.write_text(text.replace(before, {"before": before, "after": after, "dated": dated}[which], 1))
    return folder


def write_site(home, which):
    """A site under such a law; its ``site.yml``."""
    law = write_law(home / "law" / which, which)
    made = clean(process("init", str(home / which / "ys"), "--law", str(law), "--export-name", "small"))
    assert made.returncode == 0, made.stderr
    return home / which / "ys" / "site.yml"


def write_export(folder, version="2026.11.20", **severe):
    """Records of which each meets one of the changes, and S-5, M-1 and R-1, which meet none but the term's."""
    basis = ["《演示市社会信用办法》第六条第（二）项"]
    known = {"basis": basis, "region": "000000"}
    known |= {"decided_on": dt.date(2025, 11, 20), "notified_on": dt.date(2025, 11, 1)}
    known |= {"listed_on": dt.date(2025, 11, 21), "published_on": dt.date(2025, 11, 22)}
    old = {"decided_on": dt.date(2024, 6, 1), "notified_on": dt.date(2024, 5, 1), "listed_on": dt.date(2024, 6, 2)}
    entries = [
        small_sites.person("S-2", **known),
        small_sites.entry("S-3", **known | {"measures_notice": ""}),
        small_sites.entry("S-4", **known | old | {"published_on": dt.date(2024, 6, 3)}),
        small_sites.entry("S-5", **known),
    ]
    return small_sites.write_export(
        folder,
        version=version,
        severe=[one | severe.get(one["id"].replace("-", "_"), {}) for one in entries],
        measures=[small_sites.measure("M-1", basis=basis, clause="YS-13")],
        models=[small_sites.model("R-1", region="000000"), small_sites.model("R-2", region="000000", deeds="")],
    )
