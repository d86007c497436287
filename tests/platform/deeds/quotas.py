"""Cases of the deeds about quota places; ``cases`` says what a case is."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Model

from junheng.domains.quotaplaces import actions
from junheng.domains.quotaplaces.models import QuotaCandidate, QuotaObjection, QuotaRound, QuotaRun
from junheng.domains.quotaplaces.terms import RoundState
from junheng.platform.access.roles import Role
from tests.domains.quotaplaces.round import (
    AT,
    WHY,
    a_round,
    confirmed,
    examined,
    examiner,
    graduates,
    seniors,
    tabled,
)
from tests.platform.deeds.filled import DAY, ON, Filled

Making = Callable[[], Model]


def fresh() -> QuotaRound:
    """A round of a county with its plans and its graduates, public around the day of the cases."""
    one = a_round(
        code=f"fps-{QuotaRound.objects.count()}",
        area_id="410802",
        year=2000 + QuotaRound.objects.count(),
        public_from=DAY - timedelta(days=3),
        public_until=DAY + timedelta(days=3),
        roll_on=date(2024, 5, 20),
    )
    seniors(one)
    graduates((3, 2, 2))
    return one


def computed_table() -> QuotaRound:
    return actions.make_table(fresh(), by=examiner(), at=AT, why=WHY)


def published() -> QuotaRound:
    return tabled(examiner(), fresh())


def listed() -> QuotaRound:
    return actions.list_candidates(published(), by=examiner(), at=AT, why=WHY)


def scored() -> QuotaRound:
    one = confirmed(examiner(), fresh())
    examined(one, [row.school for row in one.quotasenior_set.order_by("pk")])
    return one


def computed() -> QuotaRound:
    return actions.compute(scored(), by=examiner(), at=AT, why=WHY).quota_round


def candidate_of(one: QuotaRound) -> QuotaCandidate:
    return QuotaCandidate.objects.filter(quota_round=one, area="410802", found="eligible").order_by("number")[
        0
    ]


def round_of(row: Model) -> QuotaRound:
    return QuotaCandidate.objects.get(pk=row.pk).quota_round


def objection() -> QuotaObjection:
    row = candidate_of(listed())
    return actions.raise_objection(row, words="后转入", on=DAY, by=examiner(), at=AT, why=WHY)


def decided() -> QuotaObjection:
    facts = {"found": "late", "answer": "属实", "on": DAY, "by": examiner(), "at": AT, "why": WHY}
    return actions.decide_objection(objection(), **facts)


def step(row: Making, after: RoundState, shut: Making) -> Filled:
    """A step of a round, done where it is in ``after`` then."""
    return Filled(
        row,
        Role.CITY_SECTION,
        lambda row: {},
        lambda row: QuotaRound.objects.get(pk=row.pk).state == after,
        shut,
    )


QUOTAS: dict[tuple[str, str], Filled] = {
    ("quotarounds", "table"): step(fresh, RoundState.TABLED, published),
    ("quotarounds", "back"): step(computed_table, RoundState.DRAFT, published),
    ("quotarounds", "publish"): step(computed_table, RoundState.PUBLISHED, fresh),
    ("quotarounds", "list"): step(published, RoundState.LISTED, fresh),
    ("quotarounds", "confirm"): step(listed, RoundState.CONFIRMED, fresh),
    ("quotarounds", "compute"): step(scored, RoundState.COMPUTED, fresh),
    ("quotarounds", "release"): step(computed, RoundState.RELEASED, scored),
    ("quotacandidates", "object"): Filled(
        lambda: candidate_of(listed()),
        Role.COUNTY_OFFICER,
        lambda row: ON | {"words": "2023 年 2 月才转入"},
        lambda row: QuotaObjection.objects.filter(candidate=row.pk, state="open").exists(),
        lambda: candidate_of(scored()),
    ),
    ("quotacandidates", "correct"): Filled(
        lambda: candidate_of(computed()),
        Role.CITY_SECTION,
        lambda row: {"score": "650", "subjects": "0"},
        lambda row: QuotaRun.objects.filter(quota_round=round_of(row)).count() == 2,
        lambda: candidate_of(scored()),
    ),
    ("quotaobjections", "decide"): Filled(
        objection,
        Role.COUNTY_OFFICER,
        lambda row: ON | {"found": "late", "answer": "档案显示后转入"},
        lambda row: QuotaObjection.objects.get(pk=row.pk).state == "upheld",
        decided,
    ),
}
