"""Who could see a row on a day and who did: the scope asked backwards never disagrees with the scope."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School, SchoolClass
from junheng.platform.access.holders import holders
from junheng.platform.access.models import User
from junheng.platform.access.roles import RULES, Role
from junheng.platform.access.scope import within
from junheng.platform.registers import every_register
from tests import cast
from tests.makers import make
from tests.makers.rows import CITY, HERE, THERE

pytestmark = pytest.mark.django_db
TODAY = cast.NOW.date()


def everybody(school: Any, school_class: Any) -> None:
    """One of each role in several places."""
    for role in RULES:
        for area in (CITY, HERE, THERE, f"{HERE}001"):
            cast.somebody(role, area=area)
        cast.somebody(role, school=school)
        cast.somebody(role, school=school, school_class=school_class)
        cast.somebody(role, until=date(2022, 1, 1))


@pytest.mark.parametrize(
    "slug", ["pupils", "schools", "sessions", "entitlements", "carecases", "articles", "waters"]
)
@pytest.mark.parametrize("verb", ["view", "unmask"])
def test_the_scope_backwards_is_the_scope(slug: str, verb: Any) -> None:
    register = every_register()[slug]
    row = make(register.model)
    school_class = SchoolClass.objects.first() or make(SchoolClass)
    everybody(School.objects.first() or make(School), school_class)
    for on in (TODAY, date(2021, 6, 1), date(2019, 1, 1)):
        backwards = {grant.user_id for grant in holders(row, register, verb, on=on)}
        forwards = {
            user.pk
            for user in User.objects.all()
            if within(register.model._default_manager.filter(pk=row.pk), register, user, verb, on=on).exists()
        }
        assert backwards == forwards


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(cast.somebody(Role.AUDITOR, area=CITY))
    return client


def test_the_page_names_who_could_and_who_did(auditor: Client) -> None:
    pupil = make(Pupil)
    officer = cast.somebody(Role.COUNTY_OFFICER)
    other = cast.somebody(Role.COUNTY_OFFICER, area=THERE)
    reader = Client()
    reader.force_login(officer)
    reader.post(f"/registers/pupils/{pupil.pk}/unmask/", {"why": "核对学籍"})
    b"".join(reader.get("/registers/pupils/export/", {"format": "csv"}).streaming_content)
    b"".join(reader.get("/registers/pupils/export/", {"format": "csv", "q": "没有"}).streaming_content)
    page = auditor.get(f"/registers/pupils/{pupil.pk}/onlookers/")
    logins = {one.login for one in page.context["could"]}
    assert officer.username in logins
    assert other.username not in logins
    assert [(one.who, one.why) for one in page.context["did"]] == [(str(officer), "核对学籍")]
    assert [one.rows for one in page.context["took"]] == [1]
    yesterday = page.context["today"] - timedelta(days=1)
    before = auditor.get(f"/registers/pupils/{pupil.pk}/onlookers/", {"on": yesterday.isoformat()})
    assert (before.context["did"], before.context["took"]) == ([], [])


def test_only_those_who_oversee_may_ask_and_only_of_what_they_see(auditor: Client, client: Client) -> None:
    pupil = make(Pupil)
    page = f"/registers/pupils/{pupil.pk}/onlookers/"
    assert "onlookers" in auditor.get(f"/registers/pupils/{pupil.pk}/").content.decode()
    other = Client()
    other.force_login(cast.somebody(Role.COUNTY_OFFICER))
    assert other.get(page).status_code == 403
    assert "onlookers" not in other.get(f"/registers/pupils/{pupil.pk}/").content.decode()
    sealed = next(one for one in every_register().values() if one.readers and Role.AUDITOR not in one.readers)
    row = make(sealed.model)
    assert auditor.get(f"/registers/{sealed.slug}/{row.pk}/onlookers/").status_code == 404


@pytest.mark.parametrize("day", ["2023-13-01", "x", "2999-01-01"])
def test_a_day_that_makes_no_sense_is_refused(auditor: Client, day: str) -> None:
    assert auditor.get(f"/registers/pupils/{make(Pupil).pk}/onlookers/", {"on": day}).status_code == 400


def test_a_closed_account_could_see_before_and_not_today(auditor: Client) -> None:
    school = make(School)
    officer = cast.somebody(Role.COUNTY_OFFICER)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    today = auditor.get(f"/registers/schools/{school.pk}/onlookers/")
    assert officer.username not in {one.login for one in today.context["could"]}
    before = auditor.get(f"/registers/schools/{school.pk}/onlookers/", {"on": "2024-03-06"})
    assert {one.login: one.closed for one in before.context["could"]}[officer.username]


def test_it_costs_the_same_for_one_user_and_for_many(auditor: Client) -> None:
    pupil = make(Pupil)
    cast.somebody(Role.COUNTY_OFFICER)
    cast.somebody(Role.PRINCIPAL, school=make(School))

    def price() -> int:
        with CaptureQueriesContext(connection) as queries:
            auditor.get(f"/registers/pupils/{pupil.pk}/onlookers/")
        return len(queries)

    one = price()
    for _ in range(9):
        cast.somebody(Role.COUNTY_OFFICER)
        cast.somebody(Role.PRINCIPAL, school=make(School))
    assert price() == one
