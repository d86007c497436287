"""The awards of the source as schemes: who is chosen, who decides, by which conditions, on which days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from junheng.domains.schemes.terms import Asked, Decider, Effect, Subject

Criterion = dict[str, Any]


def checked(slug: str, words: str, limit: int | None = None, *, needed: bool = True) -> Criterion:
    """A condition that a register answers."""
    return {"words": words, "asked": Asked.CHECK, "check_slug": slug, "limit": limit, "needed": needed}


def said(words: str) -> Criterion:
    """A condition that the applicant answers."""
    return {"words": words}


def scored(words: str, points: int) -> Criterion:
    """A condition that jurors score."""
    return {"words": words, "asked": Asked.SCORE, "points": points}


NO_HAZARD = checked("no-open-grave-finding", "没有未销号的重大隐患")
OLD_ENOUGH = checked("school-years", "办学满三年", 3)
NOT_REVOKED = checked("holds-no-revoked-title", "近三年没有被撤销称号", 3)
CLASS_OPEN = checked("class-open", "班级现在开办")
ON_ROLL = checked("pupil-on-roll", "在本校学籍满一年", 1, needed=False)
NOT_TWICE = checked("not-won-before", "近三年没有获得同级同名认定", 3)


@dataclass(frozen=True, slots=True)
class Award:
    """One award of one year. ``like`` names titles that stand in the register: those who hold them are who applied."""

    code: str
    title: str
    awards: str
    subject: Subject
    by: str
    criteria: tuple[Criterion, ...]
    decider: Decider = Decider.PROVINCE
    effect: Effect = Effect.NONE
    categories: tuple[str, ...] = ()
    places: int = 3
    start: date = date(2023, 9, 11)
    granted: date = date(2023, 12, 20)
    like: str = ""
    jurors: int = 0
    school_days: int = 0
    valid_years: int | None = None
    checked_yearly: bool = False

    @property
    def facts(self) -> dict[str, Any]:
        """The columns of the scheme that are said here."""
        names = (
            "subject",
            "decider",
            "effect",
            "awards",
            "jurors",
            "school_days",
            "valid_years",
            "checked_yearly",
        )
        return {name: getattr(self, name) for name in names} | {"blind": self.jurors > 0}


SCHOOL, CLASS, PUPIL = Subject.SCHOOL, Subject.CLASS, Subject.PUPIL
OWN, TITLE = Decider.OWN, Effect.TITLE

AWARDS = (
    # 两创两争: one scheme for each kind of subject, chosen at school first
    Award(
        "liang-class-2023", "2023 年省“两创两争”文明班级推荐", "文明班级", CLASS, "deyu",
        (CLASS_OPEN, NOT_TWICE, checked("moral-activities", "近一年开展德育活动", 1), said("班级建设情况")), school_days=5,
    ),
    Award(
        "liang-group-2023", "2023 年省“两创两争”文明宿舍、文明社团推荐", "文明集体", Subject.COLLECTIVE, "deyu",
        (NOT_TWICE, said("日常管理与活动")), categories=("文明宿舍", "文明社团"),
    ),
    Award(
        "liang-staff-2023", "2023 年省“两创两争”文明教师推荐", "文明教师", Subject.STAFF, "deyu",
        (NOT_TWICE, said("师德表现")),
    ),
    Award(
        "liang-pupil-2023", "2023 年省“两创两争”文明学生、文明网民推荐", "文明学生", PUPIL, "deyu",
        (ON_ROLL, NOT_TWICE, said("日常表现")), categories=("文明学生", "文明网民"),
    ),
    Award(
        "deyu-jiti-2023", "2023 年省中小学德育工作先进集体推荐", "中小学德育工作先进集体", SCHOOL, "deyu",
        (OLD_ENOUGH, NO_HAZARD, checked("key-days", "近一年重要节点主题活动", 1), said("德育工作做法")), effect=TITLE,
    ),
    Award(
        "deyu-geren-2023", "2023 年省中小学德育工作先进个人推荐", "中小学德育工作先进个人", Subject.STAFF, "deyu",
        (NOT_TWICE, said("从事德育工作情况")),
    ),
    Award(
        "shuxiang-school-2023", "2023 年省书香校园推荐", "书香校园", SCHOOL, "deyu",
        (OLD_ENOUGH, checked("readings", "近一年开展读书活动", 2), said("图书馆（室）开放情况")),
        effect=TITLE, valid_years=3, checked_yearly=True,
    ),
    Award(
        "shuxiang-class-2023", "2023 年省书香班级推荐", "书香班级", CLASS, "deyu",
        (CLASS_OPEN, checked("readings", "近一年开展读书活动", 2)),
    ),
    Award(
        "wenming-sheng-2023", "2023 年省级文明校园推荐", "文明校园", SCHOOL, "jijiao",
        (OLD_ENOUGH, NO_HAZARD, NOT_REVOKED, said("“六个好”自评")), effect=TITLE, like="civilised_campus",
        valid_years=3, checked_yearly=True,
    ),
    Award(
        "banzhuren-sheng-2023", "2023 年省级优秀班主任推荐", "优秀班主任", Subject.TEACHER, "deyu",
        (
            checked("class-teacher-now", "现任本校班主任"),
            checked("holds-lower-certificate", "已获市级优秀班主任"),
            said("育人成效"),
        ),
        start=date(2023, 12, 13), granted=date(2024, 12, 31),
    ),
    Award(
        "shaonian-2023", "2023 年市级新时代好少年评选", "新时代好少年", PUPIL, "deyu", (ON_ROLL, NOT_TWICE, said("事迹")), decider=OWN,
    ),
    Award(
        "pingan-sheng", "省平安校园推荐", "平安校园", SCHOOL, "anquan",
        (OLD_ENOUGH, NO_HAZARD, checked("safety-level", "安全标准化不低于三级", 3, needed=False)),
        effect=TITLE, like="safe_campus", checked_yearly=True,
    ),
    Award(
        "shifan-sheng", "省级义务教育标准化管理示范校推荐", "标准化管理示范校", SCHOOL, "jijiao",
        (OLD_ENOUGH, NO_HAZARD, NOT_REVOKED, said("管理标准自评")), effect=TITLE, like="demonstration_school",
        valid_years=5, checked_yearly=True,
    ),
    Award(
        "tese-sheng", "省级义务教育标准化管理特色校推荐", "标准化管理特色校", SCHOOL, "jijiao",
        (OLD_ENOUGH, NO_HAZARD, NOT_REVOKED, said("特色项目")), effect=TITLE, like="feature_school",
        valid_years=5, checked_yearly=True,
    ),
    Award(
        "jituan-sheng", "全省义务教育阶段优质教育集团推荐", "优质教育集团", Subject.GROUP, "jijiao",
        (checked("group-years", "集团成立满一年", 1, needed=False), checked("group-schools", "成员学校不少于两所", 2)),
        effect=TITLE, like="quality_group",
    ),
    Award(
        "xianxingqu-sheng", "全省首批义务教育阶段集团化办学改革先行区推荐", "集团化办学改革先行区", Subject.COUNTY, "jijiao",
        (said("集团化办学覆盖情况"),), effect=TITLE, like="group_reform_pilot", places=1,
    ),
    Award(
        "xiaoweishi-2023", "2023 年省“禁毒小卫士”推荐", "禁毒小卫士", PUPIL, "deyu",
        (ON_ROLL, checked("drug-lessons", "近一年参加禁毒教育", 1), said("宣传与实践")),
    ),
    Award(
        "zhengwen-2023", "2023 年省禁毒主题征文推荐", "禁毒主题征文优秀作品", PUPIL, "deyu",
        (ON_ROLL, scored("立意", 50), scored("表达", 50)), categories=("小学组", "中学组"), jurors=2,
    ),
    Award(
        "fanzha-2023", "2023 年市级禁毒反诈主题大赛", "禁毒反诈主题大赛一等奖", PUPIL, "deyu",
        (ON_ROLL, scored("主题", 40), scored("创意", 30), scored("表现", 30)), decider=OWN,
        categories=("短视频", "书画", "演讲"), jurors=2,
    ),
    Award(
        "chuangxin-2023", "2023 年市级中小学德育创新展示", "德育创新展示优秀案例", SCHOOL, "deyu",
        (OLD_ENOUGH, scored("创新", 60), scored("成效", 40)), decider=OWN, jurors=2,
    ),
)  # fmt: skip
"""Those of the report beside the three of ``schemes``; three-good pupils, shared out by pupils, are in ``pupils``."""
