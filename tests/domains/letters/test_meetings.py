"""Meetings: who came, what was promised and kept; tasks of plans."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from junheng.domains.letters import actions
from junheng.domains.letters.models import Commitment, Invitee, PlanTask
from junheng.domains.letters.queries import broken_promises, tasks_counted
from junheng.domains.letters.queries.reaching import of_school
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.save import columns_of
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.gates import Intent, divert
from tests.domains import makers
from tests.domains.letters.office import (
    MET,
    absent,
    came,
    facts,
    invitee,
    meeting,
    officer,
    principal,
    promised,
    reported,
    task,
)
from tests.domains.letters.test_letters import refused
from tests.domains.makers import AT


def test_attendance_is_signed_or_has_a_reason() -> None:
    row = invitee()
    for state, signed, reason, code in (
        ("came", "", "", "attendance-unsigned"),
        ("absent", "", "", "absent-without-reason"),
        ("sent_other", "副校长", "", "absent-without-reason"),
        ("invited", "", "", "attendance-none"),
    ):
        with refused(Refusal, code):
            actions.attend(row, state=state, signed=signed, reason=reason, **facts())
    with refused(Refusal, "day-to-come"):
        actions.attend(invitee(on=date(2024, 2, 1)), state="came", signed="示例", reason="", **facts())
    with pytest.raises(NotAllowed):
        actions.attend(row, state="came", signed="示例", reason="", **facts(principal(row.school)))
    with refused(Refusal, "nobody-new-invited"):
        actions.invite(row.meeting, to=[of_school(row.school)], **facts())


def test_minutes_wait_for_everybody_and_are_never_changed() -> None:
    row = invitee()
    with refused(Conflict, "attendance-open"):
        actions.write_minutes(row.meeting, minutes="纪要", **facts())
    with refused(Conflict, "attendance-open"):
        actions.write_minutes(meeting(), minutes="纪要", **facts())
    actions.attend(row, state="absent", signed="", reason="外出", **facts())
    with refused(Refusal, "minutes-empty"):
        actions.write_minutes(row.meeting, minutes=" ", **facts())
    held = actions.write_minutes(row.meeting, minutes="纪要", **facts())
    assert len(held.digest) == 64
    for again in (
        lambda: actions.write_minutes(held, minutes="改", **facts()),
        lambda: actions.attend(row, state="came", signed="后补", reason="", **facts()),
        lambda: actions.invite(held, to=[of_school(makers.school())], **facts()),
    ):
        with refused(Conflict, "meeting-minuted"):
            again()
    register = register_called("warningmeetings")
    with refused(Conflict, "meeting-minuted"):
        divert(register, [Intent(held, columns_of(held))], asker=Asker(officer(), AT), why="改")
    made = actions.make_up(Invitee.objects.get(pk=row.pk), on=date(2023, 9, 8), words="已告诫", **facts())
    assert made.made_up_on == date(2023, 9, 8)


def test_only_who_was_absent_is_talked_to_later() -> None:
    with refused(Conflict, "not-absent"):
        actions.make_up(came(), on=date(2023, 9, 8), words="谈", **facts())
    with refused(Refusal, "made-up-before"):
        actions.make_up(absent(), on=date(2023, 9, 1), words="谈", **facts())
    with refused(Refusal, "made-up-without-words"):
        actions.make_up(absent(), on=date(2023, 9, 8), words=" ", **facts())


def test_who_came_promises_by_a_day_with_an_owner() -> None:
    asked = {"words": "退费", "owner": "校长", "due_on": date(2023, 9, 30)}
    with refused(Conflict, "promise-of-absent"):
        actions.promise(absent(), **asked, **facts())
    with refused(Refusal, "promise-due"):
        actions.promise(came(), **asked | {"due_on": MET}, **facts())
    with refused(Refusal, "promise-without-owner"):
        actions.promise(came(), **asked | {"owner": " "}, **facts())


def test_a_promise_is_kept_when_another_has_looked() -> None:
    by = officer()
    row = promised()
    with refused(Refusal, "promise-without-proof"):
        actions.report_promise(row, on=date(2023, 9, 20), proof=" ", **facts(by))
    assert [one.pk for one in broken_promises(Commitment.objects.all(), date(2023, 10, 1))] == [row.pk]
    assert not broken_promises(Commitment.objects.all(), date(2023, 9, 30)).exists()
    row = actions.report_promise(row, on=date(2023, 9, 20), proof="清单", **facts(by))
    asked = {"kept": True, "on": date(2023, 9, 21)}
    with refused(NotAllowed, "promise-checked-by-reporter"):
        actions.check_promise(row, **asked, **facts(by))
    with refused(Refusal, "promise-checked-before"):
        actions.check_promise(row, kept=True, on=date(2023, 9, 19), **facts())
    with pytest.raises(NotAllowed):
        actions.check_promise(row, **asked, **facts(principal(row.school)))
    row = actions.check_promise(row, kept=False, on=date(2023, 9, 21), **facts())
    assert (row.state, row.returned, row.proof) == ("open", 1, "")
    row = actions.report_promise(row, on=date(2023, 9, 25), proof="清单", **facts(by))
    assert actions.check_promise(row, kept=True, on=date(2023, 9, 26), **facts()).state == "kept"
    with refused(Conflict, "promise-not-there"):
        actions.check_promise(row, **asked, **facts())


def test_a_task_is_done_once_with_proof() -> None:
    row = task()
    with refused(Refusal, "task-without-proof"):
        actions.finish_task(row, on=date(2023, 5, 30), proof=" ", **facts())
    with refused(Refusal, "task-before-plan"):
        actions.finish_task(row, on=date(2023, 4, 1), proof="总结", **facts())
    late = tasks_counted(PlanTask.objects.all(), date(2023, 6, 1))[row.annex_id]
    assert late == {"tasks": 1, "done": 0, "done_late": 0, "overdue": 1}
    actions.finish_task(row, on=date(2023, 6, 2), proof="总结", **facts())
    after = tasks_counted(PlanTask.objects.all(), date(2023, 7, 1))[row.annex_id]
    assert after == {"tasks": 1, "done": 1, "done_late": 1, "overdue": 0}
    with refused(Conflict, "task-done"):
        actions.finish_task(row, on=date(2023, 6, 2), proof="总结", **facts())
    with pytest.raises(NotAllowed):
        actions.finish_task(task(), on=date(2023, 6, 2), proof="总结", **facts(officer("410811")))


def test_the_pages_of_a_meeting_and_of_a_plan(client: Client, settings: Any) -> None:
    settings.JUNHENG_AS_OF = date(2023, 12, 31)
    row, one = reported(), task()
    client.force_login(officer())
    page = client.get(f"/registers/warningmeetings/{row.invitee.meeting_id}/").content.decode()
    assert "逐户退费" in page
    assert "通知 1 个单位" in page
    plan = f"/letters/plans/{one.annex.document_id}/"
    assert one.title in client.get(plan).content.decode()
    client.force_login(officer("410811"))
    assert one.title not in client.get(plan).content.decode()
    assert client.get("/letters/plans/999999/").status_code == 404
    client.force_login(makers.user(Role.CITY_SECTION))
    page = client.get(plan).content.decode()
    assert "逾期未完成 1" in page
    assert one.title in page
