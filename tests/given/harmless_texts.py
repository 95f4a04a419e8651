"""Texts as offices write them, full of numbers that are nobody's: the same ones each time, as many as asked for."""

from collections.abc import Iterator
import hashlib

REGIONS = ["210202", "210203", "210204", "210211", "210212", "210213", "210281", "211382", "210000", "110105"]
CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
JOINS = ["，", "；", "。", "、", " ", ",", "; ", "，其中", "（见附件），", "\n"]
DATE_MARKS = ["-", ".", "/", "．", "－", "/"]
RANGES = ["-", "—", "——", "至", "~", "～", " - ", "–", "到"]
LISTS = ["、", "，", ",", "/", "、 "]


class Dice:
    """Numbers drawn from a digest, without end."""

    def __init__(self, seed: int) -> None:
        self._seed, self._turn, self._left = seed, 0, 0

    def below(self, most: int) -> int:
        """A number from 0 on, below ``most``."""
        if self._left < most << 32:
            self._turn += 1
            digest = hashlib.blake2b(f"{self._seed}/{self._turn}".encode(), digest_size=64).digest()
            self._left = int.from_bytes(digest, "big")
        self._left, drawn = divmod(self._left, most)
        return drawn

    def between(self, first: int, last: int) -> int:
        """A number, both ends included."""
        return first + self.below(last - first + 1)

    def of(self, choices):
        """One of some."""
        return choices[self.below(len(choices))]

    def digits(self, count: int) -> str:
        """So many digits, of which the first is no zero."""
        return str(self.between(10 ** (count - 1), 10**count - 1))


def case_number(dice):
    year, court, number = dice.between(2010, 2026), dice.of(["0202", "0211", "02", "1382", "01"]), dice.below(99999)
    kind = dice.of(["执", "民初", "刑初", "破申", "行审", "执恢"])
    open_, close = dice.of(["（）", "()", "〔〕", "[]"])
    return f"{open_}{year}{close}辽{court}{kind}{number}号" + dice.of(["", f"之{dice.of('一二三')}"])


def document_number(dice):
    year, number = dice.between(2010, 2026), dice.below(99999)
    return dice.of(
        [
            f"演示〔{year}〕{number}号",
            f"演示市监处罚〔{year}〕{number}号",
            f"演示罚决字[{year}]第{dice.of(REGIONS)}{number:06}号",
            f"演示〔{year}〕第{dice.between(1, 99)}-{dice.between(1, 999)}号",
            f"YZ{year}-{number:07}",
            f"YZ-{year}-{dice.between(1, 12):02}-{number:05}",
            f"辽（{year}）演示市不动产权第{number:08}号",
            f"辽ICP备{dice.digits(8)}号-{dice.between(1, 9)}",
            f"JY1{dice.of(REGIONS)}{number:07}",
            f"ZL{year}{dice.digits(8)}.{dice.below(10)}",
            f"GB/T {dice.digits(5)}-{year}",
            f"{year}-{dice.of(REGIONS)}-{dice.digits(2)}-{dice.below(99):02}-{dice.digits(6)}",
        ]
    )


def one_date(dice, mark=None):
    year, month, day = dice.between(1990, 2027), dice.between(1, 12), dice.between(1, 28)
    mark = mark or dice.of(DATE_MARKS)
    return dice.of(
        [
            f"{year}{mark}{month:02}{mark}{day:02}",
            f"{year}{mark}{month:02}{mark}{day:02}",
            f"{year}{mark}{month}{mark}{day}",
            f"{year}年{month}月{day}日",
            f"{year}{month:02}{day:02}",
        ]
    )


def date(dice):
    mark = dice.of(DATE_MARKS)
    hour = f"{dice.below(24):02}:{dice.below(60):02}"
    return dice.of(
        [
            one_date(dice),
            f"{one_date(dice, mark)}{dice.of(RANGES)}{one_date(dice, mark)}",
            dice.of(LISTS).join(one_date(dice, mark) for _ in range(dice.between(2, 5))),
            f"{one_date(dice)} {hour}:{dice.below(60):02}",
            f"{hour}-{dice.below(24):02}:30",
            f"{dice.between(2010, 2026)}{dice.of(RANGES)}{dice.between(2010, 2027)}年",
            f"{dice.between(2010, 2026)}.{dice.between(1, 12)}-{dice.between(2010, 2027)}.{dice.between(1, 12)}",
            f"二〇{dice.of('一二')}{dice.of('〇一二三四五六七八九')}年{dice.of('一二三四五六七八九')}月",
            dice.of(["二〇二〇", "二○二五", "二零二六"]) + "年度",
            "、".join(str(dice.between(2010, 2026)) for _ in range(dice.between(2, 6))) + "年度",
        ]
    )


def one_amount(dice):
    whole = dice.between(1, 10 ** dice.between(2, 13))
    cents = dice.of(["", "", f".{dice.below(100):02}", f".{dice.below(10)}"])
    return dice.of([f"{whole:,}{cents}", f"{whole:,}.{dice.below(100):02}", f"{whole}.{dice.below(100):02}"])


def amount(dice):
    unit = dice.of(["元", "元", "元", "万元", "亿元", "元整", " 元", "美元"])
    one = one_amount(dice)
    return dice.of(
        [
            f"{one}{unit}",
            f"人民币{one}{unit}",
            f"¥{one}",
            f"￥{one}{unit}",
            f"{one_amount(dice)}{dice.of(RANGES)}{one}{unit}",
            dice.of(["、", "，"]).join(f"{one_amount(dice)}元" for _ in range(dice.between(2, 4))),
            "分别为" + dice.of(["、", "，"]).join(one_amount(dice) for _ in range(dice.between(2, 4))) + unit,
            f"{dice.digits(11)}元",
            f"{dice.between(1, 99)}、{one}{unit}",
            f"{dice.below(100)}.{dice.below(100):02}%",
            "、".join(f"{dice.below(100)}.{dice.below(10)}%" for _ in range(3)),
            f"{dice.between(1, 99999)}.{dice.below(1000):03}吨",
        ]
    )


def local(dice):
    return f"{dice.between(2, 8)}{dice.digits(dice.of([6, 7, 7, 7]))}"


def landline(dice):
    area, number = dice.of(["0411", "0421", "024", "010", "0411"]), local(dice)
    halves = f"{number[:-4]}{dice.of(['-', ' '])}{number[-4:]}"
    service = dice.of(["400", "800"]) + dice.of(["8001380", "-800-1380", "-8001-380", " 800 1380", "-8001380"])
    return dice.of(
        [
            f"{area}-{number}",
            f"（{area}）{number}",
            f"({area}) {halves}",
            f"{area}-{halves}",
            f"{area} {halves}",
            f"{area}-{number}转{dice.digits(4)}",
            f"{area}-{number}-{dice.digits(dice.between(1, 4))}",
            f"{area}-{number}{dice.of(['、', '/', '，', ' '])}{local(dice)}",
            f"{area}-{number}、{area}-{local(dice)}",
            f"+86-{area[1:]}-{number}",
            number,
            f"{number}、{local(dice)}",
            service,
            f"{service}、{area}-{number}",
            dice.of(["12315", "12345", "110、119、120", "12315、12345、12348", "95598"]),
        ]
    )


def count(dice):
    mark = dice.of(LISTS[:-2])
    some = [dice.between(1, 200) for _ in range(dice.between(2, 9))]
    ordered = sorted(set(some))
    return dice.of(
        [
            f"第{mark.join(map(str, some))}{dice.of('条款项号页期批章')}",
            f"{mark.join(map(str, some))}{dice.of('号条室件户楼栋')}",
            f"序号{'、'.join(map(str, ordered))}",
            f"第{dice.of('一二三四五六七八九')}条、第{dice.between(10, 99)}条",
            "第" + "、".join(dice.of(["一", "三", "五", "七", "九", "一一", "一三"]) for _ in range(6)) + "条",
            "一、二、三、四、五、六、七、八、九等九项",
            f"{dice.between(1, 30)}、{dice.of(['名称', '地址'])}；{dice.between(1, 30)}、代码",
            f"（{dice.between(1, 20)}）①②③④⑤⑥⑦⑧⑨",
            f"{dice.between(1, 9)}.{dice.between(1, 9)}.{dice.between(1, 9)}",
            f"{dice.digits(3)}㎡、{dice.digits(2)}m²",
            f"{dice.digits(4)}*{dice.digits(3)}*{dice.digits(2)}mm",
            f"{dice.digits(4)}×{dice.digits(4)}×{dice.digits(3)}毫米",
            "、".join(f"DL-{dice.of('23')}{dice.of('14')}-{dice.between(1, 9)}" for _ in range(3)),
            "；".join(f"CS-{dice.below(9999):04}" for _ in range(3)),
            "、".join(f"{dice.between(17, 26)}{dice.between(1, 12):02}{dice.between(1, 28):02}" for _ in range(3)),
            "、".join(dice.digits(5) for _ in range(dice.between(2, 4))),
        ]
    )


def place(dice):
    along, up = dice.between(118, 124), dice.between(38, 43)
    size = dice.between(4, 6)
    east, north = f"{along}.{dice.digits(size)}", f"{up}.{dice.digits(size)}"
    return dice.of(
        [
            f"{east},{north}",
            f"（{east}，{north}）",
            f"东经{east}°，北纬{north}°",
            f"{north}、{east}",
            f"116{dice.between(0, 650):03}",
            "、".join(f"116{dice.between(0, 650):03}" for _ in range(3)),
            "、".join(dice.of(REGIONS) for _ in range(3)),
            f"演示路{dice.between(1, 300)}-{dice.between(1, 9)}-{dice.between(1, 30)}号",
            f"{dice.between(1, 30)}号楼{dice.between(1, 6)}单元{dice.between(101, 2805)}室",
            f"{dice.between(1, 223)}.{dice.below(256)}.{dice.below(256)}.{dice.between(1, 254)}",
            f"192.168.{dice.below(256)}.{dice.between(1, 254)}:8080",
            f"https://example.com/{dice.between(2010, 2026)}/{dice.between(101, 1231):04}/{dice.digits(6)}.html",
        ]
    )


def code(dice):
    one, other = (
        checked(f"9{dice.of('123')}{dice.of(REGIONS)}" + "".join(dice.of(some) for _ in range(9)))
        for some in (CODE_ALPHABET, "0123456789")
    )
    return dice.of([one, other, f"{one}、{other}", f"{other} {one}"])


def checked(body):
    """A code's first 17 characters with its check character (GB 32100)."""
    total = sum(CODE_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return body + CODE_ALPHABET[-total % 31]


KINDS = [case_number, document_number, date, amount, landline, count, place, code]
WORDS = ["经查明", "涉案金额", "电话", "地址", "依据", "于", "演示公司", "其中", "编号", "共计", "见"]


def rows(count_of_rows: int, seed: int = 0) -> Iterator[str]:
    """So many texts of some pieces each, with words or nothing but a mark between them."""
    for number in range(count_of_rows):
        dice = Dice(seed * 1_000_000_007 + number)
        text = ""
        for _ in range(dice.between(1, 5)):
            bare = bool(text) and not text[-1].isspace() and dice.below(4) == 0
            text += ("" if bare else dice.of(WORDS)) + dice.of(KINDS)(dice) + dice.of(JOINS)
        yield text
