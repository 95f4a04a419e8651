"""Small exports and site folders, written from plain Python rows, and builds of them.

A row is a dict of machine names to str, bool, int, date, list or None; ``entry``, ``measure`` and ``model`` give rows
that may be published in both cities. Names hold 演示.
"""

import csv
import datetime as dt
import hashlib
import io
import json
from pathlib import Path
import shutil
import sys
import zipfile

import openpyxl
import yaml

from site_builder.cli.check import examine_only
from site_builder.cli.options import themes_of
from site_builder.cli.terminal import Bars
from site_builder.config.load import load_site
from site_builder.decide.examine import Options, refuse_if
from site_builder.export.schema import COLUMNS
from site_builder.progress import Silent
from site_builder.releasing import withholding
from site_builder.releasing.choosing import Order, choose
from site_builder.releasing.pipeline import Target, build
from site_builder.render.environment import OWN
from site_builder.vocabulary import LABELS, Action, Kind
from site_builder.workers import Local

PROGRAM = Path(__file__).parents[2]
THEMES = OWN
AS_OF = dt.date(2026, 11, 20)
VERSION = "2026.11.18"
CREATED = "2026-11-18T10:00:00+08:00"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LONGEST_ID = 64


def credit_code(number, prefix="91210202"):
    """A code that passes GB 32100: a prefix of 8, a number in 9 places, the check character."""
    body = f"{prefix}{number:09}"
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return body + ALPHABET[(31 - total % 31) % 31]


def resident_id(body="11010519491231002"):
    """An 18-character ID number: 17 digits and their check character (GB 11643)."""
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


def double_code(number=0):
    """The ``number``-th code of all digits that is an organisation's code and a resident ID number at once."""
    found = 0
    for serial in range(1000):
        for day in range(1, 29):
            body = f"512102198003{day:02}{serial:03}"
            code = resident_id(body)
            if credit_code(int(body[8:]), body[:8]) == code and "X" not in code:
                if found == number:
                    return code
                found += 1
    raise AssertionError("there are such codes")


def entry(record_id="S-0001", **changes):
    """A severe entry that both cities publish on ``AS_OF``."""
    row = {
        "id": record_id,
        "disclosure": "public",
        "subject_name": f"演示商贸{record_id}有限公司",
        "subject_type": "legal_person",
        "subject_code": credit_code(int(hashlib.sha256(record_id.encode()).hexdigest()[:6], 16)),
        "region": "210202",
        "list_name": "演示严重失信名单",
        "category": "market_order",
        "cause": f"演示事由 {record_id}",
        "basis": ["《大连市社会信用条例》第三十二条第（二）项"],
        "measures_notice": "演示惩戒提示",
        "removal_conditions": "演示移出条件",
        "removal_procedure": "演示移出程序",
        "remedies": "演示救济措施",
        "authority": "演示市场监管局",
        "decision_no": f"〔2024〕演示{record_id}号",
        "decided_on": dt.date(2024, 5, 10),
        "notified_on": dt.date(2024, 5, 1),
        "listed_on": dt.date(2024, 5, 12),
        "act_ended_on": dt.date(2024, 4, 30),
        "published_on": dt.date(2024, 5, 15),
    }
    return row | changes


def person(record_id="S-0900", **changes):
    """A natural person's entry that both cities publish."""
    row = entry(
        record_id,
        subject_name=f"演示某{record_id}",
        subject_type="natural_person",
        subject_code=resident_id(),
        natural_person_basis="《演示公布办法》第六条",
        natural_person_basis_level="national_rule",
    )
    return row | changes


def measure(record_id="M-0001", **changes):
    """A penalty that both cities publish."""
    row = {
        "id": record_id,
        "disclosure": "public",
        "kind": "penalty",
        "title": f"演示限制措施{record_id}",
        "content": f"演示措施内容 {record_id}",
        "targets": "演示对象",
        "implementing_bodies": ["演示实施局"],
        "basis": ["《演示条例》第三十四条"],
        "basis_level": "local_regulation",
        "effective_on": dt.date(2022, 1, 1),
        "published_on": dt.date(2022, 1, 5),
    }
    return row | changes


def model(record_id="R-0001", **changes):
    """An organisation's honour that both cities publish."""
    row = {
        "id": record_id,
        "disclosure": "public",
        "name": f"演示诚信{record_id}公司",
        "subject_type": "legal_person",
        "subject_code": credit_code(int(hashlib.sha256(record_id.encode()).hexdigest()[:6], 16), "91211382"),
        "honour": "演示诚信典型称号",
        "category": "model",
        "awarded_by": "演示文明办",
        "awarded_on": dt.date(2025, 3, 5),
        "notified_on": dt.date(2025, 3, 1),
        "region": "210202",
        "summary": f"演示摘要 {record_id}",
        "deeds": f"演示事迹 {record_id}。",
        "published_on": dt.date(2025, 3, 10),
    }
    return row | changes


def person_model(record_id="R-0900", **changes):
    """A natural person's honour, with consent."""
    agreed = {"consent": True, "consent_on": dt.date(2025, 2, 20), "consent_scope": "演示范围"}
    row = model(record_id, name=f"演示好人{record_id}", subject_type="natural_person", subject_code=None, **agreed)
    return row | changes


def subject(record_id, **changes):
    """What rows about an organisation have in common."""
    row = {
        "id": record_id,
        "disclosure": "public",
        "subject_name": f"演示主体{record_id}公司",
        "subject_type": "legal_person",
        "subject_code": credit_code(int(hashlib.sha256(record_id.encode()).hexdigest()[:6], 16), "91210211"),
        "region": "210202",
        "published_on": dt.date(2025, 7, 1),
    }
    return row | changes


def grade(record_id="G-0001", **changes):
    """A credit grade that both cities publish."""
    row = subject(record_id, grade="AA", rated_by="演示评价单位", rated_on=dt.date(2025, 6, 20))
    return row | changes


def watched(record_id="W-0001", **changes):
    """An entry of the watch list that both cities publish."""
    row = subject(
        record_id,
        cause=f"演示关注事由 {record_id}",
        basis=["《凌源市社会信用管理办法》第二十五条"],
        measures="演示监管措施",
        authority="演示监管单位",
        listed_on=dt.date(2025, 6, 25),
        valid_through=dt.date(2027, 6, 24),
    )
    return row | changes


def watched_person(record_id="W-0900", **changes):
    """A natural person's entry of the watch list that both cities publish."""
    row = watched(
        record_id,
        subject_name=f"演示某{record_id}",
        subject_type="natural_person",
        subject_code=resident_id(),
        natural_person_basis="《演示公布办法》第六条",
        natural_person_basis_level="national_rule",
    )
    return row | changes


def item(record_id="ML-001", **changes):
    """An item of the catalogue that both cities publish."""
    row = {
        "id": record_id,
        "item": f"演示信息事项{record_id}",
        "authority": "演示提供单位",
        "authority_code": credit_code(77),
        "standard": "演示数据标准",
        "disclosure": "public",
        "term": "五年",
        "version": "演示 2026 年版",
        "basis": ["《大连市社会信用条例》第八条", "《凌源市社会信用管理办法》第九条"],
        "published_on": dt.date(2026, 1, 5),
    }
    return row | changes


def commitment(record_id="C-0001", **changes):
    """A commitment that both cities publish."""
    row = subject(
        record_id,
        matter=f"演示承诺事项 {record_id}",
        text=f"演示承诺内容 {record_id}",
        authority="演示受理单位",
        made_on=dt.date(2025, 6, 26),
        state="open",
    )
    return row | changes


def breach(record_id="C-0900", **changes):
    """A broken commitment that both cities publish."""
    row = commitment(
        record_id, state="broken", decision_no=f"演示违约〔2025〕{record_id}号", act_ended_on=dt.date(2025, 9, 1)
    )
    return row | changes


def penalty(record_id="CF-0001", **changes):
    """A penalty that both cities publish, by their own law and where the national rule applies."""
    row = subject(
        record_id,
        legal_representative=f"演示法定代表人{record_id}",
        violation="演示违法行为",
        conduct=f"演示违法事实 {record_id}",
        basis=["《演示条例》第三条"],
        types=["警告", "罚款"],
        content=f"演示处罚内容 {record_id}",
        fine="0.5",
        decision_no=f"演示罚字〔2026〕{record_id}号",
        decided_on=dt.date(2026, 6, 22),
        authority="演示处罚机关",
        authority_code=credit_code(78),
        procedure="ordinary",
        gravity="general",
        act_ended_on=dt.date(2026, 5, 30),
        published_on=dt.date(2026, 7, 1),
    )
    return row | changes


def licence(record_id="XK-0001", **changes):
    """A licence that both cities publish."""
    row = subject(
        record_id,
        legal_representative=f"演示法定代表人{record_id}",
        decision_name=f"演示准予许可决定书 {record_id}",
        decision_no=f"演示许字〔2025〕{record_id}号",
        category="ordinary_licence",
        certificate="演示经营许可证",
        certificate_no=f"YS{record_id}",
        content=f"演示许可内容 {record_id}",
        decided_on=dt.date(2025, 6, 24),
        licensed_from=dt.date(2025, 6, 24),
        licensed_through=dt.date(2030, 6, 23),
        authority="演示许可机关",
        authority_code=credit_code(79),
        current_state="valid",
    )
    return row | changes


def abnormal(record_id="YC-0001", **changes):
    """An abnormal operation that both cities publish where the catalogue has ``item("CA0")``."""
    row = subject(
        record_id,
        catalogue_item="CA0",
        legal_representative=f"演示法定代表人{record_id}",
        cause="演示没有按规定的期限公示年度报告",
        decision_no=f"演示异列字〔2026〕{record_id}号",
        listed_on=dt.date(2026, 7, 10),
        authority="演示登记机关",
        published_on=dt.date(2026, 7, 15),
    )
    return row | changes


NORM = {"number": "演示〔2026〕0号", "day": "2026-01-05", "issuer": "演示单位", "link": "https://norm.example/"}
"""A document the law asks for, told whole."""

STATUTES = dict.fromkeys(
    ("演示条例", "演示规定", "演示办法", "大连市社会信用条例", "凌源市社会信用管理办法"), "https://statute.example/"
)
"""Where what these rows cite and a city does not have is read."""

REACHED = {
    name: {"phone": "0411-0000-0000（演示）"}
    for name in ("演示市场监管局", "演示文明办", "演示评价单位", "演示监管单位", "演示提供单位", "演示受理单位")
} | {name: {"phone": "0411-0000-0000（演示）"} for name in ("演示处罚机关", "演示许可机关", "演示登记机关")}
"""The authorities of these rows, and how a site says they are reached."""

OPTIONAL = {
    Kind.WATCH: watched,
    Kind.CATALOGUE: item,
    Kind.GRADE: grade,
    Kind.COMMITMENT: commitment,
    Kind.PENALTY: penalty,
    Kind.LICENCE: licence,
    Kind.ABNORMAL: abnormal,
}
"""A maker of a row of each optional kind that both cities publish, with the item ``CA0`` beside it."""


def optional(many=2):
    """Rows of every optional kind."""
    return {
        kind: [make(f"{kind.name[:2]}{number}") for number in range(many)]
        + {Kind.WATCH: [watched_person()], Kind.COMMITMENT: [breach()]}.get(kind, [])
        for kind, make in OPTIONAL.items()
    }


def write_export(
    folder,
    *,
    severe=None,
    measures=None,
    models=None,
    others=None,
    style="csv",
    encoding="utf-8",
    labels=False,
    bom=False,
    zipped=False,
    name="small",
    version=VERSION,
    created=CREATED,
    approval=None,
    pictures=None,
):
    """Write an export into ``folder`` (made anew) and return its path, or the path of a zip of it.

    A list that is None is absent; ``others`` maps optional kinds to their rows. ``pictures`` maps a resource's name to
    (format, bytes).
    """
    folder.mkdir(parents=True)
    resources = []
    lists = {Kind.SEVERE: severe, Kind.MEASURE: measures, Kind.ROLE_MODEL: models} | (others or {})
    for kind, rows in lists.items():
        if rows is None:
            continue
        data = _written(kind, rows, style, encoding, labels=labels, bom=bom)
        described = {"name": kind.value, "path": f"{kind.value}.{style}", "format": style, "rows": len(rows)}
        if style != "xlsx":
            described["encoding"] = encoding
        resources.append(_resource(folder, described, data))
    for picture, (form, data) in (pictures or {}).items():
        resources.append(_resource(folder, {"name": picture, "path": f"{picture}.{form}", "format": form}, data))
    descriptor = {
        "name": name,
        "version": version,
        "created": created,
        "approval": {"status": "approved", "by": "演示信用中心", "reference": "演示公示〔2026〕1号", "on": created}
        | (approval or {}),
        "resources": resources,
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False, indent=1))
    return _zip(folder) if zipped else folder


def _resource(folder, described, data):
    (folder / described["path"]).write_bytes(data)
    return described | {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}


def _zip(folder):
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.writestr(zipfile.ZipInfo(file.name, (2026, 11, 20, 0, 0, 0)), file.read_bytes())
    return path


def _written(kind, rows, style, encoding, *, labels, bom):
    used = [column for column in COLUMNS[kind] if any(column.name in row for row in rows)] or list(COLUMNS[kind])
    header = [column.label if labels else column.name for column in used]
    if style == "jsonl":
        lines = [
            json.dumps(
                {
                    title: _json(row.get(column.name), labels)
                    for title, column in zip(header, used, strict=True)
                    if row.get(column.name) is not None
                },
                ensure_ascii=False,
            )
            for row in rows
        ]
        return "".join(f"{line}\n" for line in lines).encode(encoding)
    if style == "xlsx":
        book = openpyxl.Workbook()
        book.active.append(header)
        for row in rows:
            book.active.append([_cell(row.get(column.name), labels) for column in used])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_text(row.get(column.name), labels) for column in used] for row in rows)
    return (("\ufeff" if bom else "") + text.getvalue()).encode(encoding)


def _json(value, labels):
    if isinstance(value, dt.date):
        return value.isoformat()
    return LABELS.get(value, value) if labels and isinstance(value, str) else value


def _cell(value, labels):
    if isinstance(value, (bool, list)):
        return _text(value, labels) or None
    return LABELS.get(value, value) if labels and isinstance(value, str) else value


def _text(value, labels):
    if value is None:
        return ""
    if isinstance(value, bool):
        return ("是" if value else "否") if labels else ("true" if value else "false")
    if isinstance(value, list):
        return ("；" if labels else ";").join(value)
    return LABELS.get(str(value), str(value)) if labels else str(value)


NOTHING_ABOVE = {
    "rule": "cn-repair-2026",
    "answer": "not_applicable",
    "reason": "演示",
    "norm": "《演示法》第一条",
    "norm_level": "law",
    "by": "演示律师",
    "reference": "演示，无文号",
    "on": "2026-04-01",
}
"""The answer of a site whose city's law is tried alone."""

APPLIES_ABOVE = {key: NOTHING_ABOVE[key] for key in ("rule", "by", "reference", "on")} | {"answer": "applies"}
"""The answer of a site to which the national rule applies."""


def write_site(folder, city="dalian", *, overlay=(), lists=True, **changes):
    """Write a site folder ``folder/<city>/`` and return its ``site.yml``.

    ``changes`` are dotted keys with ``__`` for the dot: ``site__base_path="/sub/"``. Laws are the city's digest; every
    optional kind is switched on. Its theme is the common one with a line in the place of the grid's script, which is
    most of what a small site weighs; ``site__theme="credit"`` gives it whole.
    """
    home = folder / city
    (home / "pages").mkdir(parents=True)
    shutil.copytree(PROGRAM / "content" / city / "laws", home / "laws")
    described = {
        "site": {
            "name": "信用演示站",
            "city": city,
            "base_url": "https://small.example",
            "base_path": "/",
            "theme": "slim",
            "demo": True,
        },
        "unit": {"owner": "演示主办单位"},
        "export": {"name": "small", "path": "../../export"},
        "regions": {"210202": "中山区", "211382": "凌源市"},
        "query_rules": NORM,
        "laws": [_law(city)],
        "statutes": dict(STATUTES),
        "publish": {"kinds": [kind.value for kind in OPTIONAL]},
        "law": {"review": [NOTHING_ABOVE]},
    }
    for key, value in changes.items():
        section, _, name = key.partition("__")
        if name:
            described.setdefault(section, {})[name] = value
        else:
            described[section] = value
    (home / "site.yml").write_text(yaml.safe_dump(described, allow_unicode=True))
    for number, (stem, title) in enumerate((("objection", "异议"), ("query", "授权查询"), ("repair", "修复")), start=1):
        text = f"---\ntitle: {title}\norder: {number}\n---\n\n演示说明。\n"
        (home / "pages" / f"{stem}.md").write_text(text)
    (home / "authorities.yml").write_text(yaml.safe_dump(REACHED, allow_unicode=True))
    if lists:
        profile = {
            "default": {"认定办法": "演示办法", "移出": "演示移出", "异议": "演示异议", "修复": "演示修复"} | NORM,
            "演示严重失信名单": {"设立依据": "《演示名单法》第三条"},
        }
        (home / "lists.yml").write_text(yaml.safe_dump(profile, allow_unicode=True))
    arranged = {"2027": {"notice": "演示通知", "holidays": ["2027-01-01/2027-01-03"]}}
    (home / "holidays.yml").write_text(yaml.safe_dump(arranged, allow_unicode=True))
    write_overlay(home / "site.yml", overlay)
    if described["site"]["theme"] == "slim":
        script = home / "themes" / "slim" / "assets" / "explore" / "tabulator" / "tabulator.js"
        script.parent.mkdir(parents=True)
        script.write_text("// 演示\n")
        (home / "themes" / "slim" / "theme.yml").write_text("name: slim\ninherits: credit\n")
    return home / "site.yml"


def write_overlay(site_file, items):
    """Write the overlay of a site: dicts of ``kind id on what`` with what else is given."""
    whole = [{"by": "演示员", "why": "演示", **item} for item in items]
    text = yaml.dump(whole, Dumper=Plain, allow_unicode=True)
    (site_file.parent / "overlay.yml").write_text(text)


class Plain(yaml.SafeDumper):
    """YAML without anchors: a value that stands twice is written twice."""

    def ignore_aliases(self, _data):
        return True


def _law(city):
    title = {"dalian": "大连市社会信用条例", "lingyuan": "凌源市社会信用管理办法"}[city]
    return {
        "name": city,
        "code": {"dalian": "DL", "lingyuan": "LY"}[city],
        "title": title,
        "file": f"laws/{city}.md",
    }


def build_site(
    site_file,
    export,
    output,
    *,
    as_of=AS_OF,
    jobs=1,
    themes=None,
    activate=True,
    full=False,
    adopt_live=False,
    **options,
):
    """Build through the pipeline; ``options`` are ``quarantine``, ``allow``, ``today``, ``engine``, ``listener``."""
    site = load_site(site_file)
    return build(
        site,
        _options(export, as_of, jobs, options),
        Target(output=output, themes=themes or themes_of(site), activate=activate, full=full, adopt_live=adopt_live),
        options.get("listener", Silent()),
    )


def withhold(site_file, record, output, *, today=AS_OF, as_of=None, themes=None, export=None):
    """Order a record off through the pipeline, on a machine whose day is ``today``; ``export`` as its option."""
    site = load_site(site_file)
    order = Order(text=record, what=Action.COURT, by="演示员", why="演示", as_of=as_of or today, today=today)
    target = Target(output=output, themes=themes or themes_of(site))
    chosen = choose(site, output, order, export)
    return withholding.withhold(site, order, chosen, target, Local(), Silent())


def examined(site_file, export, *, as_of=AS_OF, output=None, refuse=True, **options):
    """What a build would decide, without building; raises what would refuse the export unless ``refuse`` is False."""
    site = load_site(site_file)
    found = examine_only(site, _options(export, as_of, 1, options), output or export.parent / "none", Bars(quiet=True))
    if refuse:
        refuse_if(found)
    return found


def reasons(site_file, export, **options):
    """Kind → id → list of reasons, of every withheld record."""
    resolved = examined(site_file, export, **options).resolved
    return {
        kind.value: {one: [str(why) for why in found] for one, found in resolved.reasons[kind].items()} for kind in Kind
    }


def command(*arguments, today=AS_OF):
    """The command line in a process of its own, on a machine whose day is ``today``."""
    return [str(one) for one in (sys.executable, Path(__file__).with_name("clocked_command.py"), today, *arguments)]


def _options(export, as_of, jobs, options):
    return Options(
        export=export,
        as_of=as_of,
        today=options.get("today"),
        engine=options.get("engine") or Local(jobs),
        quarantine=options.get("quarantine", False),
        allow=frozenset(options.get("allow", ())),
    )


def live_root(output, city="dalian"):
    """The live web root."""
    return (output / city / "current").resolve()


def files_of(folder):
    """Every file below a folder: path → bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def all_of(folder):
    """Everything below a folder, for comparing it whole: path → bytes, target of a link, or mode of a folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = path.read_bytes()
        else:
            found[name] = oct(path.stat().st_mode)
    return found


def without_release(files):
    """The files of a web root but ``release.json``, which alone may tell the export's hash."""
    return {path: data for path, data in files.items() if path != "release.json"}


def rows_of(root, kind):
    """The rows of a kind's JSON lines download."""
    lines = (root / "data" / f"{kind}.jsonl").read_bytes().split(b"\n")  # other line ends may stand in a text
    return [json.loads(line) for line in lines if line]


def ids_of(root, kind):
    """The ids a web root publishes of a kind."""
    return [row["id"] for row in rows_of(root, kind)]
