"""Who has not answered: reminders from above, more time asked for from below."""

from datetime import date

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from junheng.kernel.errors import NotAllowed, Refusal
from junheng.platform.asks.answering import due_of
from junheng.platform.asks.days import day_of
from junheng.platform.asks.models import Collection, Response
from junheng.platform.asks.scopes import COLLECTIONS, RESPONSES, may_change
from junheng.platform.asks.terms import Progress, State
from junheng.platform.audit.append import append_many, name_of, record
from junheng.platform.audit.chain import Draft, plain
from junheng.platform.audit.models import Verb
from junheng.platform.registers.actions import checked_why
from junheng.platform.registers.asker import Asker

COUNTY_DIGITS = 6
SENT = Q(state=Progress.SENT)


def missing_of(collection: Collection, asker: Asker) -> "QuerySet[Response]":
    """The units in one's scope that have not answered."""
    rows = asker.within(collection.responses.all(), RESPONSES, "view")
    return rows.filter(state=Progress.WAITING).order_by("area", "unit")


@transaction.atomic
def remind(collection: Collection, *, asker: Asker, why: str) -> int:
    """Remind every unit in one's scope that has not answered, at most once a day; returns how many."""
    if collection.state != State.OPEN:
        raise Refusal("nothing-to-remind", "这项调查不在填报中，不用催报。")
    if not asker.may("change", COLLECTIONS):
        raise NotAllowed("may-not-remind", "您没有催报的权限。请联系县（市、区）教育局或下发科室。")
    since = asker.at.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = list(missing_of(collection, asker).exclude(reminded_at__gte=since).values_list("pk", flat=True))
    Response.objects.filter(pk__in=rows).update(reminded_at=asker.at)
    kept = checked_why(why)
    append_many(
        [
            Draft(
                at=asker.at,
                who=name_of(asker.user),
                why=kept,
                verb=Verb.DEED.value,
                table=Response._meta.label_lower,
                row=pk,
                after=plain({"reminded_at": asker.at}),
            )
            for pk in rows
        ]
    )
    return len(rows)


@transaction.atomic
def ask_for_time(response: Response, *, until: date, asker: Asker, why: str) -> None:
    """Ask for more days, before one's own are over."""
    day = day_of(asker)
    if response.collection.state != State.OPEN or day > due_of(response):
        raise Refusal("too-late-for-time", "已过截止日，不能再申请延期。请直接联系下发科室。")
    if until <= due_of(response):
        raise Refusal(
            "no-more-time", "申请延至的日期须晚于截止日 {due}。请改正日期。", due=due_of(response).isoformat()
        )
    response.extension_to, response.extension_why = until, checked_why(why)
    response.save(update_fields=["extension_to", "extension_why"])
    record(
        response,
        Verb.DEED.value,
        by=asker.user,
        at=asker.at,
        why=checked_why(why),
        after={"extension_to": until},
    )


@transaction.atomic
def decide_time(response: Response, *, granted: bool, asker: Asker, why: str) -> None:
    """Grant what was asked for, or not: by whoever asks, or the county of the unit."""
    within = asker.within(Response.objects.filter(pk=response.pk), RESPONSES, "view").exists()
    if not within or not (may_change(asker, response.collection) or asker.may("change", COLLECTIONS)):
        raise NotAllowed("may-not-grant-time", "延期由下发科室或所在县（市、区）教育局决定。请联系他们。")
    if response.extension_to is None:
        raise Refusal("no-time-asked", "这份答卷没有待决定的延期申请。请刷新页面查看。")
    before = {"extended_to": response.extended_to, "extension_to": response.extension_to}
    if granted:
        response.extended_to = response.extension_to
    response.extension_to = None
    response.save(update_fields=["extended_to", "extension_to"])
    record(
        response,
        Verb.DEED.value,
        by=asker.user,
        at=asker.at,
        why=why.strip() or (_("同意延期") if granted else _("不同意延期")),
        before=before,
        after={"extended_to": response.extended_to, "extension_to": None},
    )


def completeness(collection: Collection, asker: Asker) -> list[dict[str, object]]:
    """How many units of each county have answered: one question to the database."""
    rows = asker.within(collection.responses.all(), RESPONSES, "view")
    counted: dict[str, list[int]] = {}
    by_area = rows.order_by().values("area").annotate(every=Count("pk"), sent=Count("pk", filter=SENT))
    for area, every, sent in by_area.values_list("area", "every", "sent"):
        both = counted.setdefault(area[:COUNTY_DIGITS], [0, 0])
        both[0] += every
        both[1] += sent
    return [{"area": code, "asked": both[0], "sent": both[1]} for code, both in sorted(counted.items())]
