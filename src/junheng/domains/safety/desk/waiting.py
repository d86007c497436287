"""What waits for somebody in a round: sheets to send, results to answer; and schools that asked for a level."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.content.rulebook import SAFETY
from junheng.domains.safety.models import Acceptance, ResultNotice, RoundPlan, Sheet
from junheng.domains.safety.policies import INSPECTORS, NOTICES, SHEETS
from junheng.domains.safety.queries.rounds import open_on
from junheng.domains.safety.terms import AcceptanceState, CheckLevel, SheetState
from junheng.platform.access.roles import Role
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def sheets_to_send(asker: Asker) -> Iterator[Todo]:
    """Of a school the sheet about itself, of a county how many of its schools it has not inspected. One question."""
    roles = {grant.role for grant in asker.granting(SHEETS, "change")}
    level = CheckLevel.SELF if Role.PRINCIPAL in roles else CheckLevel.COUNTY
    if not roles & (INSPECTORS | {Role.PRINCIPAL}):
        return
    open_ones = Sheet.objects.exclude(state=SheetState.SENT).filter(
        level=level, round__plan__in=RoundPlan.objects.filter(open_on(level, asker.today))
    )
    rows = asker.within(open_ones, SHEETS, "change").order_by()
    until = f"round__plan__{level}_until"
    for one in rows.values("round__code", "round__title", until).annotate(count=Count("pk")):
        words = _("安全自查：%(round)s") if level == CheckLevel.SELF else _("待排查的学校：%(round)s")
        yield Todo(
            words % {"round": one["round__title"]},
            f"{reverse('safety:round', args=[one['round__code']])}?level={level}&waiting=1",
            one["count"],
            "clipboard-document-check",
            due=one[until],
        )


@todo
def results_to_answer(asker: Asker) -> Iterator[Todo]:
    """Results that a county may still reply to."""
    if not asker.may("change", NOTICES):
        return
    rows = ResultNotice.objects.filter(reply="", reply_until__gte=asker.today).select_related("round")
    for one in asker.within(rows, NOTICES, "change"):
        yield Todo(
            _("检查结果待答复：%(round)s") % {"round": one.round.title},
            reverse("safety:notice", args=[one.pk]),
            1,
            "chat-bubble-left-right",
            due=one.reply_until,
        )


@todo
def levels_to_answer(asker: Asker) -> Iterator[Todo | Waiting]:
    """Schools that wait for the county or the city, and for the city those whose level is suspended."""
    own = register_called("acceptances")
    if not asker.may("change", own):
        return
    rows = asker.within(Acceptance.objects.all(), own, "change")
    day = settings.JUNHENG_AS_OF or asker.today
    if asker.stands_at(Level.COUNTY):
        asked = rows.filter(state=AcceptanceState.ASKED)
        yield Waiting(asked, answering(_("待县级验收的学校"), day), due="asked_on")
    if asker.stands_at(Level.CITY):
        checked = rows.filter(state=AcceptanceState.CHECKED)
        yield Waiting(checked, answering(_("待认定等级的学校"), day), due="county_on")
        yield Waiting(rows.filter(state=AcceptanceState.SUSPENDED), suspended)


def answering(label: str, day: date) -> Any:
    """The line for schools that wait since a day."""

    def line(count: int, first: date | None) -> Todo:
        due = first + timedelta(days=SAFETY.level_answer.on(first).value) if first else None
        late = due is not None and due < day
        return Todo(label, reverse("safety:levels"), count, "shield-check", due=due, late=late)

    return line


def suspended(count: int, _first: date | None) -> Todo:
    """The line for levels that are suspended."""
    return Todo(_("等级已暂停的学校"), reverse("safety:levels"), count, "shield-exclamation")
