"""Every step of one admission after another, each taken by whoever may take it, at its moment."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from junheng.domains.admissions.models import Entrant
from junheng.domains.intakes.models import Intake
from junheng.domains.placements.actions.again import again
from junheng.domains.placements.actions.closing import close
from junheng.domains.placements.actions.computing import compute
from junheng.domains.placements.actions.drawing import draw_numbers, enter_value, reveal, value_failed
from junheng.domains.placements.actions.entrants import hand_over
from junheng.domains.placements.actions.preparing import commit, prepare
from junheng.domains.placements.actions.releasing import release
from junheng.domains.placements.actions.replies import FAMILY, appeal, reply
from junheng.domains.placements.models import Contributor, Listed, Placement, PublicValue, Reply, Run
from junheng.domains.placements.queries.roll import roll
from junheng.domains.registrations.actions.checking import decide, decide_objection
from junheng.domains.registrations.models import StatedCircumstance
from junheng.domains.registrations.queries.finding import codes_for
from junheng.domains.registrations.terms import FoundState
from junheng.kernel.lottery import Algorithm, commitment_of
from junheng.platform.audit.append import record_batch
from junheng.platform.audit.inserting import insert_tuples
from junheng.surfaces.demo.autumn.moments import Moments
from junheng.surfaces.demo.dice import Dice

CONTRIBUTORS = (
    ("notary", "公证处（演示）"),
    ("parents", "家长代表（演示）"),
    ("bureau", "区县教育局（演示）"),
)
VALUE = "03 11 14 22 27 32 + 09"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class People:
    """Who takes the steps: the county's officer, a second person of the city, and one who had no part."""

    officer: Any
    second: Any
    other: Any


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one admission."""

    code: str
    applications: int
    listed: int
    placed: int
    first: int
    """Children at their first choice."""
    faults: int
    runs: int
    root: str
    rules: str
    result: str
    admitted: int
    absent: int
    arrived: int
    migrants: int
    family: tuple[str, str]
    """Number and password of one family, to look its result up with."""

    @property
    def roll(self) -> int:
        """The equation."""
        return self.admitted - self.absent + self.arrived


def check(intake: Intake, people: People, moments: Moments) -> int:
    """The clerk decides what was left over, one by one."""
    waiting = StatedCircumstance.objects.filter(
        application__intake=intake, state=FoundState.CLAIMED
    ).order_by("id")
    rows = list(waiting)
    for row in rows:
        decide(row, FoundState.APPROVED, reason="", by=people.officer, at=moments.checked)
    return len(rows)


def draw(
    intake: Intake, people: People, moments: Moments, *, silent: str = "", failing: bool = False
) -> None:
    """From the commitments to the numbers. ``silent`` does not reveal; ``failing``: the first public value fails."""
    due = moments.value_due
    sources = [
        (f"welfare-{moments.year}095", f"示例福利彩票第{moments.year}095期（演示）", due),
        (f"sport-{moments.year}095", f"示例体育彩票第{moments.year}095期（演示）", due),
    ]
    why = "派位（演示数据）"
    by, second = people.officer, people.second
    prepare(intake, CONTRIBUTORS, sources, f"fallback-{moments.year}", by=by, at=moments.sent, why=why)
    rows = list(
        Contributor.objects.filter(draw__intake=intake).select_related("draw__intake").order_by("rank")
    )
    for row in rows:
        promise = commitment_of(Algorithm(intake.algorithm), *opened(intake, row.name))
        commit(row, promise, by=by, at=moments.sent, why=why)
    close(intake, by=by, at=moments.closed, why="名单审核完毕（演示数据）")
    close(intake, by=second, at=moments.closed, why="同意封存（演示数据）")
    for row in rows:
        if row.name != silent:
            row = Contributor.objects.select_related("draw__intake").get(pk=row.pk)
            reveal(row, *opened(intake, row.name), by=by, at=moments.at(8, 14), why=why)
    values = list(
        PublicValue.objects.filter(draw__intake=intake).select_related("draw__intake").order_by("rank")
    )
    for value in values[: 2 if failing else 1]:
        for who in (by, second):
            if failing and value is values[0]:
                value_failed(value, by=who, at=moments.drawn, why="当期停止开奖（演示数据）")
            else:
                enter_value(value, VALUE, by=who, at=moments.drawn, why=why)
    draw_numbers(Intake.objects.get(pk=intake.pk), by=by, at=moments.drawn, why=why)


def opened(intake: Intake, name: str) -> tuple[str, str]:
    """Nonce and secret of a contributor of the demonstration; in earnest nobody else knows them."""
    digest = hashlib.sha256(f"{intake.code}/{name}".encode()).hexdigest()
    return digest[:16], digest[16:48]


def place(intake: Intake, people: People, moments: Moments) -> Run:
    """Compute, verify, and release by two."""
    run = compute(
        Intake.objects.get(pk=intake.pk), by=people.officer, at=moments.drawn, why="首次录取（演示数据）"
    )
    release(run, by=people.officer, at=moments.released, why="核验无误（演示数据）")
    done = release(run, by=people.second, at=moments.released, why="同意发布（演示数据）")
    assert done is not None
    return done


def answer(intake: Intake, run: Run, declining: int, people: People, moments: Moments) -> None:
    """Families answer: some give their place back, one appeal is upheld, and a further run moves the waiting list."""
    dice = Dice(moments.year, f"answers-{intake.code}")
    placed = list(
        Placement.objects.filter(run=run, school__isnull=False, listed__application__migrant=False, listed__application__bound_to="")
        .order_by("listed").values_list("listed__application", flat=True)
    )  # fmt: skip
    out = {placed[n] for n in dice.some(len(placed), min(declining, len(placed))).tolist()}
    rows = Listed.objects.filter(draw=run.draw_id, application__in=out).select_related("application__intake")
    for row in rows:
        reply(row.application, accepted=False, by=FAMILY, at=moments.replied, why="家长放弃（演示数据）")
    accept(run, out, moments)
    rejected = (
        StatedCircumstance.objects.filter(application__intake=intake, state=FoundState.REJECTED)
        .exclude(application__in=out).select_related("application__intake").order_by("id").first()
    )  # fmt: skip
    if rejected is not None:
        raised = appeal(
            rejected.application, "材料已经更正，请复查。（演示数据）", about=rejected.pk, by=FAMILY, at=moments.replied, why="家长申诉（演示数据）"
        )  # fmt: skip
        decide_objection(
            raised,
            upheld=True,
            answer="复查后相符，予以支持。（演示数据）",
            by=people.other,
            at=moments.at(8, 22),
        )
    if out or rejected is not None:
        further = again(
            Intake.objects.get(pk=intake.pk), by=people.officer, at=moments.again, why="放弃学位递补、申诉支持后重算（演示数据）"
        )  # fmt: skip
        release(further, by=people.officer, at=moments.again, why="核验无误（演示数据）")
        release(further, by=people.second, at=moments.again, why="同意发布（演示数据）")


@transaction.atomic
def accept(run: Run, out: set[int], moments: Moments) -> None:
    """All the others come, written in bulk with one entry."""
    placed = Placement.objects.filter(run=run, school__isnull=False).exclude(listed__application__in=out)
    rows = list(placed.order_by("listed").values_list("listed", flat=True))
    before = Reply.objects.order_by("-id").values_list("id", flat=True).first() or 0
    at = connection.ops.adapt_datetimefield_value(moments.replied)
    insert_tuples(
        Reply._meta.db_table, ["listed_id", "area_id", "run_id", "accepted", "replied_at", "replied_by"],
        ((row, run.area_id, run.pk, True, at, FAMILY) for row in rows),
    )  # fmt: skip
    numbers = list(Reply.objects.filter(pk__gt=before).order_by("id").values_list("id", flat=True))
    if numbers:
        record_batch(
            Reply, first_row=numbers[0], last_row=numbers[-1], count=len(numbers), source="演示数据",
            digest=hashlib.sha256(",".join(map(str, rows)).encode()).hexdigest(), by=FAMILY, at=moments.replied, why="家长确认（演示数据）",
        )  # fmt: skip


def first_day(intake: Intake, absent: int, arrived: int, people: People, moments: Moments) -> None:
    """Who holds a place becomes an entrant; some do not come, some move in."""
    hand_over(
        Intake.objects.get(pk=intake.pk), by=people.officer, at=moments.handed, why="转入新生名册（演示数据）"
    )
    dice = Dice(moments.year, f"first-day-{intake.code}")
    term = f"{intake.year}A"
    rows = Entrant.objects.filter(
        area__gte=str(intake.area_id), area__lt=str(int(intake.area_id) + 1), term=term, stage=intake.stage
    )
    local = list(rows.filter(migrant=False).order_by("id").values_list("id", flat=True))
    missing = [local[n] for n in dice.some(len(local), min(absent, len(local))).tolist()]
    with transaction.atomic():
        came = rows.exclude(pk__in=missing)
        bounds = came.order_by("id").values_list("id", flat=True)
        first, last, count = bounds[0], bounds.reverse()[0], came.count()
        came.update(arrived=True)
        record_batch(
            Entrant, first_row=first, last_row=last, count=count, source="演示数据",
            digest=hashlib.sha256(",".join(map(str, missing)).encode()).hexdigest(), by=people.officer, at=moments.came, why="开学报到（演示数据）",
        )  # fmt: skip
        moved = list(rows.filter(pk__in=local[:arrived]).order_by("id")) if arrived else []
        for number, row in enumerate(moved, 1):
            row.pk, row.code, row.kind, row.arrived = (
                None,
                f"Z{intake.code.replace('-', '')}{number:03d}",
                "transfer",
                True,
            )
            row.name = f"{row.name[0]}某（演示）"
            row.admitted_on = moments.came.date()
        written = Entrant.objects.bulk_create(moved)
        if written:
            record_batch(
                Entrant, first_row=written[0].pk, last_row=written[-1].pk, count=len(written), source="演示数据",
                digest=hashlib.sha256(",".join(one.code for one in written).encode()).hexdigest(), by=people.officer, at=moments.came, why="开学转入（演示数据）",
            )  # fmt: skip


def one_family(run: Run) -> tuple[str, str]:
    """The first family of a list that has more than one choice and did not give its place back."""
    rows = (
        Listed.objects.filter(draw=run.draw_id, reply__accepted=True)
        .select_related("application")
        .order_by("rank")
    )
    row = next((one for one in rows[:50] if len(one.facts["choices"]) > 1), rows[0])
    codes = codes_for(row.application)
    return codes.code, codes.secret


def told(intake: Intake, applications: int) -> Told:
    """What came of it all, from the tables."""
    runs = list(Run.objects.filter(draw__intake=intake).select_related("draw").order_by("number"))
    run, lines = runs[0], roll(intake)
    reasons = Placement.objects.filter(run=run).values_list("place", "listed__facts")
    first = sum(
        place.partition("-")[0] == facts["choices"][0] for place, facts in reasons if facts["choices"]
    )
    term = f"{intake.year}A"
    migrants = Entrant.objects.filter(
        code__in=Listed.objects.filter(draw=run.draw_id).values("application__code"), term=term, migrant=True, arrived=True
    ).count()  # fmt: skip
    return Told(
        intake.code, applications, run.draw.entrants or 0, run.placed, first, sum(len(one.faults) for one in runs), len(runs),
        run.draw.root, run.draw.rules, run.root, sum(one.admitted for one in lines), sum(one.absent for one in lines),
        sum(one.arrived for one in lines), migrants, one_family(run),
    )  # fmt: skip
