"""What waits for somebody in a round: a school's own sheet, a county's schools, and a notice to reply to."""

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.safety.models import ResultNotice, RoundPlan, Sheet
from junheng.domains.safety.policies import INSPECTORS, NOTICES, SHEETS
from junheng.domains.safety.queries.rounds import open_on
from junheng.domains.safety.terms import CheckLevel, SheetState
from junheng.platform.access.roles import Role
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, todo


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
