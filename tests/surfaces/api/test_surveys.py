"""Surveys for programs: what a role reads and answers is what its pages show, and the rules of writing are the registers'."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.domains.schools.models import SchoolClass
from junheng.platform.access.roles import RULES, Role
from junheng.platform.access.scope import role_may
from junheng.platform.asks.models import Collection, Response
from junheng.platform.asks.scopes import RESPONSES
from junheng.platform.asks.terms import Kind, Origin, Progress
from junheng.platform.audit.models import Entry
from junheng.platform.registers import register_called
from junheng.surfaces.api.openapi import document
from tests import cast
from tests.makers import make
from tests.makers.rows import HERE
from tests.platform.asks.conftest import Scene, _day, desk_of, scene  # noqa: F401 (fixtures)
from tests.surfaces.api.cases import program_of, told
from tests.surfaces.api.test_fuzz import JSON, TEXT, check, quick

PATHS = document()["paths"]
ONE = "/api/survey-answers/{pk}/"


@pytest.fixture
def survey(scene: Scene) -> Collection:  # noqa: F811 (the fixture)
    made = scene.begin()
    scene.ask(made, "直饮水机台数", unit="台", most=500)
    scene.ask(made, "是否全部过滤", Kind.YESNO)
    scene.ask(made, "更新费用", Kind.MONEY, required=False)
    scene.ask(made, "供水方式", Kind.CHOICE, choices=["市政", "自备"], required=False)
    scene.ask(made, "下次检修日", Kind.DAY, required=False)
    scene.ask(made, "从哪一学期起", Kind.TERM, required=False)
    scene.ask(made, "班级数", linked_register="classes")
    return scene.opened(made)


def names(survey: Collection) -> list[str]:
    return [f"q{one.pk}" for one in survey.questions.all()]


def own(scene: Scene, survey: Collection) -> Response:  # noqa: F811
    return survey.responses.get(unit=scene.schools[0].pk)


def address(response: Response) -> str:
    return f"/api/survey-answers/{response.pk}/"


def whole(survey: Collection) -> dict[str, Any]:
    machines, filtered, cost, supply, check_on, term, _classes = names(survey)
    return {machines: 4, filtered: True, cost: 123450, supply: "市政", check_on: "2024-05-06", term: "2024A"}


def test_a_survey_says_what_it_asks_and_takes_what_it_says(scene: Scene, survey: Collection) -> None:  # noqa: F811
    make(SchoolClass, school=scene.schools[0], grade=1)
    program = program_of(scene.principal)
    listed = program.get("/api/surveys/")
    check(listed, PATHS["/api/surveys/"]["get"])
    line = told(listed)["surveys"][0]
    assert (line["id"], line["title"], line["state"]) == (survey.pk, "饮水设备调查", "open")
    one = program.get(line["address"])
    check(one, PATHS["/api/surveys/{pk}/"]["get"])
    assert list(told(one)["schema"]["properties"]) == names(survey)[:6], (
        "what a register answers is not asked"
    )
    answers = program.get(told(one)["answers"])
    check(answers, PATHS["/api/surveys/{pk}/answers/"]["get"])
    assert [row["unit"] for row in told(answers)["answers"]] == [scene.schools[0].pk]

    read = program.get(told(answers)["answers"][0]["address"])
    sent = program.patch(
        address(own(scene, survey)), {"values": whole(survey), "why": "每学期上报"}, If_Match=read["ETag"]
    )
    check(sent, PATHS[ONE]["patch"])
    assert sent.status_code == 200
    got = told(sent)
    assert got["values"] == whole(survey) | {names(survey)[6]: 1}
    assert (got["state"], got["origins"][names(survey)[6]]["origin"]) == ("sent", Origin.REGISTER)
    response = own(scene, survey)
    assert (response.state, response.sent_by) == (Progress.SENT, scene.principal)
    entry = Entry.objects.get(table="asks.response", row=response.pk, verb="deed")
    assert entry.why.startswith("每学期上报 · 考务系统")
    assert told(program.get(address(response)))["values"] == got["values"]
    page = desk_of(scene.principal).get(f"/asks/fill/{response.pk}/").content.decode()
    assert "1234.50" in page, "a program's fen are a person's yuan"


def test_an_answer_is_put_right_in_part_and_only_from_the_version_that_was_read(
    scene: Scene,  # noqa: F811
    survey: Collection,
) -> None:
    program, response = program_of(scene.principal), own(scene, survey)
    machines, filtered, *_rest = names(survey)
    first = program.get(address(response))["ETag"]
    body = {"values": {machines: 4, filtered: True}, "why": "上报"}
    assert program.patch(address(response), body).status_code == 428
    assert program.patch(address(response), body, If_Match=first).status_code == 200
    late = program.patch(address(response), {"values": {machines: 9}, "why": "更正"}, If_Match=first)
    check(late, PATHS[ONE]["patch"])
    assert (late.status_code, told(late)["code"]) == (409, "row-changed")
    assert told(late)["differences"] == [
        {"field": machines, "label": "直饮水机台数", "before": "", "now": "4", "entered": "9", "clash": True}
    ]
    now = program.get(address(response))["ETag"]
    assert (
        program.patch(address(response), {"values": {machines: 9}, "why": ""}, If_Match=now).status_code
        == 400
    )
    put = program.patch(address(response), {"values": {machines: 9}, "why": "更正"}, If_Match=now)
    assert told(put)["values"][machines] == 9
    assert told(put)["values"][filtered] is True, "what is not named stays"
    entry = Entry.objects.filter(table="asks.response", row=response.pk).latest("id")
    assert (entry.before, entry.after) == ({machines: "4"}, {machines: "9"})


def test_a_person_who_types_meanwhile_is_not_written_over(scene: Scene, survey: Collection) -> None:  # noqa: F811
    program, desk, response = program_of(scene.principal), desk_of(scene.principal), own(scene, survey)
    machines, filtered, *_rest = names(survey)
    read = program.get(address(response))
    form = {"page": desk.get(f"/asks/fill/{response.pk}/").context["page"], "version": "0"}
    assert desk.post(f"/asks/fill/{response.pk}/", form | {machines: "7"}).status_code == 302
    late = program.patch(address(response), {"values": {machines: 4}, "why": "上报"}, If_Match=read["ETag"])
    assert late.status_code == 409
    again = program.get(address(response))
    assert told(again)["draft"] == {machines: "7"}
    other = program_of(scene.county).get(address(response))
    assert told(other)["draft"] == {machines: "7"}, "a county fills in for units"
    assert told(program_of(scene.section).get(address(response)))["draft"] == {}, (
        "scratch paper is the unit's own"
    )
    sent = program.patch(
        address(response), {"values": {filtered: False}, "why": "上报"}, If_Match=again["ETag"]
    )
    assert told(sent)["values"][machines] == 7, "what a person typed is handed in with the rest"
    stale = desk.post(f"/asks/fill/{response.pk}/", form | {machines: "8"})
    assert stale.status_code == 409, "the page that was open learns of it"


def test_wrong_answers_are_told_question_by_question(scene: Scene, survey: Collection) -> None:  # noqa: F811
    program, response = program_of(scene.principal), own(scene, survey)
    machines, filtered, cost, supply, check_on, _term, classes = names(survey)
    version = program.get(address(response))["ETag"]

    def errors(values: Any) -> dict[str, str]:
        answer = program.patch(address(response), {"values": values, "why": "试"}, If_Match=version)
        check(answer, PATHS[ONE]["patch"])
        assert answer.status_code == 422
        return {one["field"]: one["code"] for one in told(answer)["errors"]}

    wrong = {machines: "4", filtered: "yes", cost: 1.5, check_on: "6 May", classes: 3, "q0": 1}
    assert errors(wrong) == {
        machines: "bad-type", filtered: "bad-type", cost: "bad-type", check_on: "bad-type",
        classes: "fixed", "q0": "unknown-field",
    }  # fmt: skip
    assert errors({machines: 501, filtered: True, supply: "别的"}) == {machines: "invalid", supply: "invalid"}
    assert errors({machines: 4}) == {filtered: "invalid"}, "what must be answered must be answered"
    assert errors([]) == {"": "bad-type"}
    response.refresh_from_db()
    assert (response.state, response.version) == (Progress.WAITING, 0)


def test_a_request_that_comes_twice_is_done_once(scene: Scene, survey: Collection) -> None:  # noqa: F811
    program, response = program_of(scene.principal), own(scene, survey)
    version = program.get(address(response))["ETag"]
    body = {"values": whole(survey), "why": "上报"}
    first = program.patch(address(response), body, If_Match=version, Idempotency_Key="a-1")
    second = program.patch(address(response), body, If_Match=version, Idempotency_Key="a-1")
    assert (first.status_code, second.status_code, second["Idempotency-Replayed"]) == (200, 200, "true")
    assert first.content == second.content
    assert Entry.objects.filter(table="asks.response", row=response.pk).count() == 1
    other = program.patch(address(response), body | {"why": "又"}, If_Match=version, Idempotency_Key="a-1")
    assert (other.status_code, told(other)["code"]) == (422, "idempotency-key-reused")


def test_after_the_last_day_nothing_is_taken(scene: Scene, survey: Collection, settings: Any) -> None:  # noqa: F811
    program, response = program_of(scene.principal), own(scene, survey)
    version = program.get(address(response))["ETag"]
    settings.JUNHENG_AS_OF = date(2024, 3, 21)
    late = program.patch(address(response), {"values": whole(survey), "why": "上报"}, If_Match=version)
    assert (late.status_code, told(late)["code"]) == (400, "not-taking-answers")


def test_pages_are_turned_by_cursor_and_filtered(scene: Scene, survey: Collection) -> None:  # noqa: F811
    program = program_of(scene.section)
    base = f"/api/surveys/{survey.pk}/answers/"
    seen, following = [], f"{base}?size=4"
    while following:
        page = told(program.get(following))
        assert page["count"] == 9
        seen += [row["unit"] for row in page["answers"]]
        following = page["next"]
    assert seen == [one.pk for one in (*scene.schools, *scene.far)]
    assert told(program.get(base, {"area": HERE}))["count"] == 6
    assert told(program.get(base, {"state": "sent"}))["count"] == 0
    assert told(program.get(base, {"unit": str(scene.far[0].pk)}))["count"] == 1
    for wrong in ({"colour": "1"}, {"size": "0"}, {"cursor": "x"}, {"unit": "x"}, {"area": "\x00"}):
        answer = program.get(base, wrong)
        check(answer, PATHS["/api/surveys/{pk}/answers/"]["get"])
        assert answer.status_code == 400
    cursor = told(program.get(base, {"size": "4"}))["next"].split("cursor=")[1]
    assert program.get(f"{base}?area={HERE}&cursor={cursor}").status_code == 400, "of another question"


def test_answers_cost_the_same_questions_however_many(scene: Scene, survey: Collection) -> None:  # noqa: F811
    program = program_of(scene.section)

    def asked(size: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert program.get(f"/api/surveys/{survey.pk}/answers/", {"size": size}).status_code == 200
        return len(queries)

    asked(2)
    assert asked(2) == asked(9)


def test_drafts_of_designers_are_not_there(scene: Scene, survey: Collection) -> None:  # noqa: F811
    hidden = scene.begin(title="还在设计")
    program = program_of(scene.section)
    assert [one["id"] for one in told(program.get("/api/surveys/"))["surveys"]] == [survey.pk]
    assert program.get(f"/api/surveys/{hidden.pk}/").status_code == 404
    assert told(program.get("/api/surveys/", {"term": "2023A"}))["count"] == 0


def test_a_token_is_narrowed_to_answers_or_away_from_them(scene: Scene, survey: Collection) -> None:  # noqa: F811
    response = own(scene, survey)
    only = program_of(scene.principal, registers=("responses",))
    assert only.get(address(response)).status_code == 200
    assert only.get("/api/registers/pupils/").status_code == 404
    never = program_of(scene.principal, registers=("pupils",))
    assert never.get(address(response)).status_code == 404
    assert told(never.get("/api/surveys/"))["surveys"] == []
    reads = program_of(scene.principal, scope="read")
    version = reads.get(address(response))["ETag"]
    body = {"values": whole(survey), "why": "上报"}
    assert reads.patch(address(response), body, If_Match=version).status_code == 403
    page = desk_of(scene.principal).get("/tokens/").content.decode()
    assert 'value="responses"' in page


@pytest.mark.parametrize("role", list(Role))
def test_every_role_on_every_surface(role: Role, scene: Scene, survey: Collection) -> None:  # noqa: F811
    """What a role sees and changes through programs is what it sees and changes on pages."""
    school, away = scene.schools[0], scene.far[0]
    level = RULES[role].level
    own_class = make(SchoolClass, school=school, grade=1) if level == "class" else None
    user = cast.somebody(
        role, area=HERE, school=school if level in {"school", "class"} else None, school_class=own_class
    )
    inside, outside = own(scene, survey), survey.responses.get(unit=away.pk)
    asker, desk, program = cast.asker(user), desk_of(user), program_of(user)
    sees = asker.within(Response.objects.filter(pk=inside.pk), RESPONSES, "view").exists()
    changes = asker.within(Response.objects.filter(pk=inside.pk), RESPONSES, "change").exists()
    assert not sees or role_may(role, RESPONSES, "view")

    for response, there in ((inside, sees), (outside, False)):
        status = 200 if there else 404
        assert program.get(address(response)).status_code == status
        assert desk.get(f"/asks/fill/{response.pk}/").status_code == status
    listed = {
        row["unit"] for row in told(program.get(f"/api/surveys/{survey.pk}/answers/")).get("answers", [])
    }
    assert away.pk not in listed
    assert (school.pk in listed) is sees
    assert {one["id"] for one in told(program.get("/api/surveys/"))["surveys"]} == (
        {survey.pk} if sees else set()
    )

    body = {"values": whole(survey), "why": "试"}
    refused = program.patch(address(outside), body, If_Match="0")
    assert refused.status_code == 404
    outside.refresh_from_db()
    assert outside.state == Progress.WAITING
    answer = program.patch(address(inside), body, If_Match="0")
    assert answer.status_code == (200 if changes else 403 if sees else 404)
    check(answer, PATHS[ONE]["patch"])
    inside.refresh_from_db()
    assert (inside.state == Progress.SENT) is changes


def test_nobody_and_strangers(scene: Scene, survey: Collection, client: Any) -> None:  # noqa: F811
    assert json.loads(client.get("/api/surveys/").content)["surveys"] == []
    assert client.get(address(own(scene, survey))).status_code == 404
    assert client.patch(address(own(scene, survey)), "{}", content_type="application/json").status_code == 401
    assert register_called("schools").slug not in RESPONSES.slug


def test_the_matrix_has_both_sides() -> None:
    sees = {role for role in Role if role_may(role, RESPONSES, "view")}
    changes = {role for role in Role if role_may(role, RESPONSES, "change")}
    assert changes < sees < set(Role)


@settings(parent=quick, max_examples=40)
@given(
    values=JSON | st.dictionaries(st.integers(0, 9), JSON), version=st.integers(0, 2), pk=st.just("") | TEXT
)
def test_any_answer_is_taken_or_refused(
    scene: Scene,  # noqa: F811
    survey: Collection,
    values: Any,
    version: int,
    pk: str,
) -> None:
    if isinstance(values, dict):
        known = names(survey)
        values = {known[key] if key in range(7) else str(key): value for key, value in values.items()}
    from urllib.parse import quote

    number = quote(pk.replace("/", ""), safe="", errors="replace") or str(own(scene, survey).pk)
    with transaction.atomic():
        answer = program_of(scene.principal).patch(
            f"/api/survey-answers/{number}/", {"values": values, "why": "试"}, If_Match=str(version)
        )
        check(answer, PATHS[ONE]["patch"])
        transaction.set_rollback(True)
