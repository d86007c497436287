"""Cases about county lines in the demonstration city: this autumn's, found after admission, corrected and closed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from junheng.domains.admissions.models import Crossing, Entrant
from junheng.domains.admissions.queries import COMPULSORY, away, with_counties
from junheng.domains.admissions.terms import Came, CrossingAnswer, CrossingState
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import drafts_of
from junheng.surfaces.demo.logins import county_login

FOUND, DUE, LAST = date(2023, 8, 28), date(2023, 9, 11), date(2023, 12, 29)
AT = datetime(2023, 12, 29, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
WHY = "按演示方案办理"


@transaction.atomic
def add_crossings() -> None:
    """A closed case for every admission that was corrected, written many at once."""
    corrected = Entrant.objects.filter(
        stage__in=COMPULSORY, exception__isnull=True, corrected_on__isnull=False
    )
    rows = [
        Crossing(
            code=f"KX2023-{number:05d}",
            entrant_id=one.pk,
            school_id=one.school_id,
            area_id=one.area_id,
            home_area_id=one.home_area_id,
            came=Came.ADMITTED,
            found_on=FOUND,
            due_on=DUE,
            state=CrossingState.CLOSED,
            answer=CrossingAnswer.CORRECTED,
            corrected_on=one.corrected_on,
            answered_by=county_login(one.area_id[:6]),
            answered_on=min(one.corrected_on + timedelta(days=1), LAST),
            closed_by="zhaoban",
            closed_on=min(one.corrected_on + timedelta(days=3), LAST),
        )
        for number, one in enumerate(with_counties(corrected).filter(away()).order_by("pk"), start=1)
        if one.corrected_on is not None
    ]
    insert_rows(Crossing, rows)
    pairs = ((one, None) for one in rows)
    append_many(list(drafts_of(pairs, by="zhaoban", at=AT, why=WHY, verb=Verb.DEED.value)))
