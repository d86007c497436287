"""A survey from its draft to its opening: known questions are found, the term's budget holds, two people are needed."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.asks import designing, moving
from junheng.platform.asks.catalogue import catalogue, searched
from junheng.platform.asks.duplicates import findings_for, unresolved
from junheng.platform.asks.models import Collection, Question
from junheng.platform.asks.terms import Kind, State
from junheng.platform.audit.models import Entry
from tests import cast
from tests.makers.rows import HERE, THERE
from tests.platform.asks.conftest import Scene, desk_of


def refused(code: str, step: Any, *given: Any, **named: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        step(*given, **named)
    assert caught.value.code == code
    return caught.value


def test_a_question_that_a_register_answers_is_found_and_holds_up_the_survey(scene: Scene) -> None:
    survey = scene.begin()
    scene.ask(survey, "直饮水机台数", unit="台")
    known = scene.ask(survey, "目前贵校教学班数量（个）")
    found = findings_for(survey, cast.asker(scene.section))
    assert set(found) == {known.pk}
    assert (found[known.pk][0].entry.register, found[known.pk][0].can_link) == ("classes", True)
    refusal = refused("asked-already", moving.submit, survey, asker=cast.asker(scene.section), why="提交")
    assert "目前贵校教学班数量" in str(refusal)
    assert "班级数" in str(refusal)
    assert Collection.objects.get(pk=survey.pk).state == State.DRAFT


def test_it_is_linked_or_explained(scene: Scene) -> None:
    survey = scene.begin()
    known = scene.ask(survey, "班级数")
    linked = Question.objects.get(pk=known.pk)
    linked.linked_register = "classes"
    designing.put_question(linked, asker=cast.asker(scene.section), why="取自台账")
    assert unresolved(survey, cast.asker(scene.section)) == []
    survey.refresh_from_db()
    assert survey.seconds == 0
    explained = scene.ask(survey, "校长姓名", Kind.TEXT, again_why="要核对台账是否更新")
    assert explained.pk in findings_for(survey, cast.asker(scene.section))
    moving.submit(survey, asker=cast.asker(scene.section), why="提交")
    assert survey.state == State.CHECKED


def test_what_another_section_asked_is_found_with_both_places(scene: Scene) -> None:
    first = scene.begin(title="设施调查")
    scene.ask(first, "直饮水机台数")
    scene.opened(first)
    other = cast.somebody("city_section", area="4108")
    second = scene.begin(by=other, title="卫生调查")
    question = scene.ask(second, "直饮水机数量（台）")
    found = findings_for(second, cast.asker(other))[question.pk][0]
    assert (found.entry.where, found.entry.label) == ("设施调查", "直饮水机台数")
    assert found.entry.address == f"/asks/{first.pk}/"
    assert not found.can_link


def test_the_next_term_of_the_same_survey_is_no_duplicate(scene: Scene) -> None:
    first = scene.begin()
    scene.ask(first, "直饮水机台数")
    scene.opened(first)
    moving.close(first, asker=cast.asker(scene.section), why="截止")
    new = designing.again(first, {"term": "2024A", "opens_on": first.opens_on, "closes_on": first.closes_on}, asker=cast.asker(scene.section), why="再做一期")  # fmt: skip
    assert unresolved(new, cast.asker(scene.section)) == []
    assert 0 < new.seconds < first.seconds
    assert [one.before.label for one in new.questions.all() if one.before] == ["直饮水机台数"]


def test_nobody_approves_alone(scene: Scene) -> None:
    survey = scene.begin()
    scene.ask(survey, "直饮水机台数")
    refused("survey-moved-on", moving.approve, survey, asker=cast.asker(scene.office), why="同意")
    moving.submit(survey, asker=cast.asker(scene.section), why="提交")
    refused("own-survey", moving.approve, survey, asker=cast.asker(scene.section), why="同意")
    refused("survey-not-a-draft", scene.ask, survey, "再加一问")
    moving.approve(survey, asker=cast.asker(scene.office), why="同意")
    assert survey.responses.count() == 9
    with pytest.raises(Conflict):
        moving.approve(survey, asker=cast.asker(scene.office), why="同意")
    with pytest.raises(IntegrityError), transaction.atomic():
        Collection.objects.filter(pk=survey.pk).update(approver=scene.section)


def test_a_form_beyond_the_budget_needs_the_city(scene: Scene) -> None:
    survey = scene.begin(by=scene.county, area=HERE)
    for number in range(38):
        scene.ask(survey, f"第{number}号设备照片编号说明", Kind.TEXT)
    for label in ("图书购置花费", "操场整修预算"):
        scene.ask(survey, label, Kind.MONEY)
    assert survey.seconds == 38 * 40 + 2 * 45
    crowded = scene.begin(title="又一项", area=HERE, by=scene.county)
    for number in range(38):
        scene.ask(crowded, f"第{number}号场馆照片编号备注", Kind.TEXT)
    third = scene.begin(title="第三项", area=HERE, by=scene.county)
    for number in range(20):
        scene.ask(third, f"第{number}号专用教室使用备忘", Kind.TEXT)
    scene.opened(survey)
    scene.opened(crowded)
    refusal = refused("over-budget", moving.submit, third, asker=cast.asker(scene.county), why="提交")
    assert refusal.params["minutes"] > refusal.params["budget"]
    refused("may-not-lift-budget", moving.lift, third, asker=cast.asker(scene.county), why="急")
    moving.lift(third, asker=cast.asker(scene.office), why="上级督查所需，仅此一次")
    moving.submit(third, asker=cast.asker(scene.county), why="提交")
    assert third.state == State.CHECKED
    assert Collection.objects.get(pk=third.pk).lifted_why == "上级督查所需，仅此一次"


def test_a_question_without_a_purpose_is_refused_by_the_form_and_by_the_table(scene: Scene) -> None:
    survey = scene.begin()
    desk = desk_of(scene.section)
    answer = desk.post(f"/asks/{survey.pk}/questions/new/", {"label": "直饮水机台数", "kind": "number"})
    assert answer.status_code == 422
    assert "purpose" in answer.context["form"].errors
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(collection=survey, place=1, label="直饮水机台数", kind="number", purpose="")


def test_the_designer_is_told_while_writing(scene: Scene) -> None:
    survey = scene.begin()
    told = (
        desk_of(scene.section).get(f"/asks/{survey.pk}/likely/", {"label": "在校学生人数"}).content.decode()
    )
    assert "台账已有" in told
    assert "学生" in told
    quiet = (
        desk_of(scene.section).get(f"/asks/{survey.pk}/likely/", {"label": "直饮水机台数"}).content.decode()
    )
    assert "台账已有" not in quiet


def test_a_county_asks_only_its_own_schools(scene: Scene) -> None:
    refused("may-not-ask-there", scene.begin, by=scene.county, area=THERE)
    refused("may-not-ask-there", scene.begin, by=scene.county, area="4108")
    survey = scene.begin(by=scene.county, area=HERE)
    scene.ask(survey, "直饮水机台数")
    scene.opened(survey)
    assert {row.unit for row in survey.responses.all()} == {one.pk for one in scene.schools}
    assert desk_of(scene.other_county).get(f"/asks/{survey.pk}/").status_code == 404
    assert desk_of(scene.principal).get(f"/asks/{survey.pk}/").status_code == 404
    with pytest.raises(NotAllowed):
        designing.begin({"area": HERE}, asker=cast.asker(scene.principal), why="设计")


def test_a_county_sees_a_survey_of_the_city_and_does_not_change_it(scene: Scene) -> None:
    survey = scene.begin()
    scene.ask(survey, "直饮水机台数")
    assert desk_of(scene.county).get(f"/asks/{survey.pk}/").status_code == 404
    scene.opened(survey)
    desk = desk_of(scene.county)
    assert desk.get(f"/asks/{survey.pk}/").status_code == 200
    assert desk.post(f"/asks/{survey.pk}/step/", {"step": "close", "why": "不要了"}).status_code == 403


def test_the_catalogue_holds_registers_and_surveys_and_is_read_aloud(scene: Scene) -> None:
    survey = scene.begin()
    scene.ask(survey, "直饮水机台数")
    scene.opened(survey)
    entries = catalogue(cast.asker(scene.county))
    assert {one.where for one in searched(entries, "zysj")} == {"饮水设备调查"}
    assert any(one.where == "学校" and one.label == "校名" for one in searched(entries, "xiaoming"))
    assert searched(entries, "没有人问过的") == []
    page = desk_of(scene.principal).get("/asks/catalogue/", {"q": "校名"})
    assert page.status_code == 200
    assert "校名" in page.content.decode()


def test_every_step_leaves_its_entry(scene: Scene) -> None:
    survey = scene.begin()
    scene.ask(survey, "直饮水机台数")
    scene.opened(survey)
    moving.close(survey, asker=cast.asker(scene.section), why="到期")
    refused("findings-too-short", moving.evaluate, survey, asker=cast.asker(scene.section), why="好")
    moving.evaluate(survey, asker=cast.asker(scene.section), why="已据此安排六所学校更新设备。")
    own = Entry.objects.filter(table="asks.collection", row=survey.pk).order_by("id")
    assert [one.after.get("state") for one in own if one.after and "state" in one.after] == ["draft", "checked", "approved", "open", "closed", "evaluated"]  # fmt: skip
    assert Entry.objects.filter(table="asks.response", verb="batch").get().after["count"] == 9
