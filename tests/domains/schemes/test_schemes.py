"""A scheme is data: it is shared out, opened, frozen, and says by which registers it may check."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from junheng.domains.schemes.actions import preparing, sharing
from junheng.domains.schemes.actions.effects import registrar_of
from junheng.domains.schemes.models import AwardScheme, SchemeQuota
from junheng.domains.schemes.queries.checks import check, every_check, evidence_of
from junheng.domains.schemes.terms import MAY_READ, Effect, Subject
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.registers import every_register
from tests.domains import makers
from tests.domains.schemes.made import (
    AT,
    HERE,
    WHY,
    a_category,
    a_criterion,
    a_draft,
    a_group,
    a_scheme,
    class_teacher,
    for_kindergartens,
    for_schools,
    opened,
    section,
)

NEVER = {"care", "guidance", "aid", "placements", "registrations", "tips", "governance", "homevisits"}
"""Rooms that hold what must not count: illness and care, bullying, misconduct, poverty, families, who told something."""


def test_places_are_shared_out_by_largest_remainder_and_add_up() -> None:
    for area, number in (("410802", 5), ("410811", 2)):
        for _ in range(number):
            makers.school(area_id=area)
    scheme = a_scheme()
    a_criterion(scheme)
    category = a_category(scheme, places=4, weigh="schools")
    with pytest.raises(Refusal) as refused:
        opened(scheme)
    assert refused.value.code == "quota-not-shared"
    sharing.apportion(scheme, by=section(), at=AT, why=WHY)
    rows = SchemeQuota.objects.filter(category=category).order_by("area")
    # 4 × 5/7 = 2.857 and 4 × 2/7 = 1.143: the larger remainder is raised
    assert [(one.area_id, one.places, one.exact, one.raised) for one in rows] == [
        ("410802", 3, "20/7", True),
        ("410811", 1, "8/7", False),
    ]
    assert opened(scheme).state == "open"


def test_an_open_scheme_is_frozen() -> None:
    category = for_schools()
    scheme = AwardScheme.objects.get(pk=category.scheme_id)
    assert scheme.digest == preparing.digest_of_scheme(scheme)
    assert len(scheme.digest) == 64
    criterion = scheme.schemecriterion_set.order_by("number")[0]
    page = Client()
    page.force_login(section())
    for slug, row, name in (
        ("schemes", scheme, "publicity_days"),
        ("schemes", scheme, "school_days"),
        ("schemecategories", category, "places"),
        ("schemecriteria", criterion, "limit"),
    ):
        opened_form = page.get(f"/registers/{slug}/{row.pk}/edit/")
        form = {one.name: "" if one.value() is None else one.value() for one in opened_form.context["form"]}
        sent = form | {name: "9", "version": opened_form.context["version"], "why": "改"}
        answer = page.post(f"/registers/{slug}/{row.pk}/edit/", sent)
        assert (answer.status_code, answer["X-Refusal"]) == (409, "scheme-frozen"), slug
    category.places = 99
    category.save()
    assert scheme.digest != preparing.digest_of_scheme(scheme), "the digest notices what went round the gate"
    with pytest.raises(Conflict) as refused:
        sharing.apportion(scheme, by=section(), at=AT, why=WHY)
    assert str(refused.value) == "“示例评选”现为“已发布”，不能“计算名额表”。没有做任何改动。"


@pytest.mark.parametrize(("days", "fine"), [(5, True), (4, False)])
def test_publicity_is_not_shorter_than_the_rule(days: int, fine: bool) -> None:
    scheme = a_scheme(publicity_days=days)
    a_criterion(scheme)
    a_category(scheme)
    if fine:
        assert opened(scheme).opened_on == AT.date()
        return
    with pytest.raises(Refusal) as refused:
        opened(scheme)
    assert refused.value.code == "publicity-too-short"
    assert "公示 4 个工作日，少于规定的最少 5 个工作日" in str(refused.value)


@pytest.mark.parametrize(
    ("given", "criterion", "code"),
    [
        ({}, {"asked": "check", "check_slug": "no-such"}, "check-unknown"),
        ({}, {"asked": "check", "check_slug": "kg-private"}, "check-unknown"),
        ({}, {"asked": "check", "check_slug": "school-years"}, "check-without-limit"),
        ({"jurors": 2}, {}, "scores-do-not-fit"),
        ({}, {"asked": "visit"}, "visits-do-not-fit"),
        ({"effect": "inclusive"}, {}, "effect-does-not-fit"),
        ({"effect": "title", "subject": "teacher"}, {}, "title-needs-school"),
        ({"effect": "title", "subject": "class"}, {}, "title-needs-school"),
        ({"subject": "county", "school_days": 5}, {}, "school-days-do-not-fit"),
        ({"area_id": "410802", "decider": "province"}, {}, "decider-does-not-fit"),
        ({"school_days": 4}, {}, "publicity-too-short"),
        ({"applies_until": date(2023, 10, 31)}, {}, "scheme-too-late"),
    ],
)
def test_what_nobody_could_apply_by_is_not_opened(given: dict, criterion: dict, code: str) -> None:
    scheme = a_scheme(**given)
    a_category(scheme)
    a_criterion(scheme, **criterion)
    with pytest.raises(Refusal) as refused:
        opened(scheme)
    assert refused.value.code == code


def test_an_empty_scheme_and_a_county_that_is_not_the_citys() -> None:
    scheme = a_scheme()
    with pytest.raises(Refusal) as refused:
        opened(scheme)
    assert refused.value.code == "scheme-empty"
    with pytest.raises(NotAllowed):
        opened(scheme, by=makers.user(Role.COUNTY_OFFICER, area=HERE))


def test_jurors_have_accounts_and_are_named_once() -> None:
    scheme = a_scheme(jurors=1)
    by = section()
    with pytest.raises(Refusal) as refused:
        preparing.name_juror(scheme, login="nobody", by=by, at=AT, why=WHY)
    assert refused.value.code == "no-such-account"
    preparing.name_juror(scheme, login=by.username, by=by, at=AT, why=WHY)
    with pytest.raises(Conflict):
        preparing.name_juror(scheme, login=by.username, by=by, at=AT, why=WHY)
    with pytest.raises(Refusal) as refused:
        preparing.name_juror(a_scheme(), login=by.username, by=by, at=AT, why=WHY)
    assert refused.value.code == "scheme-without-scores"


def test_a_scheme_ends_when_nothing_waits() -> None:
    scheme = for_schools().scheme
    assert preparing.end_scheme(scheme, by=section(), at=AT, why=WHY).state == "ended"
    with pytest.raises(Conflict):
        preparing.end_scheme(scheme, by=section(), at=AT, why=WHY)


def test_every_check_draws_on_a_register_that_may_be_drawn_on() -> None:
    checks = every_check()
    assert len(checks) >= 9
    assert {one.register for one in checks.values()} <= set(MAY_READ)
    assert set(MAY_READ) - set(every_register()) == {"grants-of-roles"}, (
        "kept by access, which has no register"
    )
    closed = {slug for slug, one in every_register().items() if one.readers is not None}
    assert set(MAY_READ) & closed <= {"pupils", "certificates", "classvotes"}, (
        "of pupils only how long they are on the roll, and how their class voted"
    )
    assert all(one.subjects and str(one.label) for one in checks.values())
    with pytest.raises(TypeError, match="may not draw on 'carecases'"):
        check("sad", "x", register="carecases", subjects={Subject.PUPIL})


def test_no_check_asks_a_table_that_must_not_count() -> None:
    """Every check is done once while the statements are watched."""
    forbidden = {one._meta.db_table for one in apps.get_models() if one._meta.app_label in NEVER}
    assert {"care_committeemember", "aid_payment", "guidance_carecase"} <= forbidden
    school = makers.school()
    room = makers.school_class(school)
    pupil = makers.pupil(room)
    who = {"pupil": pupil, "class": room, "group": a_group(school), "kindergarten": None, "county": None}
    for subject in Subject:
        scheme = a_scheme(subject=subject)
        category = a_category(scheme)
        given = {"teacher": class_teacher(school, room).username} if subject == "teacher" else {}
        row = a_draft(category, who.get(subject, school), **given)
        criteria = [
            a_criterion(scheme, asked="check", check_slug=slug, limit=1)
            for slug, one in every_check().items()
            if subject in one.subjects
        ]
        assert criteria
        with CaptureQueriesContext(connection) as asked:
            found = evidence_of(row, criteria, on=AT.date())
        assert len(found) == len(criteria)
        assert all(one.said for _criterion, one in found)
        said = " ".join(one["sql"] for one in asked.captured_queries)
        assert not {table for table in forbidden if table in said}


def test_everything_a_decision_may_enter_has_somebody_who_enters_it() -> None:
    assert [one for one in Effect if registrar_of(one) is None] == [Effect.NONE]


def test_kindergartens_open(client: Client) -> None:
    code = for_kindergartens().scheme.code
    page = client.get(f"/schemes/{code}/").content.decode()
    assert "普惠性民办幼儿园" in page
    assert client.get("/schemes/nothing/").status_code == 404
