"""Naming somebody, making a blank a task, confirming the day; and what is refused."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import Severity
from junheng.domains.posts import actions
from junheng.domains.posts.actions.confirming import Anomaly
from junheng.domains.posts.models import DayConfirmation, Post, PostTask
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.makers import AT
from tests.domains.posts.school import member, place, post

DAY = date(2024, 1, 10)  # a Wednesday
DONE = {"at": AT, "why": "压实末端责任"}


@pytest.fixture
def there() -> dict[str, Any]:
    """A school with its principal, a place, two of its staff."""
    school = makers.school()
    return {
        "school": school,
        "principal": makers.user(Role.PRINCIPAL, area="410802", school=school),
        "place": place(),
        "staff": [member(school) for _ in range(2)],
    }


def span(there: dict[str, Any], **given: Any) -> dict[str, Any]:
    first, second = there["staff"]
    return {
        "place": there["place"], "person": first, "deputy": second, "weekdays": 31, "starts": 420, "ends": 540,
        "since": DAY, "by": there["principal"],
    } | DONE | given  # fmt: skip


def asked(there: dict[str, Any], **given: Any) -> dict[str, Any]:
    return {
        "place": there["place"], "weekdays": 31, "starts": 420, "ends": 480, "due_on": date(2024, 1, 20),
        "by": there["principal"],
    } | DONE | given  # fmt: skip


def test_a_blank_becomes_a_task_and_naming_somebody_does_it(there: dict[str, Any]) -> None:
    school = there["school"]
    small = actions.open_task(school, **asked(there))
    wide = actions.open_task(school, **asked(there, starts=500, ends=600))
    one = actions.assign(school, **span(there))
    small.refresh_from_db()
    wide.refresh_from_db()
    assert (small.state, small.post, wide.state) == (
        "done",
        one,
        "open",
    )  # the second is covered in part only
    assert actions.sign(one, on=DAY, by=there["principal"], **DONE).signed_on == DAY
    assert Entry.objects.filter(table__startswith="posts.", verb="deed").count() == 5
    assert verify() is None


def test_who_is_of_another_school_names_nobody(there: dict[str, Any]) -> None:
    stranger = makers.user(Role.PRINCIPAL, area="410802", school=makers.school())
    for deed in (
        lambda: actions.assign(there["school"], **span(there, by=stranger)),
        lambda: actions.open_task(there["school"], **asked(there, by=stranger)),
        lambda: actions.sign(post(school=there["school"]), on=DAY, by=stranger, **DONE),
        lambda: actions.confirm_day(there["school"], exceptions=[], on=DAY, by=stranger, **DONE),
    ):
        with pytest.raises(NotAllowed, match="您没有"):
            deed()
    assert (Post.objects.exclude(person__in=there["staff"]).count(), PostTask.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"weekdays": 0}, "请至少选一天"),
        ({"weekdays": 128}, "请至少选一天"),
        ({"starts": 540, "ends": 540}, "结束须晚于开始"),
        ({"ends": 1441}, "不晚于 24:00"),
        ({"since": date(2019, 1, 1)}, "施行的标准中"),
    ],
)
def test_hours_that_are_none_are_refused(there: dict[str, Any], given: Any, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        actions.assign(there["school"], **span(there, **given))
    assert (Post.objects.count(), Entry.objects.count()) == (0, 0)


def test_nobody_stands_at_two_places_or_in_for_oneself(there: dict[str, Any]) -> None:
    school, (first, _second) = there["school"], there["staff"]
    actions.assign(school, **span(there))
    other = place(name="食堂")
    with pytest.raises(Conflict, match="周一至周五 08:00–09:00 已在“校门”，不能同时负责两处"):
        actions.assign(school, **span(there, place=other, starts=480, ends=600))
    actions.assign(school, **span(there, place=other, starts=540, ends=600))  # afterwards is no clash
    actions.assign(school, **span(there, place=other, weekdays=96))  # nor is the weekend
    with pytest.raises(Refusal, match="不能做自己的替班人"):
        actions.assign(school, **span(there, deputy=first))
    with pytest.raises(Refusal, match="不是示例第.*小学的教职工"):
        actions.assign(school, **span(there, person=member(makers.school())))
    with pytest.raises(Refusal, match="没有“宿舍”这个部位"):
        actions.assign(school, **span(there, place=place(name="宿舍", applies="boarding")))


def test_a_task_is_opened_once_and_not_for_the_past(there: dict[str, Any]) -> None:
    actions.open_task(there["school"], **asked(there))
    with pytest.raises(Conflict, match="已经有补空任务"):
        actions.open_task(there["school"], **asked(there, starts=430))
    with pytest.raises(Refusal, match="已经过去"):
        actions.open_task(there["school"], **asked(there, starts=480, ends=500, due_on=date(2024, 1, 9)))


def test_a_post_is_signed_once_and_ended_once(there: dict[str, Any]) -> None:
    principal, one = there["principal"], actions.assign(there["school"], **span(there))
    with pytest.raises(Refusal, match="不能早于岗位起始日"):
        actions.sign(one, on=date(2024, 1, 9), by=principal, **DONE)
    actions.sign(one, on=DAY, by=principal, **DONE)
    with pytest.raises(Conflict, match="已于 2024-01-10 签领"):
        actions.sign(one, on=DAY, by=principal, **DONE)
    actions.end_post(one, on=date(2024, 2, 1), by=principal, **DONE)
    with pytest.raises(Conflict, match="已定于 2024-02-01 终止"):
        actions.end_post(one, on=date(2024, 3, 1), by=principal, **DONE)


def test_a_day_is_confirmed_once_and_what_is_not_in_order_is_a_finding(there: dict[str, Any]) -> None:
    school, principal = there["school"], there["principal"]
    confirm = {"on": DAY, "by": principal} | DONE
    with pytest.raises(Refusal, match="没有安全岗位，无从确认"):
        actions.confirm_day(school, exceptions=[], **confirm)
    one = actions.assign(school, **span(there))
    with pytest.raises(Refusal, match="不在当天的岗位上"):
        actions.confirm_day(school, exceptions=[Anomaly(post(), "x", Severity.GENERAL)], **confirm)
    row = actions.confirm_day(school, exceptions=[Anomaly(one, "护栏松动", Severity.SERIOUS)], **confirm)
    assert (row.posts, row.exceptions, row.confirmed_by) == (1, 1, principal.username)
    found = Finding.objects.get()
    assert (found.source, found.source_row, found.school, found.place, found.owner, found.severity) == (
        "dayconfirmations", row.pk, school, "校门", str(one.person), "serious",
    )  # fmt: skip
    with pytest.raises(Conflict, match="已经确认过"):
        actions.confirm_day(school, exceptions=[], **confirm)
    with pytest.raises(IntegrityError), transaction.atomic():
        DayConfirmation.objects.create(
            school=school, area_id=school.area_id, on=DAY, posts=1, confirmed_at=AT, confirmed_by="x"
        )


def test_the_pages_name_make_a_task_and_confirm(there: dict[str, Any], client: Client, settings: Any) -> None:
    settings.JUNHENG_AS_OF = DAY
    school, (first, second) = there["school"], there["staff"]
    here = f"/posts/schools/{school.pk}/"
    client.force_login(there["principal"])
    page = client.get(here).content.decode()
    assert (
        "空白 5 处" in page,
        f"{here}task/?place={there['place'].pk}&amp;weekdays=31&amp;starts=420&amp;ends=540" in page,
    ) == (True, True)
    assert '<a class="badge" data-tone="bad" href="?day=0">空白 5 处</a>' in page
    asked_span = f"place={there['place'].pk}&weekdays=4&starts=420&ends=540"
    form = client.get(f"{here}assign/?{asked_span}").content.decode()
    assert ('value="07:00"' in form, first.name in form) == (True, True)
    said = {"place": there["place"].pk, "weekdays": ["2"], "starts": "7:00", "ends": "09:00", "why": "补空"}
    answer = client.post(f"{here}task/", said | {"due_on": "2099-01-20"})
    assert (answer.status_code, PostTask.objects.get().weekdays) == (302, 4)
    bad = client.post(f"{here}assign/", said | {"person": first.pk, "since": "2024-01-10", "starts": "7点"})
    assert (bad.status_code, "不是时间，请按 07:30 的格式填写" in bad.content.decode()) == (422, True)
    named = said | {"person": first.pk, "deputy": second.pk, "since": "2024-01-10"}
    assert client.post(f"{here}assign/", named).status_code == 302
    assert PostTask.objects.get().state == "done"
    again = client.post(f"{here}assign/", named | {"place": place(name="楼梯").pk})
    assert (again.status_code, again["X-Refusal"]) == (409, "person-at-two-places")
    half = client.post(f"{here}today/", {"0-what": "门锁坏了"})
    assert (half.status_code, "请同时选岗位并写明异常情况" in half.content.decode()) == (422, True)
    said = {"0-what": "门锁坏了", "0-post": Post.objects.get().pk, "0-severity": "general"}
    assert client.post(f"{here}today/", said).status_code == 302
    assert (DayConfirmation.objects.get().exceptions, Finding.objects.get().what) == (1, "门锁坏了")
    assert "已确认" in client.get(here).content.decode()
    assert client.post(f"{here}today/", {}).status_code == 409


def test_a_county_sees_the_matrix_and_a_stranger_nothing(there: dict[str, Any], client: Client) -> None:
    here = f"/posts/schools/{there['school'].pk}/"
    for role, area, status in (
        (Role.AUDITOR, "4108", 200), (Role.COUNTY_OFFICER, "410811", 404), (Role.TIP_OFFICER, "4108", 403),
    ):  # fmt: skip
        client.force_login(makers.user(role, area=area))
        assert client.get(here).status_code == status
    client.force_login(makers.user(Role.AUDITOR))
    assert [client.get(f"{here}{name}/").status_code for name in ("assign", "task", "today")] == [
        403,
        403,
        403,
    ]


def test_a_principal_comes_to_the_own_matrix_others_to_the_register(
    there: dict[str, Any], client: Client
) -> None:
    makers.school()  # of somebody else
    for user, place_of_it in (
        (there["principal"], f"/posts/schools/{there['school'].pk}/"),
        (makers.user(Role.CITY_SECTION), "/registers/posts/"),
    ):
        client.force_login(user)
        answer = client.get("/posts/")
        assert (answer.status_code, answer["Location"]) == (302, place_of_it)
    client.force_login(makers.user(Role.TIP_OFFICER))
    assert client.get("/posts/").status_code == 403
