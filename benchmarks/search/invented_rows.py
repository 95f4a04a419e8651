"""Invented rows for measuring and testing the search: the same ones for the same number and seed."""

# ruff: noqa: PLR2004, S311, SIM905 - the numbers are shares; chance is seeded; lists of words read better as text

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import msgspec

from site_builder.search.lookup import LookupRow
from site_builder.search.records import readings_of

CITIES = ("大连", "大连市", "辽宁", "凌源市", "")
CITY_WEIGHTS = (34, 16, 18, 22, 10)
TRADES = (
    "商贸 建材 餐饮 食品 物业管理 建筑工程 机械制造 水产 船舶修造 科技 信息技术 汽车维修 文化传媒 房地产开发 医疗器械 "
    "服装 物流 装饰工程 人力资源 环保设备 化工 农业开发 旅行社 家具 电子 印刷 广告 药房 教育咨询 供应链管理"
).split()
FORMS = ("有限公司", "有限责任公司", "股份有限公司", "商行", "经营部", "合作社", "厂", "中心")
FORM_WEIGHTS = (62, 8, 3, 9, 7, 4, 4, 3)
CHARACTERS = (
    "鑫盛达宏源泰华兴隆瑞丰恒通顺祥福安康宇天海洋滨港旭日升东方北斗星河月明珠宝玉金银铜铁石林森木水清江波涛浪潮汇众合力"
    "创新思远致诚信义仁德礼智勇永久长青春秋夏冬雪梅兰竹菊松柏枫桦槐柳杨桃李杏梨枣栗橙山峰岭谷川原野田园庄村镇城都京沪津渝"
    "冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤琼蜀黔滇陕甘青宁新美佳优良善真纯洁净雅致韵律诗画书琴棋舞蹈歌乐曲音响亮光辉煌灿烂阳"
)
AGENCIES = (
    "大连市市场监督管理局 大连市人力资源和社会保障局 大连市应急管理局 大连市生态环境局 "
    "大连市住房和城乡建设局 大连市交通运输局 大连市税务局 大连市中级人民法院 "
    "中山区市场监督管理局 西岗区市场监督管理局 沙河口区市场监督管理局 "
    "甘井子区市场监督管理局 旅顺口区市场监督管理局 金州区人民法院 普兰店区农业农村局 "
    "瓦房店市卫生健康局 庄河市自然资源局 长海县海洋发展局"
).split()
MARKS = "市监罚 人社罚 应急罚 环罚 住建罚 交罚 税稽罚 法执 市监处 卫罚 自然资罚 农罚".split()
REGIONS = ("210202", "210203", "210204", "210211", "210212", "210213", "210214", "210281", "210283", "210224")
CATEGORIES = ("health_safety", "market_order", "credibility_refusal", "national_defence", "other_statutory")
LISTS = ("演示安全生产失信名单", "演示市场秩序失信名单", "演示拒不履行义务名单", "", "演示其他失信名单")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_code(random: Random, region: str) -> str:
    """A code whose check digit is right: registered under 9, mostly digits, as real ones are."""
    body = "".join(random.choices(ALPHABET[:10] if random.random() < 0.4 else ALPHABET, k=8))
    code = "9" + random.choice("1123") + region + body + random.choice("0123456789X")
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(code, WEIGHTS, strict=True))
    return code + ALPHABET[(31 - total % 31) % 31]


def name(random: Random) -> str:
    """A company's name that says 演示."""
    brand = "".join(random.choices(CHARACTERS, k=random.choice((2, 2, 2, 3, 4))))
    city = random.choices(CITIES, CITY_WEIGHTS)[0]
    form = random.choices(FORMS, FORM_WEIGHTS)[0]
    middle = "演示" if random.random() < 0.9 else "（演示）"
    return f"{city}{brand}{middle}{random.choice(TRADES)}{form}"


def severe(random: Random, number: int) -> LookupRow:
    """A severe-list entry; one in twenty is a natural person's."""
    region = random.choice(REGIONS)
    year = random.choices(range(2016, 2027), range(4, 15))[0]
    date = f"{year}-{random.randrange(1, 13):02d}-{random.randrange(1, 29):02d}"
    agency = random.randrange(len(AGENCIES))
    place = random.choice("大中西沙甘旅金普瓦庄长")
    if random.random() < 0.05:
        title = random.choice(SURNAMES) + "演示" + random.choice(CHARACTERS)
        code = f"2102**********{random.randrange(10000):04d}"
    else:
        title, code = name(random), credit_code(random, region)
    person = "*" in code
    category = random.choices(CATEGORIES, (20, 35, 35, 1, 9))[0]
    key = f"DL-{year}-{number:07d}"
    return LookupRow(
        kind="severe-list",
        id=key,
        href=f"severe/{key}.html",
        title=title,
        code=code,
        number=f"{place}{MARKS[agency % len(MARKS)]}〔{year}〕{random.randrange(1, 3000)}号",
        date=date,
        year=str(year),
        region=region,
        category=category,
        list_name=LISTS[CATEGORIES.index(category)],
        authority=AGENCIES[agency],
        public_until=f"{year + 5}-01-01" if random.random() < 0.3 else "",
        note="严重失信主体名单",
        subject_type="natural_person" if person else "legal_person",
    )


def role_model(random: Random, number: int) -> LookupRow:
    """A role model's row."""
    year = random.randrange(2018, 2027)
    key = f"MX-{number:07d}"
    region = random.choice(REGIONS)
    return LookupRow(
        kind="role-models",
        id=key,
        href=f"role-models/{key}.html",
        title=name(random),
        code=credit_code(random, region),
        date=f"{year}-{random.randrange(1, 13):02d}-01",
        year=str(year),
        region=region,
        category=random.choice(("model", "red_list")),
        authority="大连市文明办",
        subject_type="legal_person",
        note="守信红名单",
    )


def measure(random: Random, number: int) -> LookupRow:
    """A measure's row."""
    year = random.randrange(2018, 2027)
    key = f"CS-{number:07d}"
    brand = "".join(random.choices(CHARACTERS, k=3))
    return LookupRow(
        kind="measures",
        id=key,
        href=f"measures/{key}.html",
        title=f"对失信主体{random.choice(('限制', '禁止', '约束'))}参与{brand}演示项目（试行）",
        date=f"{year}-06-01",
        year=str(year),
        category=random.choice(("incentive", "penalty")),
        note="信用奖惩措施清单",
    )


def rows(count: int, seed: int = 1) -> Iterator[LookupRow]:
    """``count`` rows: nine in ten severe entries, the rest role models and a few measures."""
    random = Random(seed)
    for number in range(count):
        kind = random.random()
        make = severe if kind < 0.9 else role_model if kind < 0.998 else measure
        row = make(random, number)
        yield msgspec.structs.replace(row, readings=readings_of(row.title))
