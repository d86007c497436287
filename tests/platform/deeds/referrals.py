"""Cases of the deeds about tips that were passed on; ``cases`` says what a case is."""

from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from junheng.domains.findings.models import Finding
from junheng.domains.governance.models import Case
from junheng.domains.tips.models import Referral
from junheng.domains.visits.models import Inspector
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.platform.deeds.filled import DAY, ON, Filled


def referral(**given: Any) -> Referral:
    """A task of a county that waits."""
    facts: dict[str, Any] = {
        "code": f"ZB2023-{Referral.objects.count() + 1:05d}", "kind": "unlicensed", "area_id": "410802", "title": "某工作室",
        "place": "文昌路1号", "summary": "请核查", "week": makers.BEGUN, "assigned_on": makers.BEGUN, "due_on": DAY,
    }  # fmt: skip
    return Referral.objects.create(**facts | given)


def team() -> str:
    """Two inspectors of another county, by their codes."""
    rows = [
        Inspector.objects.create(
            code=f"DX{Inspector.objects.count()}", name=name, area_id="410811", since=makers.BEGUN
        )
        for name in ("甲", "乙")
    ]
    return " ".join(one.code for one in rows)


def of_a_school(**given: Any) -> Referral:
    return referral(kind="fees", school=makers.school(), **given)


def done(**given: Any) -> Referral:
    return referral(state="done", outcome="true", done_on=DAY, **given)


def now(row: Model) -> Referral:
    return Referral.objects.get(pk=row.pk)


REFERRALS: dict[tuple[str, str], Filled] = {
    ("referrals", "case"): Filled(
        referral,
        Role.COUNTY_OFFICER,
        lambda row: ON | {"operator": "某人"},
        lambda row: Case.objects.filter(pk=now(row).became_row, title="某工作室").exists(),
        lambda: referral(kind="safety"),
    ),
    ("referrals", "visit"): Filled(
        referral,
        Role.COUNTY_OFFICER,
        lambda row: {
            "day": str(timezone.localdate() + timedelta(days=30)),
            "purpose": "办学行为检查",
            "team": team(),
            "until": "",
        },
        lambda row: now(row).errands.count() == 1 and now(row).became == "none",
        done,
    ),
    ("referrals", "finding"): Filled(
        of_a_school,
        Role.COUNTY_OFFICER,
        lambda row: ON | {"what": "收取目录外的资料费", "severity": "一般"},
        lambda row: Finding.objects.filter(pk=now(row).became_row, school=now(row).school).exists(),
        referral,
    ),
    ("referrals", "report"): Filled(
        referral,
        Role.COUNTY_OFFICER,
        lambda row: ON | {"outcome": "属实", "words": "到现场核查，已责令停止"},
        lambda row: (now(row).state, now(row).outcome, now(row).done_on) == ("done", "true", DAY),
        done,
    ),
    ("referrals", "back"): Filled(
        referral,
        Role.COUNTY_OFFICER,
        lambda row: {},
        lambda row: now(row).outcome == "returned",
        done,
    ),
}
