"""The published page: one article with its renderings and sign-offs, others around it."""

import hashlib
from datetime import datetime

import polars as pl

from junheng.surfaces.demo.city.areas import CITY
from junheng.surfaces.demo.city.officials import EDITORS
from junheng.surfaces.demo.dice import Dice
from junheng.surfaces.demo.frames import City, Rows
from junheng.surfaces.demo.plan import CityPlan

REPORT_SLUG = "junheng-2024"
ROLES = ("duty_chief", "planner", "managing_editor", "reviewer", "editor", "proofreader")
PAPER = "演示签发单〔2024〕1号"
TITLE = "推进教育优质均衡发展，让每个孩子在家门口上好学"
BODY = (
    "本文为演示数据。\n\n一、德育为先。各校把品德教育融入课堂、活动和家庭。\n\n"
    "二、学前教育扩容提质。公办园建设和普惠园认定同步推进。\n\n三、义务教育优质均衡。集团化办学与结对帮扶并行，薄弱学校全部得到帮扶。\n\n"
    "四、校园安全常抓不懈。学校自查、县区排查、市级抽查层层落实。\n\n五、布局与经费双保障。学位随人口走，经费按标准足额落实。"
)


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """The article of the report's day with six sign-offs of one version; an older article, a draft, a withdrawn one."""
    articles = Rows("articles", body="string", source="string", slug="string", previous="string")
    renderings, signoffs = Rows("renderings"), Rows("signoffs", paper="string", entered_by="string")
    older = "中小学幼儿园新学期开学工作部署"
    sheets = (
        ("kaixue-2024", older, "published", _at(2024, 2, 19, 10, 12, 5), "各校做好开学准备。", ""),
        (REPORT_SLUG, TITLE, "published", _at(2024, 3, 6, 9, 43, 48), BODY, older),
        (
            "caogao-2024",
            "春季学期工作要点（征求意见）",
            "draft",
            _at(2024, 3, 5, 16, 20, 0),
            "征求意见稿。",
            "",
        ),
        (
            "chehui-2023",
            "关于课后服务安排的说明（已撤回）",
            "withdrawn",
            _at(2023, 11, 2, 8, 30, 0),
            "已撤回。",
            "",
        ),
    )
    for slug, title, state, at, body, previous in sheets:
        row = articles.add(title=title, area=CITY, updated_at=at, state=state, body=body, source="市教育局", slug=slug, previous=previous)  # fmt: skip
        digest = hashlib.sha256(body.encode()).hexdigest()
        if slug == REPORT_SLUG:
            for medium in ("web", "print"):
                renderings.add(article=row, area=CITY, medium=medium, digest=digest)
            _sign(signoffs, made, row, digest)
        elif state == "published":
            renderings.add(article=row, area=CITY, medium="web", digest=digest)
    return {"articles": articles.frame(), "renderings": renderings.frame(), "signoffs": signoffs.frame()}


def _sign(signoffs: Rows, made: City, article: int, digest: str) -> None:
    """Two roles signed a version that was changed afterwards; then all six signed the one that was published."""
    people = (
        made["people"]
        .filter(pl.col("post").is_in([f"编辑部{post}" for post in EDITORS]))
        .sort("id")["id"]
        .to_list()
    )
    before = hashlib.sha256((BODY + "（初稿）").encode()).hexdigest()
    for version, roles, hour in ((before, ROLES[-2:], 17), (digest, ROLES[::-1], 8)):
        for number, role in enumerate(roles):
            at = _at(2024, 3, 5 if hour == 17 else 6, hour, 5 + 5 * number, 0)
            signoffs.add(article=article, area=CITY, role=role, person=people[ROLES.index(role)], digest=version, signed_at=at, paper=PAPER, entered_by="bangongshi")  # fmt: skip


def _at(year: int, month: int, day: int, hour: int, minute: int, second: int) -> datetime:
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 — the wall clock of Asia/Shanghai
