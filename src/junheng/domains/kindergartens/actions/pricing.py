"""Fees: announced by a kindergarten, approved by its county, and in force from their day."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.kindergartens.models import Kindergarten, KindergartenFee
from junheng.kernel.errors import Conflict
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers import register_called
from junheng.platform.registers.actions import write
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Source


@transaction.atomic
def announce(
    kindergarten: Kindergarten, *, fee_fen: int, since: date, basis: str, by: Any, at: datetime, why: str
) -> KindergartenFee | None:
    """Announce what is charged from a day on. Of a kindergarten it waits for its county, and nothing is written yet."""
    check_may(_("申报收费标准"), kindergarten, by=by, at=at)
    if KindergartenFee.objects.filter(kindergarten=kindergarten, since=since).exists():
        raise Conflict(
            "fee-standard-there", "这所幼儿园已有 {since} 起执行的标准。没有保存；请改日期。", since=since
        )
    made = KindergartenFee(
        kindergarten=kindergarten,
        area_id=kindergarten.area_id,
        fee_fen=fee_fen,
        since=since,
        basis=basis.strip(),
    )
    register = register_called("kindergartenfees")
    asker = Asker(by, at)
    saved = write(register, made, asker=asker, why=why, source=Source.HAND, verb=Verb.DEED.value)
    return None if saved.whole else made


def take_effect(*, on: date, by: Any, at: datetime, why: str) -> list[Kindergarten]:
    """Write the standard that holds on a day into the row of its kindergarten, where it shows another."""
    newest = KindergartenFee.objects.filter(kindergarten=OuterRef("pk"), since__lte=on).order_by("-since")
    rows = (
        Kindergarten.objects.annotate(now=Subquery(newest.values("fee_fen")[:1]))
        .filter(now__isnull=False)
        .exclude(fee_fen=F("now"))
        .order_by("pk")
    )
    changed: list[Any] = list(rows)
    for one in changed:
        one.fee_fen = one.now
        save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
    return changed
