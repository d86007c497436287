"""An invented city's yearly report, the figures it speaks of, and what the city's records answer."""

from datetime import date, datetime
from fractions import Fraction

from junheng.kernel.claims import Answer, Kind, Known, Question, Setting, WindowKind
from junheng.kernel.claims.printing import SHANGHAI
from junheng.kernel.values.span import Span

TWO, YEAR, FIVE, NONE = WindowKind.TWO_YEARS, WindowKind.YEAR, WindowKind.FIVE_YEARS, WindowKind.NONE
WINDOW = Span.parse("2022-01-01..2023-12-31")
YEAR_2023 = Span.of_year(2023)
SETTING = Setting(
    as_of=date(2023, 12, 31),
    window=WINDOW,
    home=("焦作市", "焦作"),
    parents=("河南省",),
    areas={"山阳区": "410811", "解放区": "410802", "温县": "410825", "沁阳市": "410882"},
)
BUILT = "新建|改建|扩建|改扩建"

KNOWN = (
    Known("kg-public", Kind.COUNT, "公办幼儿园|公办园", (BUILT,), measure_words="所", window=TWO),
    Known("kg-places", Kind.SUM, "公办学位|学位", ("新增|增加",), measure_words="个", window=TWO),
    Known("kg-share", Kind.SHARE, "占比|比例", ("公办",), ("在园|幼儿",)),
    Known(
        "kg-recognised",
        Kind.COUNT,
        "普惠性民办幼儿园|普惠性民办园",
        ("认定",),
        measure_words="所",
        window=TWO,
    ),
    Known(
        "kg-inclusive", Kind.COUNT, "普惠性民办幼儿园|普惠性民办园", measure_words="所", refuses="认定|占比"
    ),
    Known("kg-rising", Kind.RISING, "普惠性民办幼儿园|普惠性民办园", ("占比|比重",)),
    Known("kg-coverage", Kind.SHARE, "覆盖率", ("普惠",)),
    Known("departments", Kind.ENUMERATION, "", near=("印发|出台|制定",), measure_words="部门"),
    Known("kg-rate", Kind.RATE, "补助|经费", ("生均",), ("普惠",), unit="fen"),
    Known("one-county", Kind.EXACTLY_ONE, "", phrases="一县一策"),
    Known(
        "schools-planned",
        Kind.DONE_OF_PLANNED,
        "中小学|学校",
        ("规划",),
        near=(BUILT,),
        measure_words="所",
        window=FIVE,
    ),
    Known(
        "schools-done",
        Kind.DONE_OF_PLANNED,
        "中小学|学校",
        ("完成|建成|完工",),
        measure_words="所",
        window=TWO,
        refuses="规划|运动场",
    ),
    Known("weak-link", Kind.COUNT, "能力提升项目|项目", near=("薄弱环节",), measure_words="个", window=TWO),
    Known("repair", Kind.COUNT, "维修改造项目|校舍维修", ("农村|乡村",), measure_words="个", window=TWO),
    Known("playgrounds", Kind.COUNT, "运动场", measure_words="所", needs=("改造|升级",), window=TWO),
    Known("groups", Kind.COUNT, "义务教育集团|教育集团", measure_words="个"),
    Known("pairs", Kind.COUNT, "帮扶", near=("结对|帮扶",), measure_words="对"),
    Known("weak", Kind.COUNT, "薄弱学校", measure_words="所"),
    Known("weak-all", Kind.UNIVERSAL, "薄弱学校"),
    Known("demo", Kind.COUNT, "标准化管理示范校|示范校", ("省级",), measure_words="所", window=TWO),
    Known("feature", Kind.COUNT, "标准化管理特色校|特色校", ("省级",), measure_words="所", window=TWO),
    Known("award", Kind.MONEY, "奖补资金", unit="fen", window=TWO),
    Known("quality", Kind.COUNT, "优质教育集团", measure_words="家", window=TWO),
    Known("pilot", Kind.ORDINAL, "先行区", measure_words="批", of_area="山阳区"),
    Known("double-reduction", Kind.ENUMERATION, "", ("双减",), measure_words="项"),
    Known("five-managements", Kind.ENUMERATION, "管理", measure_words="项", items="作业|睡眠|手机|读物|体质"),
    Known("afterclass", Kind.COUNT, "学生", ("课后服务",), measure_words="人|名", window=WindowKind.TERM),
    Known("afterclass-all", Kind.UNIVERSAL, "学生", ("需求",)),
    Known(
        "unlicensed",
        Kind.COUNT,
        "培训机构|机构",
        ("无证",),
        measure_words="所|家",
        window=TWO,
        other_windows=(YEAR,),
    ),
    Known("subject", Kind.COUNT, "培训机构|机构", ("学科类",), ("压减|减",), measure_words="家|所"),
    Known("schools", Kind.COUNT, "中小学校|中小学", measure_words="所", bare=True),
    Known("members", Kind.COUNT, "心理委员", measure_words="名|人"),
    Known("members-all", Kind.UNIVERSAL, "心理委员"),
    Known(
        "sessions",
        Kind.COUNT,
        "团体心理辅导|团体辅导",
        measure_words="次|场",
        window=TWO,
        other_windows=(YEAR,),
    ),
    Known(
        "attendances",
        Kind.SUM,
        "学生|参与",
        ("辅导",),
        measure_words="人次",
        window=TWO,
        other_windows=(YEAR,),
    ),
    Known("waters", Kind.COUNT, "水域", measure_words="处"),
    Known("town-persons", Kind.COUNT, "责任人", near=("乡镇|街道",), measure_words="名|人"),
    Known("town-weekly", Kind.MINIMUM, "", ("乡镇|街道",), measure_words="次", window=NONE),
    Known(
        "county-persons", Kind.COUNT, "责任人", near=("县(市、区)|县（市、区）|县级",), measure_words="名|人"
    ),
    Known(
        "county-weekly", Kind.MINIMUM, "", ("县(市、区)|县（市、区）|县级",), measure_words="次", window=NONE
    ),
    Known(
        "visits",
        Kind.COUNT,
        "家庭|学生家庭",
        ("走访|家访",),
        measure_words="户",
        window=TWO,
        other_windows=(YEAR,),
    ),
    Known("one-person", Kind.EXACTLY_ONE, "", phrases="一人一策"),
    Known(
        "levels",
        Kind.ENUMERATION,
        near=("自查|排查|抽查",),
        measure_words="级",
        items="学校自查|县区排查|市级抽查",
    ),
    Known("rounds", Kind.MINIMUM, "", ("督导|检查",), phrases="多轮次", implies=2),
    Known("put-right", Kind.PUT_RIGHT, "隐患|问题"),
    Known(
        "safe-campus",
        Kind.COUNT,
        "学校",
        ("平安校园",),
        measure_words="所",
        window=TWO,
        other_windows=(YEAR,),
    ),
    Known("plan-span", Kind.SPAN, "布局专项规划"),
    Known("norm-primary", Kind.RAISED, "小学", unit="fen", ends=("norm-primary-650", "norm-primary-720")),
    Known("norm-junior", Kind.RAISED, "初中", unit="fen", ends=("norm-junior-850", "norm-junior-940")),
    Known("norm-boarder", Kind.RAISED, "寄宿生", unit="fen"),
    Known("norm-since", Kind.DATE, "公用经费", measure_words="学期", window=NONE),
    Known("work-plans", Kind.ENUMERATION, "工作方案", measure_words="个"),
    Known("aid", Kind.COUNT, "学生", ("资助",), measure_words="人次", window=YEAR),
    Known("aid-all", Kind.ALL_ENTITLED, "", ("资助",)),
    Known("loans", Kind.COUNT, "贷款合同|助学贷款", measure_words="份", window=YEAR, needs=("办理|签订",)),
    Known("entrants", Kind.COUNT, "新生", ("招收|录取",), measure_words="人|名", window=YEAR),
    Known(
        "migrants",
        Kind.COUNT,
        "进城务工人员子女|务工人员随迁子女",
        measure_words="人|名",
        window=YEAR,
        needs=("接收|安置",),
    ),
    Known("cross-county", Kind.ZERO, "招生", ("跨县域|跨县",)),
    Known("page-date", Kind.DATE, "更新时间", measure_words="日", window=NONE),
    Known("sign-off", Kind.ENUMERATION, items="总值班|统筹|责编|审核|编辑|校对"),
    Known("promotions", Kind.MINIMUM, phrases="再次推广", implies=2),
)

ANSWERS: dict[str, Answer] = {
    "kg-public": Answer(70),
    "kg-places": Answer(13_012),
    "kg-share": Answer(Fraction(57_176, 112_000)),
    "kg-recognised": Answer(71),
    "kg-inclusive": Answer(434),
    "kg-rising": Answer(holds=True),
    "kg-coverage": Answer(Fraction(102_816, 112_000)),
    "departments": Answer(9),
    "kg-rate": Answer(20_000),
    "one-county": Answer(holds=True, exceptions=0),
    "schools-planned": Answer(90),
    "schools-done": Answer(82),
    "weak-link": Answer(412),
    "repair": Answer(124),
    "playgrounds": Answer(72),
    "groups": Answer(77),
    "pairs": Answer(35),
    "weak": Answer(255),
    "weak-all": Answer(Fraction(1), holds=True, exceptions=0),
    "demo": Answer(4),
    "feature": Answer(13),
    "award": Answer(1_050_000_000),
    "quality": Answer(6),
    "pilot": Answer(1),
    "double-reduction": Answer(4),
    "five-managements": Answer(5),
    "afterclass": Answer(322_618),
    "afterclass-all": Answer(holds=True, exceptions=0),
    "unlicensed": Answer(198),
    "subject": Answer(47),
    "schools": Answer(871),
    "members": Answer(20_600),
    "members-all": Answer(Fraction(1)),
    "sessions": Answer(1757),
    "attendances": Answer(122_031),
    "waters": Answer(174),
    "town-persons": Answer(123),
    "town-weekly": Answer(2, holds=True),
    "county-persons": Answer(74),
    "county-weekly": Answer(1, holds=True),
    "visits": Answer(153_611),
    "one-person": Answer(holds=True, exceptions=0),
    "levels": Answer(3),
    "rounds": Answer(3),
    "put-right": Answer(holds=True, exceptions=0),
    "safe-campus": Answer(9),
    "plan-span": Answer((2021, 2035)),
    "norm-primary-650": Answer(65_000),
    "norm-primary-720": Answer(72_000),
    "norm-junior-850": Answer(85_000),
    "norm-junior-940": Answer(94_000),
    "norm-boarder": Answer((20_000, 30_000)),
    "norm-since": Answer("2023S"),
    "work-plans": Answer(3),
    "aid": Answer(170_012),
    "aid-all": Answer(holds=True, exceptions=0),
    "loans": Answer(27_310),
    "entrants": Answer(92_004),
    "migrants": Answer(4544),
    "cross-county": Answer(0, exceptions=0),
    "page-date": Answer(datetime(2024, 3, 6, 9, 43, 48, tzinfo=SHANGHAI)),
    "sign-off": Answer(6),
    "promotions": Answer(2),
}

_WINDOWS = {
    WindowKind.TWO_YEARS: (WINDOW, YEAR_2023),
    WindowKind.YEAR: (YEAR_2023,),
    WindowKind.FIVE_YEARS: (Span.of_years(2021, 2025),),
}
_BY_ID = {figure.id: figure for figure in KNOWN}


def ask(question: Question) -> Answer | None:
    """The records of the invented city: only the whole city, only 2022 and 2023, only what is declared."""
    answer = ANSWERS.get(question.id)
    if answer is None or question.area is not None or question.as_of != SETTING.as_of:
        return None
    kind = _BY_ID[question.id].window if question.id in _BY_ID else WindowKind.NONE
    if kind in _WINDOWS and question.window not in _WINDOWS[kind]:
        return None
    return answer


REPORT = """\
守住每一间教室：一座城市的教育这两年

更新时间：2024-3-6 9:43:48

学前教育
近两年，全市新建改扩建公办幼儿园70所，新增公办学位1.3万个，公办园在园幼儿占比升到51.05%。近两年新认定普惠性民办幼儿园71所，目前全市普惠性民办幼儿园434所，其占比逐年提高，普惠性幼儿园覆盖率达到91.8%。实施办法由市教育局会同九部门联合印发，各地一县一策落实；普惠性幼儿园生均补助经费200元，按时到位。

义务教育
“十四五”期间全市规划新建改扩建中小学90所，近两年已完成82所。同期完成薄弱环节改善与能力提升项目412个、农村校舍维修改造项目124个，改造升级学校运动场72所。全市现有义务教育集团77个，帮扶结成35对，255所薄弱学校因此受益，薄弱学校实现全覆盖。新增省级标准化管理示范校4所、特色校13所，获得奖补资金1050万元；6家集团获评全省优质教育集团；山阳区获评全省首批集团化办学改革先行区。
“双减”有了新进展：一是减轻负担，二是提高课堂质量，三是做好课后服务，四是规范校外培训。抓好作业、睡眠、手机、读物、体质五项管理。课后服务惠及学生32.26万人，有需求的学生全覆盖。查处无证培训机构198所，学科类培训机构压减至47家。招生中严禁跨县域招生。

校园安全
全市871所中小学校设心理委员2.06万名，班级心理委员全覆盖；两年来组织团体心理辅导1757次，参与学生12.2万人次。全市有隐患较大的水域174处，123名乡镇（街道）责任人每周至少巡查2次，74名县（市、区）责任人每周至少巡查1次。教师走访学生家庭15.36万户，重点学生一人一策。学校自查、县区排查、市级抽查三级联动，多轮次督导检查，查出的隐患全部整改。9所学校被评为河南省平安校园。

布局与经费
印发中心城区中小学布局专项规划（2021—2035年）。从2023年春季学期起，公用经费标准提高：小学由年生均650元提高到720元，初中由850元提高到940元，寄宿生由200元提高到300元。收费公示有3个工作方案。2023年资助学生17万人次，做到应助尽助；办理助学贷款合同2.73万份；招收小学和初中新生9.2万人，接收进城务工人员子女4544人。经验获省里再次推广。

总值班：甲 统筹：乙 责编：丙 审核：丁 编辑：戊 校对：己
"""
