"""Documents with issuers and annexes, promotion by others, strands of work."""

import polars as pl

from junheng.surfaces.demo.city.areas import CITY
from junheng.surfaces.demo.dice import Dice
from junheng.surfaces.demo.frames import City, Rows
from junheng.surfaces.demo.plan import CityPlan

BUREAU = "市教育局"
NINE = (BUREAU, "市委编办", "市发展改革委", "市财政局", "市人力资源社会保障局", "市自然资源和规划局", "市住房城乡建设局", "市卫生健康委", "市税务局")  # fmt: skip
DOCUMENTS = (  # titles as published; numbers are invented
    ("焦作市“十四五”学前教育发展提升行动计划实施方案", "preschool", "2022-06-21", NINE),
    ("焦作市新建改扩建中小学实施方案", "school_building", "2021-06-01", (BUREAU, "市发展改革委")),
    ("焦作市中小学心理健康教育工作指南", "mental_health", "2022-04-11", (BUREAU,)),
    ("焦作市中小学校幼儿园安全条例", "safety", "2021-11-26", ("市人民代表大会常务委员会",)),
    (
        "焦作市中心城区中小学幼儿园布局专项规划(2021-2035年)",
        "layout",
        "2021-12-28",
        (BUREAU, "市自然资源和规划局"),
    ),
    ("关于全市教育收费专项治理等3个工作方案的通知", "fees", "2023-04-17", (BUREAU, "市市场监督管理局")),
    ("关于严格执行教育收费政策的提醒告诫函", "warning", "2023-08-14", (BUREAU,)),
)
FEE_ANNEXES = (
    ("全市教育收费专项治理工作方案", "work_plan"),
    ("规范中小学教辅材料管理工作方案", "work_plan"),
    ("中小学服务性收费和代收费清理工作方案", "work_plan"),
    ("教育收费自查情况表", "form"),
    ("教育收费项目清单", "list"),
)
STRANDS = {
    "double_reduction": ("规范校内办学行为", "提升课后服务水平", "治理校外培训", "推进家校社协同"),
    "five_managements": ("作业", "睡眠", "手机", "读物", "体质"),
    "inspection_levels": ("学校自查", "县区排查", "市级抽查"),
}


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """The seven documents of the report, three more beside them, and the structures named in it."""
    documents, issuers, annexes = Rows("documents", number="string"), Rows("issuers"), Rows("annexes")
    for number, (title, topic, day, departments) in enumerate(DOCUMENTS, 1):
        row = documents.add(code=f"WJ-{number:03d}", title=title, area=CITY, topic=topic, issued_on=day, number=f"演教〔{day[:4]}〕{number}号")  # fmt: skip
        for position, department in enumerate(departments, 1):
            issuers.add(document=row, area=CITY, position=position, department=department)
        if topic == "fees":
            for position, (annex, kind) in enumerate(FEE_ANNEXES, 1):
                annexes.add(document=row, area=CITY, position=position, title=annex, kind=kind)
    for number, unit in enumerate(plan.units, len(DOCUMENTS) + 1):
        day = dice.day("2022-03-10", "2023-12-01")
        row = documents.add(code=f"WJ-{number:03d}", title=f"{unit.name}规范办学工作通知", area=unit.code, topic="other", issued_on=day, number=f"演{unit.code}〔{day[:4]}〕{number}号")  # fmt: skip
        issuers.add(document=row, area=unit.code, position=1, department=f"{unit.name}教育局")
        annexes.add(document=row, area=unit.code, position=1, title="规范办学工作方案", kind="work_plan")
    return {
        "documents": documents.frame(),
        "issuers": issuers.frame(),
        "annexes": annexes.frame(),
        "promotions": _promotions(),
        "strands": _strands(),
    }


def _promotions() -> pl.DataFrame:
    rows = Rows("promotions", title="string")
    for publisher, level, day, title in (
        ("省教育厅门户网站", "province", "2022-11-08", "集团化办学做法"),
        ("省教育厅门户网站", "province", "2023-12-20", "优质均衡发展做法"),
        ("国家级教育媒体", "nation", "2023-05-16", "课后服务做法"),
        ("市人民政府门户网站", "city", "2023-06-02", "防溺水工作做法"),
        *(("市人民政府门户网站", "city", f"2021-0{month}-15", "学前教育做法") for month in (3, 4, 5, 6, 9)),
        *(("省教育厅门户网站", "province", f"2024-03-{day}", "安全教育做法") for day in (12, 19, 26)),
    ):
        rows.add(area=CITY, publisher=publisher, level=level, published_on=day, title=title)
    return rows.frame()


def _strands() -> pl.DataFrame:
    rows = Rows("strands")
    rows.add(
        area=CITY,
        programme="five_managements",
        position=6,
        name="上网",
        since="2020-09-01",
        until="2021-04-30",
    )
    rows.add(
        area=CITY,
        programme="double_reduction",
        position=5,
        name="考试减负",
        since="2020-09-01",
        until="2021-08-01",
    )
    for programme, names in STRANDS.items():
        for position, name in enumerate(names, 1):
            rows.add(area=CITY, programme=programme, position=position, name=name, since="2021-08-02")
    return rows.frame()
