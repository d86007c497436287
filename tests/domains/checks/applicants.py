"""Applications as families send them: without the phone, straight into the tables."""

import hashlib
import json
from datetime import timedelta
from typing import Any

from junheng.domains.intakes.models import Intake
from junheng.domains.registrations.models import Application, Choice, StatedCircumstance
from junheng.domains.schools.models import School
from tests.domains.intakes.fields import DAYS

SENT = DAYS["opens_at"] + timedelta(hours=1)


def application(
    intake: Intake,
    *choices: School,
    approved: tuple[str, ...] = (),
    claimed: tuple[str, ...] = (),
    about: School | None = None,
    **given: Any,
) -> Application:
    number = Application.objects.count() + 1
    facts: dict[str, Any] = {
        "code": f"B{number:07d}",
        "pid": hashlib.sha256(f"{intake.code}/{number}".encode()).hexdigest()[:32],
        "season": str(intake.year),
        "details": json.dumps(
            {"name": "示例儿童", "phone": "13800000000"}
            | {f"choice{n}": one.code for n, one in enumerate(choices, 1)}
        ),
        "home_area_id": intake.area_id,
        "salt": hashlib.sha256(f"salt{number}".encode()).hexdigest()[:32],
        "receipt": "0" * 64,
        "request_key": f"key-{number}",
        "sent_at": SENT,
    }
    row = Application.objects.create(intake=intake, area_id=intake.area_id, **facts | given)
    for rank, school in enumerate(choices, 1):
        Choice.objects.create(application=row, area_id=row.area_id, rank=rank, school=school)
    for state, kinds in (("approved", approved), ("claimed", claimed)):
        for kind in kinds:
            bound = about if kind in {"sibling", "direct"} else None
            StatedCircumstance.objects.create(
                application=row, area_id=row.area_id, kind=kind, state=state, about=bound
            )
    return row
