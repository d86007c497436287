"""An award goes up: chosen and shown at school, within places at every level, recommended, granted by the province."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from junheng.domains.schemes.actions import copying, granting, publishing, reviewing, schooling, sharing
from junheng.domains.schemes.models import (
    AwardScheme,
    Certificate,
    ClassVote,
    Publicity,
    SchemeApplication,
    SchemeCategory,
    SchemeQuota,
)
from junheng.domains.schemes.queries.standing import tied_to, ties_of
from junheng.domains.schemes.terms import Stage, Verdict
from junheng.domains.titles.models import Title
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.schemes.made import (
    AFTER,
    AT,
    HERE,
    LAST,
    PROVINCE,
    SHANGHAI,
    WHY,
    a_category,
    a_criterion,
    a_draft,
    a_group,
    a_scheme,
    a_way,
    county,
    decided,
    objected,
    opened,
    passed,
    recommended,
    section,
    shown,
    submitted,
)

MINUTE = timedelta(minutes=1)
MIDNIGHT = datetime(2023, 11, 9, 0, 0, tzinfo=SHANGHAI)


def principal(of: object) -> User:
    return makers.user(Role.PRINCIPAL, area=HERE, school=of)  # type: ignore[arg-type]


def chosen(draft: SchemeApplication, *, by: User, present: int = 11, agreed: int = 9) -> SchemeApplication:
    one = submitted(draft)
    assert one.stage == Stage.SCHOOL
    return schooling.choose(
        one, on=AT.date(), present=present, agreed=agreed, words="张老师计票", by=by, at=AT, why=WHY
    )


@pytest.mark.parametrize("subject", ["class", "collective", "staff", "group", "county"])
def test_every_subject_is_decided_and_named_where_it_may_be(subject: str, client: Client) -> None:
    school = makers.school()
    room = makers.school_class(school)
    who = {"class": room, "group": a_group(school, makers.school())}.get(subject)
    draft = a_draft(a_way(subject), who if subject in {"class", "group", "county"} else school)
    if subject == "county":
        one = submitted(draft, by=county())
        assert one.stage == Stage.CITY, "nobody reviews a county but the city"
        with pytest.raises(NotAllowed) as own:
            reviewing.check_not_own(one, by=county(), at=AT)
        assert own.value.code == "own-matter-county"
        reviewing.review(one, verdict=Verdict.PASS, words="符合", by=section(), at=AT, why=WHY)
        publishing.publish(one.scheme, by=section(), at=AT, why=WHY)
        publishing.decide(
            Publicity.objects.get(), on=AFTER.date(), number="1号", by=section(), at=AFTER, why=WHY
        )
    else:
        decided(draft)
    certificate = Certificate.objects.get()
    named = f"{room.grade}年级{room.number}班"
    assert (certificate.holder, certificate.person) == {
        "class": (school.name, named),
        "collective": (school.name, "静雅楼302宿舍"),
        "staff": (school.name, "静雅楼302宿舍"),
        "group": ("示例教育集团", ""),
        "county": ("解放区", ""),
    }[subject]
    assert (certificate.level, certificate.decision != "") == ("city", True)
    assert "有效" in client.get("/schemes/certificates/", {"code": certificate.code}).content.decode()


def test_a_subject_of_another_kind_or_place_is_not_taken() -> None:
    school, other = makers.school(), makers.school()
    room = makers.school_class(school)
    with pytest.raises(ValidationError, match="申报对象是“班级”"):
        a_draft(a_way("class"), school)
    with pytest.raises(ValidationError, match="这个班不在所填的学校"):
        a_draft(a_way("class"), room, school=other)
    with pytest.raises(ValidationError, match="不是这个集团现在的牵头学校"):
        a_draft(a_way("group"), a_group(school), school=other)
    with pytest.raises(ValidationError, match="须填县"):
        a_draft(a_way("county"), area_id="4108")
    with pytest.raises(ValidationError, match="只填其中一栏"):
        a_draft(a_way("class"), room, named="又一个")


def test_the_school_chooses_shows_and_hands_up(client: Client) -> None:
    category = a_way("class", school_days=5)
    school = makers.school()
    by = principal(school)
    good, bad = (a_draft(category, makers.school_class(school, number=number)) for number in (1, 2))
    with pytest.raises(NotAllowed) as above:
        chosen(good, by=county())
    assert above.value.code == "not-at-this-level"
    one = SchemeApplication.objects.get(pk=good.pk)
    facts = {"on": AT.date(), "words": "", "by": by, "at": AT, "why": WHY}
    for present, agreed, code in ((4, 4, "committee-too-small"), (5, 6, "more-votes-than-present")):
        with pytest.raises(Refusal) as refused:
            schooling.choose(one, present=present, agreed=agreed, **facts)
        assert refused.value.code == code
    assert schooling.choose(one, present=11, agreed=6, **facts).stage == Stage.CHOSEN
    assert chosen(bad, by=by, present=10, agreed=5).stage == Stage.REJECTED, "half is not more than half"
    with pytest.raises(Conflict):
        reviewing.review(one, verdict=Verdict.PASS, words="齐", by=county(), at=AT, why=WHY)
    publicity = schooling.post(one, by=by, at=AT, why=WHY)
    assert (publicity.school, publicity.until) == (school, LAST)
    page = client.get(f"/schemes/lists/{publicity.code}/").content.decode()
    assert "校内公示" in page
    objection = objected(publicity, at=MIDNIGHT - MINUTE)
    with pytest.raises(Conflict):
        objected(publicity, at=MIDNIGHT)
    with pytest.raises(Refusal) as early:
        schooling.hand_up(publicity, by=by, at=MIDNIGHT - MINUTE, why=WHY)
    assert early.value.code == "school-publicity-not-over"
    with pytest.raises(Conflict) as waiting:
        schooling.hand_up(publicity, by=by, at=AFTER, why=WHY)
    assert waiting.value.code == "objections-open"
    with pytest.raises(NotAllowed) as own:
        publishing.answer(objection, upheld=False, words="不实", by=by, at=AFTER, why=WHY)
    assert own.value.code in {"own-matter-school", "deed-not-yours"}
    publishing.answer(objection, upheld=False, words="不实", by=county(), at=AFTER, why=WHY)
    with pytest.raises(Refusal) as above_list:
        publishing.decide(publicity, on=AFTER.date(), number="1号", by=section(), at=AFTER, why=WHY)
    assert above_list.value.code == "a-schools-list"
    schooling.hand_up(publicity, by=by, at=AFTER, why=WHY)
    one.refresh_from_db()
    assert one.stage == Stage.COUNTY
    officer = county()
    reviewing.review(one, verdict=Verdict.RETURN, words="补照片", by=officer, at=AFTER, why=WHY)
    again = submitted(SchemeApplication.objects.get(pk=one.pk), at=AFTER)
    assert again.stage == Stage.COUNTY, "the school has chosen already"


def test_nobody_chooses_or_scores_in_their_own_matter() -> None:
    school, member = makers.school(), makers.school()
    by = principal(school)
    draft = a_draft(a_way("staff", school_days=5), school, teacher=by.username, named="")
    with pytest.raises(NotAllowed) as own:
        chosen(draft, by=by)
    assert own.value.code == "own-matter-subject"
    group = a_draft(a_way("group"), a_group(school, member))
    ties = [principal(member), county(), principal(makers.school(area_id="410811")), section()]
    ties = [tied_to(group, one.username, ties_of(one, on=AT.date())) for one in ties]
    assert ties == [True, True, False, False], "a member of the group is tied as the school that leads it is"


def test_an_objection_that_is_right_ends_it_at_school() -> None:
    school = makers.school()
    one = chosen(a_draft(a_way("collective", school_days=5), school), by=principal(school))
    publicity = schooling.post(one, by=principal(school), at=AT, why=WHY)
    publishing.answer(objected(publicity), upheld=True, words="属实", by=county(), at=AT, why=WHY)
    schooling.hand_up(publicity, by=principal(school), at=AFTER, why=WHY)
    one.refresh_from_db()
    assert one.stage == Stage.REJECTED


def three_good(*, places: int, **given: object) -> SchemeCategory:
    """Pupils, shared out by pupils, chosen at school, with a vote of the class of at least half."""
    scheme = a_scheme(subject="pupil", awards="三好学生", school_days=5, **given)
    a_criterion(scheme, asked="check", check_slug="class-vote", limit=50)
    category = a_category(scheme, places=places, weigh="pupils", graduating_most=30)
    sharing.apportion(scheme, by=section(), at=AT, why=WHY)
    opened(scheme)
    return SchemeCategory.objects.select_related("scheme").get(pk=category.pk)


def voted(category: SchemeCategory, pupil: object, votes: int = 1, **given: object) -> ClassVote:
    room = pupil.school_class  # type: ignore[attr-defined]
    row = ClassVote(
        **{
            "category": category, "school": room.school, "school_class": room, "pupil": pupil,
            "area_id": room.area_id, "held_on": date(2023, 10, 20), "present": 1, "votes": votes,
            "counted_by": "甲老师", "checked_by": "乙老师",
        } | given
    )  # fmt: skip
    row.full_clean()
    row.save()
    return row


def test_places_add_up_at_every_level_and_are_not_exceeded_at_any(client: Client) -> None:
    school, small = makers.school(), makers.school()
    room = makers.school_class(school, grade=3)
    leaving = makers.school_class(school, grade=6, number=9)
    pupils = [makers.pupil(room) for _ in range(5)] + [makers.pupil(leaving)]
    makers.pupil(makers.school_class(small))
    there = makers.school_class(makers.school(area_id="410811"))
    for _ in range(2):
        makers.pupil(there)
    category = three_good(places=4)
    here = SchemeQuota.objects.get(category=category, area=HERE)
    assert (here.places, here.exact) == (3, "28/9")
    sharing.to_schools(here, by=county(), at=AT, why=WHY)
    rows = SchemeQuota.objects.filter(category=category, school__isnull=False).order_by("school")
    assert [(one.places, one.exact) for one in rows] == [(3, "18/7"), (0, "3/7")]
    page = client.get(f"/schemes/{category.scheme.code}/quotas/{HERE}/").content.decode()
    assert ("18/7" in page, "核验无误" in page) == (True, True)
    assert f"/quotas/{HERE}/" in client.get(f"/schemes/{category.scheme.code}/").content.decode()
    by = principal(school)
    with pytest.raises(Refusal) as no_vote:
        submitted(a_draft(category, pupils[0]))
    assert "没有班级投票记录" in str(no_vote.value)
    drafts = []
    for one in pupils:
        voted(category, one, present=1)
        drafts.append(SchemeApplication.objects.filter(pupil=one).first() or a_draft(category, one))
    # three places at school, and none of them for the leaving class: 30 % of 3 is less than one
    with pytest.raises(Refusal) as graduating:
        chosen(drafts[5], by=by)
    assert graduating.value.code == "graduating-exceeded"
    for draft in drafts[:3]:
        assert chosen(draft, by=by).stage == Stage.CHOSEN
    with pytest.raises(Refusal) as full:
        chosen(drafts[3], by=by)
    assert str(full.value).startswith(f"“{category.name}”本校名额 3 个，已通过 3 个，不能再通过")
    with pytest.raises(Conflict) as late:
        sharing.to_schools(here, by=county(), at=AT, why=WHY)
    assert late.value.code == "schools-have-chosen"
    publicity = schooling.post(SchemeApplication.objects.get(pk=drafts[0].pk), by=by, at=AT, why=WHY)
    schooling.hand_up(publicity, by=by, at=AFTER, why=WHY)
    SchemeQuota.objects.filter(pk=here.pk).update(places=2)
    for number, draft in enumerate(drafts[:3]):
        if number < 2:
            reviewing.review(draft, verdict=Verdict.PASS, words="齐", by=county(), at=AFTER, why=WHY)
            continue
        with pytest.raises(Refusal) as over:
            reviewing.review(draft, verdict=Verdict.PASS, words="齐", by=county(), at=AFTER, why=WHY)
        assert "本县（市、区）名额 2 个" in str(over.value)
    SchemeCategory.objects.update(places=1)
    reviewing.review(drafts[0], verdict=Verdict.PASS, words="齐", by=section(), at=AFTER, why=WHY)
    with pytest.raises(Refusal) as city:
        reviewing.review(drafts[1], verdict=Verdict.PASS, words="齐", by=section(), at=AFTER, why=WHY)
    assert city.value.code == "quota-exceeded"
    shown_at_school = client.get(f"/schemes/lists/{publicity.code}/").content.decode()
    assert (str(room) in shown_at_school, pupils[0].name in shown_at_school) == (True, False), "no consent"


def test_votes_are_of_the_class_counted_by_two_and_stay(client: Client) -> None:
    school = makers.school()
    room = makers.school_class(school)
    pupil, other = makers.pupil(room), makers.pupil(room)
    category = three_good(places=9)
    for given, words in (
        ({"present": 3}, "超过这个班当天在籍的 2 人"),
        ({"present": 1, "votes": 2}, "得票数不能超过到会人数"),
        ({"checked_by": "甲老师"}, "须是两个人"),
        ({"school_class": makers.school_class(school, number=7)}, "不在所填的班级"),
    ):
        with pytest.raises(ValidationError, match=words):
            voted(category, pupil, **given)
    vote = voted(category, pupil, present=2)
    with pytest.raises(ValidationError, match="另一个到会人数"):
        voted(category, other, present=1)
    assert voted(category, other, votes=0, present=2)
    with pytest.raises(Refusal) as few:
        submitted(a_draft(category, other))
    assert "得 0 票" in str(few.value)
    assert submitted(a_draft(category, pupil)).stage == Stage.SCHOOL
    client.force_login(principal(school))
    form = client.get(f"/registers/classvotes/{vote.pk}/edit/")
    sent = {one.name: "" if one.value() is None else one.value() for one in form.context["form"]}
    answer = client.post(
        f"/registers/classvotes/{vote.pk}/edit/",
        sent | {"votes": "1", "version": form.context["version"], "why": "改"},
    )
    assert (answer.status_code, answer["X-Refusal"]) == (409, "vote-is-evidence")
    teacher = makers.user(Role.CLASS_TEACHER, area=school.area_id, school=school)
    Grant.objects.filter(user=teacher).update(school_class=room.pk)
    client.force_login(teacher)
    third = makers.pupil(room)
    opened = client.get("/registers/classvotes/new/")
    asked = {one.name: "" if one.value() is None else one.value() for one in opened.context["form"]}
    given = asked | {
        name: sent[name]
        for name in ("category", "school", "school_class", "area", "held_on", "counted_by", "checked_by")
    }
    answer = client.post(
        "/registers/classvotes/new/",
        given | {"pupil": third.code, "present": "2", "votes": "1", "why": "班会"},
    )
    assert answer.status_code == 302, "the class teacher enters the own class's vote"
    client.force_login(makers.user(Role.CITY_LEADER))
    assert client.get("/registers/classvotes/").status_code == 404, "how a class voted is not for everybody"


def test_the_city_recommends_and_the_province_decides_line_by_line() -> None:
    category = a_way("school", decider="province", effect="title", awards="书香校园", places=3)
    drafts = [a_draft(category, makers.school()) for _ in range(3)]
    publicity = recommended(*drafts)
    facts = {"by": section(), "at": PROVINCE, "why": WHY}
    for on, number, granted, code in (
        (AFTER.date(), "豫教〔2023〕9号", {1: True}, "granted-before-recommended"),
        (date(2023, 12, 21), "豫教〔2023〕9号", {1: True}, "day-to-come"),
        (date(2023, 12, 18), " ", {1: True}, "document-without-number"),
        (date(2023, 12, 18), "豫教〔2023〕9号", {}, "nothing-granted"),
        (date(2023, 12, 18), "豫教〔2023〕9号", {9: True}, "nothing-granted"),
    ):
        with pytest.raises(Refusal) as refused:
            granting.enter_decision(publicity, granted=granted, on=on, number=number, **facts)
        assert refused.value.code == code
    granting.enter_decision(
        publicity, granted={1: True, 2: False}, on=date(2023, 12, 18), number="豫教〔2023〕9号", **facts
    )
    stages = list(SchemeApplication.objects.order_by("number").values_list("stage", flat=True))
    assert stages == [Stage.RECOGNISED, Stage.REJECTED, Stage.RECOMMENDED]
    certificate, title = Certificate.objects.get(), Title.objects.get()
    assert (certificate.level, certificate.decision) == ("province", "豫教〔2023〕9号")
    assert (title.name, title.called, title.level, title.awarded_on) == (
        "other",
        "书香校园",
        "province",
        date(2023, 12, 18),
    )
    assert str(title) == f"省级书香校园：{title.school}"
    with pytest.raises(Conflict):
        granting.enter_decision(publicity, granted={1: False}, on=date(2023, 12, 19), number="2号", **facts)
    other = shown(a_draft(a_way("school", decider="province"), makers.school()))
    with pytest.raises(Conflict) as too_early:
        granting.enter_decision(other, granted={1: True}, on=date(2023, 12, 19), number="2号", **facts)
    assert too_early.value.code == "not-recommended-yet"


def test_the_list_that_is_recommended_is_within_the_provinces_places() -> None:
    category = a_way("school", decider="province", places=1)
    passed(a_draft(category, makers.school()))
    with pytest.raises(Refusal) as refused:
        passed(a_draft(category, makers.school()))
    assert refused.value.code == "quota-exceeded"


def test_next_years_scheme_is_last_years_a_year_later_and_nothing_else() -> None:
    makers.pupil(makers.school_class(makers.school()))
    category = three_good(places=5, checked_yearly=True, certain=True)
    made = copying.copy_scheme(category.scheme, code="next-2024", by=section(), at=AT, why=WHY)
    old = AwardScheme.objects.get(pk=category.scheme.pk)
    differs = {
        one.name
        for one in AwardScheme._meta.concrete_fields
        if getattr(made, one.name) != getattr(old, one.name)
    }
    assert differs == {
        "id", "code", "year", "applies_from", "applies_until", "order_text", "certain", "state", "digest", "opened_on",
    }  # fmt: skip
    # 9 October 2023 and 29 December 2023: a year later a Wednesday and a Sunday worked on Monday
    assert (made.year, made.applies_from, made.applies_until) == (2024, date(2024, 10, 9), date(2024, 12, 30))
    assert (made.state, made.certain, made.order_text) == ("draft", False, "示例〔2024〕1号")
    copied = SchemeCategory.objects.get(scheme=made)
    assert (copied.code, copied.places, copied.graduating_most) == ("next-2024-1", 5, 30)
    assert made.schemecriterion_set.get().check_slug == "class-vote"
    assert not SchemeQuota.objects.filter(category=copied).exists()
    for wrong, code in ((old, "scheme-code-taken"), (made, "scheme-is-a-draft")):
        with pytest.raises(Refusal) as refused:
            copying.copy_scheme(wrong, code="next-2024", by=section(), at=AT, why=WHY)
        assert refused.value.code == code
