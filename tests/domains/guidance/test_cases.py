"""One person, one plan: opened from the own roll, looked at again, handed over, closed, forgotten; and who sees none of it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from junheng.content.rulebook import GUIDANCE
from junheng.domains.guidance.actions.closing import close_care_case, forget
from junheng.domains.guidance.actions.handing import answer_transfer, offer_case
from junheng.domains.guidance.actions.measures import end_measure, take_measure
from junheng.domains.guidance.actions.opening import open_case
from junheng.domains.guidance.actions.planning import review_plan
from junheng.domains.guidance.desk.waiting import reviews
from junheng.domains.guidance.models import CareCase, CareMeasure, CarePlan, CareTransfer
from junheng.domains.guidance.terms import (
    MEASURES,
    CareLevel,
    Outcome,
    Result,
    Rhythm,
    Step,
    StepReason,
    Taker,
)
from junheng.domains.pupils.models import Pupil
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import lines
from junheng.platform.sealing import Gone
from tests.domains import makers
from tests.domains.looking import as_, text
from tests.domains.makers import AT

pytestmark = pytest.mark.django_db
ON = date(2024, 1, 8)


@pytest.fixture
def pupil() -> Pupil:
    return makers.pupil(makers.school_class(makers.school()), name="某某甲")


@pytest.fixture
def team(pupil: Pupil) -> User:
    return makers.user(Role.PSYCHOLOGIST, area="410802", school=pupil.school)


@pytest.fixture
def case(pupil: Pupil, team: User) -> CareCase:
    return opened(pupil, team)


def done(by: User, **more: Any) -> dict[str, Any]:
    return {"by": by, "at": AT, "why": "专班会商"} | more


def opened(pupil: Pupil, by: User) -> CareCase:
    return open_case(pupil, responsible="示例负责人", level=CareLevel.WATCH, on=ON, **done(by))


def test_a_case_is_opened_with_its_plan_and_tells_nobody_whom(
    case: CareCase, pupil: Pupil, team: User
) -> None:
    plan = case.careplan_set.get()
    assert plan.review_on == ON + timedelta(days=GUIDANCE.review_within.on(ON).value)
    assert (case.code, case.team, case.person_token) == ("YRYC-20240108-1", pupil.school, pupil.code_blind)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM guidance_carecase")
        assert pupil.code not in cursor.fetchone()[0]
    officer = makers.user(Role.SEALED_OFFICER, area="410802")
    detail = f"/registers/carecases/{case.pk}/"
    for user in (officer, team):
        pages = [
            text(as_(user).get(one))
            for one in (detail, f"{detail}history/", f"/api/registers/carecases/{case.pk}/")
        ]
        assert case.code in pages[0]
        told = (pupil.name, pupil.code, pupil.code[-6:], case.person_token)
        assert not [one for one in told for page in pages if one in page]
        assert ("示例负责人" in pages[0]) == (user == team)
    assert not Entry.objects.filter(table="guidance.carecase", after__icontains=pupil.code).exists()


def test_one_person_has_one_open_case(case: CareCase, pupil: Pupil, team: User) -> None:
    with pytest.raises(Conflict) as refused:
        opened(pupil, team)
    assert refused.value.code == "care-open-already"
    elsewhere = makers.pupil(makers.school_class(makers.school()), code=pupil.code, since=ON)
    with pytest.raises(Conflict):
        opened(elsewhere, makers.user(Role.PSYCHOLOGIST, area="410802", school=elsewhere.school))
    assert (CareCase.objects.count(), CarePlan.objects.count()) == (1, 1)


def test_nobody_opens_a_case_at_another_school_or_by_a_form(pupil: Pupil) -> None:
    stranger = makers.user(Role.PSYCHOLOGIST, area="410802", school=makers.school())
    with pytest.raises(NotAllowed):
        opened(pupil, stranger)
    assert not CareCase.objects.exists()
    assert as_(stranger).get(f"/guidance/open/?class={pupil.school_class_id}").status_code == 404
    officer = makers.user(Role.SEALED_OFFICER, area="410802")
    assert as_(officer).get("/registers/carecases/new/").status_code == 403
    assert as_(officer).get("/guidance/open/").status_code == 404


def test_the_page_opens_one_and_whom_it_is_about_is_told_with_a_reason(pupil: Pupil, team: User) -> None:
    client = as_(team)
    place = f"/guidance/open/?class={pupil.school_class_id}"
    assert "某某甲" in text(client.get(place))
    assert Entry.objects.get(table="pupils.pupil", verb="read").who == team.username
    asked = {"pupil": str(pupil.pk), "responsible": "示例负责人", "level": "support", "on": "2024-01-08"}
    assert client.post(place, asked).status_code == 422
    assert client.post(place, asked | {"why": "专班会商"}).status_code == 302
    case = CareCase.objects.get()
    assert case.code in text(client.get("/guidance/"))
    whom = f"/guidance/{case.pk}/whom/"
    assert "某某甲" not in text(client.get(whom))
    assert client.post(whom, {"why": ""}).status_code == 422
    assert "某某甲" in text(client.post(whom, {"why": "准备家访"}))
    entry = Entry.objects.get(table="guidance.carecase", verb="read")
    assert (entry.who, entry.why) == (team.username, "准备家访")
    officer = makers.user(Role.SEALED_OFFICER, area="410802")
    assert as_(officer).post(whom, {"why": "督办"}).status_code == 404


@pytest.mark.parametrize("role", [one for one in Role if one not in {Role.SEALED_OFFICER, Role.PSYCHOLOGIST}])
def test_for_everybody_else_there_is_nothing(case: CareCase, pupil: Pupil, role: Role) -> None:
    user = makers.user(role, area="4108", school=pupil.school if role == Role.PRINCIPAL else None)
    client = as_(user)
    assert client.get("/guidance/").status_code == 404
    assert client.get(f"/registers/carecases/{case.pk}/").status_code in {403, 404}
    assert not list(reviews(Asker(user, AT)))


def test_a_review_keeps_or_goes_one_step_with_a_reason(case: CareCase, team: User) -> None:
    on = ON + timedelta(days=1)
    kept = review_plan(case, on=on, step=Step.KEEP, **done(team))
    assert kept.review_on == on + timedelta(days=GUIDANCE.review_within.on(on).value)
    with pytest.raises(Refusal) as silent:
        review_plan(case, on=on, step=Step.UP, **done(team))
    assert silent.value.code == "care-step-without-reason"
    with pytest.raises(Refusal) as low:
        review_plan(case, on=on, step=Step.DOWN, reason=StepReason.BETTER, **done(team))
    assert str(low.value) == "现在已是“日常关注”，不能再降级。请选择维持，或办理结案、移交。"
    plan = review_plan(case, on=on, step=Step.UP, reason=StepReason.NEW_FACTS, **done(team))
    assert (plan.level, plan.since, case.careplan_set.filter(until=None).count()) == ("support", on, 1)


def test_who_waits_for_a_review(case: CareCase, team: User) -> None:
    officer = makers.user(Role.SEALED_OFFICER, area="410802")

    def told(user: User, at: datetime) -> list[tuple[int, bool]]:
        return [(one.count, one.late) for one in lines(reviews(Asker(user, at)))]

    due = datetime.combine(case.careplan_set.get().review_on, AT.timetz())
    assert told(team, due - timedelta(days=8)) == []
    assert told(team, due - timedelta(days=7)) == [(1, False)]
    assert told(officer, due) == []
    assert told(officer, due + timedelta(days=1)) == [(1, True)]


def test_only_whom_the_law_names_takes_a_measure(case: CareCase, team: User) -> None:
    def take(kind: str, taker: Taker, document: str = "") -> CareMeasure:
        given = {"kind": kind, "taker": taker, "rhythm": Rhythm.ONCE, "since": ON, "document": document}
        return take_measure(case, **given, **done(team))

    with pytest.raises(Refusal) as school:
        take("admonition", Taker.MORAL_HEAD)
    assert school.value.code == "care-measure-not-theirs"
    with pytest.raises(Refusal) as bare:
        take("admonition", Taker.POLICE)
    assert str(bare.value) == (
        "“训诫（公安机关作出）”是公安机关的决定，学校不能自行作出，须填写公安机关的文书编号。没有登记。"
    )
    with pytest.raises(Refusal) as words:
        take("law_lesson", Taker.LEGAL_DEPUTY, "某某甲打架")
    assert words.value.code == "care-document-not-asked"
    police = take("admonition", Taker.POLICE, "示公训〔2024〕9号")
    lesson = take("law_lesson", Taker.LEGAL_DEPUTY)
    end_measure(case, measure=lesson.pk, on=ON, outcome=Outcome.BETTER, **done(team))
    with pytest.raises(Conflict):
        end_measure(case, measure=lesson.pk, on=ON, outcome=Outcome.SAME, **done(team))
    page = text(as_(team).get(f"/registers/carecases/{case.pk}/"))
    assert ("第四十一条" in page, "示公训" in page) == (True, False)
    assert "示公训〔2024〕9号" in text(as_(team).post(f"/guidance/{case.pk}/whom/", {"why": "核对"}))
    assert police.pk


def test_every_act_of_the_police_asks_for_their_paper_and_no_other_does() -> None:
    for one in MEASURES.values():
        assert one.document == (one.by == {Taker.POLICE})
        assert one.certainty.to_be_confirmed


def moved(pupil: Pupil) -> tuple[Pupil, User]:
    """The pupil at another school of another county, and its team."""
    Pupil.objects.filter(pk=pupil.pk).update(until=ON)
    school = makers.school(area_id="410811")
    there = makers.pupil(makers.school_class(school), code=pupil.code, name=pupil.name, since=ON)
    return there, makers.user(Role.PSYCHOLOGIST, area="410811", school=school)


def test_a_case_goes_with_the_pupil_once_the_new_team_takes_it(
    case: CareCase, pupil: Pupil, team: User
) -> None:
    wrong_school = makers.school()
    wrong = makers.user(Role.PSYCHOLOGIST, area="410802", school=wrong_school)
    offer = offer_case(case, to_school=wrong_school, on=ON, **done(team))
    with pytest.raises(Refusal) as absent:
        answer_transfer(offer, accept=True, **done(wrong))
    assert absent.value.code == "care-pupil-not-here"
    answer_transfer(offer, accept=False, **done(wrong))
    there, receiving = moved(pupil)
    offer = offer_case(case, to_school=there.school, on=ON, **done(team))
    with pytest.raises(Conflict):
        offer_case(case, to_school=there.school, on=ON, **done(team))
    place = f"/guidance/transfers/{offer.pk}/answer/"
    detail = f"/registers/carecases/{case.pk}/"
    assert as_(wrong).post(place, {"answer": "accept"}).status_code == 404
    assert as_(receiving).get(detail).status_code == 404
    page = text(as_(receiving).get("/guidance/"))
    assert (case.code in page, pupil.name in page) == (True, False)
    assert as_(receiving).post(place, {"answer": "accept"}).status_code == 302
    assert as_(receiving).get(detail).status_code == 200
    assert as_(team).get(detail).status_code == 404
    assert case.code not in text(as_(team).get("/guidance/"))
    assert as_(makers.user(Role.SEALED_OFFICER, area="410802")).get(detail).status_code == 404
    assert CarePlan.objects.get(case=case, until=None).area_id == "410811"
    with pytest.raises(Conflict):
        answer_transfer(offer, accept=True, **done(receiving))


def test_a_closed_case_is_out_of_the_teams_sight_and_forgotten_on_its_day(case: CareCase, team: User) -> None:
    given = {"kind": "admonition", "taker": Taker.POLICE, "rhythm": Rhythm.ONCE, "since": ON}
    take_measure(case, **given, document="示公训〔2024〕9号", **done(team))
    answer = as_(team).post(
        f"/deeds/carecases/{case.pk}/close/",
        {"on": "2024-01-09", "result": "reached", "why": "目标达成"},
        follow=True,
    )
    assert answer.redirect_chain[0][0] == "/registers/carecases/"
    case.refresh_from_db()
    assert case.erase_on == date(2024, 1, 9) + timedelta(days=GUIDANCE.keep_closed.on(ON).value)
    assert case.measures.get().outcome == Outcome.STOPPED
    detail = f"/registers/carecases/{case.pk}/"
    assert as_(team).get(detail).status_code == 404
    officer = as_(makers.user(Role.SEALED_OFFICER, area="410802"))
    assert str(case.erase_on) in text(officer.get(detail))
    assert forget(on=case.erase_on - timedelta(days=1), at=AT) == 0
    assert (forget(on=case.erase_on, at=AT), forget(on=case.erase_on, at=AT)) == (1, 0)
    case = CareCase.objects.get(pk=case.pk)
    assert isinstance(case.number, Gone)
    assert (case.person_token, case.seal, case.careplan_set.get().responsible) == ("", "", "")
    assert not CareMeasure.objects.exists()
    assert "销毁" in text(officer.get(detail))


def test_an_open_case_without_a_plan_stands_first(case: CareCase, pupil: Pupil, team: User) -> None:
    """Those of before a case was opened with its plan."""
    bare = CareCase.objects.create(
        code="T-0", school=pupil.school, team=pupil.school, area_id="410802", opened_on=date(2023, 9, 1)
    )
    page = text(as_(team).get("/guidance/"))
    assert page.index(bare.code) < page.index(case.code)
    assert page.count("没有有效方案") == 1


def test_closing_settles_what_was_offered(case: CareCase, pupil: Pupil, team: User) -> None:
    there, receiving = moved(pupil)
    offer = offer_case(case, to_school=there.school, on=ON, **done(team))
    close_care_case(case, on=ON + timedelta(days=1), result=Result.LEFT, **done(team))
    assert CareTransfer.objects.get(pk=offer.pk).answered_on is not None
    assert case.code not in text(as_(receiving).get("/guidance/"))
