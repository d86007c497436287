"""Cases of the deeds about letters, meetings and tasks; ``cases`` says what a case is."""

from collections.abc import Callable

from django.db.models import Model

from junheng.domains.letters import actions
from junheng.domains.letters.models import Commitment, Delivery, Invitee, Letter, PlanTask, WarningMeeting
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.letters.office import (
    TODAY,
    absent,
    came,
    copy,
    draft,
    facts,
    invitee,
    issued,
    meeting,
    principal,
    promised,
    received,
    reported,
    task,
)
from tests.platform.deeds.filled import DAY, ON, Filled


def to_a_school() -> dict[str, str]:
    return {"to": "school", "school": makers.school().code}


def minuted() -> WarningMeeting:
    one = came().meeting
    return actions.write_minutes(one, minutes="会议要求逐户退费。", **facts())


def withdrawn() -> Letter:
    return actions.withdraw(issued(), on=TODAY, reason="内容有误", **facts())


def replied() -> Delivery:
    one = received()
    assert one.school is not None
    return actions.reply(one, words="已退清", **facts(principal(one.school)))


def done() -> PlanTask:
    return actions.finish_task(task(), on=DAY, proof="总结", **facts())


def came_once() -> WarningMeeting:
    return came().meeting


def office(
    row: Callable[[], Model],
    asked: Callable[[], dict[str, str]],
    after: Callable[[Model], bool],
    shut: Callable[[], Model],
    role: Role = Role.COUNTY_OFFICER,
) -> Filled:
    return Filled(row, role, lambda row: asked(), after, shut)


LETTERS: dict[tuple[str, str], Filled] = {
    ("letters", "issue"): office(
        draft, to_a_school, lambda row: Letter.objects.get(pk=row.pk).state == "issued", issued
    ),
    ("letters", "also"): office(
        issued, to_a_school, lambda row: Delivery.objects.filter(letter=row.pk).count() == 2, withdrawn
    ),
    ("letters", "withdraw"): office(
        issued,
        lambda: {"on": str(TODAY), "reason": "内容有误"},
        lambda row: Letter.objects.get(pk=row.pk).state == "withdrawn",
        draft,
    ),
    ("deliveries", "receive"): office(
        copy,
        lambda: {"signed": "示例校长"},
        lambda row: Delivery.objects.get(pk=row.pk).state == "received",
        received,
        Role.PRINCIPAL,
    ),
    ("deliveries", "reply"): office(
        received,
        lambda: {"words": "已逐户退清"},
        lambda row: Delivery.objects.get(pk=row.pk).reply == "已逐户退清",
        replied,
        Role.PRINCIPAL,
    ),
    ("plantasks", "done"): office(
        task,
        lambda: ON | {"proof": "总结"},
        lambda row: PlanTask.objects.get(pk=row.pk).done_on == DAY,
        done,
    ),
    ("warningmeetings", "invite"): office(
        meeting, to_a_school, lambda row: Invitee.objects.filter(meeting=row.pk).exists(), minuted
    ),
    ("warningmeetings", "minutes"): office(
        came_once,
        lambda: {"minutes": "会议要求逐户退费。"},
        lambda row: WarningMeeting.objects.get(pk=row.pk).state == "minuted",
        minuted,
    ),
    ("invitees", "attend"): office(
        invitee,
        lambda: {"state": "came", "signed": "示例校长"},
        lambda row: Invitee.objects.get(pk=row.pk).state == "came",
        lambda: Invitee.objects.get(meeting=minuted()),
    ),
    ("invitees", "makeup"): office(
        absent,
        lambda: ON | {"words": "已当面告诫"},
        lambda row: Invitee.objects.get(pk=row.pk).made_up_on == DAY,
        came,
    ),
    ("invitees", "promise"): office(
        came,
        lambda: {"words": "逐户退费", "owner": "示例校长", "due_on": "2023-09-30"},
        lambda row: Commitment.objects.filter(invitee=row.pk).exists(),
        absent,
    ),
    ("commitments", "report"): office(
        promised,
        lambda: ON | {"proof": "退费清单"},
        lambda row: Commitment.objects.get(pk=row.pk).state == "reported",
        reported,
        Role.PRINCIPAL,
    ),
    ("commitments", "check"): office(
        reported,
        lambda: ON | {"kept": "是"},
        lambda row: Commitment.objects.get(pk=row.pk).state == "kept",
        promised,
    ),
}
