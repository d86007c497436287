"""More time for a case: before the last day, by another person, as long as the rule allows; and everybody sees it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from junheng.domains.governance import actions
from junheng.domains.governance.models import CaseDeadline, CaseExtension, Enforcer
from junheng.domains.governance.queries.deadlines import overdue
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.governance.casework import S, Walk, facts
from tests.domains.governance.test_procedure import refused

DUE, LONGER = date(2023, 5, 31), date(2023, 6, 30)
ON = date(2023, 5, 31)
"""The very last day: on the next one it is too late."""


def extend(walk: Walk, by: Any, **asked: Any) -> CaseExtension:
    given: dict[str, Any] = {"days": 30, "document": "示教延〔2023〕1号", "reason": "学员多", "on": ON}
    return actions.extend(walk.case, **given | asked, **facts(by))


def test_the_last_day_moves_and_says_why(client: Client) -> None:
    walk, city = Walk().to(S.FILE), makers.user(Role.CITY_SECTION)
    made = extend(walk, city)
    row = CaseDeadline.objects.get(what="decide")
    assert (made.was_due_on, made.due_on, row.due_on, made.approved_by) == (
        DUE,
        LONGER,
        LONGER,
        city.username,
    )
    assert not CaseDeadline.objects.filter(overdue(LONGER), what="decide").exists()
    told = Entry.objects.get(table="governance.casedeadline", row=row.pk, who=city.username)
    assert (told.verb, told.before["due_on"], told.after["due_on"]) == ("deed", "2023-05-31", "2023-06-30")
    client.force_login(walk.by)
    page = client.get(f"/governance/cases/{walk.case.pk}/").content.decode()
    assert f"原为 2023-05-31，2023-05-31 经 {city.username} 批准延长（示教延〔2023〕1号）：学员多" in page
    assert "延长上限待确认" in page
    client.force_login(city)
    assert "/extend/" not in client.get(f"/governance/cases/{walk.case.pk}/").content.decode()
    with refused(Conflict, "extension-used-up"):
        extend(walk, city)
    walk.step(S.DISMISS, on=LONGER, words="查无实据")
    assert CaseDeadline.objects.get(pk=row.pk).met_on == LONGER


def test_nobody_who_handles_the_case_gives_it_more_time(client: Client) -> None:
    walk = Walk().to(S.INVESTIGATE)
    city, other = makers.user(Role.CITY_SECTION), makers.user(Role.COUNTY_OFFICER, area="410802")
    Enforcer.objects.filter(pk=walk.one.pk).update(login=other.username)
    for by in (walk.by, other):  # who wrote the steps down, and whose account an officer of the case has
        with refused(NotAllowed, "extension-by-handler"):
            extend(walk, by)
        client.force_login(by)
        assert "/extend/" not in client.get(f"/governance/cases/{walk.case.pk}/").content.decode()
    with refused(NotAllowed, "deed-not-yours"):
        extend(walk, makers.user(Role.COUNTY_OFFICER, area="410811"))
    client.force_login(city)
    assert (
        f"/deeds/cases/{walk.case.pk}/extend/"
        in client.get(f"/governance/cases/{walk.case.pk}/").content.decode()
    )
    Enforcer.objects.filter(pk=walk.one.pk).update(login="")
    assert extend(walk, other).approved_by == other.username


@pytest.mark.parametrize(
    ("kind", "code", "asked"),
    [
        (Conflict, "extension-too-late", {"on": date(2023, 6, 1)}),
        (Refusal, "case-step-before-opening", {"on": date(2023, 2, 28)}),
        (Refusal, "extension-too-long", {"days": 31}),
        (Refusal, "extension-too-long", {"days": 0}),
        (Refusal, "extension-without-words", {"document": " "}),
        (Refusal, "extension-without-words", {"reason": " "}),
        (Refusal, "day-to-come", {"on": date(2099, 1, 1)}),
    ],
)
def test_what_is_refused_changes_nothing(kind: type[Refusal], code: str, asked: dict[str, Any]) -> None:
    walk = Walk().to(S.FILE)
    with refused(kind, code):
        extend(walk, makers.user(Role.CITY_SECTION), **asked)
    assert CaseDeadline.objects.get(what="decide").due_on == DUE
    assert not CaseExtension.objects.exists()


def test_a_decided_case_has_nothing_to_extend() -> None:
    with refused(Conflict, "nothing-to-extend"):
        extend(Walk().to(S.DECIDE), makers.user(Role.CITY_SECTION))
    with refused(Conflict, "nothing-to-extend"):
        extend(Walk(), makers.user(Role.CITY_SECTION))  # a tip that is not filed yet has no such day
