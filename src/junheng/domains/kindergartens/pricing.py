"""Fees whose first day has come: the register of kindergartens shows what is charged now."""

from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, Subquery

from junheng.domains.kindergartens.models import Kindergarten, KindergartenFee
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


def take_effect(*, on: date, by: Any, at: datetime, why: str) -> list[Kindergarten]:
    """Write the standard that holds on a day into the row of its kindergarten, where it shows another."""
    newest = KindergartenFee.objects.filter(kindergarten=OuterRef("pk"), since__lte=on).order_by("-since")
    rows = (
        Kindergarten.objects.annotate(now=Subquery(newest.values("fee_fen")[:1]))
        .filter(now__isnull=False)
        .exclude(fee_fen=F("now"))
        .order_by("pk")
    )
    changed = list(rows)
    for one in changed:
        one.fee_fen = one.now
        save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
    return changed
