"""The officer's desk: taking in, bringing together and parting, passing on, answering; who may and in which words."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from junheng.domains.findings.models import Finding
from junheng.domains.governance.models import Case
from junheng.domains.tips.actions import assigning, handling, merging, triage
from junheng.domains.tips.actions.assigning import Task
from junheng.domains.tips.actions.nights import escalate, show_visits, take_over
from junheng.domains.tips.models import Referral, Tip
from junheng.domains.tips.queries.likeness import like
from junheng.domains.tips.terms import Outcome
from junheng.domains.visits.models import Errand, Inspector, SiteVisit
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import todo_of
from tests.domains import makers
from tests.domains.tips.telling import AT, FILLED, officer, sent, token_on
from tests.makers import make

WHY = "按规定办理"


@pytest.fixture
def by() -> dict[str, Any]:
    return {"by": officer(), "at": AT, "why": WHY}


def task(tip: Tip, **given: Any) -> Task:
    facts: dict[str, Any] = {
        "area": tip.area,
        "kind": tip.kind,
        "title": "某学堂",
        "place": "文昌路",
        "summary": "请核查资质",
    }
    return Task(**facts | given)


def county(area: str = "410802") -> Any:
    return makers.user(Role.COUNTY_OFFICER, area=area)


def test_candidates_by_name_place_and_time_with_reasons() -> None:
    first = sent(1, about="“星河学堂”", place="文昌路１号").tip
    assert [one.reasons for one in like(sent(2, about="星河 学堂", place="别处").tip)] == [
        ["名称相同", "时间相近"]
    ]
    sounds = sent(3, about="星和学堂", place="解放区文昌路1号").tip
    assert ["名称读音相同", "地点相同", "时间相近"] in [
        one.reasons for one in like(sounds) if one.tip == first
    ]
    near = sent(4, about="完全不同", place="另一处", longitude=113_250_000, latitude=35_215_000).tip
    sent(5, about="没有名字", place="不知道", longitude=113_251_000, latitude=35_215_900)
    assert like(near)[0].reasons[0].startswith("相距约 13")
    far = sent(6, about="丙", place="丁", area="410811").tip
    assert like(far) == []
    late = sent(7, about="星河学堂", place="丑寅卯").tip
    Tip.objects.filter(pk=late.pk).update(happened_on=date(2023, 9, 1))
    late.refresh_from_db()
    assert like(late) == [], "the same name in another season and place says nothing"


def test_merging_keeps_everybody_s_code_and_can_be_undone(by: dict[str, Any]) -> None:
    first, second, third = sent(1), sent(2), sent(3)
    triage.accept(first.tip, **by)
    merging.merge(second.tip, first.tip, **by)
    merging.merge(third.tip, second.tip, **by)
    assert set(Tip.objects.filter(lead=first.tip).values_list("pk", flat=True)) == {
        second.tip.pk,
        third.tip.pk,
    }
    assert set(Tip.objects.values_list("state", flat=True)) == {"accepted"}
    with pytest.raises(Refusal, match="已经是同一件"):
        merging.merge(second.tip, first.tip, **by)
    merging.part(third.tip, **by)
    third.tip.refresh_from_db()
    assert (third.tip.state, third.tip.lead) == ("new", None)
    referral = assigning.assign(second.tip, task(second.tip), **by)
    assert set(Tip.objects.filter(referral=referral).values_list("pk", flat=True)) == {
        first.tip.pk,
        second.tip.pk,
    }
    handling.report(referral, outcome=Outcome.TRUE, words="已查", on=AT.date(), by=county(), at=AT, why=WHY)
    assigning.answer(first.tip, "属实，已处理。", **by)
    for one in (first, second):
        client = Client()
        client.post("/tips/follow/", {"code": one.code})
        assert "属实，已处理。" in client.get("/tips/receipt/").content.decode()
    third.tip.refresh_from_db()
    assert third.tip.state == "new"
    with pytest.raises(Conflict, match="都还在办理时才能合并"):
        merging.merge(third.tip, first.tip, **by)


def test_a_summary_in_which_the_citizen_could_be_known_is_refused(by: dict[str, Any]) -> None:
    tip = sent(1, person="王小五", contact="13900001111").tip
    for words, code in (
        ("王小五反映的情况", "summary-names-person"),
        ("回电 139-0000-1111", "summary-names-person"),
        ("据称二楼有十几个小学生在上数学课，门口没有许可证", "summary-quotes-tip"),
        ("", "referral-empty"),
    ):
        with pytest.raises(Refusal) as refused:
            assigning.assign(tip, task(tip, summary=words), **by)
        assert refused.value.code == code
    assert Referral.objects.count() == 0
    referral = assigning.assign(tip, task(tip), **by)
    assert referral.week == date(2024, 3, 4), "the Monday, not the day"
    with pytest.raises(Conflict, match="已经转办"):
        assigning.assign(tip, task(tip), **by)


def test_name_and_place_may_stand_in_both_and_the_citizen_in_none(by: dict[str, Any]) -> None:
    place = "文昌路与人民路口东五十米二楼东户"
    tip = sent(1, place=place, words=f"{place}周末上课", person="王小五").tip
    with pytest.raises(Refusal) as refused:
        assigning.assign(tip, task(tip, title="王小五家楼上"), **by)
    assert refused.value.code == "summary-names-person"
    assert assigning.assign(tip, task(tip, place=place, summary=f"请到{place}核查"), **by).place == place


def test_an_answer_comes_after_the_result_and_names_nobody(by: dict[str, Any]) -> None:
    tip = sent(1, person="王小五").tip
    with pytest.raises(Conflict, match="还没有受理"):
        assigning.answer(tip, "好", **by)
    referral = assigning.assign(tip, task(tip), **by)
    with pytest.raises(Conflict, match="还没有办结"):
        assigning.answer(tip, "好", **by)
    handling.report(referral, outcome=Outcome.PARTLY, words="已查", on=AT.date(), by=county(), at=AT, why=WHY)
    for words, code in (
        ("", "tip-answer-empty"), ("王小五您好", "summary-names-person"), ("涉及 410802201708310017", "tip-answer-names"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            assigning.answer(tip, words, **by)
        assert refused.value.code == code
    assert assigning.answer(tip, "部分属实，已处理。", **by).state == "answered"


def test_what_is_not_the_bureau_s_is_told_where_to_turn(by: dict[str, Any]) -> None:
    tip = sent().tip
    triage.decline(tip, "请拨打 12345。", **by)
    tip.refresh_from_db()
    assert (tip.state, tip.answer, tip.acked_on) == ("declined", "请拨打 12345。", AT.date())
    with pytest.raises(Conflict, match="已经办结或撤回"):
        triage.accept(tip, **by)


def test_given_back_it_is_with_the_officer_again(by: dict[str, Any]) -> None:
    tip = sent().tip
    referral = assigning.assign(tip, task(tip), **by)
    handling.give_back(referral, by=county(), at=AT, why="属于另一区")
    tip.refresh_from_db()
    assert (tip.state, tip.referral) == ("accepted", None)
    again = assigning.assign(tip, task(tip), **by)
    assert (again.code, Referral.objects.get(pk=referral.pk).outcome) == ("ZB2024-00002", "returned")


def test_a_fee_becomes_a_finding_that_does_not_say_where_it_came_from(by: dict[str, Any]) -> None:
    school = makers.school()
    tip = sent(1, kind="fees", about=school.name).tip
    referral = assigning.assign(tip, task(tip, school=school), **by)
    given = {"by": county(), "at": AT, "why": WHY, "on": AT.date()}
    made = handling.make_finding(referral, what="收取目录外资料费", severity="general", **given)  # type: ignore[arg-type]
    finding = Finding.objects.get(pk=made.became_row)
    assert (finding.school, finding.source) == (school, "schools")
    assert "referral" not in str(Entry.objects.filter(table="findings.finding").values()).lower()
    with pytest.raises(Conflict, match="没有重复立项"):
        handling.make_finding(referral, what="再来", severity="general", **given)  # type: ignore[arg-type]
    assert take_over(on=AT.date(), at=AT) == 0
    Finding.objects.update(
        state="closed", remedied_on=AT.date(), closed_on=AT.date(), closed_by="x", remedied_by="y"
    )
    assert take_over(on=AT.date(), at=AT) == 1
    assert Referral.objects.get().outcome == "true"


def test_a_planned_visit_shows_in_the_task_only_once_somebody_arrived(by: dict[str, Any]) -> None:
    referral = assigning.assign(sent().tip, task(sent().tip), **by)
    team = [
        Inspector.objects.create(code=f"DX{n}", name=name, area_id="410811", since=date(2020, 1, 1))
        for n, name in enumerate("甲乙")
    ]
    asked = {
        "day": AT.date() + timedelta(days=3), "until": None, "evening": False, "purpose": "办学行为检查", "inspectors": team,
        "by": county(), "at": AT, "why": WHY,
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        handling.plan_visit(referral, **asked | {"by": county("410811")})
    errand = handling.plan_visit(referral, **asked)
    assert (errand.place, errand.kind) == ("某学堂", "surprise"), "its kind does not speak of a tip"
    row = Referral.objects.get()
    assert (row.became, row.became_row) == ("none", None)
    with pytest.raises(Conflict, match="已经安排过检查"):
        handling.plan_visit(referral, **asked)
    assert show_visits(at=AT) == 0
    visit = make(SiteVisit)
    Errand.objects.update(visit=visit, state="arrived")
    assert show_visits(at=AT) == 1
    assert (Referral.objects.get().became, Referral.objects.get().became_row) == ("visit", visit.pk)
    assert show_visits(at=AT) == 0


def test_a_case_s_end_is_the_task_s_end(by: dict[str, Any]) -> None:
    tip = sent().tip
    referral = assigning.assign(tip, task(tip), **by)
    made = handling.make_case(referral, operator="", on=AT.date(), by=county(), at=AT, why=WHY)
    Case.objects.filter(pk=made.became_row).update(state="unfounded")
    assert take_over(on=AT.date(), at=AT) == 1
    done = Referral.objects.get()
    assert (done.state, done.outcome) == ("done", "unfounded")


def test_offices_of_other_places_and_everybody_else_may_nothing(by: dict[str, Any]) -> None:
    tip = sent().tip
    for role in set(Role) - {Role.TIP_OFFICER}:
        other = {"by": makers.user(role, area="4108"), "at": AT, "why": WHY}
        with pytest.raises(NotAllowed):
            triage.accept(tip, **other)
        with pytest.raises(NotAllowed):
            triage.open_person(tip, **other)
        with pytest.raises(NotAllowed):
            assigning.assign(tip, task(tip), **other)
    elsewhere = makers.user(Role.TIP_OFFICER, area="410811")
    with pytest.raises(NotAllowed):
        triage.open_person(tip, by=elsewhere, at=AT, why=WHY)
    referral = assigning.assign(tip, task(tip), **by)
    with pytest.raises(NotAllowed):
        handling.report(
            referral, outcome=Outcome.TRUE, words="x", on=AT.date(), by=county("410811"), at=AT, why=WHY
        )


def test_days_run_out_and_go_up_once(by: dict[str, Any]) -> None:
    tip = sent().tip
    assert escalate(on=tip.ack_due, at=AT) == 0
    assert escalate(on=tip.ack_due + timedelta(days=1), at=AT) == 1
    assert escalate(on=tip.ack_due + timedelta(days=2), at=AT) == 0
    referral = assigning.assign(sent(2).tip, task(tip), **by)
    assert escalate(on=referral.due_on + timedelta(days=1), at=AT) == 1
    late = AT + timedelta(days=90)
    labels = {
        role: [one.label for one in todo_of(Asker(makers.user(role), late))]
        for role in (Role.TIP_OFFICER, Role.CITY_LEADER)
    }
    assert "待受理的举报" in labels[Role.TIP_OFFICER]
    assert "逾期未办的举报转办" in labels[Role.CITY_LEADER]
    assert "待办的举报转办" in [one.label for one in todo_of(Asker(county(), late))]
    assert "待办的举报转办" not in [one.label for one in todo_of(Asker(county("410811"), late))]


def test_the_desk_by_its_pages() -> None:
    page = Client()
    page.force_login(officer())
    token = token_on(Client())
    entered = page.post(
        "/tips/desk/new/",
        {**FILLED, "channel": "phone", "token": token, "person": "李四", "contact": "李四电话"},
    )
    tip = Tip.objects.get()
    assert (entered["Location"], tip.channel, bool(tip.entered_by)) == (
        f"/tips/desk/{tip.pk}/",
        "phone",
        True,
    )
    shown = page.get(entered["Location"]).content.decode()
    assert "只显示这一次" in shown
    assert "十几个小学生" in shown
    assert "李四" not in shown
    assert page.post(f"/tips/desk/{tip.pk}/person/", {"why": ""}).status_code == 400
    told = page.post(f"/tips/desk/{tip.pk}/person/", {"why": "核实现场"})
    assert "李四电话" in told.content.decode()
    assert Entry.objects.filter(verb="read", why="核实现场", row=tip.pk).count() == 1
    assert page.post(f"/tips/desk/{tip.pk}/step/", {"step": "accept"}).status_code == 302
    wrong = page.post(
        f"/tips/desk/{tip.pk}/assign/",
        {"area": "410802", "kind": "fees", "title": "某", "summary": "某", "why": "x", "school_code": "0"},
    )
    assert (wrong.status_code, "没有这个学校标识码" in wrong.content.decode()) == (422, True)
    assert page.post(f"/tips/desk/{tip.pk}/step/", {"step": "nothing"}).status_code == 400
    for show in ("new", "ready", "under-way", "late", "queued", "done", "nonsense"):
        assert page.get("/tips/desk/", {"show": show, "q": "星河"}).status_code == 200
    assert page.get("/tips/overview/").status_code == 200
