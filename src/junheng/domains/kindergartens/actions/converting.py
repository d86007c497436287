"""Turning a private kindergarten public: its recognition ends that day, and it is neither new nor counted twice."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.kindergartens.actions.asking import check_office
from junheng.domains.kindergartens.models import Kindergarten, Nature
from junheng.domains.kindergartens.queries import recognition_on
from junheng.domains.kindergartens.terms import EndedBy, KindergartenNature
from junheng.kernel.errors import Conflict
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_ends_after, check_has_come


@transaction.atomic
def make_public(kindergarten: Kindergarten, *, on: date, by: Any, at: datetime, why: str) -> Kindergarten:
    """End the private nature and begin the public one on the same day; a recognition that holds ends with the first."""
    kindergarten = Kindergarten.objects.select_for_update().get(pk=kindergarten.pk)
    check_may(_("转为公办"), kindergarten, by=by, at=at)
    check_office(_("转为公办"), by=by, at=at)
    check_has_come(on, at=at)
    now = Nature.objects.filter(kindergarten=kindergarten, until=None).first()
    if now is None or now.nature != KindergartenNature.PRIVATE:
        raise Conflict(
            "not-private-now",
            "{kindergarten}现在不是民办园，不能转为公办。没有改动；请核对“办园性质”。",
            kindergarten=kindergarten,
        )
    check_ends_after(now.since, on)
    now.until = on
    save_row(now, by=by, at=at, why=why, verb=Verb.DEED.value)
    after = Nature(
        kindergarten=kindergarten, area_id=kindergarten.area_id, nature=KindergartenNature.PUBLIC, since=on
    )
    save_row(after, by=by, at=at, why=why, verb=Verb.DEED.value)
    held = recognition_on(kindergarten, on=on)
    if held is not None and held.since is not None:
        check_ends_after(held.since, on)
        held.until, held.ended_by = on, EndedBy.CONVERTED
        save_row(held, by=by, at=at, why=why, verb=Verb.DEED.value)
    return kindergarten
