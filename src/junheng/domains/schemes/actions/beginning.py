"""Beginning an application with one click: whose it is and where it lies stand in the registers already."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.domains.areas.policies import check_may
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.schemes.actions.applying import check_in_time, check_there
from junheng.domains.schemes.models import SchemeApplication, SchemeCategory
from junheng.domains.schemes.terms import WRITABLE, SchemeState, Subject
from junheng.kernel.errors import Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@transaction.atomic
def begin(
    category: SchemeCategory, kindergarten: Kindergarten, *, by: Any, at: datetime, why: str
) -> SchemeApplication:
    """Make the draft of a kindergarten, with what it wrote last time; one that waits to be handed in is used again."""
    there = SchemeApplication.objects.filter(
        category__scheme=category.scheme, kindergarten=kindergarten, stage__in=WRITABLE
    ).first()
    if there is not None:
        return there
    if category.scheme.subject != Subject.KINDERGARTEN:
        raise Refusal(
            "scheme-for-others",
            "“{scheme}”的申报对象不是幼儿园。没有新建申报；请选择幼儿园的方案。",
            scheme=category.scheme.title,
        )
    last = SchemeApplication.objects.filter(kindergarten=kindergarten).order_by("-pk").first()
    made = SchemeApplication(
        category=category,
        kindergarten=kindergarten,
        area_id=kindergarten.area_id,
        statement=last.statement if last else "",
    )
    check_in_time(made, category.scheme, at=at)
    check_there(made, at=at)
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may("申报", made, by=by, at=at)
    return made


def open_to_kindergartens(at: datetime) -> list[SchemeCategory]:
    """What kindergartens can apply for on a day, the newest scheme first."""
    today = timezone.localdate(at)
    rows = SchemeCategory.objects.filter(
        scheme__state=SchemeState.OPEN,
        scheme__subject=Subject.KINDERGARTEN,
        scheme__applies_from__lte=today,
        scheme__applies_until__gte=today,
    )
    return list(rows.select_related("scheme").order_by("-scheme__year", "code"))
