"""What waits for whom on the first page, in one question."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from junheng.domains.findings.models import Finding
from junheng.domains.findings.queries import is_overdue
from junheng.domains.findings.terms import FindingState, Raised, Severity
from junheng.platform.audit.append import name_of
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level
from junheng.platform.registers.todo import Todo, todo


@todo
def waiting(asker: Asker) -> Iterable[Todo]:
    """To be remedied, for a school or a township; for those above: to be checked again, decided, listed, and overdue."""
    register = register_called("findings")
    if not asker.may("change", register):
        return
    day = settings.JUNHENG_AS_OF or asker.today
    rows = asker.within(Finding.objects.all(), register, "change").exclude(state=FindingState.CLOSED)
    if asker.stands_at(Level.COUNTY) or asker.stands_at(Level.CITY):
        yield from above(rows, asker, day=day)
    else:
        yield from below(rows, day=day)


def below(rows: "QuerySet[Finding]", *, day: date) -> Iterable[Todo]:
    """Of a school or a township."""
    found = rows.filter(state=FindingState.OPEN).aggregate(count=Count("pk"), due=Min("due_on"))
    yield line(
        _("待整改的隐患"),
        found["count"],
        "wrench-screwdriver",
        f"?state={FindingState.OPEN}",
        found["due"],
        day,
    )


def above(rows: "QuerySet[Finding]", asker: Asker, *, day: date) -> Iterable[Todo]:
    """Of a county or the city. What the city has not listed is checked again by counties."""
    who, city = name_of(asker.user), asker.stands_at(Level.CITY)
    own = Raised.CITY if city else Raised.COUNTY
    again = Q(state=FindingState.REMEDIED) & ~Q(remedied_by=who)
    asked = Q(asked_of=own) & ~Q(asked_by=who)
    unlisted = Q(severity=Severity.MAJOR, listed="")
    late = is_overdue(day)
    if city:
        again &= Q(listed=Raised.CITY)
        late &= Q(escalated=Raised.CITY)
    found = rows.aggregate(
        again=Count("pk", filter=again),
        asked=Count("pk", filter=asked),
        asked_due=Min("due_on", filter=asked),
        unlisted=Count("pk", filter=unlisted),
        late=Count("pk", filter=late),
        late_due=Min("due_on", filter=late),
    )
    remedied = f"?state={FindingState.REMEDIED}"
    yield line(_("待复查的隐患"), found["again"], "clipboard-document-check", remedied, None, day)
    yield line(_("待批复的延期"), found["asked"], "clock", f"?asked_of={own}", found["asked_due"], day)
    yield line(_("待挂牌的重大隐患"), found["unlisted"], "flag", f"?severity={Severity.MAJOR}", None, day)
    page = reverse("findings:overdue")
    yield Todo(
        str(_("逾期未整改的隐患")), page, found["late"], "exclamation-triangle", found["late_due"], late=True
    )


def line(label: Any, count: int, icon: str, narrowed: str, due: date | None, day: date) -> Todo:
    """One line that leads to the list."""
    address = f"{reverse('registers:list', args=['findings'])}{narrowed}"
    return Todo(str(label), address, count, icon, due, due is not None and due < day)
