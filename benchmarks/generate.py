"""Makes an export of any size for measuring: ``generate.py FOLDER --rows 100k``.

Severe entries, 300 measures and 300 role models for 大连 as a Data Package v2 in CSV. The same number of rows gives the
same bytes. Every subject is invented and its name holds 演示. Rows are written as they are made, so memory stays small.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
import csv
import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any, Final

AS_OF: Final = dt.date(2026, 11, 20)
"""The day the export is made for; every published entry is within its term on it."""

FIRST_LISTED: Final = dt.date(2023, 11, 30)
"""No entry is three years old on ``AS_OF``: the national maximum takes none away before ten days later."""

LAST_LISTED: Final = AS_OF - dt.timedelta(days=31)
"""What ends an entry before its time comes later than its listing."""

AT_THE_END, SPREAD = 2, 3
"""The editions in which one entry in a hundred differs from the one before: new ones listed last, and some edits; or
edited, gone and new ones all over the list."""

MEASURES: Final = 300
ROLE_MODELS: Final = 300
PENALTIES: Final = 200
"""The first measures are penalties; entries name two or three of them."""

PERSONS: Final = 12
"""One entry in so many is a natural person's."""

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LETTERS: Final = ALPHABET[10:]
CHARACTERS: Final = (
    "海天港湾潮汐帆锚渔岛礁滩浪涛江河湖泉溪泽松柏杨柳桃李杏梨枫桐兰梅竹菊荷春夏秋冬晨曦朝霞晴岚云雪霜露金银铜铁石玉珠"
    "瑞祥福泰康宁安和顺达通隆兴盛昌茂丰裕恒永长久信义仁德礼智勇毅诚实正明光辉煌启航远志宏图伟业东南西北中"
)
SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗曲丛姜于"
TRADES: Final = (  # noqa: SIM905  # read as words
    "水产品加工 船舶修造 冷链物流 建筑工程 装饰工程 化工 医疗器械 机械制造 食品 餐饮管理 物业管理 信息技术 环保设备 "
    "旅行社 汽车维修 人力资源 广告传媒 农业开发 家具 仓储"
).split()
FORMS: Final = (
    ("legal_person", "91", "有限公司"),
    ("legal_person", "91", "有限责任公司"),
    ("legal_person", "91", "股份有限公司"),
    ("unincorporated", "93", "专业合作社"),
    ("individual_business", "92", "经营部"),
)
REGIONS: Final = (
    ("210202", "中山区"),
    ("210203", "西岗区"),
    ("210204", "沙河口区"),
    ("210211", "甘井子区"),
    ("210212", "旅顺口区"),
    ("210213", "金州区"),
    ("210214", "普兰店区"),
    ("210224", "长海县"),
    ("210281", "瓦房店市"),
    ("210283", "庄河市"),
)
AUTHORITIES: Final = (  # noqa: SIM905  # read as words
    "大连市市场监督管理局 大连市应急管理局 大连市消防救援支队 大连市人力资源和社会保障局 国家税务总局大连市税务局 "
    "大连市财政局 大连市文化和旅游局 大连海关 大连市中级人民法院 瓦房店市人民法院 庄河市人民法院 大连市民政局 "
    "大连市医疗保障局 大连市统计局 大连市生态环境局 大连市交通运输局 大连市住房和城乡建设局 大连市农业农村局 "
    "大连市海洋发展局 大连市国防动员办公室"
).split()
LISTS: Final = (
    ("市场监督管理严重违法失信名单", "health_safety", "《市场监督管理严重违法失信名单管理办法》"),
    ("安全生产严重失信主体名单", "health_safety", "《安全生产严重失信主体名单管理办法》"),
    ("重大税收违法失信主体名单", "market_order", "《重大税收违法失信主体信息公布管理办法》"),
    ("失信被执行人名单", "credibility_refusal", "《最高人民法院关于公布失信被执行人名单信息的若干规定》"),
    ("拒服兵役严重失信主体名单", "national_defence", "《中华人民共和国兵役法》第五十七条"),
    ("统计严重失信主体名单", "other_statutory", "《企业统计信用管理办法》"),
)
ITEMS: Final = {category: "一二三四五"[place] for place, category in enumerate(dict.fromkeys(one[1] for one in LISTS))}
"""DL 32(1)–(5) by category."""

CAUSES: Final = (
    "{month}的检查中被查实违反规定 {count} 次，涉及 {amount} 万元，逾期没有改正。",
    "{month}起有能力履行而拒不履行已经生效的决定，应付 {amount} 万元，催告 {count} 次。",
    "提交的 {count} 份材料与实际情况不符，取得款项 {amount} 万元，{month}被从重处罚。",
    "{month}起先后 {count} 次妨碍依法进行的检查，造成损失约 {amount} 万元。",
)
NOTICES: Final = ("许可、采购和表彰奖励依法受到限制。", "列为重点监管对象，政策支持依法受限。")
CONDITIONS: Final = ("列入满三年，并已履行决定、完成整改。", "义务已经全部履行，或者达成协议且履行完毕。")
PROCEDURES: Final = ("提交申请书和履行证明，经核实后作出决定。", "期满由作出决定的部门核查后移出。")
REMEDIES: Final = "六十日内可以申请行政复议，六个月内可以提起行政诉讼。"

SEVERE_COLUMNS: Final = (  # noqa: SIM905  # read as words
    "id disclosure subject_name subject_type subject_code legal_representative region list_name category cause basis "
    "measures_notice removal_conditions removal_procedure remedies measure_ids authority decision_no decided_on "
    "notified_on listed_on removed_on act_ended_on term_months term_start term_basis term_level published_on "
    "updated_on repaired_on revoked_on objection_received_on change_note"
).split()
MEASURE_COLUMNS: Final = (  # noqa: SIM905  # read as words
    "id disclosure kind title content targets implementing_bodies basis basis_level clause effective_on published_on"
).split()
MODEL_COLUMNS: Final = (  # noqa: SIM905  # read as words
    "id disclosure name subject_type subject_code consent honour category awarded_by awarded_on region summary deeds "
    "published_on"
).split()

Row = dict[str, str]


def main() -> None:
    """Write the export the command line asks for."""
    parser = argparse.ArgumentParser(description="生成测速用的导出（大连，全部虚构）")
    parser.add_argument("folder", type=Path, help="写到哪个文件夹；应当不存在或为空")
    parser.add_argument(
        "--edition", type=int, choices=(1, AT_THE_END, SPREAD), default=1, help="2、3：每一版有百分之一与上一版不同"
    )
    parser.add_argument("--rows", type=count_of, default=10_000, help="严重失信主体名单的行数，例如 10k、100k、1m")
    options = parser.parse_args()
    generate(options.folder, options.rows, options.edition)
    print(f"{options.folder}：{options.rows} 行")


def count_of(text: str) -> int:
    """``10k`` → 10000, ``1m`` → 1000000, ``250`` → 250."""
    number, unit = (text[:-1], text[-1].lower()) if text[-1:].isalpha() else (text, "")
    return int(number) * {"": 1, "k": 1_000, "m": 1_000_000}[unit]


def generate(folder: Path, rows: int, edition: int = 1) -> None:
    """Write the export with ``rows`` severe entries into ``folder``; of one of the editions."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = [
        table(folder, "severe-list", SEVERE_COLUMNS, severe_entries(rows, edition)),
        table(folder, "measures", MEASURE_COLUMNS, map(measure, range(MEASURES))),
        table(folder, "role-models", MODEL_COLUMNS, map(role_model, range(ROLE_MODELS))),
    ]
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "dalian",
        "title": "测速用的虚构数据（演示）",
        "version": f"{AS_OF:%Y.%m.%d}" if edition == 1 else f"{AS_OF:%Y.%m.%d}.{edition}",
        "created": f"{AS_OF}T09:00:00+08:00",
        "approval": {
            "status": "approved",
            "by": "大连市公共信用信息工作机构（演示）",
            "reference": "演示信公示〔2026〕99号",
            "on": f"{AS_OF - dt.timedelta(days=1)}T17:00:00+08:00",
        },
        "resources": resources,
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", "utf-8")


class _Hashed:
    """A text file that counts and hashes what is written to it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, text: str) -> None:
        data = text.encode()
        self._file.write(data)
        self._digest.update(data)
        self.size += len(data)

    def close(self) -> str:
        """SHA-256 in hex of all that was written."""
        self._file.close()
        return self._digest.hexdigest()


def table(folder: Path, name: str, columns: list[str], rows: Iterable[Row]) -> dict[str, Any]:
    """Write one CSV; its resource in the descriptor."""
    path = f"{name}.csv"
    file = _Hashed(folder / path)
    writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    digest = file.close()
    resource = {"name": name, "path": path, "format": "csv", "encoding": "utf-8"}
    return resource | {"bytes": file.size, "hash": f"sha256:{digest}", "rows": count}


def numbers(kind: str, index: int) -> Callable[[int], int]:
    """What picks a number below its argument, differently at each call, the same for the same record."""
    bits = iter(_bits(f"{kind}-{index}"))
    return lambda below: next(bits) * below >> 16


def _bits(seed: str) -> Iterator[int]:
    """Endless 16-bit numbers from a seed."""
    block = 0
    while True:
        data = hashlib.blake2b(f"{seed}-{block}".encode()).digest()
        for place in range(0, len(data), 2):
            yield data[place] << 8 | data[place + 1]
        block += 1


def severe_entries(rows: int, edition: int) -> Iterator[Row]:
    """All entries of an edition; which ones differ from the edition before does not matter.

    In the second one in 300 is edited, and two in 300 are new, listed last; in the third one in 300 more is edited, one
    gone and one new, all over the list.
    """
    for index in range(rows):
        place = index % 300
        row = severe_entry(index, rows)
        if place == 11 and edition >= AT_THE_END:  # noqa: PLR2004
            row |= {"updated_on": str(AS_OF), "change_note": "更正了认定单位的联系方式"}
        if place == 21 and edition >= SPREAD:  # noqa: PLR2004
            row |= {"updated_on": str(AS_OF), "change_note": "更正了救济途径"}
        if place != 22 or edition < SPREAD:  # noqa: PLR2004
            yield row
        if place == 23 and edition >= SPREAD:  # noqa: PLR2004
            yield _once_more(row, "M")
    if edition >= AT_THE_END:
        yield from (_once_more(severe_entry(index, rows), "N") for index in range(rows - rows // 150, rows))


def _once_more(row: Row, mark: str) -> Row:
    """The same subject listed by another decision."""
    return row | {"id": f"{row['id']}-{mark}", "decision_no": f"{row['decision_no'][:-1]}之二号"}


def severe_entry(index: int, total: int) -> Row:
    """Entry ``index`` of ``total``, by day of listing; one in ten is withheld."""
    pick = numbers("severe", index)
    listed = FIRST_LISTED + dt.timedelta(days=(LAST_LISTED - FIRST_LISTED).days * index // total)
    decided = listed - dt.timedelta(days=1 + pick(6))
    ended = decided - dt.timedelta(days=35 + pick(1100))
    list_name, category, list_basis = LISTS[pick(len(LISTS))]
    authority = AUTHORITIES[pick(len(AUTHORITIES))]
    region, _ = REGIONS[pick(len(REGIONS))]
    month = f"{ended.year}年{ended.month}月"
    cause = CAUSES[pick(len(CAUSES))]
    first = pick(PENALTIES)
    row = {
        "id": f"YZ{listed.year}-{index + 1:07d}",
        "disclosure": "public",
        "region": region,
        "list_name": list_name,
        "category": category,
        "cause": cause.format(month=month, count=2 + pick(30), amount=f"{1 + pick(60_000) / 10:.1f}"),
        "basis": f"《大连市社会信用条例》第三十二条第（{ITEMS[category]}）项；{list_basis}",
        "measures_notice": NOTICES[pick(2)],
        "removal_conditions": CONDITIONS[pick(2)],
        "removal_procedure": PROCEDURES[pick(2)],
        "remedies": REMEDIES,
        "measure_ids": "；".join(measure_id((first + step * 37) % PENALTIES) for step in range(2 + pick(2))),
        "authority": authority,
        "decision_no": f"演示{authority[2:4]}失决〔{decided.year}〕{index + 1}号",
        "decided_on": str(decided),
        "notified_on": str(decided - dt.timedelta(days=7 + pick(12))),
        "listed_on": str(listed),
        "act_ended_on": str(ended),
        "published_on": str(min(listed + dt.timedelta(days=pick(4)), AS_OF)),
    }
    row |= _person(pick) if index % PERSONS == 0 else _organisation(pick, region, "severe")
    row |= _special_term(list_basis) if index % 4 == 0 and listed.year >= AS_OF.year - 2 else {}
    row |= _changed(index, listed)
    return row | _withheld(index)


def _organisation(pick: Callable[[int], int], region: str, prefix: str) -> Row:
    """An organisation's name, type, code and legal representative; ``prefix`` keeps codes of two kinds apart."""
    subject_type, registered, form = FORMS[pick(len(FORMS))]
    brand = "".join(CHARACTERS[pick(len(CHARACTERS))] for _ in range(2 + pick(2)))
    place = ("大连", "大连市", "", dict(REGIONS)[region])[pick(4)]
    body = LETTERS[pick(10) + (10 if prefix == "severe" else 0)] + "".join(ALPHABET[pick(31)] for _ in range(8))
    return {
        "subject_name": f"{place}{brand}演示{TRADES[pick(len(TRADES))]}{form}",
        "subject_type": subject_type,
        "subject_code": credit_code(f"{registered}{region}{body}"),
        "legal_representative": f"{SURNAMES[pick(len(SURNAMES))]}演示{CHARACTERS[pick(len(CHARACTERS))]}",
    }


def _person(pick: Callable[[int], int]) -> Row:
    """A natural person's name, and a number of the right shape with a division that does not exist."""
    birth = dt.date(1955, 1, 1) + dt.timedelta(days=pick(12_000))
    return {
        "subject_name": f"{SURNAMES[pick(len(SURNAMES))]}演示{CHARACTERS[pick(len(CHARACTERS))]}",
        "subject_type": "natural_person",
        "subject_code": f"210299{birth:%Y%m%d}{pick(1000):03d}{pick(10)}",
    }


def credit_code(first: str) -> str:
    """The 17 characters with the check character of GB 32100 (mod 31)."""
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(first))
    return first + ALPHABET[(31 - total % 31) % 31]


def _special_term(basis: str) -> Row:
    return {"term_months": "36", "term_start": "listing", "term_basis": basis, "term_level": "national_rule"}


def _changed(index: int, listed: dt.date) -> Row:
    """One entry in thirty was updated since, one in two hundred is under objection."""
    row: Row = {}
    if index % 30 == 1:
        row |= {"updated_on": str(min(listed + dt.timedelta(days=90), AS_OF)), "change_note": "更正了决定文书号"}
    if index % 200 == 3:  # noqa: PLR2004  # which ones does not matter
        row |= {"objection_received_on": str(AS_OF - dt.timedelta(days=2))}
    return row


def _withheld(index: int) -> Row:
    """What keeps one entry in ten from being shown: five reasons, spread evenly."""
    if index % 10 != 9:  # noqa: PLR2004  # one in ten
        return {}
    ways: tuple[Row, ...] = (
        {"disclosure": "query"},
        {"removed_on": str(AS_OF - dt.timedelta(days=30))},
        {"repaired_on": str(AS_OF - dt.timedelta(days=20))},
        {"revoked_on": str(AS_OF - dt.timedelta(days=10))},
        {"cause": "见文书"},
    )
    return ways[index // 10 % len(ways)]


def measure_id(index: int) -> str:
    """The id of measure ``index``."""
    return f"CS-{index + 1:04d}"


def measure(index: int) -> Row:
    """Measure ``index``: the first are penalties, the others incentives."""
    pick = numbers("measure", index)
    penalty = index < PENALTIES
    article, item = ("34", 1 + index % 6) if penalty else ("29", 1 + index % 7)
    trade = TRADES[pick(len(TRADES))]
    since = dt.date(2021, 7, 1) + dt.timedelta(days=pick(700))
    return {
        "id": measure_id(index),
        "disclosure": "public",
        "kind": "penalty" if penalty else "incentive",
        "title": f"{'从严审查' if penalty else '优先办理'}{trade}事项之{index + 1}（演示）",
        "content": f"办理{trade}事项时{'增加一次现场核查' if penalty else '开设绿色通道，次要材料可以后补'}。",
        "targets": f"列入名单的{trade}经营者" if penalty else f"信用状况良好的{trade}经营者",
        "implementing_bodies": f"{AUTHORITIES[index % len(AUTHORITIES)]}；大连市演示行业协会",
        "basis": f"《大连市社会信用条例》第{'三十四' if penalty else '二十九'}条第（{'一二三四五六七'[item - 1]}）项",
        "basis_level": "local_regulation",
        "clause": f"DL-{article}-{item}",
        "effective_on": str(since),
        "published_on": str(since - dt.timedelta(days=15)),
    }


def role_model(index: int) -> Row:
    """Role model ``index``, an organisation."""
    pick = numbers("model", index)
    region, _ = REGIONS[pick(len(REGIONS))]
    subject = _organisation(pick, region, "model")
    awarded = dt.date(2021, 3, 15) + dt.timedelta(days=pick(2000))
    story = "开业那年定下的规矩，至今没有改过：该退的货当天退，该付的款按期付。\n\n账本谁都可以看，秤谁都可以再称一遍。"
    return {
        "id": f"DX{awarded.year}-{index + 1:04d}",
        "disclosure": "public",
        "name": subject["subject_name"],
        "subject_type": subject["subject_type"],
        "subject_code": subject["subject_code"],
        "honour": "诚信经营示范企业（演示）",
        "category": "model",
        "awarded_by": AUTHORITIES[pick(len(AUTHORITIES))],
        "awarded_on": str(awarded),
        "region": region,
        "summary": f"{10 + pick(20)} 年如一日，当面验货，按期付款。",
        "deeds": story,
        "published_on": str(awarded + dt.timedelta(days=7)),
    }


if __name__ == "__main__":
    main()
