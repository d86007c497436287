"""Clerks check what families state, without seeing what they chose; appeals are decided by somebody else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import get_resolver, reverse

from junheng.domains.intakes.actions.publish import publish
from junheng.domains.intakes.models import Intake
from junheng.domains.registrations.actions.checking import decide, decide_objection, open_details
from junheng.domains.registrations.actions.photos import keep_photo
from junheng.domains.registrations.models import (
    Application,
    Choice,
    Draft,
    Evidence,
    Objection,
    StatedCircumstance,
)
from junheng.domains.registrations.policies.scope import CIRCUMSTANCES
from junheng.domains.registrations.queries.checks import shared
from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers import every_register
from junheng.platform.registers.todo import todo_of
from tests import cast
from tests.domains import makers
from tests.domains.checks.applicants import SENT, application
from tests.domains.intakes.fields import BEFORE, officer, ready

pytestmark = pytest.mark.django_db
CHOSEN = "最想去的示例学校"
KIN = ("household", "property", "kin")


@pytest.fixture
def intake() -> Intake:
    by = officer()
    return publish(ready(by), by=by, at=BEFORE, why="公布").intake


def schools() -> list[School]:
    return list(School.objects.order_by("id"))


def test_what_was_found_is_written_with_its_reason(intake: Intake) -> None:
    clerk = officer()
    one = application(intake, *schools()[:1], claimed=KIN).circumstances.first()
    assert one is not None
    with pytest.raises(Refusal, match="请写明理由"):
        decide(one, "rejected", reason=" ", by=clerk, at=SENT)
    with pytest.raises(Refusal, match="审核结果只能是"):
        decide(one, "claimed", reason="x", by=clerk, at=SENT)
    assert decide(one, "asked", reason="照片太暗", by=clerk, at=SENT).state == "asked"
    done = decide(one, "approved", reason="", by=clerk, at=SENT)
    assert (done.state, done.decided_by, done.reason) == ("approved", clerk.username, "")
    assert Entry.objects.order_by("-id")[0].table == "registrations.statedcircumstance"


def test_only_clerks_of_the_county_check(intake: Intake) -> None:
    one = application(intake, *schools()[:1], claimed=KIN).circumstances.first()
    assert one is not None
    for other in (
        makers.user(Role.COUNTY_OFFICER, area="410811"),
        makers.user(Role.AUDITOR),
        makers.user(Role.CITY_LEADER),
    ):
        with pytest.raises(NotAllowed):
            decide(one, "approved", reason="", by=other, at=SENT)


def test_after_closing_only_an_appeal_changes_what_was_found(intake: Intake) -> None:
    one = application(intake, *schools()[:1], claimed=KIN).circumstances.first()
    assert one is not None
    Intake.objects.update(state="closed")
    with pytest.raises(Conflict, match="名单已经封存"):
        decide(one, "approved", reason="", by=officer(), at=SENT)


def test_details_are_opened_for_a_reason_and_never_say_what_was_chosen(intake: Intake) -> None:
    chosen = makers.school(name=CHOSEN)
    one = application(intake, chosen, claimed=KIN)
    with pytest.raises(Refusal, match="事由会留痕"):
        open_details(one, by=officer(), at=SENT, why="")
    with pytest.raises(NotAllowed):
        open_details(one, by=makers.user(Role.AUDITOR), at=SENT, why="看看")
    told = open_details(one, by=officer(), at=SENT, why="核对户口簿")
    assert told == {"name": "示例儿童", "phone": "13800000000"}
    entry = Entry.objects.order_by("-id")[0]
    assert (entry.verb, entry.table, entry.row) == ("read", "registrations.application", one.pk)


def addresses(intake: Intake, one: Application) -> list[str]:
    """Every address of the clerk's, with a row in it, asked of the resolver itself so that none is forgotten."""
    given: dict[str, Any] = {"code": intake.code, "number": one.code, "pk": 1}
    found = []
    for pattern in get_resolver().url_patterns:
        if str(pattern.pattern) == "registrations/":
            for inner in pattern.url_patterns:  # type: ignore[union-attr]
                if str(inner.pattern).startswith("checks/"):
                    names = inner.pattern.converters
                    found.append(
                        reverse(f"registrations:{inner.name}", kwargs={name: given[name] for name in names})
                    )
    return found


def test_no_surface_tells_a_choice_before_the_release(intake: Intake, client: Client) -> None:
    chosen = makers.school(name=CHOSEN)
    one = application(intake, chosen, claimed=KIN)
    Objection.objects.create(application=one, area_id=one.area_id, words="不服", raised_at=SENT)
    for who in (
        officer(),
        makers.user(Role.CITY_SECTION),
        makers.user(Role.CITY_LEADER),
        makers.user(Role.AUDITOR),
    ):
        client.force_login(who)
        pages = addresses(intake, one)
        assert len(pages) >= 8
        pages += [
            f"/intakes/office/{intake.code}/",
            f"/intakes/{intake.code}/",
            "/",
            f"/search/?q={one.code}",
        ]
        seen = 0
        for page in pages:
            for answer in (
                client.get(page),
                client.post(page, {"why": "核对", "to": "approved", "answer": "x"}),
            ):
                seen += answer.status_code == 200
                said = answer.content.decode()
                assert CHOSEN not in said, page
                assert chosen.code not in said, page
        assert seen >= 4, "the pages were seen"
    hidden = {Choice, Application, StatedCircumstance, Evidence, Objection}
    assert hidden.isdisjoint({one.model for one in every_register().values()}), (
        "no register, hence no API and no export"
    )


def test_no_scope_is_over_choices() -> None:
    """Whoever gives rights over choices to anybody has to think about it here."""
    from junheng.domains.registrations.policies import scope

    over: set[type[Model]] = {
        one.model for one in (scope.APPLICATIONS, scope.CIRCUMSTANCES, scope.OBJECTIONS)
    }
    assert Choice not in over
    assert CIRCUMSTANCES.readers is not None
    assert Role.PRINCIPAL not in CIRCUMSTANCES.readers


def test_an_appeal_is_decided_by_somebody_who_had_no_part_in_it(intake: Intake) -> None:
    first, second, third = officer(), officer(), officer()
    one = application(intake, *schools()[:1], claimed=KIN, entered_by=third.username)
    row = one.circumstances.get(kind="property")
    decide(row, "asked", reason="看不清", by=first, at=SENT)
    decide(row, "rejected", reason="地址不符", by=second, at=SENT)
    appeal = Objection.objects.create(
        application=one, area_id=one.area_id, circumstance=row, words="地址相符", raised_at=SENT
    )
    for involved in (first, second, third):
        with pytest.raises(NotAllowed, match="经手过这份报名"):
            decide_objection(appeal, upheld=True, answer="好", by=involved, at=SENT)
    other = officer()
    with pytest.raises(Refusal, match="请写明答复"):
        decide_objection(appeal, upheld=True, answer="", by=other, at=SENT)
    decide_objection(appeal, upheld=True, answer="核对后相符", by=other, at=SENT)
    row.refresh_from_db()
    assert row.state == "approved"
    with pytest.raises(Conflict, match="已由"):
        decide_objection(appeal, upheld=False, answer="再想想", by=officer(), at=SENT)


def test_addresses_that_too_many_share_are_found(intake: Intake) -> None:
    for _ in range(3):
        application(intake, *schools()[:1], address_blind="a" * 64)
    application(intake, *schools()[:1], address_blind="b" * 64)
    application(intake, *schools()[:1])
    application(intake, *schools()[:1])
    assert shared(intake.pk, more_than=3) == []
    withdrawn = application(intake, *schools()[:1], address_blind="a" * 64)
    assert [(one.count, len(one.codes)) for one in shared(intake.pk, more_than=3)] == [(4, 4)]
    withdrawn.state = "withdrawn"
    withdrawn.save()
    assert shared(intake.pk, more_than=3) == []


def test_pages_say_what_waits_and_decide_it(intake: Intake, client: Client) -> None:
    clerk = officer()
    client.force_login(clerk)
    one = application(intake, schools()[0], claimed=KIN, catchment_school=schools()[0])
    words = {todo.label: todo.count for todo in todo_of(cast.asker(clerk, at=SENT))}
    assert words["待审核的报名情况"] == 3
    base = f"/registrations/checks/{intake.code}/"
    page = client.get(f"{base}application/{one.code}/").content.decode()
    assert "在甲小学按「其他」排序" in page
    for row in one.circumstances.all():
        assert client.post(f"{base}application/{one.code}/{row.pk}/", {"to": "approved"}).status_code == 302
    assert "在甲小学按「房户一致」排序" in client.get(f"{base}application/{one.code}/").content.decode()
    assert one.code not in client.get(base).content.decode(), "nothing waits any more"
    assert one.code in client.get(f"{base}?show=done").content.decode()
    client.force_login(makers.user(Role.COUNTY_OFFICER, area="410811"))
    assert client.get(f"{base}application/{one.code}/").status_code == 404
    assert client.get(base).status_code == 404
    client.force_login(makers.user(Role.PRINCIPAL, school=schools()[0]))
    assert client.get("/registrations/checks/").status_code == 403


def test_the_queue_costs_the_same_for_one_and_for_many(intake: Intake, client: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(officer())
    for _ in range(4):
        application(intake, *schools()[:1], claimed=KIN, address_blind="a" * 64)
    base = f"/registrations/checks/{intake.code}/"
    client.get(base)
    with CaptureQueriesContext(connection) as few:
        client.get(base)
    for _ in range(9):
        application(intake, *schools()[:1], claimed=KIN, address_blind="a" * 64)
    with CaptureQueriesContext(connection) as many:
        client.get(base)
    assert len(few) == len(many)


def test_a_clerk_looks_at_a_photo_and_the_look_is_noted(
    intake: Intake, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.JUNHENG_HOME = tmp_path
    data = b"\xff\xd8\xff\xe0" + b"photo" * 20
    one = application(intake, *schools()[:1], claimed=KIN)
    other = application(intake, *schools()[:1], claimed=KIN)
    draft = Draft.objects.create(token="t", request_key="k", intake=intake, saved_at=SENT, until=SENT)
    row = keep_photo(draft, "property", SimpleUploadedFile("房产证.jpg", data, "image/jpeg"), at=SENT)
    Evidence.objects.filter(pk=row.pk).update(application=one)
    base = f"/registrations/checks/{intake.code}/application/"
    client.force_login(officer())
    answer = client.post(f"{base}{one.code}/papers/{row.pk}/")
    assert (answer.content, answer["Content-Type"]) == (data, "image/jpeg")
    entry = Entry.objects.order_by("-id")[0]
    assert (entry.verb, entry.table, entry.row) == ("read", "registrations.evidence", row.pk)
    assert client.post(f"{base}{other.code}/papers/{row.pk}/").status_code == 404, "of another family"
    assert "查看材料" in client.get(f"{base}{one.code}/").content.decode()
    client.force_login(makers.user(Role.AUDITOR))
    assert client.post(f"{base}{one.code}/papers/{row.pk}/").status_code == 403
    client.force_login(makers.user(Role.COUNTY_OFFICER, area="410811"))
    assert client.post(f"{base}{one.code}/papers/{row.pk}/").status_code == 404
