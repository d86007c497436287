"""Consent: given by somebody who may, for one purpose, until withdrawn; and silence is never consent."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from junheng.domains.pupils.actions import record_consent, require_consent, withdraw_consent
from junheng.domains.pupils.models import Child, Consent, Pupil
from junheng.domains.pupils.queries import missing_by_class, without_answer
from junheng.domains.pupils.terms import Duty, Purpose
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.sealing import is_sealed
from tests.domains import makers
from tests.domains.makers import AT

DAY = date(2023, 9, 4)


@pytest.fixture
def pupil() -> Pupil:
    return makers.pupil(makers.school_class(makers.school()))


@pytest.fixture
def principal(pupil: Pupil) -> User:
    return makers.user(Role.PRINCIPAL, area="410802", school=pupil.school)


def answer(row: Pupil | Child, by: User, **given: object) -> Consent:
    facts: dict[str, object] = {
        "purpose": "photo", "agreed": True, "given_by": "某家长", "relation": "mother", "how": "paper", "since": DAY,
    }  # fmt: skip
    return record_consent(row, by=by, at=AT, why="新学期征求意见", **(facts | given))  # type: ignore[arg-type]


def test_an_answer_stands_for_its_purpose_and_is_sealed(pupil: Pupil, principal: User) -> None:
    made = answer(pupil, principal)
    assert require_consent(pupil, Purpose.PHOTO, on=DAY) == made
    entry = Entry.objects.get(table="pupils.consent")
    assert (entry.verb, entry.why) == ("deed", "新学期征求意见")
    assert is_sealed(entry.after["given_by"])
    with pytest.raises(Refusal, match="没有答复不等于同意") as refused:
        require_consent(pupil, Purpose.SCREENING, on=DAY)
    assert refused.value.code == "consent-missing"


def test_the_day_before_it_was_given_there_is_none(pupil: Pupil, principal: User) -> None:
    answer(pupil, principal)
    with pytest.raises(Refusal, match="没有对“公开展示照片、作品或姓名”的同意记录"):
        require_consent(pupil, Purpose.PHOTO, on=date(2023, 9, 3))


def test_a_statutory_duty_needs_none(pupil: Pupil) -> None:
    assert require_consent(pupil, Duty.ROLL, on=DAY) is None


def test_no_is_no(pupil: Pupil, principal: User) -> None:
    answer(pupil, principal, agreed=False)
    with pytest.raises(Refusal, match="不同意") as refused:
        require_consent(pupil, Purpose.PHOTO, on=DAY)
    assert refused.value.code == "consent-declined"


def test_withdrawn_is_withdrawn_from_its_day_on(pupil: Pupil, principal: User) -> None:
    made = answer(pupil, principal)
    withdraw_consent(made, on=date(2023, 10, 10), by=principal, at=AT, why="监护人要求")
    assert require_consent(pupil, Purpose.PHOTO, on=date(2023, 10, 9)) == made
    with pytest.raises(Refusal, match="已于 2023-10-10 撤回") as refused:
        require_consent(pupil, Purpose.PHOTO, on=date(2023, 10, 10))
    assert refused.value.code == "consent-withdrawn"
    with pytest.raises(Conflict, match="已于 2023-10-10 撤回"):
        withdraw_consent(made, on=date(2023, 10, 11), by=principal, at=AT, why="再次")
    again = answer(pupil, principal, since=date(2023, 11, 1))
    assert require_consent(pupil, Purpose.PHOTO, on=date(2023, 11, 1)) == again


def test_what_cannot_be_withdrawn(pupil: Pupil, principal: User) -> None:
    with pytest.raises(Refusal, match="不需要撤回"):
        withdraw_consent(answer(pupil, principal, agreed=False), on=DAY, by=principal, at=AT, why="误")
    with pytest.raises(Refusal, match="早于答复日"):
        withdraw_consent(answer(pupil, principal), on=date(2023, 9, 3), by=principal, at=AT, why="误")


def test_it_runs_out_on_its_day(pupil: Pupil, principal: User) -> None:
    answer(pupil, principal, until=date(2023, 10, 1))
    require_consent(pupil, Purpose.PHOTO, on=date(2023, 9, 30))
    with pytest.raises(Refusal, match="没有对"):
        require_consent(pupil, Purpose.PHOTO, on=date(2023, 10, 1))
    with pytest.raises(Refusal, match="须晚于答复日"):
        answer(pupil, principal, until=DAY)


def test_the_last_answer_counts(pupil: Pupil, principal: User) -> None:
    first = answer(pupil, principal)
    second = answer(pupil, principal, agreed=False, since=date(2023, 10, 1))
    first.refresh_from_db()
    assert (first.until, second.until) == (date(2023, 10, 1), None)
    with pytest.raises(Refusal, match="不同意"):
        require_consent(pupil, Purpose.PHOTO, on=date(2023, 10, 1))


@pytest.mark.parametrize(("born", "allowed"), [(date(2009, 9, 4), True), (date(2009, 9, 5), False)])
def test_from_fourteen_on_one_answers_for_oneself(
    principal: User, pupil: Pupil, born: date, allowed: bool
) -> None:
    Pupil.objects.filter(pk=pupil.pk).update(born_on=born)
    if allowed:
        answer(pupil, principal, relation="self")
        return
    with pytest.raises(Refusal, match="未满 14 周岁") as refused:
        answer(pupil, principal, relation="self")
    assert refused.value.code == "consent-needs-guardian"


def test_another_school_records_nothing(pupil: Pupil) -> None:
    stranger = makers.user(Role.PRINCIPAL, area="410802", school=makers.school())
    with pytest.raises(NotAllowed, match="记录同意"):
        answer(pupil, stranger)
    assert not Consent.objects.exists()


def test_a_child_in_a_kindergarten_is_recorded_by_its_county() -> None:
    child = Child.objects.create(
        name="某幼儿", sex=1, born_on=date(2019, 1, 1), household=makers.household(), kindergarten=makers.kindergarten(),
        area_id="410802", grade="big", since=date(2022, 9, 1),
    )  # fmt: skip
    made = answer(child, makers.user(Role.COUNTY_OFFICER, area="410802"))
    assert (made.child, made.pupil, made.school) == (child, None, None)
    assert require_consent(child, Purpose.PHOTO, on=DAY) == made


def test_who_is_missing_is_counted_by_class(pupil: Pupil, principal: User) -> None:
    other = makers.pupil(pupil.school_class)
    answer(pupil, principal)
    rows, classes, missing = missing_by_class(Pupil.objects.all(), Purpose.PHOTO, on=DAY)
    assert [(one.pupils, one.missing) for one in rows] == [(2, 1)]
    assert (classes, missing) == (1, 1)
    assert list(without_answer(Pupil.objects.all(), Purpose.PHOTO, on=DAY)) == [other]


def test_the_queue_shows_who_is_missing_and_leads_to_the_deed(client: Client, pupil: Pupil) -> None:
    teacher = User.objects.create(username="bzr")
    Grant.objects.create(
        user=teacher, role=Role.CLASS_TEACHER, area="410802", school=pupil.school_id,
        school_class=pupil.school_class_id, since=date(2020, 1, 1),
    )  # fmt: skip
    client.force_login(teacher)
    page = client.get(reverse("desk:consents"), {"purpose": "photo"})
    assert page.status_code == 200
    words = page.content.decode()
    assert reverse("deeds:do", args=["pupils", pupil.pk, "consent"]) in words
    assert pupil.name not in words
    answer(pupil, teacher)
    assert (
        reverse("deeds:do", args=["pupils", pupil.pk, "consent"])
        not in client.get(reverse("desk:consents"), {"purpose": "photo"}).content.decode()
    )
    stranger = makers.user(Role.PRINCIPAL, area="410802", school=makers.school())
    client.force_login(stranger)
    assert client.get(reverse("desk:consents"), {"class": pupil.school_class_id}).status_code == 404


def test_a_nonsense_purpose_is_refused(client: Client, principal: User) -> None:
    client.force_login(principal)
    assert client.get(reverse("desk:consents"), {"purpose": "x"}).status_code == 400


def test_the_deed_is_done_on_its_page(client: Client, pupil: Pupil, principal: User) -> None:
    client.force_login(principal)
    address = reverse("deeds:do", args=["pupils", pupil.pk, "consent"])
    page = client.get(address).content.decode()
    assert "没有答复不等于同意" in page
    assert 'value="yes" selected' not in page
    assert 'value="no" selected' not in page
    facts = {
        "purpose": "photo", "agreed": "yes", "given_by": "某家长", "relation": "mother", "how": "paper",
        "since": "2023-09-04", "why": "新学期征求意见",
    }  # fmt: skip
    assert client.post(address, facts | {"agreed": ""}).status_code == 422
    done = client.post(address, facts)
    made = Consent.objects.get()
    assert done["Location"] == reverse("registers:detail", args=["consents", made.pk])
    page = client.get(done["Location"]).content.decode()
    assert "某家长" not in page
    assert "某**" in page
