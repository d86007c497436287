"""A county with schools, a section that asks, another that approves, and the principal of the first school."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client

from junheng.domains.schools.models import School
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.asks import answering, designing, moving
from junheng.platform.asks.models import Collection, Question, Response
from junheng.platform.asks.terms import Kind
from junheng.platform.asks.values import AnswerForm
from tests import cast
from tests.makers import make
from tests.makers.rows import CITY, HERE, THERE

OPENS, CLOSES = date(2024, 3, 1), date(2024, 3, 20)


@pytest.fixture(autouse=True)
def _day(settings: Any, tmp_path: Any) -> None:
    settings.JUNHENG_AS_OF = date(2024, 3, 6)
    settings.JUNHENG_HOME = tmp_path


def desk_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@dataclass
class Scene:
    """The people and the schools of a test."""

    section: User
    office: User
    county: User
    other_county: User
    schools: list[Any]
    far: list[Any]
    principal: User

    def begin(self, *, by: User | None = None, **given: Any) -> Collection:
        facts = {
            "title": "饮水设备调查", "purpose": "安排今年的更新", "basis": "市局工作安排", "area": CITY, "unit_kind": "schools",
            "kinds": [], "term": "2024S", "opens_on": OPENS, "closes_on": CLOSES,
        } | given  # fmt: skip
        return designing.begin(facts, asker=cast.asker(by or self.section), why="设计")

    def ask(self, survey: Collection, label: str, kind: str = Kind.NUMBER, **given: Any) -> Question:
        facts = {"purpose": "按数安排", "label": label, "kind": kind} | given
        question = Question(collection=survey, **facts)
        designing.put_question(question, asker=cast.asker(survey.author), why="设计")
        survey.refresh_from_db()
        return question

    def opened(self, survey: Collection) -> Collection:
        moving.submit(survey, asker=cast.asker(survey.author), why="提交")
        moving.approve(survey, asker=cast.asker(self.office), why="同意")
        moving.publish(survey, asker=cast.asker(survey.author), why="发出")
        return survey

    def answer(self, survey: Collection, school: Any, values: dict[Question, Any], *, by: User) -> Response:
        response = survey.responses.get(unit=school.pk)
        questions = list(survey.questions.all())
        form = AnswerForm(questions, {f"q{one.pk}": value for one, value in values.items()})
        assert form.is_valid(), form.errors
        return answering.send(response, form, asker=cast.asker(by))


@pytest.fixture
def scene(db: None) -> Scene:
    schools = [make(School, where=HERE, kind="primary", name=f"示例{n}小学") for n in range(6)]
    far = [make(School, where=THERE, kind="primary", name=f"远处{n}小学") for n in range(3)]
    return Scene(
        section=cast.somebody(Role.CITY_SECTION, area=CITY),
        office=cast.somebody(Role.CITY_OFFICE, area=CITY),
        county=cast.somebody(Role.COUNTY_OFFICER),
        other_county=cast.somebody(Role.COUNTY_OFFICER, area=THERE),
        schools=schools,
        far=far,
        principal=cast.somebody(Role.PRINCIPAL, school=schools[0]),
    )
