"""Beginning an admission: its days, its first version, and the categories and papers that the city has published."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from junheng.domains.intakes.models import Category, Intake, Paper, PlaceGroup, PlanSchool, PlanVersion
from junheng.domains.intakes.policies.scope import check_office
from junheng.domains.intakes.terms import Circumstance, IntakeState, Ties, Who
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.save import save_row

CATEGORIES: tuple[tuple[int, str, tuple[str, ...], bool, bool, str], ...] = (
    (0, "政策优待", (Circumstance.PREFERRED,), False, False, "烈士子女、军人子女等，凭主管部门证明。具体范围和次序待本县确认。"),
    (1, "房户一致", (Circumstance.HOUSEHOLD, Circumstance.PROPERTY, Circumstance.HOUSEHOLD_OF_KIN), True, False, "户籍地址与房产地址一致、都在片区内，户主和产权人是父母或祖（外祖）父母。"),
    (2, "有房无户", (Circumstance.PROPERTY, Circumstance.NO_TRANSFER), True, False, "在片区内有房产，户口因客观原因不能迁入，经学校核实、区教育局审批。"),
    (3, "有户无房", (Circumstance.HOUSEHOLD, Circumstance.RESIDENCE), True, False, "户口在片区内而无房产，按实际居住地安排。"),
    (4, "长幼随学", (Circumstance.SIBLING,), False, False, "哥哥姐姐在该校就读。次序待本县确认。"),
    (5, "随迁子女", (Circumstance.PERMIT, Circumstance.WORK), False, False, "只看两样：父母的居住证和务工（经商）证明。"),
    (6, "其他", (), False, False, "以上都不符合的儿童，都有学位，由教育局统筹安排。"),
    (0, "本校直升", (Circumstance.DIRECT,), False, True, "在该校小学部就读，自愿直升。"),
    (1, "全体报名儿童", (), False, True, "报名人数不超过计划的全部录取；超过的电脑随机录取。"),
)  # fmt: skip
PAPERS: tuple[tuple[str, str, str], ...] = (
    (Circumstance.PREFERRED, "主管部门出具的优待证明", ""),
    (Circumstance.HOUSEHOLD, "户口簿", "公安户籍"),
    (Circumstance.PROPERTY, "不动产权证书", "不动产登记"),
    (Circumstance.HOUSEHOLD_OF_KIN, "户口簿或出生医学证明", "公安户籍"),
    (Circumstance.NO_TRANSFER, "不能迁户的情况说明", ""),
    (Circumstance.RESIDENCE, "租赁备案或水电费单据", ""),
    (Circumstance.PERMIT, "父母一方的居住证", "公安居住证"),
    (Circumstance.WORK, "劳动合同或营业执照", "社会保险"),
    (Circumstance.SIBLING, "无须材料，学籍核验", "学籍"),
    (Circumstance.DIRECT, "无须材料，学籍核验", "学籍"),
    (Circumstance.TWINS, "户口簿或出生医学证明", "公安户籍"),
)


@transaction.atomic
def begin(intake: Intake, *, by: Any, at: datetime, why: str) -> PlanVersion:
    """Write a new admission with a first draft of its plan, to be filled."""
    try:
        intake.full_clean()
    except ValidationError as wrong:
        raise Refusal("intake-not-in-order", "{problem}", problem=" ".join(wrong.messages)) from None
    save_row(intake, by=by, at=at, why=why)
    check_office(intake, by=by, at=at)
    version = PlanVersion(intake=intake, area_id=intake.area_id, number=1)
    save_row(version, by=by, at=at, why=why)
    for tier, label, needs, inside, private, explanation in CATEGORIES:
        save_row(
            Category(
                version=version, area_id=intake.area_id, tier=tier, label=label, needs=[str(one) for one in needs],
                in_catchment=inside, private=private, explanation=explanation,
            ), by=by, at=at, why=why,
        )  # fmt: skip
    for circumstance, label, exchange in PAPERS:
        paper = Paper(
            version=version, area_id=intake.area_id, circumstance=circumstance, label=label, exchange=exchange
        )
        save_row(paper, by=by, at=at, why=why)
    return version


@transaction.atomic
def change_intake(intake: Intake, *, by: Any, at: datetime, why: str) -> Intake:
    """Change days and facts of an admission whose plan was not published yet."""
    check_office(intake, by=by, at=at)
    if Intake.objects.select_for_update().get(pk=intake.pk).state != IntakeState.DRAFT:
        raise Conflict(
            "intake-announced",
            "「{intake}」的计划已公布，时间和规则随计划固定，不能再改。学校、名额、片区等可以建新版本修订。",
            intake=intake.title,
        )
    try:
        intake.full_clean()
    except ValidationError as wrong:
        raise Refusal("intake-not-in-order", "{problem}", problem=" ".join(wrong.messages)) from None
    save_row(intake, by=by, at=at, why=why)
    return intake


def one_group(plan_school: PlanSchool, *, by: Any, at: datetime, why: str) -> PlaceGroup:
    """The one group that a school has where nothing else is said: all its places, for everybody."""
    group = PlaceGroup(
        plan_school=plan_school, area_id=plan_school.area_id, code="ALL", label="全部学位", precedence=1,
        capacity=plan_school.places, who=Who.ANYBODY, ties=Ties.ADMIT,
    )  # fmt: skip
    save_row(group, by=by, at=at, why=why)
    return group
