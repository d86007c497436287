"""Filling in: known answers stand there, drafts are kept, what was sent is put right, and something comes back."""

import re
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from junheng.domains.schools.models import School, SchoolClass
from junheng.kernel.errors import NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.asks import answering, chasing, designing, moving
from junheng.platform.asks.comparing import spread_of
from junheng.platform.asks.exporting import table_of
from junheng.platform.asks.minutes import correction_on, given_back
from junheng.platform.asks.models import Answer, Collection, Response
from junheng.platform.asks.overview import loads_of, totals_of
from junheng.platform.asks.parameters import parameters_on
from junheng.platform.asks.terms import Kind, Origin, Progress
from junheng.platform.audit.models import Entry
from junheng.platform.registers.todo import todo_of
from tests import cast
from tests.makers import make
from tests.makers.rows import HERE
from tests.platform.asks.conftest import CLOSES, OPENS, Scene, desk_of

DAY = date(2024, 3, 6)


@pytest.fixture
def survey(scene: Scene) -> Collection:
    made = scene.begin()
    scene.ask(made, "直饮水机台数", unit="台", most=500)
    scene.ask(made, "是否全部过滤", Kind.YESNO)
    scene.ask(made, "班级数", linked_register="classes")
    return scene.opened(made)


def own(scene: Scene, survey: Collection) -> Response:
    return survey.responses.get(unit=scene.schools[0].pk)


def opened(page: Any) -> dict[str, str]:
    """What an opened form carries."""
    text = page.content.decode()
    return {
        "page": re.findall(r'name="page" value="([^"]+)"', text)[0],
        "version": re.findall(r'name="version" value="(\d+)"', text)[0],
    }


def names(survey: Collection) -> list[str]:
    return [f"q{one.pk}" for one in survey.questions.all()]


def test_a_register_answers_for_the_school_and_says_so(scene: Scene, survey: Collection) -> None:
    for grade in (1, 2, 3):
        make(SchoolClass, school=scene.schools[0], grade=grade)
    page = desk_of(scene.principal).get(f"/asks/fill/{own(scene, survey).pk}/").content.decode()
    assert "来自 班级 2024-03-06" in page
    assert f'name="{names(survey)[2]}"' not in page, "a linked question has no field"
    machines, filtered, _classes = survey.questions.all()
    response = scene.answer(survey, scene.schools[0], {machines: "4", filtered: "yes"}, by=scene.principal)
    linked = response.answers.get(question__linked_register="classes")
    assert (linked.value, linked.number, linked.origin, linked.origin_note) == ("3", 3, Origin.REGISTER, "班级 2024-03-06")  # fmt: skip


def test_a_draft_is_kept_at_every_step_and_sent(scene: Scene, survey: Collection) -> None:
    desk, address = desk_of(scene.principal), f"/asks/fill/{own(scene, survey).pk}/"
    machines, filtered, _ = names(survey)
    begun = opened(desk.get(address))
    kept = desk.post(address, begun | {machines: "12"}, headers={"HX-Request": "true"})
    assert kept.status_code == 200
    assert 'name="version" value="1"' in kept.content.decode()
    assert 'value="12"' in desk.get(address).content.decode()
    wrong = desk.post(address, opened(desk.get(address)) | {machines: "很多", filtered: "yes", "send": "1"})
    assert wrong.status_code == 422
    assert "很多" in wrong.content.decode(), "nothing typed is lost"
    sent = desk.post(address, opened(desk.get(address)) | {machines: "１２", filtered: "yes", "send": "1"})
    assert sent.status_code == 302
    response = own(scene, survey)
    assert (response.state, response.sent_by) == (Progress.SENT, scene.principal)
    assert [row.number for row in response.answers.filter(question__kind=Kind.NUMBER)] == [12, 0]
    assert Entry.objects.filter(table="asks.response", row=response.pk, verb="deed").count() == 1


def test_another_page_that_saved_meanwhile_is_not_written_over(scene: Scene, survey: Collection) -> None:
    desk, address = desk_of(scene.principal), f"/asks/fill/{own(scene, survey).pk}/"
    first, second = opened(desk.get(address)), opened(desk.get(address))
    machines = names(survey)[0]
    assert desk.post(address, first | {machines: "5"}).status_code == 302
    clash = desk.post(address, second | {machines: "7"})
    assert clash.status_code == 409
    text = clash.content.decode()
    assert 'value="7"' in text
    assert "对方填的</span> 5" in text
    assert own(scene, survey).draft[machines] == "5"
    noted = desk.post(address, second | {machines: "7"}, headers={"HX-Request": "true"})
    assert (noted.status_code, noted.headers["X-Refusal"]) == (409, "draft-moved-on")
    again = opened(clash)
    assert desk.post(address, again | {machines: "7"}).status_code == 302
    assert own(scene, survey).draft[machines] == "7"
    assert desk.post(address, again | {machines: "8"}).status_code == 302, "one's own page is no other's"
    assert own(scene, survey).draft[machines] == "8"


def test_what_is_kept_by_itself_sends_nothing(scene: Scene, survey: Collection) -> None:
    desk, address = desk_of(scene.principal), f"/asks/fill/{own(scene, survey).pk}/"
    machines, filtered, _ = names(survey)
    full = opened(desk.get(address)) | {machines: "5", filtered: "yes", "send": "1", "same": "all"}
    assert desk.post(address, full, headers={"HX-Request": "true"}).status_code == 200
    assert own(scene, survey).state == Progress.WAITING
    assert own(scene, survey).draft[machines] == "5"


def test_a_forged_page_is_refused(scene: Scene, survey: Collection) -> None:
    desk, address = desk_of(scene.principal), f"/asks/fill/{own(scene, survey).pk}/"
    assert desk.post(address, {"page": "x", "version": "0"}).status_code == 400


def test_time_is_measured_without_idling(scene: Scene, survey: Collection) -> None:
    response = own(scene, survey)
    page = answering.opened_page(at=cast.NOW)
    for minutes, expected in ((1, 60), (60, 180), (61, 240)):
        response.refresh_from_db()
        later = cast.asker(scene.principal, at=cast.NOW + timedelta(minutes=minutes))
        answering.keep_draft(response, {}, page=page, version=str(response.version), asker=later)
        response.refresh_from_db()
        assert response.active_seconds == expected


def test_what_was_measured_corrects_the_estimate(scene: Scene, survey: Collection) -> None:
    parameters = parameters_on(DAY)
    assert correction_on(parameters) == 1000
    Response.objects.filter(collection=survey).update(state=Progress.SENT, sent_at=cast.NOW, sent_by=scene.principal, active_seconds=survey.seconds * 2)  # fmt: skip
    assert correction_on(parameters) == 1000, "too few were measured"
    few = type(parameters)(**{name: getattr(parameters, name) for name in parameters.__dataclass_fields__} | {"fillings": 9})  # fmt: skip
    assert correction_on(few) == 2000
    Response.objects.filter(pk=own(scene, survey).pk).update(active_seconds=10**6)
    assert correction_on(few) == 2000, "one that idles changes nothing"


def test_the_next_term_starts_from_the_last(scene: Scene, survey: Collection) -> None:
    machines, filtered, _ = survey.questions.all()
    scene.answer(survey, scene.schools[0], {machines: "4", filtered: "yes"}, by=scene.principal)
    moving.close(survey, asker=cast.asker(scene.section), why="到期")
    new = designing.again(survey, {"term": "2024A", "opens_on": OPENS, "closes_on": CLOSES}, asker=cast.asker(scene.section), why="再做一期")  # fmt: skip
    scene.opened(new)
    desk, address = desk_of(scene.principal), f"/asks/fill/{own(scene, new).pk}/"
    page = desk.get(address)
    assert "上次：4 台（来自 饮水设备调查 2024-03-06）" in page.content.decode()
    first = names(new)[0]
    assert desk.post(address, opened(page) | {"same": first[1:]}).status_code == 302
    assert own(scene, new).draft[first] == "4"
    assert desk.post(address, opened(desk.get(address)) | {first: "6", names(new)[1]: "yes", "send": "1"}).status_code == 302  # fmt: skip
    origins = {row.question.label: row.origin for row in own(scene, new).answers.all()}
    assert origins == {"直饮水机台数": Origin.TYPED, "是否全部过滤": Origin.LAST, "班级数": Origin.REGISTER}
    assert given_back("2024A") == 6 + 30
    points = desk.get(address).context["backs"][0].points
    assert [(one.label, one.value) for one in points] == [("2024年春季学期", 4), ("2024年秋季学期", 6)]


def test_what_was_sent_is_put_right_with_a_reason(scene: Scene, survey: Collection) -> None:
    machines, filtered, _ = survey.questions.all()
    scene.answer(survey, scene.schools[0], {machines: "4", filtered: "yes"}, by=scene.principal)
    desk, address = desk_of(scene.principal), f"/asks/fill/{own(scene, survey).pk}/"
    posted = {f"q{machines.pk}": "5", f"q{filtered.pk}": "yes", "send": "1"}
    assert desk.post(address, opened(desk.get(address)) | posted).status_code == 422
    assert desk.post(address, opened(desk.get(address)) | posted | {"why": "漏数一台"}).status_code == 302
    entry = Entry.objects.filter(table="asks.response", row=own(scene, survey).pk).latest("id")
    assert (entry.why, entry.before, entry.after) == (
        "漏数一台",
        {f"q{machines.pk}": "4"},
        {f"q{machines.pk}": "5"},
    )


def test_nothing_is_taken_outside_the_days(scene: Scene, survey: Collection, settings: Any) -> None:
    desk, address = desk_of(scene.principal), f"/asks/fill/{own(scene, survey).pk}/"
    begun = opened(desk.get(address))
    settings.JUNHENG_AS_OF = CLOSES
    assert desk.post(address, begun | {"save": "1"}).status_code == 302
    settings.JUNHENG_AS_OF = CLOSES + timedelta(days=1)
    late = desk.post(address, begun | {"version": "1", "save": "1"})
    assert (late.status_code, late.headers["X-Refusal"]) == (400, "not-taking-answers")


def test_more_time_is_asked_for_and_granted(scene: Scene, survey: Collection, settings: Any) -> None:
    response = own(scene, survey)
    until = CLOSES + timedelta(days=5)
    with pytest.raises(Refusal, match="须晚于截止日"):
        chasing.ask_for_time(response, until=CLOSES, asker=cast.asker(scene.principal), why="校长出差")
    desk = desk_of(scene.principal)
    assert desk.post(f"/asks/fill/{response.pk}/time/", {"until": until.isoformat(), "why": "校长出差"}).status_code == 302  # fmt: skip
    assert "待答复的延期申请" in {one.label for one in todo_of(cast.asker(scene.county))}
    assert desk.post(f"/asks/fill/{response.pk}/grant/", {"grant": "yes"}).status_code == 403
    assert (
        desk_of(scene.other_county).post(f"/asks/fill/{response.pk}/grant/", {"grant": "yes"}).status_code
        == 404
    )
    assert desk_of(scene.county).post(f"/asks/fill/{response.pk}/grant/", {"grant": "yes"}).status_code == 302
    settings.JUNHENG_AS_OF = until
    response = Response.objects.select_related("collection").get(pk=response.pk)
    assert answering.may_fill(response, day=until)
    assert not answering.may_fill(response, day=until + timedelta(days=1))


def test_the_county_sees_who_is_missing_and_reminds_once_a_day(scene: Scene, survey: Collection) -> None:
    machines, filtered, _ = survey.questions.all()
    scene.answer(survey, scene.schools[0], {machines: "4", filtered: "yes"}, by=scene.principal)
    desk = desk_of(scene.county)
    page = desk.get(f"/asks/{survey.pk}/answers/")
    assert page.context["missing_count"] == 5
    assert "远处" not in page.content.decode()
    assert chasing.remind(survey, asker=cast.asker(scene.county), why="催报") == 5
    assert chasing.remind(survey, asker=cast.asker(scene.county), why="催报") == 0
    with pytest.raises(NotAllowed):
        chasing.remind(survey, asker=cast.asker(scene.principal), why="催报")
    waiting = {
        one.label: one for one in todo_of(cast.asker(cast.somebody(Role.PRINCIPAL, school=scene.schools[1])))
    }
    assert (waiting["要填的表"].count, waiting["要填的表"].due) == (1, CLOSES)


def test_of_few_nothing_is_shown_of_five_the_middle(scene: Scene, survey: Collection) -> None:
    machines, filtered, _ = survey.questions.all()
    address = f"/asks/fill/{own(scene, survey).pk}/"
    for number, school in enumerate(scene.schools[:4]):
        scene.answer(survey, school, {machines: str(10 + number), filtered: "yes"}, by=scene.principal)
    back = desk_of(scene.principal).get(address).context["backs"][0]
    assert (back.strips, back.few) == ([], True)
    scene.answer(survey, scene.schools[4], {machines: "397", filtered: "no"}, by=scene.county)
    page = desk_of(scene.principal).get(address)
    back, yes_no, _linked = page.context["backs"]
    assert [(one.count, one.middle) for one in back.strips] == [(5, "12 台"), (5, "12 台")]
    assert "397" not in page.content.decode(), "no other school's own number"
    assert [share.count for share in yes_no.shares] == [None, None], (
        "one of two hidden would be found by subtraction"
    )


@pytest.mark.parametrize(
    ("numbers", "expected"), [([1, 2, 3, 4], None), ([5] * 5, (5, 5, 5)), (range(1, 9), (2, 4, 6))]
)
def test_quartiles_are_whole_numbers_of_the_group(numbers: Any, expected: Any) -> None:
    found = spread_of(numbers, least=5)
    assert (found and (found.low, found.middle, found.high)) == expected


def test_a_school_sees_its_own_only(scene: Scene, survey: Collection) -> None:
    other = survey.responses.get(unit=scene.schools[1].pk)
    desk = desk_of(scene.principal)
    for address in (f"/asks/fill/{other.pk}/", f"/asks/fill/{other.pk}/back/"):
        assert desk.get(address).status_code == 404
    assert desk.post(f"/asks/fill/{other.pk}/", {"save": "1"}).status_code == 404
    home = desk.get("/asks/").content.decode()
    assert "示例0小学" in home
    assert "示例1小学" not in home
    assert desk_of(cast.stranger()).get("/asks/").status_code == 404
    assert desk_of(scene.section).post(f"/asks/fill/{other.pk}/", {"save": "1"}).status_code == 403


def test_a_county_that_fills_in_for_a_school_is_named(scene: Scene, survey: Collection) -> None:
    machines, filtered, _ = survey.questions.all()
    response = scene.answer(survey, scene.schools[2], {machines: "4", filtered: "yes"}, by=scene.county)
    assert set(response.answers.filter(question__linked_register="").values_list("origin", flat=True)) == {
        Origin.BEHALF
    }


def test_the_table_leaves_the_house_counted_and_within_the_scope(scene: Scene, survey: Collection) -> None:
    machines, filtered, _ = survey.questions.all()
    for school, count in ((scene.schools[0], "4"), (scene.far[0], "9")):
        scene.answer(survey, school, {machines: count, filtered: "yes"}, by=scene.county)
    answer = desk_of(scene.county).get(f"/asks/{survey.pk}/export/")
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    first, last = book.worksheets[0], dict(book.worksheets[-1].iter_rows(values_only=True))
    assert [row[1] for row in first.iter_rows(min_row=2, values_only=True)] == ["示例0小学"]
    assert first["D2"].value == 4
    assert last["行数"] == "1"
    entry = Entry.objects.filter(table="asks.collection", row=survey.pk, verb="export").get()
    assert entry.after["digest"] == last["校验值"] == table_of(survey, cast.asker(scene.county)).digest
    assert len(table_of(survey, cast.asker(scene.section)).lines) == 2


def test_the_load_of_a_term(scene: Scene, survey: Collection) -> None:
    loads = loads_of(cast.asker(scene.principal), "2024S", day=DAY)
    assert [(one.name, one.seconds, one.surveys) for one in loads] == [("示例0小学", 36, 1)]
    assert len(loads_of(cast.asker(scene.office), "2024S", day=DAY)) == 9
    assert totals_of("2024S").minutes == 6
    page = desk_of(scene.principal).get("/asks/load/")
    assert "全市向学校和幼儿园共要 6 分钟" in page.content.decode()
    assert desk_of(scene.principal).get("/asks/load/", {"term": "19"}).status_code == 404


@pytest.mark.parametrize("where", ["home", "answers", "fill", "load", "survey", "catalogue"])
def test_pages_ask_as_much_of_many_schools_as_of_few(scene: Scene, survey: Collection, where: str) -> None:
    machines, filtered, _ = survey.questions.all()
    scene.answer(survey, scene.schools[0], {machines: "4", filtered: "yes"}, by=scene.principal)
    address = {
        "home": "/asks/", "answers": f"/asks/{survey.pk}/answers/", "fill": f"/asks/fill/{own(scene, survey).pk}/",
        "load": "/asks/load/", "survey": f"/asks/{survey.pk}/", "catalogue": "/asks/catalogue/",
    }[where]  # fmt: skip
    desk = desk_of(scene.principal if where == "fill" else scene.office)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    asked()
    few = asked()
    for _number in range(12):
        school = make(School, where=HERE, kind="primary")
        row = Response.objects.create(collection=survey, unit=school.pk, unit_name=str(school), kind="primary", area=HERE, school=school.pk, state=Progress.SENT, sent_at=cast.NOW, sent_by=scene.county)  # fmt: skip
        Answer.objects.create(response=row, question=machines, value="3", number=3, origin=Origin.TYPED)
    assert asked() == few


def test_the_printed_sheet_has_answers_sources_and_the_mark(
    scene: Scene, survey: Collection, settings: Any
) -> None:
    settings.DEMO = True
    response = own(scene, survey)
    address = f"/asks/fill/{response.pk}/back/"
    desk = desk_of(scene.principal)
    assert desk.get(address).status_code == 400
    machines, filtered, _ = survey.questions.all()
    scene.answer(survey, scene.schools[0], {machines: "4", filtered: "yes"}, by=scene.principal)
    text = desk.get(address).content.decode()
    for said in ("饮水设备调查", "示例0小学", "4 台", "来自 班级 2024-03-06", "演示数据", "2024-03-06"):
        assert said in text
