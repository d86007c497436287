"""Measures in the sealed cases of the demonstration, and a case that is offered to the school of a pupil who moved.

The number of a paper is sealed, so the rows are written without the deed that would put the seal into the audit.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from junheng.domains.guidance.models import CareCase, CareMeasure, CareTransfer
from junheng.domains.guidance.terms import Rhythm, Taker
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.surfaces.demo.noting import note_new

AT = datetime.combine(date(2023, 12, 20), time(15), ZoneInfo("Asia/Shanghai"))
WHY = "专班会商（演示）"
SOME = 6
PLANS = (
    (("law_lesson", Taker.LEGAL_DEPUTY, Rhythm.MONTHLY, ""), ("counselling", Taker.PSYCHOLOGIST, Rhythm.WEEKLY, "")),
    (("admonition", Taker.POLICE, Rhythm.ONCE, "演示公训〔2023〕7号"), ("family", Taker.GUARDIAN, Rhythm.WEEKLY, "")),
    (("topic", Taker.MORAL_HEAD, Rhythm.FORTNIGHTLY, ""),),
)  # fmt: skip


@transaction.atomic
def add_measures() -> None:
    """Measures in the first open cases; the last of these is offered to the school of the demonstrated team."""
    cases = list(CareCase.objects.filter(closed_on=None).order_by("pk")[:SOME])
    team = User.objects.filter(username="xinli2").first()
    if team is None or not cases:
        return
    measures = [
        CareMeasure(
            case=case, kind=kind, taker=taker, rhythm=rhythm, document=document, since=date(2023, 12, 1)
        )
        for number, case in enumerate(cases)
        for kind, taker, rhythm, document in PLANS[number % len(PLANS)]
    ]
    for one in measures:
        one.save()
    note_new(measures, by=team, at=AT, why=WHY)
    school = Grant.objects.filter(user=team, role=Role.PSYCHOLOGIST).values_list("school", flat=True)[0]
    offered = next((one for one in reversed(cases) if one.team_id != school), None)
    if offered is None or school is None:
        return
    transfer = CareTransfer(case=offered, to_school_id=school, asked_on=date(2023, 12, 20))
    transfer.save()
    note_new([transfer], by=team, at=AT, why=WHY)
