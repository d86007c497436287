"""What waits for inspectors and for those who plan."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.content.rulebook.inspection import INSPECTING
from junheng.domains.visits.models import Countersign, Errand, SamplePlan, SiteVisit
from junheng.domains.visits.policies.scope import SAMPLES, own_row
from junheng.domains.visits.terms import ErrandState, SampleState, SiteState
from junheng.kernel.workdays import add_working_days
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def to_go(asker: Asker) -> Iterator[Todo]:
    """The visits of an inspector that are not over."""
    mine = own_row(asker)
    if mine is None:
        return
    states = (ErrandState.PLANNED, ErrandState.ARRIVED)
    days = list(
        Errand.objects.filter(members__inspector=mine, state__in=states)
        .order_by("until")
        .values_list("until", flat=True)
    )
    if days:
        yield Todo(
            _("我的检查任务"), reverse("visits:mine"), len(days), "clipboard-document-check", due=days[0],
            late=days[0] < asker.day,
        )  # fmt: skip


@todo
def to_decide(asker: Asker) -> Iterator[Todo | Waiting]:
    """Steps that a second person has to agree to, results to publish, and visits that are in doubt."""
    if not asker.may("change", SAMPLES):
        return
    plans = asker.within(SamplePlan.objects.all(), SAMPLES, "change")
    waiting = Countersign.objects.filter(agreed_by="", plan__in=plans).exclude(
        asked_by=asker.user.get_username()
    )
    codes = list(waiting.values_list("plan__code", flat=True))
    if codes:
        yield Todo(_("待您同意的抽查步骤"), reverse("visits:plan", args=[codes[0]]), len(codes), "users")
    due = list(
        plans.filter(state=SampleState.RELEASED, visits_until__lt=asker.day)
        .order_by("visits_until")
        .values_list("code", "visits_until")
    )
    if due:
        code, until = due[0]
        day = add_working_days(until, INSPECTING.result_within.on(until).value)
        yield Todo(
            _("待公布的抽查结果"), reverse("visits:plan", args=[code]), len(due), "megaphone", due=day.day,
            late=day.day < asker.day, certain=day.certain,
        )  # fmt: skip
    yield Waiting(
        SiteVisit.objects.filter(~Q(doubt=""), errand__plan__in=plans, state=SiteState.CLOSED),
        lambda count, due: Todo(
            _("存疑须重查的检查"), reverse("visits:office"), count, "exclamation-triangle"
        ),
    )
