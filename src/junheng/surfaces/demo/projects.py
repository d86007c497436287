"""Steps, acceptances and payments of the demonstration's projects, made to agree with the days its register has.

What is accepted has every step before it, with a number; of what is open some steps are late and all have a reason; one
project has no plan, and one waits for the county to register what its school reports. Everything follows from the rows.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models, transaction

from junheng.domains.projects.models import Milestone, Project, ProjectAcceptance, ProjectPayment
from junheng.domains.projects.queries.standing import class_limit
from junheng.domains.projects.terms import (
    ORDER,
    PLACE_GIVING,
    STEPS,
    HeldBy,
    Programme,
    ProjectKind,
    ReportVerdict,
    Step,
)
from junheng.platform.audit.append import append_many, batch_draft
from junheng.platform.audit.chain import Draft, digest_of_rows
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.save import columns_of
from junheng.surfaces.demo.faults import DAY
from junheng.surfaces.demo.logins import county_login

WHY = "补登项目节点、验收和拨付（演示数据）"
AT = datetime.combine(date(2023, 12, 29), time(16, 0), ZoneInfo("Asia/Shanghai"))
MOVED = date(2024, 6, 30)
"""To which day the acceptance of an open project was moved where its first day has passed."""
BEFORE = {Step.INITIATED: 150, Step.LAND: 110, Step.TENDER: 40}
"""Days before building began."""
AFTER = {Step.STRUCTURE: 150, Step.COMPLETED: 300, Step.ACCEPTED: 330, Step.OPENED: 360}
"""Days after building began, as planned."""
REASONS = (
    (HeldBy.BUILDER, "主体施工进度滞后，已约谈施工单位（演示数据）"),
    (HeldBy.MONEY, "配套资金第二批未到位（演示数据）"),
    (HeldBy.PERMIT, "消防设计审查补正中（演示数据）"),
    (HeldBy.REMEDY, "预验收发现的问题整改中（演示数据）"),
)


@transaction.atomic
def add_project_steps() -> None:
    """All of it; one entry for what each county handed in of a table."""
    projects = list(Project.objects.select_related("school").order_by("pk"))
    waiting = [one for one in projects if one.accepted_on is None and one.cancelled_on is None]
    steps: list[models.Model] = []
    for place, one in enumerate(waiting):
        steps += [] if one is waiting[-1] else open_steps(one, place, told=place == 1)
    steps += [step for one in projects if one not in waiting for step in past_steps(one)]
    accepted = [one for one in projects if one.accepted_on is not None]
    drafts = [
        *kept(Milestone, steps),
        *kept(ProjectAcceptance, [acceptance_of(one) for one in accepted]),
        *kept(ProjectPayment, [row for one in projects for row in payments_of(one)]),
    ]
    append_many(drafts)


def kept(model: type[models.Model], rows: Sequence[models.Model]) -> Iterator[Draft]:
    """Rows as they came from the counties, with an entry for each county's."""
    by_county: dict[str, list[models.Model]] = defaultdict(list)
    for row in rows:
        by_county[str(getattr(row, "area_id"))[:6]].append(row)  # noqa: B009 — of any of three models
    for county, some in sorted(by_county.items()):
        insert_rows(model, some)
        yield batch_draft(
            model, first_row=some[0].pk, last_row=some[-1].pk, count=len(some),
            digest=digest_of_rows(columns_of(one) for one in some), source=f"{county}-{model._meta.model_name}.xlsx",
            by=county_login(county), at=AT, why=WHY,
        )  # fmt: skip


def milestone(project: Project, step: Step, planned: date, *, reached: date | None = None) -> Milestone:
    """One step; what is reached has a number."""
    made = Milestone(
        project=project,
        area_id=project.area_id,
        step=step,
        first_on=planned,
        planned_on=planned,
        reached_on=reached,
    )
    if reached is not None:
        made.number = f"演示{step.label}〔{reached.year}〕{project.pk:04}号"
        made.reached_by = county_login(project.area_id[:6])
    return made


def begun_on(project: Project) -> date:
    """When building began."""
    assert project.started_on is not None
    return project.started_on


def steps_before(project: Project) -> Iterator[Milestone]:
    """What came before building, and its beginning, each on the day it was planned for or some days later."""
    begun, slip = begun_on(project), timedelta(days=project.pk % 4 * 3)
    for step in STEPS[ProjectKind(project.kind)]:
        if step in BEFORE:
            day = begun - timedelta(days=BEFORE[step])
            yield milestone(project, step, day - slip, reached=day)
        elif step is Step.BEGUN:
            yield milestone(project, step, begun - slip, reached=begun)


def past_steps(project: Project) -> Iterator[Milestone]:
    """The steps of what is accepted, or was given up."""
    yield from steps_before(project)
    begun, accepted = begun_on(project), project.accepted_on
    for step in STEPS[ProjectKind(project.kind)]:
        if step not in AFTER:
            continue
        planned = begun + timedelta(days=AFTER[step])
        if accepted is None:
            yield milestone(project, step, planned)
            continue
        built = (accepted - begun).days
        reached = {
            Step.STRUCTURE: begun + timedelta(days=built // 2),
            Step.COMPLETED: max(accepted - timedelta(days=12), begun + timedelta(days=built // 2)),
            Step.ACCEPTED: accepted,
            Step.OPENED: accepted + timedelta(days=20),
        }[step]
        if step is Step.OPENED and reached > DAY:
            yield milestone(project, step, reached)
            continue
        yield milestone(project, step, reached - timedelta(days=project.pk % 5 * 4), reached=reached)


def open_steps(project: Project, place: int, *, told: bool) -> Iterator[Milestone]:
    """The steps of what is still being built: of every third project all after the beginning are behind."""
    behind = place % 3 == 0
    yield from steps_before(project)
    waits = False
    for step in STEPS[ProjectKind(project.kind)]:
        if step not in AFTER:
            continue
        planned = begun_on(project) + timedelta(days=AFTER[step])
        done = planned <= DAY and not behind and not waits and ORDER[step] < ORDER[Step.ACCEPTED]
        made = milestone(project, step, planned, reached=planned if done else None)
        if not done and planned <= DAY and not behind:
            made.planned_on = MOVED
        if not done and not waits:
            waits = True
            made.held_by, made.held_words = REASONS[place % len(REASONS)]
            if told:
                made.reported_on, made.reported_words = date(2023, 12, 20), "已完工，请核对（演示数据）"
        yield made


def acceptance_of(project: Project) -> ProjectAcceptance:
    """The record of an acceptance: classes by the standard where the places allow it, else with the reason."""
    assert project.accepted_on is not None
    made = ProjectAcceptance(
        project=project, area_id=project.area_id, accepted_on=project.accepted_on, places=project.places_after,
        number=f"演示验收〔{project.accepted_on.year}〕{project.pk:04}号", acceptors="县（市、区）教育局、住建部门、监理单位（演示）",
    )  # fmt: skip
    limit = class_limit(project, on=project.accepted_on)
    if project.kind in PLACE_GIVING and project.places_after and limit is not None:
        sizes = range(limit.value, limit.value // 2, -1)
        fitting = next((size for size in sizes if project.places_after % size == 0), None)
        made.per_class = fitting or limit.value
        made.classes = -(-project.places_after // made.per_class)
        made.difference = "" if fitting else "末班按实际面积核定（演示数据）"
    if project.programme == Programme.SPORTS_GROUND:
        made.report_number = f"演示检测{project.accepted_on.year}-{project.pk:04}"
        made.report_verdict = ReportVerdict.FIT
    return made


def payments_of(project: Project) -> Iterator[ProjectPayment]:
    """Six tenths when building began, the rest once it is accepted; nothing of what was given up."""
    if project.cancelled_on is not None or not project.budget_fen:
        return
    first = project.budget_fen * 6 // 10
    parts = [(begun_on(project), first)]
    if project.accepted_on is not None:
        parts.append((project.accepted_on, project.budget_fen - first))
    for number, (day, amount) in enumerate(parts, start=1):
        yield ProjectPayment(
            project=project, area_id=project.area_id, paid_on=day, amount_fen=amount,
            number=f"演示财建〔{day.year}〕{project.pk:04}-{number}号",
        )  # fmt: skip
