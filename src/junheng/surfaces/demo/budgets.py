"""Budgets and beds in the demonstration city: what schools meant to spend, counties' lines, and who sleeps where."""

from datetime import date

from django.db import transaction

from junheng.domains.funds.models import (
    BedAssignment,
    BudgetLine,
    Derivation,
    Dormitory,
    FundBasis,
    FundBudget,
    FundPayment,
)
from junheng.domains.funds.queries.budgets import equations
from junheng.domains.funds.queries.lines import changes
from junheng.domains.funds.queries.rolls import PAID
from junheng.domains.funds.terms import UseKind
from junheng.domains.pupils.models import Pupil
from junheng.domains.pupils.terms import Sex
from junheng.domains.schools.models import School
from junheng.platform.access.models import Grant
from junheng.platform.access.roles import Role
from junheng.platform.spans import holds
from junheng.surfaces.demo.funds import RATES_CAME, REPAIR, Funded, write

PLANNED = (
    (UseKind.TEACHING, 42),
    (UseKind.TRAINING, 6),
    (UseKind.UTILITIES, 22),
    (UseKind.REPAIR, 18),
    (UseKind.OFFICE, 12),
)
"""What a school meant to spend, in parts of a hundred."""
MISSING = 100_000
"""What the budget of one county is short of, in fen."""
IN_A_ROOM = 8


@transaction.atomic
def add_fund_budgets(funded: Funded) -> None:
    """All of it, from what was reckoned and paid."""
    add_budgets()
    add_budget_lines(funded.again)
    add_beds(funded.bare)


def add_budgets() -> None:
    """What the schools of the demonstration principals meant to spend in 2023; one of them too little on training."""
    own = Grant.objects.filter(role=Role.PRINCIPAL, school__isnull=False).order_by("pk")
    rows = []
    for place, school in enumerate(School.objects.filter(pk__in=own.values("school")).order_by("pk")):
        paid = FundPayment.objects.filter(school=school, instalment__paid_on__year=2023)
        got = sum(paid.values_list("amount_fen", flat=True))
        for kind, share in PLANNED if got else ():
            less = 3 if place and kind == UseKind.TRAINING else 0
            rows.append(
                FundBudget(
                    school=school, area_id=school.area_id, year=2023, kind=kind, amount_fen=got * (share - less) // 100
                )
            )  # fmt: skip
    write(FundBudget, rows, on=date(2023, 1, 16))


def add_budget_lines(again: int) -> None:
    """Every county has a line for what the new rates of spring cost; in the last county it is too small."""
    derivation = Derivation.objects.select_related("previous").get(pk=again)
    found = equations(derivation, changes(derivation, School.objects.all()))
    rows = [
        BudgetLine(
            derivation=derivation, area_id=one.area, code=f"演示财预〔2023〕{one.area[-2:]}号",
            amount_fen=one.difference - (MISSING if one is found[-1] else 0),
        )
        for one in found
    ]  # fmt: skip
    write(BudgetLine, rows, on=RATES_CAME)


def add_beds(bare: int) -> None:
    """One boarding school gives out its beds pupil by pupil since November; two of its boarders have none yet."""
    boarding = School.objects.filter(boarding=True, pk__in=FundBasis.objects.values("school")).exclude(
        pk=bare
    )
    school = boarding.order_by("pk").first()
    if school is None:
        return
    boarders = list(
        Pupil.objects.filter(holds(REPAIR), school=school, boarder=True, stage__in=PAID).order_by("sex", "pk")
    )
    for sex in Sex:
        own = [one for one in boarders if one.sex == sex][1:]
        for number in range(-(-len(own) // IN_A_ROOM)):
            room = Dormitory(
                code=f"{school.code}-{sex}{number + 1:02}", name=f"{number + 1}号{sex.label}生宿舍", school=school,
                area_id=school.area_id, sex=sex, beds=IN_A_ROOM, since=date(2023, 9, 1),
            )  # fmt: skip
            write(Dormitory, [room], on=REPAIR)
            here = own[number * IN_A_ROOM : (number + 1) * IN_A_ROOM]
            rows = [
                BedAssignment(pupil=one, dormitory=room, bed=bed, area_id=school.area_id, since=REPAIR)
                for bed, one in enumerate(here, start=1)
            ]
            write(BedAssignment, rows, on=REPAIR)
