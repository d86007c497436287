"""The way of a survey: checked, approved by another, opened, closed, answered back to those who were asked."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.asks.days import day_of
from junheng.platform.asks.designing import reckon
from junheng.platform.asks.duplicates import unresolved
from junheng.platform.asks.minutes import over_budget
from junheng.platform.asks.models import Collection, Response
from junheng.platform.asks.scopes import is_city
from junheng.platform.asks.terms import PUBLISHED, State
from junheng.platform.asks.units import kind_of, school_of, units_of
from junheng.platform.audit.append import record_batch
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.actions import checked_why
from junheng.platform.registers.asker import Asker


def move(
    collection: Collection, *, come_from: set[str], to: str, asker: Asker, why: str, **facts: Any
) -> None:
    """Take one step, unless somebody took it meanwhile."""
    now = Collection.objects.select_for_update().get(pk=collection.pk)
    if now.state not in come_from:
        raise Conflict(
            "survey-moved-on",
            "「{title}」现在是“{state}”，不能这样办理。请刷新页面，看看谁办理过了。",
            title=now.title,
            state=State(now.state).label,
        )
    for name, value in {"state": to, **facts}.items():
        setattr(now, name, value)
        setattr(collection, name, value)
    save_row(now, by=asker.user, at=asker.at, why=checked_why(why), verb=Verb.DEED.value)


@transaction.atomic
def submit(collection: Collection, *, asker: Asker, why: str) -> None:
    """Hand a draft in. It is refused while it asks what is known already, or more than the term allows."""
    reckon(collection, asker=asker)
    require_sound(collection, asker=asker)
    move(collection, come_from={State.DRAFT}, to=State.CHECKED, asker=asker, why=why)


def require_sound(collection: Collection, *, asker: Asker) -> None:
    """Refuse a survey without questions, with a question asked twice, or beyond somebody's budget."""
    if not collection.questions.exists():
        raise Refusal("survey-without-questions", "这项调查还没有问题。请先添加问题，再提交审批。")
    if open_ones := unresolved(collection, asker):
        question, found = open_ones[0]
        raise Refusal(
            "asked-already",
            "有 {count} 个问题别处已经问过，例如「{label}」：{where} 已有「{known}」。请改为取自台账，或写明必须再问的理由。",
            count=len(open_ones),
            label=question.label,
            where=found[0].entry.where,
            known=found[0].entry.label,
        )
    if collection.lifted_by_id is None:
        day = day_of(asker)
        over = over_budget(collection, seconds=collection.seconds, on=day, day=day)
        if over:
            raise Refusal(
                "over-budget",
                "加上这项调查，{count} 个单位本学期的填表时间将超出预算（{name}：{minutes} 分钟，预算 {budget} 分钟）。"
                "请减少问题、改为取自台账，或请市局说明理由后放行。",
                count=len(over),
                name=over[0].name,
                minutes=over[0].minutes,
                budget=over[0].budget,
            )


@transaction.atomic
def send_back(collection: Collection, *, asker: Asker, why: str) -> None:
    """Give a survey back to its author to be changed."""
    move(collection, come_from={State.CHECKED}, to=State.DRAFT, asker=asker, why=why)


@transaction.atomic
def approve(collection: Collection, *, asker: Asker, why: str) -> None:
    """Approve what somebody else designed; the units that will be asked are written down."""
    if collection.author_id == asker.user.pk:
        raise NotAllowed("own-survey", "不能批准自己设计的调查。请另一位有权限的同事批准。")
    require_sound(collection, asker=asker)
    move(collection, come_from={State.CHECKED}, to=State.APPROVED, asker=asker, why=why, approver=asker.user)
    write_down_units(collection, asker=asker, why=why)


def write_down_units(collection: Collection, *, asker: Asker, why: str) -> None:
    """One response for every unit that is asked, all at once, with one entry in the audit."""
    rows = [
        Response(
            collection=collection,
            unit=unit.pk,
            unit_name=str(unit)[:80],
            kind=kind_of(unit, collection.unit_kind),
            area=unit.area_id,
            school=school_of(unit, collection.unit_kind),
            school_class=unit.pk if collection.unit_kind == "classes" else None,
        )
        for unit in units_of(collection, on=day_of(asker))
    ]
    if not rows:
        raise Refusal("nobody-to-ask", "没有符合条件的填报单位。请检查区划和单位类型，再提交审批。")
    Response.objects.bulk_create(rows, batch_size=1000)
    numbers = list(collection.responses.order_by("pk").values_list("pk", "unit"))
    record_batch(
        Response,
        first_row=numbers[0][0],
        last_row=numbers[-1][0],
        count=len(numbers),
        digest=digest_of_rows([list(pair) for pair in numbers]),
        source=collection.title,
        by=asker.user,
        at=asker.at,
        why=checked_why(why),
    )


@transaction.atomic
def lift(collection: Collection, *, asker: Asker, why: str) -> None:
    """Let a survey go beyond the budget, by somebody at the city who did not design it, for a reason that is shown."""
    if not is_city(asker) or collection.author_id == asker.user.pk:
        raise NotAllowed(
            "may-not-lift-budget", "超出预算须由市局里没有参与设计的人说明理由后放行。请联系市局办公室。"
        )
    move(
        collection,
        come_from={State.DRAFT, State.CHECKED},
        to=collection.state,
        asker=asker,
        why=why,
        lifted_by=asker.user,
        lifted_why=checked_why(why),
    )


@transaction.atomic
def publish(collection: Collection, *, asker: Asker, why: str) -> None:
    """Open an approved survey to those who are asked."""
    if day_of(asker) > collection.closes_on:
        raise Refusal("survey-too-late", "截止日已过，不能再发出。请另做一期，重新约定日期。")
    move(collection, come_from={State.APPROVED}, to=State.OPEN, asker=asker, why=why)


@transaction.atomic
def close(collection: Collection, *, asker: Asker, why: str) -> None:
    """Take no more answers."""
    move(collection, come_from={State.APPROVED, State.OPEN}, to=State.CLOSED, asker=asker, why=why)


@transaction.atomic
def evaluate(collection: Collection, *, asker: Asker, why: str) -> None:
    """Tell those who answered what came of it."""
    if len(why.strip()) < 10:
        raise Refusal(
            "findings-too-short", "请用一两句话告诉填报单位：结果怎样、用在了哪里（至少 10 个字）。"
        )
    move(
        collection,
        come_from={State.CLOSED},
        to=State.EVALUATED,
        asker=asker,
        why=_("反馈结果"),
        findings=why.strip()[:2000],
    )


Step = Callable[..., None]
STEPS: dict[str, Step] = {
    "submit": submit, "return": send_back, "approve": approve, "lift": lift, "open": publish, "close": close,
    "evaluate": evaluate,
}  # fmt: skip


def steps_for(collection: Collection, asker: Asker) -> list[str]:
    """The steps to offer somebody now; each asks again when it is taken."""
    mine = collection.author_id == asker.user.pk
    offered = {
        State.DRAFT: ["submit"],
        State.CHECKED: ["return"] if mine else ["approve", "return"],
        State.APPROVED: ["open", "close"],
        State.OPEN: ["close"],
        State.CLOSED: ["evaluate"],
        State.EVALUATED: [],
    }[State(collection.state)]
    before_approval = collection.state in {State.DRAFT, State.CHECKED}
    if before_approval and is_city(asker) and not mine and collection.lifted_by_id is None:
        offered = [*offered, "lift"]
    return offered


def is_published(collection: Collection) -> bool:
    """Whether those who are asked see it."""
    return collection.state in PUBLISHED
