"""Forgetting: drafts after their days, and what families told of a season some years after its children began school."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from junheng.content.rulebook import PRIVACY
from junheng.domains.intakes.models import Intake
from junheng.domains.registrations.models import Application, Evidence, Objection
from junheng.platform.audit.append import record_table
from junheng.platform.audit.models import Verb
from junheng.platform.retention.rules import years_before
from junheng.platform.sealing.beside import place_of
from junheng.platform.sealing.erased import destroy, keys_of, written_down

NIGHT = "夜间任务"
"""Who is written down where nobody ordered it: the rule did."""


def forget_seasons(*, at: datetime) -> int:
    """Destroy the keys of applications, appeals and photos whose years are over; answers with how many.

    Choices and places stay: they are the record of the admission and say nobody's name.
    """
    years = PRIVACY.keep_applications.on(timezone.localdate(at))
    until = years_before(timezone.localdate(at), years.value)
    due = list(Intake.objects.filter(starts_on__lte=until).values_list("pk", flat=True))
    photos = Evidence.objects.filter(application__intake__in=due)
    keys = [
        *keys_of(Application, Application.objects.filter(intake__in=due).values_list("pk", flat=True)),
        *keys_of(
            Objection, Objection.objects.filter(application__intake__in=due).values_list("pk", flat=True)
        ),
        *keys_of(Evidence, photos.values_list("pk", flat=True)),
    ]
    if not keys:
        return 0
    files = list(photos.values_list("digest", flat=True))
    with written_down(keys, because=f"applications until {until}"), transaction.atomic():
        for model in (Application, Objection, Evidence):
            destroy(model, [one for one in keys if one.table == model._meta.db_table])
        record_table(
            Application, Verb.DEED.value, by=NIGHT, at=at, why="报名信息保存期满，销毁密钥",
            after={"count": len(keys), "until": until.isoformat(), "years": years.value},
        )  # fmt: skip
        for digest in files:
            transaction.on_commit(lambda digest=digest: place_of(digest).unlink(missing_ok=True))  # type: ignore[misc]
    return len(keys)
