"""Reporting an incident at a school, a kindergarten or a water: what happened, without the name of any child."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import SAFETY
from junheng.domains.areas.models import Area
from junheng.domains.areas.policies import check_may
from junheng.domains.incidents.models import Incident
from junheng.domains.incidents.queries import child_named_in
from junheng.domains.incidents.terms import IncidentKind
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.schools.models import School
from junheng.domains.waters.models import Water
from junheng.kernel.errors import Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.actions import require_nameless
from junheng.platform.spans import check_has_come

Place = School | Kindergarten | Water


@transaction.atomic
def report(
    there: Place,
    *,
    kind: str,
    on: date,
    place: str,
    what: str,
    hurt: int = 0,
    by: Any,
    at: datetime,
    why: str,
) -> Incident:
    """Write an incident down with the last day for its review."""
    check_has_come(on, at=at)
    if not what.strip() or not place.strip():
        raise Refusal("incident-without-words", "请写明发生了什么、在什么部位。")
    made = Incident(
        code=next_code(on.year),
        kind=IncidentKind(kind),
        area_id=there.area_id,
        school=there if isinstance(there, School) else None,
        kindergarten=there if isinstance(there, Kindergarten) else None,
        water=there if isinstance(there, Water) else None,
        on=on,
        place=place.strip()[:60],
        what=what.strip()[:400],
        hurt=hurt,
        reported_on=timezone.localdate(at),
        reported_by=name_of(by),
        review_by=on + timedelta(days=SAFETY.review_within.on(on).value),
    )
    check_no_child(made, place, what)
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("报告安全事件"), made, by=by, at=at)
    return made


def check_no_child(incident: Incident, *texts: str) -> None:
    """Refuse words that name a child of the place, or hold an identity number: many read them, for good."""
    for one in texts:
        require_nameless(one)
    if child_named_in(texts, school=incident.school_id, kindergarten=incident.kindergarten_id):
        raise Refusal(
            "child-named",
            "您写的文字里有在册学生或幼儿的姓名。事件台账多人可见、长期留存，不写姓名。请改成“一名学生”“甲生”这样的说法；与学生同名的教职工请写职务。",
        )


def next_code(year: int) -> str:
    """The next number of a year. Two who report at the same moment wait for one another at the city's row."""
    city = Area.objects.select_for_update(no_key=True, of=("self",)).filter(pk=settings.JUNHENG_CITY)
    list(city.values_list("pk"))
    start = f"SJ{year}-"
    rows = Incident.objects.filter(code__startswith=start).order_by("-code")
    last = rows.values_list("code", flat=True).first()
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:04d}"
