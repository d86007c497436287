"""What a plan must be before it is published: every fault with its sentence, so that one look tells all."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from junheng.domains.intakes.policies.addresses import holes, overlaps
from junheng.domains.intakes.policies.sharing import sharing
from junheng.domains.intakes.terms import Circumstance
from junheng.domains.schools.terms import Stage
from junheng.kernel.errors import Refusal

STANDARD_SIZE = {Stage.PRIMARY: 45, Stage.JUNIOR: 50, Stage.SENIOR: 50}
"""标准班额 (``standards.md`` 3.5): a first grade is not planned above it."""
NOT_DEMANDED = re.compile(
    r"学前|幼儿园.{0,4}证明|毕业证|计划生育|生育证明|准生|超龄|接种|疫苗|成绩|奖状|获奖|等级证书|竞赛|培训"
)
"""Papers that may not be asked for: 教基厅〔2022〕1号 (preschool, birth planning, over-age, vaccination) and 义务教育法
第十二条 with the ministry's notice of 2023 (no contests, certificates or training as a ground)."""
CODE = re.compile(r"[A-Za-z0-9-]{1,24}")
Document = dict[str, Any]


class PlanFault(Refusal):
    """One thing that is not in order, and whether it stops a plan from being published."""

    def __init__(self, code: str, sentence: str, params: dict[str, Any], *, stops: bool = True) -> None:
        super().__init__(code, sentence, **params)
        self.stops = stops


def plan_faults(document: Document) -> list[PlanFault]:
    """Everything that is wrong with a plan, in the order of the page."""
    return [fault for check in CHECKS for fault in check(document)]


def the_days(document: Document) -> Iterator[PlanFault]:
    """The days follow one another, and the age is that of the law."""
    intake = document["intake"]
    days = {name: datetime.fromisoformat(value) for name, value in intake["days"].items()}
    if days["announce_by"] >= days["opens_at"]:
        yield PlanFault(
            "announced-too-late",
            "计划公布截止须早于报名开始：家长要先看到计划再报名，公布之前任何学校不得接受报名。请改时间。",
            {},
        )
    starts = datetime.fromisoformat(f"{intake['starts_on']}T00:00:00+08:00")
    if max(days["reply_by"], days["appeal_by"]) > starts:
        yield PlanFault("ends-after-start", "确认和申诉的截止须在开学日之前。请改时间。", {})
    lawful = f"{intake['year'] - 6}-08-31"
    if intake["stage"] == Stage.PRIMARY and intake["born_by"] != lawful:
        yield PlanFault(
            "age-not-the-law",
            "小学入学年龄为当年8月31日前年满6周岁，出生截止日应为 {lawful}，现为 {given}。请改正。",
            {"lawful": lawful, "given": intake["born_by"] or "—"},
        )
    if intake["max_private"] > intake["max_choices"]:
        yield PlanFault("more-private-than-choices", "民办学校志愿数不能多于志愿总数。请改正。", {})


def the_schools(document: Document) -> Iterator[PlanFault]:
    """Every school has places, and groups that sum up to them."""
    if not document["schools"]:
        yield PlanFault("no-schools", "计划里还没有学校。请先添加学校和班数。", {})
    standard = STANDARD_SIZE[Stage(document["intake"]["stage"])]
    for school in document["schools"]:
        named = {"school": school["name"]}
        total = sum(one["capacity"] for one in school["groups"])
        if school["places"] == 0:
            yield PlanFault(
                "school-without-places", "{school}的学位为 0。不招生的学校请从计划中移出。", named
            )
        if school["class_size"] > standard:
            yield PlanFault(
                "class-too-large",
                "{school}计划每班 {size} 人，超过标准班额 {standard} 人。请改班数或每班人数。",
                named | {"size": school["class_size"], "standard": standard},
            )
        if total != school["places"]:
            yield PlanFault(
                "groups-do-not-sum",
                "{school}有 {places} 个学位，各名额组合计 {total} 个，须相等。请改名额组。",
                named | {"places": school["places"], "total": total},
            )
        yield from the_groups(school)


def the_groups(school: Document) -> Iterator[PlanFault]:
    """Codes can stand in files; pools exist and are not chained; somebody without any claim can ask somewhere."""
    named = {"school": school["name"]}
    known = {one["code"]: one for one in school["groups"]}
    for one in school["groups"]:
        target = known.get(one["release_to"]) if one["release_to"] else None
        if not CODE.fullmatch(one["code"]):
            yield PlanFault(
                "group-code",
                "{school}的名额组代码「{group}」只能用英文字母、数字和短横线。请改正。",
                named | {"group": one["code"]},
            )
        if one["release_to"] and (target is None or target is one or target["release_to"]):
            yield PlanFault(
                "group-pool",
                "{school}「{group}」的空额转入的名额组不存在，或它自己又转出。空额只转一次。请改正。",
                named | {"group": one["label"]},
            )
        if one["release_to"] and one["ties"] == "reject":
            yield PlanFault(
                "group-reject-pool",
                "{school}「{group}」并列者都不录取，空额不能转出：结果会取决于处理次序。请改并列办法。",
                named | {"group": one["label"]},
            )
    if school["groups"] and not any(one["who"] == "anybody" for one in school["groups"]):
        yield PlanFault(
            "school-for-nobody-else",
            "{school}没有面向全体报名儿童的名额组，志愿可能无处排序。请至少保留一个（名额可以为 0）。",
            named,
        )


def the_catchments(document: Document) -> Iterator[PlanFault]:
    """No address in two catchments; holes are told and do not stop."""
    public = [one for one in document["schools"] if not one["private"]]
    for where, one, other in overlaps(public):
        yield PlanFault(
            "catchments-overlap",
            "{where}同时划给了{one}和{other}。一个住址只能属于一所学校的片区，请改门牌或小区。",
            {"where": where, "one": one, "other": other},
        )
    for where in holes(public):
        yield PlanFault(
            "catchment-hole", "{where}没有划给任何学校。如有居民，请补划。", {"where": where}, stops=False
        )
    yield from the_shared(document["schools"])
    together = sharing(public)
    pieces = {school["code"]: school["catchments"] for school in public}
    for school in public:
        if not any(pieces[code] for code in together[school["code"]]):
            yield PlanFault(
                "school-without-catchment",
                "{school}还没有片区：它的学位只按非片区排序。",
                {"school": school["name"]},
                stops=False,
            )
    for school in document["schools"]:
        if school["private"] and (school["catchments"] or school.get("zone")):
            yield PlanFault(
                "private-with-catchment",
                "{school}是民办学校，不划片区。报名超过计划时电脑随机录取。请删去片区。",
                {"school": school["name"]},
            )


def the_shared(schools: list[Document]) -> Iterator[PlanFault]:
    """A catchment that several share is shared by two at least."""
    named: dict[str, list[str]] = {}
    for school in schools:
        if school.get("zone"):
            named.setdefault(school["zone"], []).append(school["name"])
    for zone, names in named.items():
        if len(names) == 1:
            yield PlanFault(
                "zone-of-one",
                "共用片区「{zone}」只有{school}一所学校。共用须两所以上填同一名称，请补上另一所，或清空。",
                {"zone": zone, "school": names[0]},
            )


def the_categories(document: Document) -> Iterator[PlanFault]:
    """Every child has a category at every school, and what is asked for is known."""
    private = any(one["private"] for one in document["schools"])
    for kind, word in ((False, "公办"), (True, "民办")):
        rows = [one for one in document["categories"] if one["private"] == kind]
        if (kind and not private) or (not kind and all(one["private"] for one in document["schools"])):
            continue
        if not any(not one["needs"] and not one["in_catchment"] for one in rows):
            yield PlanFault(
                "category-for-everybody",
                "{kind}学校还缺一个不要任何条件、不限片区的末位类别，否则有的儿童没有次序。请添加。",
                {"kind": word},
            )
    known = set(Circumstance.values)
    for one in document["categories"]:
        if odd := sorted(set(one["needs"]) - known):
            yield PlanFault(
                "category-unknown-need",
                "类别「{category}」要核实「{need}」，没有这种情况。请从列出的情况中选。",
                {"category": one["label"], "need": odd[0]},
            )
        if one["tier"] > 255:
            yield PlanFault(
                "category-tier", "类别「{category}」的次序不能超过 255。", {"category": one["label"]}
            )


def the_papers(document: Document) -> Iterator[PlanFault]:
    """What is stated can be shown, and nothing is asked for that may not be."""
    for one in document["papers"]:
        if NOT_DEMANDED.search(one["label"]):
            yield PlanFault(
                "paper-forbidden",
                "不得要求「{paper}」：学前教育、计划生育、超龄、预防接种等证明和竞赛、证书、培训证明都不能作为入学条件。请删去。",
                {"paper": one["label"]},
            )
    shown = {one["circumstance"] for one in document["papers"]}
    needed = {need for one in document["categories"] for need in one["needs"]}
    for need in sorted(needed & set(Circumstance.values) - shown):
        yield PlanFault(
            "paper-missing",
            "「{need}」没有写明看什么材料或由哪个部门数据核验。请在材料中补上。",
            {"need": str(Circumstance(need).label)},
        )


CHECKS: tuple[Callable[[Document], Iterator[PlanFault]], ...] = (
    the_days, the_schools, the_catchments, the_categories, the_papers,
)  # fmt: skip
