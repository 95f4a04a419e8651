"""Reckon by hand, so to speak, the fate and last day of every sample entry on several days, and write the tables.

``python data/reckoned.py`` writes ``data/<city>/fates.csv``: a row an entry, a pair of columns a day. It imports
nothing of ``site_builder``: the reasons that no day changes are those the sources state (``expected.json``), and those
that days give are reckoned here from the columns, the way one would with a calendar and the text of the law. What the
tables hold is data; the test compares the program with them.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import io
import json
from pathlib import Path
import sys
from typing import Any, Final

DATA: Final = Path(__file__).resolve().parent
CITIES: Final = ("dalian", "lingyuan")
NATIONAL: Final = dt.date(2026, 4, 1)
"""The day the national rule is in force from."""
DAYS: Final = tuple(
    map(dt.date.fromisoformat, ("2026-03-31", "2026-04-01", "2026-11-20", "2026-11-21", "2029-02-28", "2029-03-01"))
)
"""Before and after the national rule, and before and after five years that end: a plain day's and a leap day's."""
STARTS: Final = {
    "行为终止": "act_ended_on",
    "刑罚执行完毕": "sentence_served_on",
    "列入": "listed_on",
    "认定": "decided_on",
    "公示": "published_on",
}
FIVE_YEARS: Final = 60
THREE_YEARS: Final = 36
"""Months: the cities' own term, and the longest the national rule allows."""
HIGH: Final = {"法律", "行政法规"}
BY_DAYS: Final = (
    "not_yet_published",
    "revoked",
    "repaired",
    "removed",
    "term_unknown",
    "expired",
    "past_national_maximum",
)
ORDER: Final = (
    *("not_public", "not_yet_published", "minor", "natural_person", "not_dishonest", "revoked", "repaired", "removed"),
    *("term_unknown", "expired", "past_national_maximum", "no_prior_notice", "incomplete", "personal_data"),
)

Row = dict[str, Any]


def main() -> int:
    """Write the tables, or with ``--check`` compare them; 0 where all is as it would be written."""
    stale = {path: text for path, text in made().items() if not path.is_file() or path.read_text("utf-8") != text}
    for path, text in stale.items():
        if "--check" not in sys.argv[1:]:
            path.write_text(text, "utf-8")
        print(path.relative_to(DATA))
    return 1 if stale and "--check" in sys.argv[1:] else 0


def made() -> dict[Path, str]:
    """The table of each city."""
    return {DATA / city / "fates.csv": table(city) for city in CITIES}


def table(city: str) -> str:
    """A row an entry: its id, and for each day why it is withheld (empty: it is public) and its last day."""
    stated = json.loads((DATA / city / "expected.json").read_text("utf-8"))["reasons"]["severe-list"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", *(f"{day} {what}" for day in DAYS for what in ("reasons", "last_day"))])
    for row in rows(city):
        fixed = [one for one in stated[row["id"]] if one not in BY_DAYS]
        cells: list[str] = []
        for day in DAYS:
            reasons, last = fate(city, row, day)
            why = [one for one in ORDER if one in {*fixed, *reasons}]
            cells += [" ".join(why), "" if why or last is None else str(last)]
        writer.writerow([row["id"], *cells])
    return text.getvalue()


def rows(city: str) -> list[Row]:
    """The rows of the severe list as they stand in the export, by machine names, days read, words in Chinese."""
    columns = (DATA / "sources" / "columns.yml").read_text("utf-8").split("severe-list:\n")[1].split("\nmeasures:")[0]
    names = dict(line.strip().split(": ")[::-1] for line in columns.splitlines() if line.startswith("  "))
    export = DATA / city / "export"
    if (export / "severe-list.csv").is_file():
        lines = (export / "severe-list.csv").read_text("utf-8-sig")
        found = [{names[key]: value for key, value in one.items()} for one in csv.DictReader(io.StringIO(lines))]
    else:
        found = [json.loads(line) for line in (export / "severe-list.jsonl").read_text("utf-8").splitlines()]
    words = {"act_end": "行为终止", "sentence_end": "刑罚执行完毕", "listing": "列入", "decision": "认定"}
    words |= {"publication": "公示", "law": "法律", "administrative_regulation": "行政法规"}
    for one in found:
        for key, value in one.items():
            if key.endswith("_on") or key == "beyond_maximum_until":
                one[key] = dt.date.fromisoformat(value) if value else None
            elif key in {"term_start", "term_level"}:
                one[key] = words.get(value, value)
            elif value in ("是", "否"):
                one[key] = value == "是"
    return found


def months(day: dt.date, count: int) -> dt.date:
    """The same day so many months later, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def come(row: Row, column: str, day: dt.date) -> dt.date | None:
    """The day of a column, where it has come."""
    value: dt.date | None = row.get(column)
    return value if value is not None and value <= day else None


def fate(city: str, row: Row, day: dt.date) -> tuple[set[str], dt.date | None]:
    """The reasons that days give on this one, and the last day that decides."""
    reasons = {"not_yet_published"} if row["published_on"] > day else set()
    reasons |= {
        name for name, column in (("revoked", "revoked_on"), ("removed", "removed_on")) if come(row, column, day)
    }
    repaired, undone = come(row, "repaired_on", day), come(row, "repair_revoked_on", day)
    if repaired and not (undone and undone >= repaired):
        reasons.add("repaired")
    known = row | {key: come(row, key, day) for key in ("act_ended_on", "sentence_served_on")}
    own, named, special_level = city_term(city, known)
    if named == "unknown":
        return reasons | {"term_unknown"} | past(row, day, ""), None
    if own and day > own:
        reasons.add("expired")
    most = maximum(row, day, special_level)
    reasons |= past(row, day, special_level)
    return reasons, min((one for one in (own, most) if one), default=None)


def city_term(city: str, row: Row) -> tuple[dt.date | None, str, str]:
    """The last day by the city's law, if any; ``unknown`` where no start explains it; the level of a term taken."""
    sentenced = bool(row.get("sentenced")) and city == "dalian"
    start = row["sentence_served_on"] if sentenced else row["act_ended_on"]
    five = months(start, FIVE_YEARS) if start else None
    level, begins = row.get("term_level") or "", row.get(STARTS.get(row.get("term_start") or "", "")) or None
    special = months(begins, int(row["term_months"])) if level and begins else None
    if special and (city == "dalian" or five is None or special <= five or level in HIGH):
        return special, "special", level
    if five:
        return (None, "extended", "") if city == "dalian" else (five, "five", "")
    if not (sentenced or row.get("act_ongoing")):
        return None, "unknown", ""
    waits = level and (city == "dalian" or level in HIGH or int(row["term_months"]) <= FIVE_YEARS)
    never = row.get("term_start") == "刑罚执行完毕" and not row.get("sentenced")
    return None, "to come", level if waits and not never else ""


def maximum(row: Row, day: dt.date, level: str) -> dt.date | None:
    """Three years from the decision, or the day the sector sets; none before the rule, or where it gives way."""
    if day < NATIONAL or level in HIGH:
        return None
    last = months(row["decided_on"], THREE_YEARS)
    undone = not come(row, "act_corrected_on", day) or not come(row, "duties_fulfilled_on", day)
    if undone and "《" in (row.get("beyond_maximum_basis") or ""):
        until: dt.date | None = row.get("beyond_maximum_until")
        return max(last, until) if until else None
    return last


def past(row: Row, day: dt.date, level: str) -> set[str]:
    """Whether the national maximum is over."""
    last = maximum(row, day, level)
    return {"past_national_maximum"} if last and day > last else set()


if __name__ == "__main__":
    sys.exit(main())
