"""Make the two sample exports and their oracles from the readable sources in ``data/sources``.

``python data/make_samples.py`` writes ``data/<city>/export`` (a Data Package v2) and ``data/<city>/expected.json``;
with ``--check`` it writes nothing and exits 1 where what is on disk differs. No clock and no chance: the same sources
give the same bytes. Every subject is invented and its name holds 演示.

``expected.json`` is an oracle: the reasons are those the sources state beside each planted record, and nothing of
``site_builder`` is imported.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import io
import json
from pathlib import Path
import re
import sys
from typing import Any, Final, cast

import yaml

Row = dict[str, Any]
Reasons = dict[str, dict[str, list[str]]]

DATA: Final = Path(__file__).resolve().parent
SOURCES: Final = DATA / "sources"
CITIES: Final = ("dalian", "lingyuan")
OTHERS: Final = ("watch-list", "catalogue", "grades", "commitments")
"""The kinds a city may leave out of ``further.yml``."""
DECISIONS: Final = ("penalties", "licences")
"""The kinds of decisions, each in a file of its own."""
KINDS: Final = ("severe-list", "measures", "role-models", *OTHERS, *DECISIONS)
PERSON: Final = "natural_person"

CODE_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CODE_PREFIXES: Final = {
    "legal_person": "91",
    "cooperative": "93",
    "unincorporated": "91",
    "individual_business": "92",
    "organisation": "91",
}
"""GB 32100: the registering body and the kind of organisation, by what the sources call the subject."""

NUMERALS: Final = "一二三四五六七八九十"


def main() -> int:
    """Write the samples, or check them; 0 where all is as it would be made."""
    parser = argparse.ArgumentParser(description="由 data/sources 生成两个样例导出")
    parser.add_argument("--check", action="store_true", help="只比较，不写；不一致时退出码为 1")
    check = parser.parse_args().check
    stale = {path: content for path, content in made().items() if not same(path, content)}
    for path, content in stale.items():
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        print(f"{'不一致' if check else '已写'}：{path.relative_to(DATA)}")
    return 1 if check and stale else 0


def made() -> dict[Path, bytes]:
    """Every file of both samples with the bytes it should hold."""
    files: dict[Path, bytes] = {}
    for name in CITIES:
        city = source(f"{name}/city.yml")
        rows, reasons = city_rows(city)
        resources = {kind: table(kind, found, city["format"]) for kind, found in rows.items()}
        export = DATA / name / "export"
        for kind, content in resources.items():
            files[export / f"{kind}.{city['format']}"] = content
        pictures = {path.name: path.read_bytes() for path in sorted((SOURCES / name / "pictures").glob("*.png"))}
        for picture, content in pictures.items():
            files[export / "pictures" / picture] = content
        counts = {kind: len(found) for kind, found in rows.items()}
        files[export / "datapackage.json"] = pretty(descriptor(city, resources, counts, pictures))
        oracle = {"as_of": city["as_of"].isoformat(), "city": name, "reasons": reasons}
        files[DATA / name / "expected.json"] = pretty(oracle)
    return files


def same(path: Path, content: bytes) -> bool:
    """Whether the file is there and holds these bytes."""
    return path.is_file() and path.read_bytes() == content


def source(path: str) -> Any:  # noqa: ANN401 — YAML is what a person wrote
    """A source file, parsed."""
    return yaml.safe_load((SOURCES / path).read_text(encoding="utf-8"))


# ---------------------------------------------------------------------------------------------- the whole of a city


def city_rows(city: Row) -> tuple[dict[str, list[Row]], Reasons]:
    """The rows of every resource and the reasons the sources state for each."""
    severe = ordinary_entries(city) + planted_entries(city)
    severe.sort(key=lambda pair: (pair[0]["listed_on"], pair[0]["id"]))
    entries = {row["id"]: row for row, _ in severe}
    stated = {
        "severe-list": severe,
        "measures": measures(city),
        "role-models": role_models(city, entries),
    } | further(city)
    stated |= {kind: decisions(city, kind, entries) for kind in DECISIONS}
    rows = {kind: [row for row, _ in pairs] for kind, pairs in stated.items()}
    ids = [row["id"] for found in rows.values() for row in found]
    if len({one.lower() for one in ids}) != len(ids):
        raise ValueError(f"{city['name']}：有重复的编号")
    return rows, {kind: {row["id"]: why for row, why in pairs} for kind, pairs in stated.items()}


def descriptor(city: Row, resources: dict[str, bytes], counts: dict[str, int], pictures: dict[str, bytes]) -> Row:
    """The ``datapackage.json`` of a city's export."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": city["name"],
        "title": city["title"],
        "version": city["version"],
        "created": city["created"],
        "approval": city["approval"],
        "resources": [
            {
                "name": kind,
                "path": f"{kind}.{city['format']}",
                "format": city["format"],
                "encoding": "utf-8",
                **measured(content),
                "rows": counts[kind],
            }
            for kind, content in resources.items()
        ]
        + [
            {"name": Path(file).stem, "path": f"pictures/{file}", "format": "png", **measured(content)}
            for file, content in pictures.items()
        ],
    }


def measured(content: bytes) -> Row:
    """The size and the hash of a file, as the descriptor states them."""
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


# ------------------------------------------------------------------------------------------------- the severe list


def ordinary_entries(city: Row) -> list[tuple[Row, list[str]]]:
    """The plain published entries, spread evenly over the years and dealt out over lists, regions and subjects."""
    lists = source(f"{city['name']}/lists.yml")
    count = city["ordinary"]
    days = (city["last_listed"] - city["first_listed"]).days
    pairs: list[tuple[Row, list[str]]] = []
    for index in range(count):
        listed = workday(city["first_listed"] + dt.timedelta(days=days * index // (count - 1)))
        rule = lists[index * 5 % len(lists)]
        subjects = list(rule["subjects"])
        subject = subjects[index // len(lists) % len(subjects)]
        row = base_entry(city, rule, subject, listed, index)
        row["id"] = f"YZ{listed.year}-{index + 1:04d}"
        row |= varied_dates(listed, index)
        row |= late_end(city, row, index)
        row["cause"] = cause(rule, row["act_ended_on"] or row["decided_on"], index)
        row |= special_term(rule, listed)
        row |= goes_on(city, row)
        pairs.append((row, []))
    return pairs


def planted_entries(city: Row) -> list[tuple[Row, list[str]]]:
    """The entries the source plans one by one, each with the reasons it must be withheld for."""
    lists = {rule["name"]: rule for rule in source(f"{city['name']}/lists.yml")}
    pairs: list[tuple[Row, list[str]]] = []
    for offset, plan in enumerate(source(f"{city['name']}/planted.yml")):
        index = 500 + offset
        rule = lists[plan["list"]]
        row = base_entry(city, rule, plan.get("type") or next(iter(rule["subjects"])), plan["listed"], index)
        row["id"] = plan["id"]
        row |= {"cause": cause(rule, plan["set"].get("act_ended_on") or row["act_ended_on"], index)}
        row |= {key: filled(value, city, index) for key, value in plan["set"].items()}
        pairs.append((row, plan["expected"]))
    return pairs


def base_entry(city: Row, rule: Row, subject: str, listed: dt.date, index: int) -> Row:
    """An entry with everything in order: prior notice, the six contents, an act that has ended."""
    regions = city.get("region_cycle") or list(city["regions"])
    region = regions[index * 3 % len(regions)]
    person = subject == PERSON
    decided, ended = listed - dt.timedelta(days=2), listed - dt.timedelta(days=75)
    authority = rule["authorities"][index % len(rule["authorities"])]
    row: Row = {
        "disclosure": "public",
        "subject_name": subject_name(city, rule, subject, region, index),
        "subject_type": "legal_person" if subject == "cooperative" else subject,
        "subject_code": person_code(city, index) if person else org_code(rule, subject, region, index),
        "natural_person_basis": rule.get("person_basis") if person else None,
        "natural_person_basis_level": rule.get("person_basis_level") if person else None,
        "legal_representative": None if person else person_name(city, index + 3),
        "region": region,
        "list_name": rule["name"],
        "cause": cause(rule, ended, index),
        "authority": authority,
        "decision_no": f"{rule['doc']}〔{decided.year}〕{index + 1}号",
        "decided_on": decided,
        "notified_on": listed - dt.timedelta(days=14),
        "listed_on": listed,
        "act_ended_on": ended,
        "published_on": listed + dt.timedelta(days=1),
    }
    same_everywhere = ("category", "basis", "measures_notice", "removal_conditions", "removal_procedure", "remedies")
    return row | {key: rule[key] for key in (*same_everywhere, "measure_ids")}


def special_term(rule: Row, listed: dt.date) -> Row:
    """The list's own term, for ordinary entries recent enough to be within it."""
    term = rule.get("term")
    if not term or listed < term["since"]:
        return {}
    return {f"term_{key}": term[key] for key in ("months", "start", "basis", "level")}


def goes_on(city: Row, row: Row) -> Row:
    """For an ordinary entry past the three years the national rule allows: the sector's rule by which it goes on."""
    return {"beyond_maximum_basis": city["goes_on_by"]} if row["decided_on"] < city["oldest_decided"] else {}


def varied_dates(listed: dt.date, index: int) -> Row:
    """The days around an ordinary entry's listing, as the law orders them, not all at the same distance."""
    decided = workday(listed - dt.timedelta(days=1 + index % 6))
    return {
        "decided_on": decided,
        "notified_on": workday(decided - dt.timedelta(days=7 + index * 5 % 12)),
        "act_ended_on": decided - dt.timedelta(days=35 + index * 53 % 190),
        "published_on": listed + dt.timedelta(days=index % 4),
    }


def late_end(city: Row, row: Row, index: int) -> Row:
    """For an ordinary entry whose five years would be over (凌源 alone): the act went on, or ended only later."""
    earliest = city.get("earliest_act_end")
    if earliest is None or row["act_ended_on"] >= earliest:
        return {}
    if index % 2:
        return {"act_ended_on": None, "act_ongoing": True}
    return {"act_ended_on": earliest + dt.timedelta(days=60 + index * 7)}


def cause(rule: Row, ended: dt.date, index: int) -> str:
    """The cause's text with amounts and months filled in."""
    began = ended - dt.timedelta(days=120 + index * 31 % 260)
    text = rule["causes"][index // 3 % len(rule["causes"])]
    people = 12 + index * 17 % 83
    numbers = {
        "a": f"{(index * 1379 % 9000) / 10 + 21.4:.1f}",
        "s": f"{(index * 271 % 380) / 10 + 1.2:.1f}",
        "w": f"{people * (8 + index % 9) / 10:.1f}",
        "n": str(people),
        "d": str(2 + index % 5),
    }
    return str(text.format(**numbers, f=month(began), t=month(ended)))


def subject_name(city: Row, rule: Row, subject: str, region: str, index: int) -> str:
    """An invented name that holds 演示 and reads like one of its kind."""
    if subject == PERSON:
        return person_name(city, index)
    shop = city["shop_names"][(index * 2 + index // 12) % len(city["shop_names"])]
    endings = rule["subjects"][subject]
    ending = endings[index % len(endings)]
    place = city["regions"][region] if subject == "individual_business" else city["place"]
    return f"{place}{shop}演示{ending}"


def person_name(city: Row, index: int) -> str:
    """An invented person's name."""
    given = city["given_names"]
    return f"{city['surnames'][index * 5 % len(city['surnames'])]}演示{given[index * 7 % len(given)]}"


# ------------------------------------------------------------------------------------ measures and role models


def measures(city: Row) -> list[tuple[Row, list[str]]]:
    """The regulation's own measures, item by item, then those a department added."""
    plan = source(f"{city['name']}/measures.yml")
    pairs: list[tuple[Row, list[str]]] = []
    for group in plan["groups"]:
        shared = {key: group[key] for key in ("kind", "targets", "implementing_bodies")}
        for number, (title, content) in enumerate(group["items"], 1):
            clause = f"{group['prefix']}-{number}"
            cited = f"{plan['regulation']}{group['article']}第（{NUMERALS[number - 1]}）项"
            row = {"id": clause, "clause": clause, "title": title, "content": content}
            row |= {"basis": [cited, *group.get("also", [])]}
            pairs.append((plan["defaults"] | shared | row, []))
    for extra in plan["extra"]:
        row = dict(extra)
        expected = row.pop("expected", [])
        pairs.append((plan["defaults"] | row, expected))
    return pairs


def role_models(city: Row, entries: dict[str, Row]) -> list[tuple[Row, list[str]]]:
    """The role models; ``same_as`` takes name, type, code and region from an entry of the severe list."""
    pairs: list[tuple[Row, list[str]]] = []
    for index, plan in enumerate(source(f"{city['name']}/role-models.yml"), 900):
        row: Row = {"disclosure": "public", "category": "model"}
        row["published_on"] = plan["awarded_on"] + dt.timedelta(days=7)
        row |= {key: filled(value, city, index) for key, value in plan.items()}
        expected = row.pop("expected", [])
        prefix = row.pop("code_prefix", None)
        twin = entries.get(row.pop("same_as", ""))
        if twin is not None:
            row |= {"name": twin["subject_name"]}
            row |= {key: twin[key] for key in ("subject_type", "subject_code", "region")}
        elif row["subject_type"] != PERSON:
            row["subject_code"] = org_code({"org_prefix": prefix}, row["subject_type"], row["region"], index)
        pairs.append((row, expected))
    return pairs


# ---------------------------------------------------------------------------------------------- the other kinds


def further(city: Row) -> dict[str, list[tuple[Row, list[str]]]]:
    """The rows of the other kinds: plain ones dealt out over the years, then those the source plans one by one."""
    found: dict[str, list[tuple[Row, list[str]]]] = {}
    for kind, plan in source(f"{city['name']}/further.yml").items():
        place = OTHERS.index(kind)
        pairs: list[tuple[Row, list[str]]] = [
            (optional_row(city, plan, index, 2000 + 200 * place + index), []) for index in range(plan["many"])
        ]
        for offset, planted in enumerate(plan["planted"], 150):
            row = optional_row(city, plan, offset % plan["many"], 2000 + 200 * place + offset, planted.get("type"))
            row["id"] = planted["id"]
            row |= {key: filled(value, city, 2000 + offset) for key, value in planted["set"].items()}
            pairs.append((row, planted["expected"]))
        found[kind] = pairs
    return found


def optional_row(city: Row, plan: Row, index: int, number: int, subject: str | None = None) -> Row:
    """One row; ``number`` tells its subject from every other, ``subject`` is its type where it is no legal person."""
    many = max(plan["many"] - 1, 1)
    day = workday(plan["first"] + dt.timedelta(days=(plan["last"] - plan["first"]).days * index // many))
    row: Row = {"disclosure": "public"} | plan["each"][index % len(plan["each"])]
    row |= {plan["day"]: day, "published_on": day + dt.timedelta(days=plan.get("published", 0))}
    row |= {key: day + dt.timedelta(days=days) for key, days in plan.get("after", {}).items()}
    row["id"] = f"{plan['prefix']}{day.year}-{index + 1:04d}"
    if "endings" not in plan:
        return row | {"authority_code": org_code({"org_prefix": "11"}, "", next(iter(city["regions"])), number)}
    regions = city.get("region_cycle") or list(city["regions"])
    row |= {"region": regions[number * 3 % len(regions)], "subject_type": subject or "legal_person"}
    if subject == PERSON:
        return row | {"subject_name": person_name(city, number), "subject_code": person_code(city, number)}
    shop, ending = (options[number * 5 % len(options)] for options in (city["shop_names"], plan["endings"]))
    row["subject_name"] = f"{city['place']}{shop}演示{ending}"
    return row | {"subject_code": org_code({}, row["subject_type"], row["region"], number)}


# ------------------------------------------------------------------------------------- penalties and licences


def decisions(city: Row, kind: str, entries: dict[str, Row]) -> list[tuple[Row, list[str]]]:
    """The penalties or the licences: the plain ones, group by group over the years, then those planned one by one.

    ``same_as`` takes name, type, code and region from an entry of the severe list.
    """
    plan = source(f"{city['name']}/{kind}.yml")
    base = 3000 + 200 * DECISIONS.index(kind)
    numbers = {name: 3800 + place for place, name in enumerate(deciding(city))}
    cases = {case["case"]: group["row"] | case for group in plan["groups"] for case in group["each"]}
    for case in cases.values():
        area = next(iter(city["regions"]))
        case["authority_code"] = org_code({"org_prefix": "11"}, "", area, numbers[case["authority"]])
    rows: list[tuple[Row, list[str]]] = []
    for group in plan["groups"]:
        days, many = (group["last"] - group["first"]).days, group["many"]
        for index in range(many):
            case = cases[group["each"][index % len(group["each"])]["case"]]
            day = workday(group["first"] + dt.timedelta(days=days * index // (many - 1)))
            row = decision(city, case, day, base + len(rows), index // len(group["each"]))
            row["id"] = f"{plan['prefix']}{day.year}-{len(rows) + 1:04d}"
            rows.append((row, []))
    for offset, planted in enumerate(plan["planted"]):
        case = cases[planted["of"]] | ({"standard": False} if "gravity" in planted["set"] else {})
        row = decision(city, case, planted["decided"], base + 150 + offset, offset, planted.get("type"))
        row["id"] = planted["id"]
        twin = entries.get(planted.get("same_as", ""))
        if twin is not None:
            row |= {key: twin[key] for key in ("subject_name", "subject_type", "subject_code", "region")}
        row |= {key: filled(value, city, base + 150 + offset) for key, value in planted["set"].items()}
        rows.append((row, planted["expected"]))
    return sorted(rows, key=lambda pair: (pair[0]["decided_on"], pair[0]["id"]))


def deciding(city: Row) -> list[str]:
    """Every authority that decides something in the sources of the two kinds, in a fixed order."""
    plans = [source(f"{city['name']}/{kind}.yml") for kind in DECISIONS]
    return sorted({case["authority"] for plan in plans for group in plan["groups"] for case in group["each"]})


SAME: Final = (
    "authority",
    "authority_code",
    "violation",
    "basis",
    "types",
    "certificates",
    "sector",
    "gravity",
    "procedure",
)
SAME_LICENCE: Final = ("category", "decision_name", "certificate", "current_state")


def decision(city: Row, case: Row, day: dt.date, number: int, turn: int, subject: str | None = None) -> Row:
    """A decision of a case's kind with everything in order; ``number`` tells its subject, ``turn`` its wording."""
    sorts = [(sort, ending) for sort, endings in case["subjects"].items() for ending in endings]
    sort, ending = next((one for one in sorts if one[0] == subject), sorts[turn % len(sorts)])
    sort = subject or sort
    regions = city.get("region_cycle") or list(city["regions"])
    region = regions[number * 3 % len(regions)]
    person = sort == PERSON
    rule = {"subjects": {sort: [ending]}}
    row: Row = {
        "disclosure": "public",
        "subject_name": subject_name(city, rule, sort, region, number),
        "subject_type": sort,
        "subject_code": person_code(city, number) if person else org_code({}, sort, region, number),
        "legal_representative": None if person else person_name(city, number + 3),
        "region": region,
        "decision_no": f"{case['doc']}〔{day.year}〕{number % 200 + 1}号",
        "decided_on": day,
        "published_on": day + dt.timedelta(days=3 + number % 5),
    }
    row |= {key: case[key] for key in (*SAME, *SAME_LICENCE) if key in case}
    return row | (penalty(case, day, number, turn) if "violation" in case else licence(case, day, number))


def penalty(case: Row, day: dt.date, number: int, turn: int) -> Row:
    """What a penalty has of its own: what was done, and what it costs."""
    ended = day - dt.timedelta(days=20 + number * 37 % 120)
    fine = case["fines"][turn % len(case["fines"])]
    taken = case.get("confiscated", [""])[turn % len(case.get("confiscated", [""]))]
    return {
        "conduct": cause({"causes": case["conducts"]}, ended, number + 2 * turn),
        "content": case["content"].replace("{罚款}", fine).replace("{没收}", taken),
        "fine": fine,
        "confiscated": taken or None,
        "gravity": None if case.get("standard") else case["gravity"],
        "act_ended_on": ended,
    }


def licence(case: Row, day: dt.date, number: int) -> Row:
    """What a licence has of its own: what is allowed, and until when."""
    last = day.replace(year=day.year + case["years"]) - dt.timedelta(days=1) if case["years"] else dt.date(2099, 12, 31)
    numbered = {"certificate_no": f"演示-{day.year}-{number:05d}"} if "certificate" in case else {}
    return {"content": case["content"], "licensed_from": day, "licensed_through": last} | numbered


# ------------------------------------------------------------------------------------------- codes and numbers


def org_code(rule: Row, subject: str, region: str, index: int) -> str:
    """A credit code whose organisation part is plainly invented (DEM0…) and whose check digit is right (GB 32100)."""
    prefix = rule.get("org_prefix") or CODE_PREFIXES[subject]
    body = f"{prefix}{region}DEM0{index:05d}"
    total = sum(CODE_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return body + CODE_ALPHABET[(31 - total % 31) % 31]


def person_code(city: Row, index: int, born: str = "") -> str:
    """An 18-character ID number of an area that does not exist, with the right check digit (GB 11643)."""
    day = born or f"{1968 + index * 7 % 29}{index % 12 + 1:02d}{index * 5 % 28 + 1:02d}"
    body = f"{city['id_area']}{day}{index % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def card_number(index: int) -> str:
    """A 16-digit number no bank gave out, which passes Luhn and begins with 62."""
    body = f"620000000000{index % 1000:03d}"
    doubled = sum(sum(divmod(int(digit) * 2, 10)) for digit in body[::-2])
    return body + str(-(doubled + sum(int(digit) for digit in body[-2::-2])) % 10)


def filled(value: Any, city: Row, index: int) -> Any:  # noqa: ANN401 — a cell of any kind
    """A planted value with ``{id18}``, ``{id18_gap}``, ``{id15}`` and ``{card}`` replaced by invented numbers."""

    def number(match: re.Match[str]) -> str:
        code = person_code(city, index, match[2] or "")
        match match[1]:
            case "id18":
                return code
            case "id18_gap":
                return f"{code[:6]} {code[6:14]}-{code[14:]}"
            case "id15":
                return f"{code[:6]}{code[8:17]}"
            case _:
                return card_number(index)

    return re.sub(r"\{(id18|id18_gap|id15|card)(?::([0-9]{8}))?\}", number, value) if isinstance(value, str) else value


def workday(day: dt.date) -> dt.date:
    """The day itself, or the Friday before it at a weekend."""
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def month(day: dt.date) -> str:
    """A month as people write it: 2024年3月."""
    return f"{day.year}年{day.month}月"


# ----------------------------------------------------------------------------------------------------- file formats


def table(kind: str, rows: list[Row], form: str) -> bytes:
    """The rows as CSV with Chinese headers, or as JSON lines with machine names."""
    columns = cast("dict[str, dict[str, str]]", source("columns.yml"))
    unknown = {key for row in rows for key in row} - set(columns[kind])
    if unknown:
        raise ValueError(f"{kind}：columns.yml 里没有这些列：{'、'.join(sorted(unknown))}")
    return csv_bytes(columns, kind, rows) if form == "csv" else jsonl_bytes(list(columns[kind]), rows)


def csv_bytes(columns: dict[str, dict[str, str]], kind: str, rows: list[Row]) -> bytes:
    """CSV in UTF-8 with a byte order mark; enumerations and booleans in Chinese."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns[kind].values())
    for row in rows:
        writer.writerow([chinese_cell(columns, key, row.get(key)) for key in columns[kind]])
    return text.getvalue().encode("utf-8-sig")


def chinese_cell(columns: dict[str, dict[str, str]], key: str, value: Any) -> str:  # noqa: ANN401 — a cell of any kind
    """One cell of the CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(value)
    text = str(value).strip()
    return columns["words"][text] if key in columns["word_columns"] else text


def jsonl_bytes(keys: list[str], rows: list[Row]) -> bytes:
    """One JSON object a line, without what is absent."""
    lines = []
    for row in rows:
        cells = {key: plain(row[key]) for key in keys if row.get(key) not in (None, "", [])}
        lines.append(json.dumps(cells, ensure_ascii=False) + "\n")
    return "".join(lines).encode()


def plain(value: Any) -> Any:  # noqa: ANN401 — a cell of any kind
    """A value as JSON holds it: dates as text, text trimmed."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else value


def pretty(document: Row) -> bytes:
    """JSON for people: indented, one line break at the end."""
    return (json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n").encode()


if __name__ == "__main__":
    sys.exit(main())
