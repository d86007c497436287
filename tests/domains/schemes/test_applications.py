"""Applying and reviewing: what registers say is drawn, nobody reviews their own, nobody sees others before their own."""

from datetime import date, datetime

import pytest
from django.test import Client

from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.schemes.actions import applying, reviewing
from junheng.domains.schemes.actions.inviting import invite
from junheng.domains.schemes.actions.preparing import name_juror
from junheng.domains.schemes.models import SchemeApplication, SchemeEvidence, SchemeReview
from junheng.domains.schemes.queries.standing import given, reviews_shown, to_score
from junheng.domains.schemes.terms import ReviewLevel, Stage, Verdict
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.schemes.made import (
    AT,
    HERE,
    SHANGHAI,
    WHY,
    a_category,
    a_criterion,
    a_draft,
    a_kindergarten,
    a_scheme,
    at_city,
    class_teacher,
    county,
    for_kindergartens,
    for_schools,
    opened,
    passed,
    section,
    submitted,
)


def code_of(raised: pytest.ExceptionInfo[Refusal]) -> str:
    return raised.value.code


def test_evidence_is_drawn_and_stays_as_it_was() -> None:
    draft = a_draft(for_kindergartens())
    one = submitted(draft)
    assert (one.stage, one.number) == (Stage.COUNTY, f"{one.scheme.code}-{one.pk:06d}")
    said = {
        row.criterion.words: (row.met, row.said) for row in SchemeEvidence.objects.filter(application=one)
    }
    assert said == {
        "民办园": (True, "台账为：民办"),
        "收费": (True, "台账月保教费 500.00 元，最高 600 元"),
        "学位": (True, "2023 年统计在园 150 人，核定学位 180 个"),
    }
    Kindergarten.objects.update(fee_fen=90_000)
    assert SchemeEvidence.objects.get(application=one, criterion__words="收费").met


@pytest.mark.parametrize(("fee", "fine"), [(60_000, True), (60_001, False)])
def test_a_fee_on_both_sides_of_the_limit(fee: int, fine: bool) -> None:
    draft = a_draft(for_kindergartens(), a_kindergarten(fee_fen=fee))
    if fine:
        assert submitted(draft).stage == Stage.COUNTY
        return
    with pytest.raises(Refusal) as refused:
        submitted(draft)
    assert str(refused.value) == (
        "按台账有 1 项条件没有达到，没有提交：收费（台账月保教费 600.01 元，最高 600 元）。"
        "台账有误的，请先更正台账；确实没有达到的，不能申报。"
    )
    draft.refresh_from_db()
    assert (draft.stage, draft.number) == (Stage.DRAFT, None)
    assert not SchemeEvidence.objects.exists()


def test_the_same_kindergarten_under_a_new_name_is_asked() -> None:
    makers.kindergarten(name="民生金色摇篮幼儿园", phone="0391-1")
    other = a_kindergarten(name="小太阳幼儿园", phone="0391-1")
    draft = a_draft(for_kindergartens(), other)
    with pytest.raises(Refusal) as refused:
        submitted(draft)
    assert code_of(refused) == "kindergarten-under-another-name"
    assert "“小太阳幼儿园”与“民生金色摇篮幼儿园”电话相同或名称相近" in str(refused.value)
    assert submitted(draft, twin="同一举办者另办一所，非改名").twin == "同一举办者另办一所，非改名"


@pytest.mark.parametrize(
    ("at", "fine"),
    [
        (datetime(2023, 12, 29, 23, 59, tzinfo=SHANGHAI), True),
        (datetime(2023, 12, 30, 0, 0, tzinfo=SHANGHAI), False),
        (datetime(2023, 10, 8, 23, 59, tzinfo=SHANGHAI), False),
    ],
)
def test_in_time_until_the_last_minute(at: datetime, fine: bool) -> None:
    draft = a_draft(for_schools())
    if fine:
        assert submitted(draft, at=at).submitted_on == date(2023, 12, 29)
        return
    with pytest.raises(Refusal) as refused:
        submitted(draft, at=at)
    assert code_of(refused) == "not-in-time"


def test_what_must_be_said_and_what_is_said_twice() -> None:
    category, school = for_schools(), makers.school()
    draft = a_draft(category, school)
    with pytest.raises(Refusal) as refused:
        applying.submit(draft, stated={}, twin="", by=county(), at=AT, why=WHY)
    assert code_of(refused) == "criteria-not-stated"
    submitted(draft)
    with pytest.raises(Conflict) as again:
        submitted(draft)
    assert code_of(again) == "application-not-there"
    with pytest.raises(Conflict) as twice:
        submitted(a_draft(category, school))
    assert code_of(twice) == "applied-already"


def test_the_principal_withdraws_and_the_reviewer_does_not() -> None:
    school = makers.school()
    one = submitted(a_draft(for_schools(), school))
    with pytest.raises(NotAllowed) as refused:
        applying.withdraw(one, by=county(), at=AT, why=WHY)
    assert code_of(refused) == "not-the-applicant"
    principal = makers.user(Role.PRINCIPAL, area=HERE, school=school)
    assert applying.withdraw(one, by=principal, at=AT, why=WHY).stage == Stage.WITHDRAWN


def test_a_submitted_application_is_not_edited_and_none_begins_before_the_scheme_is_open() -> None:
    category, school = for_schools(), makers.school()
    one = submitted(a_draft(category, school))
    page = Client()
    page.force_login(makers.user(Role.PRINCIPAL, area=HERE, school=school))
    form = page.get(f"/registers/schemeapplications/{one.pk}/edit/")
    sent = {each.name: "" if each.value() is None else each.value() for each in form.context["form"]}
    answer = page.post(
        f"/registers/schemeapplications/{one.pk}/edit/",
        sent | {"statement": "改", "version": form.context["version"], "why": "改"},
    )
    assert (answer.status_code, answer["X-Refusal"]) == (409, "application-submitted")
    closed = a_category(a_scheme())
    facts = {
        "category": closed.code,
        "school": school.code,
        "area": school.area_id,
        "statement": "事",
        "why": "申报",
    }
    refused = page.post("/registers/schemeapplications/new/", facts)
    assert not SchemeApplication.objects.filter(category=closed).exists(), refused.status_code


def test_nobody_reviews_their_own_matter() -> None:
    school = makers.school()
    officer = county()
    Grant.objects.create(
        user=officer, role=Role.PRINCIPAL, area=HERE, school=school.pk, since=date(2020, 1, 1)
    )
    one = submitted(a_draft(for_schools(), school))
    facts = {"verdict": Verdict.PASS, "words": "齐", "at": AT, "why": WHY}
    with pytest.raises(NotAllowed) as own:
        reviewing.review(one, by=officer, **facts)
    assert code_of(own) == "own-matter-school"
    with pytest.raises(NotAllowed) as submitter:
        reviewing.review(one, by=User.objects.get(username=one.submitted_by), **facts)
    assert str(submitter.value) == "这份申报是您提交的，不能自己审核。请由其他人员办理。"
    with pytest.raises(NotAllowed) as level:
        reviewing.review(one, by=makers.user(Role.PRINCIPAL, area=HERE, school=school), **facts)
    assert code_of(level) == "not-at-this-level"
    away = county()
    reviewing.review(one, by=away, **facts | {"verdict": Verdict.RECUSE})
    with pytest.raises(NotAllowed) as recused:
        reviewing.review(one, by=away, **facts)
    assert code_of(recused) == "own-matter-recused"
    assert reviewing.review(one, by=county(), **facts).stage == Stage.CITY


def test_whoever_reviewed_at_the_county_does_not_review_at_the_city() -> None:
    both = county()
    Grant.objects.create(user=both, role=Role.CITY_SECTION, area="4108", since=date(2020, 1, 1))
    one = submitted(a_draft(for_schools()))
    facts = {"verdict": Verdict.PASS, "words": "齐", "by": both, "at": AT, "why": WHY}
    reviewing.review(one, **facts)
    with pytest.raises(NotAllowed) as refused:
        reviewing.review(one, **facts)
    assert code_of(refused) == "reviewed-below"


def test_sent_back_completed_and_sent_again() -> None:
    one = submitted(a_draft(for_schools()))
    reviewer = county()
    back = reviewing.review(one, verdict=Verdict.RETURN, words="补活动记录", by=reviewer, at=AT, why=WHY)
    assert back.stage == Stage.RETURNED
    again = submitted(back, at=datetime(2024, 1, 3, 9, tzinfo=SHANGHAI))
    assert (again.stage, again.turn, again.number) == (Stage.COUNTY, 2, one.number)
    assert (
        reviewing.review(again, verdict=Verdict.REJECT, words="不符", by=reviewer, at=AT, why=WHY).stage
        == Stage.REJECTED
    )


def test_two_inspectors_fill_in_two_sheets_and_see_each_others_afterwards() -> None:
    one = submitted(a_draft(for_kindergartens(visitors=2)))
    first, second, third = county(), county(), county()
    facts = {"found": Verdict.PASS, "words": "活动室达标", "at": AT, "why": WHY}
    reviewing.visit(one, by=first, **facts)
    assert [row.login for row in reviews_shown(one, first, on=AT.date())] == [first.username]
    assert reviews_shown(one, second, on=AT.date()) == []
    with pytest.raises(Conflict) as twice:
        reviewing.visit(one, by=first, **facts)
    assert code_of(twice) == "reviewed-already"
    with pytest.raises(Refusal) as early:
        reviewing.review(one, verdict=Verdict.PASS, words="齐", by=third, at=AT, why=WHY)
    assert str(early.value) == "通过前须有 2 名不同人员的现场核查，现有 1 份。没有改动。"
    reviewing.visit(one, by=second, **facts)
    assert len(reviews_shown(one, third, on=AT.date())) == 2
    assert (
        reviewing.review(one, verdict=Verdict.PASS, words="齐", by=third, at=AT, why=WHY).stage == Stage.CITY
    )
    with pytest.raises(Refusal) as needless:
        reviewing.visit(submitted(a_draft(for_kindergartens())), by=first, **facts)
    assert code_of(needless) == "scheme-without-visits"


def test_a_visit_that_found_something_wrong_stops_it() -> None:
    one = submitted(a_draft(for_kindergartens(visitors=1)))
    reviewing.visit(one, found=Verdict.REJECT, words="安全出口堵塞", by=county(), at=AT, why=WHY)
    with pytest.raises(Refusal) as refused:
        reviewing.review(one, verdict=Verdict.PASS, words="齐", by=county(), at=AT, why=WHY)
    assert code_of(refused) == "visit-found-wrong"


@pytest.mark.parametrize(("most", "fine"), [(2, True), (1, False)])
def test_no_more_pass_than_there_are_places(most: int, fine: bool) -> None:
    category = for_schools(places=most)
    passed(a_draft(category))
    one = at_city(a_draft(category))
    facts = {"verdict": Verdict.PASS, "words": "符合", "by": section(), "at": AT, "why": WHY}
    if fine:
        assert reviewing.review(one, **facts).stage == Stage.PASSED
        return
    with pytest.raises(Refusal) as refused:
        reviewing.review(one, **facts)
    assert code_of(refused) == "quota-exceeded"
    assert "名额 1 个，已通过 1 个，不能再通过" in str(refused.value)


def test_what_was_in_order_on_site_counts_after_papers_were_sent_back_and_what_was_wrong_does_not() -> None:
    one = submitted(a_draft(for_kindergartens(visitors=2)))
    first, second, officer = county(), county(), county()
    reviewing.visit(one, found=Verdict.PASS, words="符合", by=first, at=AT, why=WHY)
    reviewing.visit(one, found=Verdict.REJECT, words="安全出口堵塞", by=second, at=AT, why=WHY)
    back = reviewing.review(one, verdict=Verdict.RETURN, words="补充审计报告", by=officer, at=AT, why=WHY)
    again = submitted(back, at=datetime(2024, 1, 3, 9, tzinfo=SHANGHAI))
    with pytest.raises(Refusal, match="现有 1 份"):
        reviewing.review(again, verdict=Verdict.PASS, words="通过", by=officer, at=AT, why=WHY)
    reviewing.visit(again, found=Verdict.PASS, words="已疏通", by=second, at=AT, why=WHY)
    assert [one.words for one in given(again, ReviewLevel.VISIT)] == ["符合", "已疏通"]
    passed = reviewing.review(again, verdict=Verdict.PASS, words="通过", by=officer, at=AT, why=WHY)
    assert passed.stage == Stage.CITY


def scored_scheme(**given: object) -> SchemeApplication:
    scheme = a_scheme(jurors=2, blind=True, subject="teacher", **given)
    a_criterion(scheme, words="班级管理", asked="score", points=60)
    a_criterion(scheme, words="家校", asked="score", points=40)
    a_criterion(scheme, words="年限", asked="check", check_slug="class-teacher-years", limit=5)
    category = a_category(scheme)
    opened(scheme)
    school = makers.school()
    teacher = class_teacher(school, makers.school_class(school))
    return at_city(a_draft(category, school, teacher=teacher.username, statement="本人带班五年"))


def test_jurors_score_blind_alone_and_not_their_own() -> None:
    one = scored_scheme()
    jurors = [User.objects.create(username=f"ping{number}") for number in range(3)]
    tied = makers.user(Role.PRINCIPAL, area=HERE, school=one.school)
    near = county()
    for each in (*jurors, tied, near):
        name_juror(one.scheme, login=each.username, by=section(), at=AT, why=WHY)
    assert to_score(tied, on=AT.date()) == to_score(near, on=AT.date()) == []
    first, second = [
        row.pk for row in one.scheme.schemecriterion_set.filter(asked="score").order_by("number")
    ]
    facts = {"words": "", "at": AT, "why": WHY}
    with pytest.raises(NotAllowed) as refused:
        reviewing.score(one, points={first: 50, second: 30}, by=near, **facts)
    assert code_of(refused) == "juror-tied"
    page = Client()
    page.force_login(jurors[0])
    sheet = page.get(f"/schemes/jury/{one.pk}/").content.decode()
    assert str(one.school) not in sheet
    assert "示例教师" not in sheet
    assert one.number is not None
    assert one.number in sheet
    over = page.post(f"/schemes/jury/{one.pk}/", {f"points_{first}": "61", f"points_{second}": "30"})
    assert over.status_code == 422
    with pytest.raises(Refusal) as more:
        reviewing.score(one, points={first: 61, second: 30}, by=jurors[0], **facts)
    assert code_of(more) == "score-out-of-range"
    sent = page.post(
        f"/schemes/jury/{one.pk}/", {f"points_{first}": "60", f"points_{second}": "0", "words": ""}
    )
    assert sent.status_code == 302
    assert page.get(f"/schemes/jury/{one.pk}/").status_code == 404, "scored is scored"
    other = Client()
    other.force_login(jurors[1])
    assert reviews_shown(one, jurors[1], on=AT.date()) == []
    left = other.post(f"/schemes/jury/{one.pk}/", {"leave": "1", "words": "曾是同事"})
    assert left.status_code == 302
    with pytest.raises(Refusal) as few:
        reviewing.review(one, verdict=Verdict.PASS, words="符合", by=section(), at=AT, why=WHY)
    assert code_of(few) == "scores-missing"
    reviewing.score(one, points={first: 40, second: 35}, by=jurors[2], **facts)
    one.refresh_from_db()
    assert one.points == 135
    assert (
        reviewing.review(one, verdict=Verdict.PASS, words="符合", by=section(), at=AT, why=WHY).stage
        == Stage.PASSED
    )
    principal = makers.user(Role.PRINCIPAL, area=HERE, school=one.school)
    assert reviews_shown(one, principal, on=AT.date()) == [], "the school sees no scores"


def test_a_blind_scheme_takes_no_names() -> None:
    scheme = a_scheme(jurors=1, blind=True)
    a_criterion(scheme, asked="score", points=10)
    category = a_category(scheme)
    opened(scheme)
    school = makers.school()
    with pytest.raises(Refusal) as refused:
        submitted(a_draft(category, school, statement=f"{school.name}做了很多事"))
    assert code_of(refused) == "application-names-itself"


def test_years_as_class_teacher_are_counted_from_the_records() -> None:
    scheme = a_scheme(subject="teacher")
    a_criterion(scheme, words="年限", asked="check", check_slug="class-teacher-years", limit=5)
    category = a_category(scheme)
    opened(scheme)
    school = makers.school()
    teacher = class_teacher(school, makers.school_class(school), since=date(2019, 11, 1))
    draft = a_draft(category, school, teacher=teacher.username)
    with pytest.raises(Refusal) as refused:
        submitted(draft)
    assert "任职记录累计 4 年（1461 天）" in str(refused.value)
    Grant.objects.create(
        user=teacher, role=Role.CLASS_TEACHER, area=HERE, school=school.pk,
        since=date(2018, 9, 1), until=date(2019, 12, 1),
    )  # fmt: skip
    assert submitted(draft).stage == Stage.COUNTY
    assert SchemeReview.objects.count() == 0


def test_a_kindergarten_fills_in_itself_with_the_code_of_its_county(client: Client) -> None:
    category = for_kindergartens(applies_until=date(2099, 12, 31))
    a_kindergarten(name="另一所幼儿园")
    draft = a_draft(category, a_kindergarten(name="小太阳幼儿园"))
    office, officer = Client(), county()
    office.force_login(officer)
    address = f"/schemes/invite/{draft.pk}/"
    assert client.get(address).status_code == 302
    other = Client()
    other.force_login(county("410811"))
    assert other.post(address).status_code == 404
    first, code = (office.post(address).context["code"] for _ in range(2))
    assert client.post("/schemes/fill/", {"code": first}).status_code == 404, (
        "the second code replaced the first"
    )
    assert client.get("/schemes/fill/form/").status_code == 302
    assert client.post("/schemes/fill/", {"code": code.lower()}).status_code == 302
    page = client.get("/schemes/fill/form/").content.decode()
    assert "台账月保教费 500.00 元，最高 600 元" in page
    sent = client.post("/schemes/fill/form/", {"statement": "面向小区招生"})
    assert sent.status_code == 302
    draft.refresh_from_db()
    assert (draft.stage, draft.submitted_by) == (Stage.COUNTY, f"园所{draft.kindergarten.code}")  # type: ignore[union-attr]
    assert "提交申报" not in client.get("/schemes/fill/form/").content.decode()
    assert client.post("/schemes/fill/form/", {"statement": "改"}).status_code == 200
    draft.refresh_from_db()
    assert draft.statement == "面向小区招生"
    reviewing.review(draft, verdict=Verdict.RETURN, words="补审计报告", by=officer, at=AT, why=WHY)
    assert "补审计报告" in client.get("/schemes/fill/form/").content.decode()
    assert client.post("/schemes/fill/leave/").status_code == 302
    assert client.get("/schemes/fill/form/").status_code == 302
    with pytest.raises(Refusal) as school:
        invite(a_draft(for_schools()), by=officer, at=AT, why=WHY)
    assert code_of(school) == "invitation-for-school"
