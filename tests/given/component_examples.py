"""One realistic, invented context for every template, and a hostile twin of each. Names hold 演示."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from markupsafe import Markup
import msgspec

from site_builder.pages import contexts as c
from site_builder.pages import province_contexts as p
from site_builder.public.letters import Letter, LetterLine
from site_builder.render.environment import load_theme
from site_builder.render.pages import Renderer

THEMES = Path(__file__).parents[2] / "site_builder" / "themes"
HOSTILE = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>{{ 7*7 }}'&"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def link(text: str, href: str = "", count: int | None = None, current: bool = False) -> c.Link:
    return c.Link(href=href, text=text, count=count, current=current)


NAV = (
    ("home", "首页", "index.html"),
    ("severe", "严重失信主体名单", "severe/"),
    ("measures", "信用奖惩措施清单", "measures/"),
    ("role-models", "诚信典型", "role-models/"),
    ("laws", "政策法规", "laws/"),
    ("statistics", "统计", "statistics/"),
    ("data", "数据开放", "data/"),
    ("guide", "办事指南", "guide/"),
)


def layout(section: str) -> c.Layout:
    return c.Layout(
        site_name="信用中国（辽宁大连）",
        tagline="大连市公共信用信息公开",
        city="大连市",
        demo=True,
        base_url="https://credit.example.cn",
        section=section,
        nav=tuple(link(text, href, current=name == section) for name, text, href in NAV),
        footer=(
            link("网站地图", "sitemap.html"),
            link("异议申请", "guide/objection.html"),
            link("查询服务规范", "guide/query.html"),
            link("信用修复", "guide/repair.html"),
            link("隐私与声明", "guide/privacy.html"),
            link("无障碍声明", "guide/accessibility.html"),
        ),
        unit=c.FooterUnit(
            owner="大连演示发展和改革委员会",
            operator="大连演示公共信用信息工作机构",
            phone="0411-00000000",
            address="大连市中山区演示路 1 号",
            email="demo@example.cn",
            hours="工作日 8:30–17:00",
        ),
        site_id="2102000000",
        icp="辽ICP备00000000号",
        police="辽公网安备 21020000000000号",
    )


def meta(title: str, **given: object) -> c.Meta:
    plain: dict[str, object] = {
        "title": title,
        "description": f"{title}，依法向社会公开的信息。",
        "column": "严重失信主体名单",
        "path": "severe/DL2026-000128.html",
        "canonical": "https://credit.example.cn/severe/DL2026-000128.html",
    }
    return c.Meta(**(plain | given))  # type: ignore[arg-type]


DAYS = c.Days(data_on=day("2026-11-20"), as_of=day("2026-11-22"), version="2026.11.20")
CITATION = c.Citation(
    "演示市场监管局．严重失信主体名单：大连演示商贸有限公司（DL2026-000128）[DS/OL]．信用中国（辽宁大连），2026-11-20．"
    "https://credit.example.cn/severe/DL2026-000128.html",
    "演示市场监管局",
    "严重失信主体名单：大连演示商贸有限公司（DL2026-000128）",
    day("2026-11-20"),
)
HOME = link("首页", "index.html")
SEVERE = link("严重失信主体名单", "severe/")

SUBJECTS = (
    ("大连海燕演示建筑工程有限公司", "91210200MA0DEM0X1K", "拒不履行法定义务", "大连市人力资源和社会保障局", "中山区"),
    ("大连金石滩演示食品有限公司", "91210213MA0DEM0A2X", "危害身体健康和生命安全", "大连市市场监督管理局", "金普新区"),
    ("瓦房店恒泰演示轴承制造有限公司", "91210281MA0DEM0B31", "危害身体健康和生命安全", "大连市应急管理局", "瓦房店市"),
    (
        "大连远帆演示船舶修造有限责任公司",
        "91210204MA0DEM0C4M",
        "破坏市场公平竞争和社会秩序",
        "国家税务总局大连市税务局",
        "沙河口区",
    ),
    ("庄河蓝湾演示水产养殖专业合作社", "93210283MA0DEM0D5H", "其他法定情形", "大连市生态环境局", "庄河市"),
    ("张演示", "2102**********1234", "拒不履行法定义务", "大连演示中级人民法院", "甘井子区"),
)
TERMS = (
    ("公示至 2031-08-30，届满未移出的依法延长", None),
    ("公示至 2029-11-05", day("2029-11-05")),
    ("自失信行为终止之日起五年", None),
    ("公示至 2029-10-14", day("2029-10-14")),
    ("披露期限依法延长至移出名单之日", None),
    ("公示至 2031-03-14", day("2031-03-14")),
)


def severe_row(number: int) -> c.SevereRow:
    name, code, category, authority, region = SUBJECTS[number % len(SUBJECTS)]
    text, until = TERMS[number % len(TERMS)]
    return c.SevereRow(
        href=f"severe/DL2026-{number:06}.html",
        id=f"DL2026-{number:06}",
        name=name,
        code=code,
        category=category,
        region=region,
        authority=authority,
        list_name="拖欠农民工工资失信联合惩戒对象名单" if number % 3 == 0 else "",
        listed_on=day("2026-11-12") - dt.timedelta(days=6 * number),
        term_text=text,
        public_until=until,
        objection=number % 4 == 0,
    )


def clause(number: str, anchor: str) -> c.Basis:
    return c.Basis(f"《大连市社会信用条例》{number}", f"laws/dalian.html#{anchor}")


MEASURES = (
    c.MeasureRow(
        href="measures/DL-M-001.html",
        id="DL-M-001",
        title="行政审批绿色通道与容缺受理",
        effect="守信激励",
        incentive=True,
        content="对信用状况良好的主体，部分申报材料暂缺的，书面承诺后先行受理。",
        targets="信用状况良好的主体",
        bodies=("大连市营商环境建设局", "各区市县人民政府"),
        clause=clause("第二十九条第一项", "art-29-1"),
        effective_on=day("2021-07-01"),
        in_force=True,
    ),
    c.MeasureRow(
        href="measures/DL-M-014.html",
        id="DL-M-014",
        title="限制享受财政资金补助",
        effect="失信惩戒",
        incentive=False,
        content="在公示期内，不予安排财政性资金项目。",
        targets="严重失信主体",
        bodies=("大连市财政局",),
        clause=clause("第三十四条第三项", "art-34-3"),
        effective_on=day("2021-07-01"),
        in_force=True,
        cited_by=1231,
    ),
    c.MeasureRow(
        href="measures/DL-M-021.html",
        id="DL-M-021",
        title="限制参与公共资源交易活动",
        effect="失信惩戒",
        incentive=False,
        content="在公示期内，限制参加政府采购、工程招标投标等公共资源交易。",
        targets="严重失信主体",
        bodies=("大连市公共资源交易中心",),
        clause=clause("第三十四条第一项", "art-34-1"),
        effective_on=day("2027-01-01"),
        in_force=False,
        cited_by=4,
    ),
)
MODELS = (
    c.RoleModelRow(
        href="role-models/DL-R-003.html",
        id="DL-R-003",
        name="李演示",
        honour="2026 年度诚信之星",
        category="诚信典型",
        awarded_by="大连演示精神文明建设委员会",
        awarded_on=day("2026-09-20"),
        summary="二十年如一日，按约定归还乡邻的每一笔借款。",
        public_until=day("2029-09-19"),
    ),
    c.RoleModelRow(
        href="role-models/DL-R-004.html",
        id="DL-R-004",
        name="大连星海演示物业服务有限公司",
        honour="守信红名单企业",
        category="守信红名单",
        awarded_by="大连市住房和城乡建设局",
        awarded_on=day("2026-08-02"),
        summary="服务承诺逐条公开，逐条兑现。",
        public_until=None,
        objection=True,
    ),
)
ADVICE = (
    c.Advice(
        "认为有误，提出异议",
        "可以向认定单位或者公共信用信息工作机构提出异议，三个工作日内核查。",
        (link("怎样提出异议", "guide/objection.html"),),
    ),
    c.Advice(
        "已经纠正，申请信用修复",
        "纠正失信行为、消除不良影响的，可以申请信用修复。",
        (link("怎样申请信用修复", "guide/repair.html"), link("条例第四十四条", "laws/dalian.html#art-44")),
    ),
)
YEARS = c.BarChart(
    title="按列入年份",
    unit="条",
    rows=tuple(
        link(f"{year} 年", f"severe/{year}/", count)
        for year, count in ((2022, 14), (2023, 26), (2024, 33), (2025, 38), (2026, 17))
    ),
)
CATEGORIES = c.BarChart(
    title="按失信行为类别",
    unit="条",
    rows=(
        link("危害身体健康和生命安全", "severe/by/category/health_safety/", 52),
        link("破坏市场公平竞争和社会秩序", "severe/by/category/market_order/", 41),
        link("拒不履行法定义务", "severe/by/category/credibility_refusal/", 30),
        link("拒不履行国防义务", "", 0),
        link("其他法定情形", "severe/by/category/other_statutory/", 5),
    ),
)
BROWSE = tuple(
    link(text, f"severe/by/{key}/")
    for key, text in (
        ("authority", "按认定单位"),
        ("region", "按地区"),
        ("category", "按行为类别"),
        ("list", "按名单"),
        ("pinyin", "按拼音"),
    )
)
DOWNLOADS = tuple(
    c.Link(f"data/severe-list.{form.lower()}", form, saved=f"信用演示站-严重失信主体名单-2026-11-18.{form.lower()}")
    for form in ("CSV", "XLSX", "JSONL")
)

CONTACT = c.Contact(
    name="大连市人力资源和社会保障局",
    phone="0411-00000000",
    address="大连市中山区演示路 2 号",
    hours="工作日 9:00–16:30",
    link="https://rsj.example.cn/",
)
OFFICE = c.Contact(name="演示信用中心", phone="0411-00000001", email="credit@example.cn", own=True)

TURNS = (link("不认可？", "guide/objection.html"), link("怎样移出或修复", "#ways"))
SEVERE_PAGE = c.SeverePage(
    id="DL2026-000128",
    name="大连海燕演示建筑工程有限公司",
    verdict="在《演示名单》上。因演示事由，由大连演示局于 2026-11-12 列入；公示至 2029-11-11。",
    doors=TURNS,
    code="91210200MA0DEM0X1K",
    subject_type="法人",
    region="中山区",
    category="拒不履行法定义务",
    category_basis=clause("第三十二条第三项", "art-32-3"),
    authority="大连市人力资源和社会保障局",
    source="大连市人力资源和社会保障局",
    list_name="拖欠农民工工资失信联合惩戒对象名单",
    listed_on=day("2026-11-12"),
    decision_no="大人社列字〔2026〕第12号",
    decided_on=day("2026-11-10"),
    published_on=day("2026-11-12"),
    updated_on=day("2026-11-18"),
    term_text="公示至 2029-08-30",
    term_basis="《拖欠农民工工资失信联合惩戒对象名单管理暂行办法》第八条",
    told=("按现行规定公示到 2027-05-10；因修复、移出、撤销可能提前停止，法律、行政法规另有规定的除外。",),
    public_until=day("2029-08-30"),
    objection_received_on=day("2026-11-18"),
    act_text="2026-08-30 终止",
    natural_person_basis="",
    responsible=(("法定代表人", "王演示"), ("主要负责人", "赵演示")),
    responsible_basis="《保障农民工工资支付条例》第四十八条",
    contents=(
        ("认定事由", ("未按规定支付 42 名劳动者工资共计 86.3 万元，经责令限期支付后逾期仍未履行。",)),
        ("认定依据", ("《大连市社会信用条例》第三十二条第三项", "《拖欠农民工工资名单办法》第五条")),
        ("失信惩戒措施提示", ("依法限制参与政府投资项目等，见下列措施。",)),
        ("移出条件", ("足额支付工资并消除不良影响。",)),
        ("移出程序", ("向认定单位提交申请与证明，核实后移出。", "认定单位自受理之日起二十个工作日内作出决定。")),
        ("救济措施", ("收到决定之日起六十日内申请行政复议，或者六个月内提起行政诉讼。",)),
    ),
    basis=(
        clause("第三十二条第三项", "art-32-3"),
        c.Basis("《拖欠农民工工资失信联合惩戒对象名单管理暂行办法》第五条"),
    ),
    measures=MEASURES[1:],
    measures_suspended=False,
    timeline=(
        c.Event(day("2026-08-30"), "失信行为终止"),
        c.Event(day("2026-11-10"), "作出决定"),
        c.Event(day("2026-11-12"), "列入名单并公示"),
        c.Event(day("2026-11-18"), "受理异议"),
        c.Event(day("2029-08-30"), "公示期届满", future=True),
    ),
    advice=ADVICE,
    contact=CONTACT,
    change_note="受理异议，标注处理状态。",
    citation=CITATION,
    crumbs=(HOME, SEVERE, link("2026 年", "severe/2026/")),
)

MEASURE_PAGE = c.MeasurePage(
    contact=OFFICE,
    id="DL-M-014",
    title="限制享受财政资金补助",
    effect="失信惩戒",
    incentive=False,
    content=("在公示期内，不予安排财政性资金项目。", "已经安排的，依法收回尚未拨付的部分。"),
    targets="严重失信主体",
    bodies=(link("大连市财政局", "measures/by/body/1.html"), link("各区市县财政部门")),
    basis=(clause("第三十四条第三项", "art-34-3"), c.Basis("《演示资金管理办法》第九条")),
    basis_level="地方性法规",
    clause=c.Basis("第三十四条第三项", "laws/dalian.html#art-34-3"),
    effective_on=day("2021-07-01"),
    in_force=True,
    published_on=day("2021-06-20"),
    updated_on=day("2025-03-01"),
    change_note="按条例修正案更新依据。",
    cited=c.Rows(),
    cited_count=1231,
    cited_all="measures/DL-M-014/",
    citation=CITATION,
    crumbs=(HOME, link("信用奖惩措施清单", "measures/")),
)

ROLE_MODEL_PAGE = c.RoleModelPage(
    consented=False,
    advice=ADVICE,
    contact=OFFICE,
    id="DL-R-003",
    name="李演示",
    verdict="因演示事迹，由大连演示部门于 2026-03-05 授予“演示称号”。",
    doors=TURNS,
    code="",
    subject_type="自然人",
    honour="2026 年度诚信之星",
    category="诚信典型",
    awarded_by="大连演示精神文明建设委员会",
    awarded_on=day("2026-09-20"),
    valid_through=day("2029-09-19"),
    region="西岗区",
    summary="二十年如一日，按约定归还乡邻的每一笔借款。",
    deeds=Markup(
        "<p>2006 年，李演示的渔船遭遇风暴，欠下乡邻三十余万元。他一笔一笔记在本子上，逐年归还。</p>"
        "<h3>一本账</h3><p>到 2026 年春天，本子上的最后一个名字也划去了。</p>"
        "<ul><li>归还 41 户</li><li>从未逾期</li></ul>"
    ),
    photo=c.Picture("role-models/photos/li.jpg", 960, 1200, "role-models/photos/480/li.jpg", 384, 480),
    objection_received_on=None,
    published_on=day("2026-09-25"),
    updated_on=None,
    change_note="",
    citation=CITATION,
    crumbs=(HOME, link("诚信典型", "role-models/")),
)

YEAR_CHIPS = tuple(
    link(f"{year} 年", f"severe/{year}/", count, current=year == 2026)
    for year, count in ((2026, 17), (2025, 38), (2024, 33), (2023, 26), (2022, 14))
)
SEVERE_LIST = c.RecordList(
    title="严重失信主体名单",
    intro="",
    law=c.Basis(""),
    total=128,
    rows=c.Rows(),
    groups=YEAR_CHIPS,
    browse=BROWSE,
    newer="severe/2026/",
    older="severe/2025/",
    pages=tuple(link(f"2026-{n:02}-11", f"severe/2026/page-{n:012}.html") for n in range(7, 0, -1)),
    downloads=DOWNLOADS,
    citation=CITATION,
    procedures=(
        c.Advice("名单退出", "足额支付工资后，向认定单位申请移出。", (link("认定办法", "guide/lists.html"),)),
        *ADVICE,
    ),
    days=DAYS,
    crumbs=(HOME, link("严重失信主体名单")),
)
BROWSE_PAGE = c.BrowsePage(
    title="按认定单位",
    intro="共 5 个单位，按名称排列。",
    groups=tuple(
        link(authority, f"severe/by/authority/{n}/", 40 - 7 * n) for n, (_, _, _, authority, _) in enumerate(SUBJECTS)
    ),
    browse=tuple(msgspec.structs.replace(each, current=each.text == "按认定单位") for each in BROWSE),
    days=DAYS,
    crumbs=(HOME, SEVERE, link("按认定单位")),
)
BODIES = ("大连市市场监督管理局", "大连市财政局", "大连市住房和城乡建设局")
MEASURE_LIST = c.RecordList(
    title="信用奖惩措施清单",
    intro="现行有效 57 项。未经公布的惩戒措施不得实施",
    law=clause("第二十八条", "art-28"),
    total=57,
    rows=c.Rows(),
    newer="",
    older="",
    pages=(),
    matrix=c.Matrix(
        heads=("第二十九条", "第三十一条", "第三十四条"),
        rows=tuple(
            (
                link(body, f"measures/by/body/{n}.html", 9),
                (
                    link(f"{body}，第二十九条", f"measures/by/body/{n}.html#art-29", 4),
                    None if n == 1 else link(f"{body}，第三十一条", "", 1),
                    link(f"{body}，第三十四条", f"measures/by/body/{n}.html#art-34", 7 - n),
                ),
            )
            for n, body in enumerate(BODIES)
        ),
    ),
    filters=(
        ("类别", (link("守信激励", "measures/incentive.html", 21), link("失信惩戒", "measures/penalty.html", 36))),
        ("实施主体", tuple(link(body, f"measures/by/body/{n}.html", 18 - n) for n, body in enumerate(BODIES))),
        ("依据条款", (link("第二十九条", "measures/by/clause/DL-29.html", 21, current=True),)),
    ),
    choices=(("kind", "类别", ("守信激励", "失信惩戒")), ("body", "实施主体", BODIES)),
    downloads=DOWNLOADS,
    citation=CITATION,
    days=DAYS,
    crumbs=(HOME, link("信用奖惩措施清单")),
)
ROLE_MODEL_LIST = c.RecordList(
    title="诚信典型",
    intro="经本人同意，公布其荣誉与事迹。",
    total=14,
    law=c.Basis(""),
    rows=c.Rows(),
    newer="",
    older="role-models/all/page-000000000001.html",
    pages=(link("2026-03-11", "role-models/all/page-000000000001.html"),),
    filters=(("类别", (link("诚信典型", "role-models/model.html", 9), link("守信红名单", "", 5))),),
    downloads=DOWNLOADS,
    citation=CITATION,
    days=DAYS,
    crumbs=(HOME, link("诚信典型")),
)
LAW_PAGE = c.LawPage(
    title="大连市社会信用条例",
    note="以下是为便于查阅所作的摘要，以正式公布的文本为准。",
    digest=True,
    chapters=(
        c.LawChapter(
            "chapter-4",
            "第四章 守信激励与失信惩戒",
            (
                c.LawArticle(
                    "art-28",
                    "第二十八条",
                    ("奖惩措施实行清单管理。", "未经公布的惩戒措施不得实施。"),
                    (link("信用奖惩措施清单", "measures/"),),
                    link("依据本条公布的措施", "measures/by/clause/DL-28.html", 57),
                ),
                c.LawArticle(
                    "art-32",
                    "第三十二条",
                    (
                        "有下列情形之一的，列入严重失信主体名单：",
                        c.LawItem(
                            "art-32-1",
                            "（一）严重危害人民群众身体健康和生命安全的；",
                            entries=link("据此列入的名单", "severe/by/category/health_safety/", 52),
                        ),
                        c.LawItem("art-32-2", "（二）严重破坏市场公平竞争秩序和社会正常秩序的；"),
                        c.LawItem(
                            "art-32-3",
                            "（三）有履行能力但拒不履行法定义务的；",
                            (link("限制享受财政资金补助", "measures/DL-M-014.html"),),
                            link("据此列入的名单", "severe/by/category/credibility_refusal/", 30),
                        ),
                    ),
                ),
            ),
        ),
        c.LawChapter("chapter-5", "第五章 信用主体权益保护", (c.LawArticle("art-42", "第四十二条", ("异议。",)),)),
    ),
    crumbs=(HOME, link("政策法规", "laws/"), link("大连市社会信用条例")),
)
MONTHS = c.ColumnChart(
    name="severe-by-month",
    title="名单按列入月份和行为类别",
    sentence="现在公示中的单位记录共 3 条。",
    unit="条",
    most=2,
    legend=(link("破坏市场公平竞争和社会秩序", "severe/by/category/market_order/", 3),),
    panels=(
        c.Panel(
            link("2026 年", "severe/2026/", 3),
            (
                c.Column("0.67%", "7.00%", (c.Segment(1, "0.00%", "100.00%"),)),
                c.Column("9.00%", "7.00%", (c.Segment(1, "50.00%", "50.00%"),)),
            ),
            "1 月",
            "12 月",
        ),
    ),
    heads=("月份", "破坏市场公平竞争和社会秩序", "合计"),
    rows=(("2026-02", (1, 1)), ("2026-01", (2, 2))),
    file="statistics/severe-by-month.csv",
)
PICTURE = c.FieldPicture(
    name="measures-by-field",
    title="激励和惩戒涉及哪些领域",
    sentence="公布的措施共 3 项：守信激励 1 项，失信惩戒 2 项。",
    heads=("守信激励", "失信惩戒"),
    rows=(
        c.FieldBars(
            field=link("准入", "measures/by/field/0123456789ab/", 3),
            about="能不能进入一个行业",
            reward=1,
            penalty=2,
            start="29.50%",
            left="20.50%",
            right="41.00%",
            end="91.00%",
        ),
    ),
    file="statistics/measures-by-field.csv",
    saved="信用演示站-激励和惩戒涉及哪些领域-2026-11-18.csv",
)
STATISTICS = c.Statistics(
    charts=(MONTHS,),
    picture=PICTURE,
    citation=CITATION,
    bars=(YEARS, CATEGORIES, c.BarChart("按地区", "条", ())),
    days=DAYS,
    crumbs=(HOME, link("统计")),
)
EXAMPLES = (
    link("大连演示食品", "search/#q=%E5%A4%A7%E8%BF%9E%E6%BC%94%E7%A4%BA%E9%A3%9F%E5%93%81"),
    link("91210202", "search/#q=91210202"),
    link("〔2026〕12号", "search/#q=%E3%80%942026%E3%80%9512%E5%8F%B7"),
)
HOME_PAGE = c.Home(
    heading="查一查，再放心",
    lead="查询依法公开的严重失信主体名单、信用奖惩措施和诚信典型。未查到不代表信用良好；已到期的信息不再公开。",
    what="名称、代码或者文书号的任意一段",
    examples=EXAMPLES,
    doors=(
        (link("查名单", "severe/", 12128), "严重失信主体，本月列入 6 个"),
        (link("查措施", "measures/", 57), "守信激励 21 项，失信惩戒 36 项"),
        (link("看典型", "role-models/", 14), "诚信典型与守信主体"),
    ),
    newest=c.Rows(),
    measures=MEASURES,
    models=c.Rows(),
    years=YEARS,
    categories=CATEGORIES,
    advice=ADVICE,
    days=DAYS,
)
SEARCH_PAGE = c.SearchPage(
    what="名称、代码或者文书号的任意一段",
    examples=EXAMPLES,
    guides=(("异议", link("异议申请指南", "guide/objection.html")), ("查询", link("查询服务规范", "guide/query.html"))),
    lists=(("行政处罚", link("全部行政处罚", "penalties/")),),
    query=link("查询服务规范", "guide/query.html"),
    browse=BROWSE,
    fulltext_note="名称、代码、文书号覆盖全部公开记录；正文检索覆盖最近的 20,000 条。",
    days=DAYS,
    crumbs=(HOME, link("查询")),
)
MEMBERS = (
    p.MemberSite(
        id="north",
        name="信用中国（演示北市）",
        address="https://credit.north.example/",
        search="https://credit.north.example/search/",
        publishes="严重失信主体名单、信用奖惩措施、诚信典型",
        division="210202",
        key="11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    ),
    p.MemberSite("south", "信用中国（演示南市）", "https://south.example/x/", "https://south.example/x/search/"),
)
PROVINCE_HOME = p.ProvinceHome(
    heading="查一查，再放心",
    lead="一次查询 2 个网站依法公开的信用信息。",
    what="名称、代码或者文书号的任意一段",
    members=MEMBERS,
    guides=(link("联系方式", "guide/contact.html"),),
)
PROVINCE_SEARCH = p.ProvinceSearch(
    what="名称、代码或者文书号的任意一段",
    members=MEMBERS,
    facets='[{"name":"kind","label":"类别","words":{"severe-list":"严重失信主体名单"}}]',
    crumbs=(HOME, link("查询")),
)
CONTENT_PAGE = c.ContentPage(
    title="怎样提出异议",
    body=Markup(
        "<p>认为公开的信息有错误、遗漏，或者不该公开的，可以提出异议。</p><h2>向谁提出</h2>"
        "<p>向认定单位，或者向公共信用信息工作机构提出。</p><ol><li>填写异议申请表</li><li>附上证明材料</li></ol>"
        "<table><thead><tr><th>环节</th><th>时限</th></tr></thead><tbody><tr><td>核查</td><td>三个工作日</td></tr>"
        "</tbody></table><blockquote><p>异议处理期间，信息标注“异议处理中”。</p></blockquote>"
    ),
    siblings=(
        link("怎样提出异议", "guide/objection.html", current=True),
        link("怎样申请信用修复", "guide/repair.html"),
        link("查询服务规范", "guide/query.html"),
    ),
    crumbs=(HOME, link("办事指南", "guide/"), link("怎样提出异议")),
    letter=Letter(
        title="异议申请书",
        about="受理单位自己能处理的，三个工作日内告知结果。",
        to=(LetterLine("市公共信用信息工作机构"), LetterLine("提供信息的单位（", "信息来源|授予单位", "）")),
        grounds=(LetterLine("存在错误、遗漏信息"),),
        papers=(LetterLine("身份证明"),),
    ),
)
SOURCE = (c.Basis("《大连市社会信用条例》第三十二条", "laws/dalian.html#art-32"),)
FIELDS = (
    c.DictionaryField("id", "记录编号", "记录的编号，永久不变", "文本", "", "", ()),
    c.DictionaryField("listed_on", "列入日期", "列入名单的日期", "日期 YYYY-MM-DD", "日", "", SOURCE),
    c.DictionaryField(
        "category",
        "失信行为类别",
        "失信行为属于哪一类",
        "文本",
        "",
        "health_safety 危害身体健康和生命安全、market_order 破坏市场公平竞争和社会秩序",
        SOURCE,
    ),
    c.DictionaryField("responsible_persons_basis", "责任人公开依据", "公开责任人所依据的规定", "文本", "", "", ()),
)
DATA_PAGE = c.DataPage(
    datasets=(
        c.Dataset(
            "严重失信主体名单",
            "severe-list",
            "公示中的严重失信主体名单，每行一条记录。",
            12128,
            tuple(c.FileLink(one.href, one.text, 123456, one.saved) for one in DOWNLOADS),
            (("2024", (link("CSV", "data/by-year/severe-list-2024.csv"),)),),
            FIELDS,
            CITATION,
        ),
        c.Dataset(
            "信用奖惩措施清单",
            "measures",
            "已公布的信用奖惩措施，每行一项。",
            57,
            (c.FileLink("data/measures.csv", "CSV", 812, "信用演示站-信用奖惩措施清单-2026-11-18.csv"),),
            (),
            FIELDS[:2],
            CITATION,
        ),
    ),
    tables=(
        c.Dataset(
            "措施与依据",
            "measure-links",
            "每行是一项依据和一个实施主体。",
            None,
            (c.FileLink("data/measure-links.csv", "CSV", 812, "信用演示站-措施与依据-2026-11-18.csv"),),
            (),
            FIELDS[:1],
            CITATION,
        ),
    ),
    database=c.FileLink("data/credit.sqlite", "SQLite", 345678901, "信用演示站-全部公示信息-2026-11-18.sqlite"),
    entities=c.Entities(
        "单位和对它们的认定、处罚",
        "自然人不在其中。",
        c.FileLink("data/entities.ftm.json", "FollowTheMoney", 4321, "信用演示站-单位-2026-11-18.ftm.json"),
    ),
    others=(link("datapackage.json", "data/datapackage.json"), link("SHA256SUMS", "data/SHA256SUMS")),
    addresses=(("/data/{kind}.jsonl", "一类的全部记录（JSON Lines）", "application/jsonl"),),
    terms="过了 public_until 的行停止使用。",
    licence="可以自由使用，请注明出处与日期。",
    citation=CITATION,
    days=DAYS,
    crumbs=(HOME, link("数据开放")),
)
EXPLORE_PAGE = c.ExplorePage(
    title="看数据：严重失信主体名单",
    name="severe-list",
    note="公示中的严重失信主体名单，每行一条记录。",
    files=(
        c.YearFile("2024", "2024 年", "data/by-year/severe-list-2024.jsonl", 12000, 12345678),
        c.YearFile("2023", "2023 年", "data/by-year/severe-list-2023.jsonl", 128, 12345),
    ),
    first=12000,
    columns=(("id", "记录编号"), ("category", "失信行为类别")),
    downloads=(c.FileLink("data/severe-list.csv", "CSV", 123456, DOWNLOADS[0].saved),),
    about=Markup('{"columns":[],"files":[],"home":"https://credit.example.cn/","name":"severe-list"}'),
    crumbs=(HOME, link("数据开放", "data/")),
)
CHANGES_PAGE = c.ChangesPage(
    intro="最近公布和更新的记录。",
    changes=(
        c.Change(
            day("2026-11-19"), "severe/S-1.html", "大连演示商贸有限公司", "严重失信主体名单", True, day("2027-01-01")
        ),
        c.Change(day("2026-11-18"), "measures/M-1.html", "限制参加政府采购", "信用奖惩措施清单", False),
    ),
    feeds=(link("全部", "feed.xml"), link("严重失信主体名单", "feeds/severe-list.xml")),
    authorities=(link("演示市场监管局", "feeds/authority/0123456789ab.xml"),),
    crumbs=(HOME, link("数据开放", "data/")),
)
SITE_MAP = c.SiteMap(
    sections=(
        (SEVERE, (*YEAR_CHIPS, *BROWSE)),
        (link("办事指南", "guide/"), (link("怎样提出异议", "guide/objection.html"),)),
        (link("查询", "search/"), ()),
    ),
    crumbs=(HOME, link("网站地图")),
)
NOT_FOUND = c.NotFound(
    links=(
        link("查询公开的信息", "search/"),
        link("怎样提出异议", "guide/objection.html"),
        link("回到首页", "index.html"),
    )
)

EXAMPLES: dict[str, tuple[str, object]] = {
    "severe.html": ("severe", SEVERE_PAGE),
    "severe-list.html": ("severe", SEVERE_LIST),
    "browse.html": ("severe", BROWSE_PAGE),
    "measure.html": ("measures", MEASURE_PAGE),
    "measures.html": ("measures", MEASURE_LIST),
    "role-model.html": ("role-models", ROLE_MODEL_PAGE),
    "role-models.html": ("role-models", ROLE_MODEL_LIST),
    "law.html": ("laws", LAW_PAGE),
    "statistics.html": ("statistics", STATISTICS),
    "home.html": ("home", HOME_PAGE),
    "search.html": ("search", SEARCH_PAGE),
    "province-home.html": ("home", PROVINCE_HOME),
    "province-search.html": ("search", PROVINCE_SEARCH),
    "batch.html": ("batch", c.BatchPage("信用中国（辽宁大连）", DAYS, (HOME, link("查询", "search/")))),
    "content.html": ("guide", CONTENT_PAGE),
    "data.html": ("data", DATA_PAGE),
    "explore.html": ("data", EXPLORE_PAGE),
    "changes.html": ("data", CHANGES_PAGE),
    "sitemap.html": ("sitemap", SITE_MAP),
    "not-found.html": ("", NOT_FOUND),
}
"""Template → its section and an example context (rows of entries are put in by ``filled``)."""


def renderer(theme: str = "dalian") -> Renderer:
    return Renderer(load_theme(THEMES, theme))


def filled(context: object, by: Renderer, rows: tuple[c.SevereRow | c.MeasureRow | c.RoleModelRow, ...]) -> object:
    """The context with rendered rows where it takes them."""
    rendered = c.Rows(Markup().join(by.row(row) for row in rows), len(rows))
    for name in ("rows", "newest", "cited"):
        if hasattr(context, name):
            context = msgspec.structs.replace(context, **{name: rendered})  # type: ignore[type-var]
    if isinstance(context, c.Home):
        shown = MODELS if rows else ()
        context = msgspec.structs.replace(context, models=c.Rows(Markup().join(map(by.row, shown)), len(shown)))
    return context


ROWS = tuple(severe_row(number) for number in range(12))


def rows_of(template: str) -> tuple[c.SevereRow | c.MeasureRow | c.RoleModelRow, ...]:
    """The rows of a template's list."""
    return {"measures.html": MEASURES, "role-models.html": MODELS}.get(template, ROWS)


def hostile(value: object) -> object:
    """The same context with markup, quotes and template code at the end of every plain text in it."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return value + HOSTILE
    if isinstance(value, tuple):
        return tuple(hostile(each) for each in value)
    if isinstance(value, msgspec.Struct):
        changed = {each.name: hostile(getattr(value, each.name)) for each in msgspec.structs.fields(value)}
        return msgspec.structs.replace(value, **changed)
    return value


def emptied(value: object) -> object:
    """The same context with nothing in it that may be absent."""
    changed: dict[str, object] = {}
    for each in msgspec.structs.fields(value):  # type: ignore[arg-type]
        now = getattr(value, each.name)
        if "None" in str(each.type):
            changed[each.name] = None
        elif isinstance(now, str | tuple):
            changed[each.name] = type(now)()
        elif isinstance(now, c.Basis | c.BarChart):
            changed[each.name] = emptied(now)
    return msgspec.structs.replace(value, **changed)  # type: ignore[type-var]
