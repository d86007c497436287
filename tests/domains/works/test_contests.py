"""Contests: judged without names and without ties, ranked by whole numbers, alike works asked about, shown with consent only."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from junheng.domains.schemes.actions import publishing, reviewing
from junheng.domains.schemes.actions.preparing import name_juror
from junheng.domains.schemes.models import Certificate, SchemeCriterion
from junheng.domains.schemes.queries.standing import to_score
from junheng.domains.schemes.terms import Verdict
from junheng.domains.works.actions.attaching import take_back
from junheng.domains.works.actions.entering import describe
from junheng.domains.works.actions.judging import rank
from junheng.domains.works.actions.likening import answer
from junheng.domains.works.models import Attachment, ContestRule, Likeness, WorkPoint
from junheng.domains.works.queries.ranking import ranked
from junheng.domains.works.queries.scores import digest_of, protocol_of
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.schemes.made import AFTER, AT, HERE, WHY, a_draft, at_city, county, section, submitted
from tests.domains.works.made import (
    ESSAY,
    a_contest,
    a_pupil,
    agree,
    an_entry,
    judged,
    jurors,
    put,
    work_of,
)
from tests.makers.files import a_film, a_picture


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    settings.JUNHENG_HOME = tmp_path


def page_of(user: User) -> Client:
    page = Client()
    page.force_login(user)
    return page


def rule_of(category: Any) -> ContestRule:
    return ContestRule.objects.get(category=category)


@pytest.mark.parametrize("where", ["title", "words", "tutor", "school"])
def test_a_work_that_names_whose_it_is_is_not_handed_in(where: str) -> None:
    teacher = User.objects.create(username="daoshi", display_name="示例导师")
    pupil = a_pupil(name="示例小明")
    said = {"title": "示例 小明的夏天"} if where == "title" else {"title": "糖果"}
    words = {"words": "我叫示例\n小明", "tutor": "感谢示例导师", "school": f"我在{pupil.school}读书"}.get(
        where, ""
    )
    entry = an_entry(a_contest(), f"{ESSAY}{words}".encode(), pupil=pupil, tutor=teacher.username, **said)
    with pytest.raises(Refusal) as refused:
        submitted(entry)
    assert refused.value.code == "work-names-itself"
    said_name = {"tutor": "示例导师", "school": str(pupil.school)}.get(where, "示例小明")
    assert said_name in str(refused.value)


def test_jurors_see_no_names_are_not_tied_and_see_others_after_their_own() -> None:
    category = a_contest(form="picture")
    pupil = a_pupil(name="示例小明")
    tutor = User.objects.create(username="daoshi-ping", display_name="示例导师")
    entry = an_entry(category, a_picture(), pupil=pupil, tutor=tutor.username)
    first, second = jurors(category)
    for login in ("daoshi-ping", county().username):
        name_juror(category.scheme, login=login, by=section(), at=AT, why=WHY)
    one = at_city(entry)
    assert to_score(tutor, on=AT.date()) == []
    assert to_score(first, on=AT.date()) == [one]
    facts = {"words": "", "at": AT, "why": WHY}
    criteria = list(SchemeCriterion.objects.filter(scheme=one.scheme, asked="score").order_by("number"))
    points = {criteria[0].pk: 50, criteria[1].pk: 30}
    with pytest.raises(NotAllowed) as tied:
        reviewing.score(one, points=points, by=tutor, **facts)
    assert tied.value.code == "juror-tutored"
    page, row = page_of(first), Attachment.objects.get()
    sheet = page.get(f"/schemes/jury/{one.pk}/").content.decode()
    for hidden in ("示例小明", "示例导师", "daoshi-ping", str(pupil.school), pupil.school.code):
        assert hidden not in sheet
    assert f"/works/judged/files/{row.pk}/" in sheet
    seen = page.get(f"/works/judged/files/{row.pk}/")
    assert seen["Content-Disposition"] == f'inline; filename="{one.pk}-1.jpg"'
    assert b"".join(seen).startswith(b"\xff\xd8")
    assert Entry.objects.filter(table="works.attachment", verb="read", who=first.username).count() == 1
    for other in (tutor, User.objects.create(username="nobody")):
        assert page_of(other).get(f"/works/judged/files/{row.pk}/").status_code == 404
    reviewing.score(one, points=points, by=first, **facts)
    other_page = page_of(second)
    assert other_page.get(f"/works/judged/{one.pk}/").status_code == 404, "not before their own"
    assert other_page.get("/works/judged/").context["rows"] == []
    reviewing.score(one, points={criteria[0].pk: 41, criteria[1].pk: 33}, by=second, **facts)
    shown = other_page.get(f"/works/judged/{one.pk}/").content.decode()
    assert "评委 1" in shown
    assert ">50<" in shown
    assert first.username not in shown
    assert WorkPoint.objects.count() == 4


def oracle(scores: dict[str, tuple[int, ...]]) -> dict[str, int]:
    """The place of each: one more than how many are better, compared sum by sum and criterion by criterion."""

    def better(one: Sequence[int], other: Sequence[int]) -> bool:
        if sum(one) != sum(other):
            return sum(one) > sum(other)
        return next((a > b for a, b in zip(one, other, strict=True) if a != b), False)

    return {name: 1 + sum(better(other, own) for other in scores.values()) for name, own in scores.items()}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the first draw of a busy machine
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=7),
    st.tuples(st.integers(0, 3), st.integers(0, 3)),
    st.integers(0, 4),
)
def test_ranking_is_the_oracles_and_keeps_to_its_numbers(
    given_points: list[tuple[int, int]], cuts: tuple[int, int], forward: int
) -> None:
    scores: dict[str, tuple[int, ...]] = {f"n{place}": each for place, each in enumerate(given_points)}
    told = ranked(scores, cuts=cuts, forward=forward, order="示例〔2023〕1号")
    assert {one.number: one.place for one in told} == oracle(scores)
    assert sum(one.forwarded for one in told) == min(forward, len(scores))
    for cut, size in enumerate(cuts):
        assert sum(one.cut == cut for one in told) == max(0, min(size, len(scores) - sum(cuts[:cut])))
    by_name = {one.number: one for one in told}
    for one in told:
        same = [by_name[name] for name, each in scores.items() if each == scores[one.number]]
        assert one.drawn == (len({(each.cut, each.forwarded) for each in same}) > 1)
    assert ranked(dict(reversed(scores.items())), cuts=cuts, forward=forward, order="示例〔2023〕1号") == told


def test_works_are_ranked_once_when_all_are_judged() -> None:
    category = a_contest()
    by = jurors(category)
    best = judged(an_entry(category), by, (50, 30), (50, 30))
    second = judged(an_entry(category, b"other words that nobody shares here"), by, (49, 31), (50, 30))
    waiting = submitted(an_entry(category, "另一篇文章，说的是另一件事，与前面的毫不相干。".encode()))
    rule = rule_of(category)
    with pytest.raises(Conflict) as early:
        rank(rule, by=section(), at=AT, why=WHY)
    assert (early.value.code, early.value.params["waiting"]) == ("works-not-judged", 1)
    reviewing.review(waiting, verdict=Verdict.REJECT, words="不符", by=county(), at=AT, why=WHY)
    rank(rule, by=section(), at=AT, why=WHY)
    first, other = work_of(best), work_of(second)
    assert (first.total, first.place, first.prize, first.forwarded) == (160, 1, "first", True)
    assert (other.total, other.place, other.prize, other.forwarded) == (160, 2, "second", False), (
        "by the first criterion"
    )
    rule.refresh_from_db()
    assert rule.digest == digest_of(protocol_of(category, [best, second]))
    with pytest.raises(Conflict):
        rank(rule, by=section(), at=AT, why=WHY)
    page = page_of(section())
    results = page.get(f"/works/results/{rule.pk}/").content.decode()
    assert "一等奖" in results
    assert results.index(best.number or "") < results.index(second.number or "")
    assert page.get(f"/works/results/{rule.pk}/protocol/").status_code == 200
    assert (
        page_of(makers.user(Role.PRINCIPAL, area=HERE, school=best.school))
        .get(f"/works/results/{rule.pk}/")
        .status_code
        == 404
    )


def test_equal_works_share_a_place_and_a_published_text_draws_the_line() -> None:
    category = a_contest(order_text="", rule={"first": 1, "second": 0, "third": 0, "forward": 0})
    by = jurors(category)
    for words in (ESSAY, "完全不同的另一篇文章。"):
        judged(an_entry(category, words.encode()), by, (50, 30), (50, 30))
    with pytest.raises(Refusal) as equal:
        rank(rule_of(category), by=section(), at=AT, why=WHY)
    assert equal.value.code == "works-equal"
    category.scheme.order_text = "示例〔2023〕1号"
    category.scheme.save()
    rank(rule_of(category), by=section(), at=AT, why=WHY)
    works = [work_of(one) for one in category.schemeapplication_set.order_by("pk")]
    assert [(one.place, one.drawn) for one in works] == [(1, True), (1, True)]
    assert sorted(one.prize for one in works) == ["", "first"]


def test_a_copied_passage_is_a_question_and_no_verdict() -> None:
    category = a_contest()
    before = submitted(an_entry(category, f"前面是别的话。{ESSAY}后面也是。".encode()))
    again = submitted(an_entry(a_contest(), f"完全不同的开头！{ESSAY[:45].replace('，', ' ')}".encode()))
    apart = submitted(an_entry(category, "这一篇讲的是完全无关的内容，没有和谁相同的句子。".encode()))
    question = Likeness.objects.get()
    assert (question.one.application, question.other.application) == (again, before)
    assert (question.alike, question.state, question.area_id) == ("words", "open", again.area_id)
    assert question.letters is not None
    assert question.letters >= 30
    assert again.stage == apart.stage == "county", "a question holds nothing up"
    officer = county()
    page = page_of(officer)
    sides = page.get(f"/works/alike/{question.pk}/").content.decode()
    assert sides.count("<mark") == 2
    assert str(before.school) not in sides
    assert Entry.objects.filter(table="works.likeness", verb="read").count() == 1
    principal = makers.user(Role.PRINCIPAL, area=HERE, school=again.school)
    assert page_of(principal).get(f"/works/alike/{question.pk}/").status_code == 404
    told = answer(question, words="都引用了同一段宣传语", by=officer, at=AT, why=WHY)
    assert (told.state, told.answered_by) == ("told", officer.username)
    with pytest.raises(Conflict):
        answer(question, words="再说一次", by=officer, at=AT, why=WHY)
    again.refresh_from_db()
    assert again.stage == "county"
    back = reviewing.review(before, verdict=Verdict.RETURN, words="请重写", by=officer, at=AT, why=WHY)
    take_back(Attachment.objects.get(application=back), by=officer, at=AT, why=WHY)
    assert not Likeness.objects.exists()
    assert Entry.objects.filter(table="works.likeness", verb="retire").count() == 1


def test_the_words_of_the_scheme_and_pictures_of_a_wall_are_asked_about_by_nobody() -> None:
    slogan = "健康人生绿色无毒平安中原你我共筑我们一起行动起来远离毒品珍爱生命"
    category = a_contest(title=slogan)
    for end in ("我写的第一句话就和别人不一样。", "另一个人想到了另外的事情。"):
        submitted(an_entry(category, f"{slogan}{end}".encode()))
    drawn = a_contest(form="picture")
    submitted(an_entry(drawn, a_picture()))
    submitted(an_entry(drawn, a_picture(media="PNG")))
    submitted(an_entry(drawn, a_picture(number=1)))
    assert [(one.alike, one.signs) for one in Likeness.objects.all()] == [("picture", 0)]


def recognised(*entries: Any, by: list[User]) -> None:
    category = entries[0].category
    for place, one in enumerate(entries):
        judged(one, by, (50 - place, 30), (50, 30))
    rank(rule_of(category), by=section(), at=AT, why=WHY)
    for one in entries:
        one.refresh_from_db()
        reviewing.review(one, verdict=Verdict.PASS, words="入选", by=section(), at=AT, why=WHY)
    publicity = publishing.publish(category.scheme, by=section(), at=AT, why=WHY)
    publishing.decide(publicity, on=AFTER.date(), number="1号", by=section(), at=AFTER, why=WHY)


def test_the_gallery_shows_a_child_only_while_a_guardian_agrees(client: Client) -> None:
    category = a_contest(form="picture")
    agreed, silent = a_pupil(name="示例小红"), a_pupil(name="示例小刚")
    consent = agree(agreed)
    mine = an_entry(category, a_picture(), pupil=agreed, title="远离")
    put(mine, a_picture(number=2), children=True)
    other = an_entry(category, a_picture(number=3), pupil=silent, title="沉默")
    recognised(mine, other, by=jurors(category))
    work, hidden = work_of(mine), work_of(other)
    assert hidden.place == 2, "judged all the same"
    front = client.get("/works/").content.decode()
    assert ("远离" in front, "示例小红" in front, "一等奖" in front) == (True, True, True)
    assert "沉默" not in front
    assert "示例小刚" not in front
    shown, with_others = Attachment.objects.filter(application=mine).order_by("number")
    theirs = Attachment.objects.get(application=other)
    picture = client.get(f"/works/shown/files/{shown.pk}/")
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/jpeg", "no-store")
    assert client.get(f"/works/shown/files/{shown.pk}/small/").status_code == 200
    assert client.get(f"/works/shown/{work.pk}/").status_code == 200
    for page in (
        f"files/{theirs.pk}/",
        f"files/{theirs.pk}/small/",
        f"{hidden.pk}/",
        f"files/{with_others.pk}/",
    ):
        assert client.get(f"/works/shown/{page}").status_code == 404
    consent.withdrawn_on = AFTER.date()
    consent.save()
    for page in (f"files/{shown.pk}/", f"files/{shown.pk}/small/", f"{work.pk}/"):
        assert client.get(f"/works/shown/{page}").status_code == 404
    assert "远离" not in client.get("/works/").content.decode()


def test_a_school_shows_its_case_until_it_is_revoked(client: Client) -> None:
    category = a_contest(form="film", subject="school", blind=False)
    entry = an_entry_of_a_school(category)
    recognised(entry, by=jurors(category))
    work, row = work_of(entry), Attachment.objects.get()
    assert str(entry.school) in client.get(f"/works/shown/{work.pk}/").content.decode()
    part = client.get(f"/works/shown/files/{row.pk}/", headers={"Range": "bytes=0-7"})
    assert (part.status_code, b"".join(part)[4:]) == (206, b"ftyp")
    Certificate.objects.update(revoked_on=AFTER.date(), revoked_why="核实不符")
    assert client.get(f"/works/shown/files/{row.pk}/").status_code == 404
    assert work.title not in client.get("/works/").content.decode()


def an_entry_of_a_school(category: Any) -> Any:
    draft = a_draft(category, statement="")
    describe(draft, title="一校一品", tutor="", by=county(), at=AT, why=WHY)
    put(draft, a_film())
    return draft
