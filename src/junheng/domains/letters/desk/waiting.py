"""What waits for whom: copies to sign for and to answer, for the addressee; late ones, for the office that sent them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.letters.models import Commitment, Delivery, PlanTask
from junheng.domains.letters.queries import UNANSWERED, UNRECEIVED, late
from junheng.domains.letters.terms import DeliveryState, PromiseState
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def copies(asker: Asker) -> Iterable[Todo]:
    """Letters to oneself that wait, and one's own letters that nobody answers, in one question."""
    register = register_called("deliveries")
    if not asker.may("change", register):
        return
    day = asker.day
    rows = asker.within(Delivery.objects.all(), register, "change")
    school = asker.stands_at(Level.SCHOOL)
    own = Q(school__isnull=False) if school else Q(school__isnull=True)
    unanswered = UNANSWERED & Q(state=DeliveryState.RECEIVED)
    found = rows.order_by().aggregate(
        receive=Count("pk", filter=UNRECEIVED & own),
        receive_due=Min("receive_by", filter=UNRECEIVED & own),
        reply=Count("pk", filter=unanswered & own),
        reply_due=Min("reply_by", filter=unanswered & own),
        late=Count("pk", filter=late(day)),
    )
    page = reverse("letters:overview")
    if asker.stands_at(Level.CITY):
        yield Todo(_("逾期未签收或未答复的函件"), page, found["late"], "envelope", None, True)
        return
    for label, count, due in (
        (_("待签收的函件"), found["receive"], found["receive_due"]),
        (_("待答复的函件"), found["reply"], found["reply_due"]),
    ):
        yield Todo(label, page, count, "envelope", due, due is not None and due < day)


@todo
def promises(asker: Asker) -> Iterable[Waiting]:
    """Commitments to keep, and those that were reported and wait to be looked at."""
    register = register_called("commitments")
    if not asker.may("change", register):
        return
    day = asker.day
    state = PromiseState.OPEN if asker.stands_at(Level.SCHOOL) else PromiseState.REPORTED
    rows = asker.within(Commitment.objects.filter(state=state), register, "change")
    label = _("告诫会上承诺的事项") if state == PromiseState.OPEN else _("待核实的告诫会承诺")
    address = f"{reverse('registers:list', args=['commitments'])}?state={state}"

    def line(count: int, due: date | None) -> Todo:
        late_one = state == PromiseState.OPEN and due is not None and due < day
        return Todo(label, address, count, "hand-raised", due, late_one)

    yield Waiting(rows, line, "due_on")


@todo
def tasks(asker: Asker) -> Iterable[Waiting]:
    """Tasks of work plans whose day has passed."""
    register = register_called("plantasks")
    if not asker.may("change", register):
        return
    day = asker.day
    rows = asker.within(PlanTask.objects.filter(done_on=None, due_on__lt=day), register, "change")
    address = reverse("registers:list", args=["plantasks"])
    yield Waiting(
        rows,
        lambda count, due: Todo(_("逾期的方案任务"), address, count, "clipboard-document-check", due, True),
        "due_on",
    )
