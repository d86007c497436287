"""Children of one county in a school of another: found, answered, reviewed, closed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from junheng.domains.admissions.actions import (
    answer_crossing,
    close_crossing,
    find_crossings,
    return_crossing,
)
from junheng.domains.admissions.models import Crossing, Entrant
from junheng.domains.admissions.tasks import watch
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.makers import AT

ON = date(2023, 11, 6)
FACTS = {"on": ON, "by": "junheng", "at": AT, "why": "比对"}
DONE = {"at": AT, "why": "核查"}
HOME, HERE = "410811", "410802"


def entrant(**given) -> Entrant:
    school = given.pop("school", None) or makers.school()
    facts = {
        "code": f"E{Entrant.objects.count()}", "name": "示例新生", "school": school, "area_id": school.area_id,
        "home_area_id": HOME, "stage": "primary", "grade": 1, "term": "2023A", "kind": "new",
        "admitted_on": date(2023, 8, 16),
    }  # fmt: skip
    return Entrant.objects.create(**facts | given)


def arrival(**given):
    room = given.pop("room", None) or makers.school_class(makers.school(), grade=1)
    return makers.pupil(room, **{"since": date(2023, 10, 12), "home_area_id": HOME} | given)


def test_only_what_has_no_lawful_reason_becomes_a_case() -> None:
    found = entrant()
    entrant(exception="migrant")
    entrant(corrected_on=date(2023, 9, 10))
    entrant(home_area_id=HERE)
    entrant(home_area_id="410802001")  # a township of the same county
    entrant(stage="senior", grade=10)
    (case,) = find_crossings(**FACTS)
    assert (case.entrant, case.came, case.area_id, case.home_area_id) == (found, "admitted", HERE, HOME)
    assert case.due_on == date(2023, 11, 20)  # ten working days after a Monday
    assert find_crossings(**FACTS) == []
    assert Entry.objects.filter(table="admissions.crossing", row=case.pk, verb="deed").count() == 1
    assert verify() is None


def test_what_hides_as_a_transfer_in_october_is_found() -> None:
    hidden = arrival()
    arrival(since=date(2023, 9, 1))  # with the others, on the first day: the admission says why
    arrival(since=date(2022, 10, 12))  # another year
    arrival(home_area_id=HERE)
    moved = arrival(name="示例转入生")
    entrant(
        school=moved.school, name=moved.name, grade=1, kind="transfer", exception="moved", home_area_id=HOME
    )
    number = "999999201701010019"
    earlier = arrival(since=date(2023, 9, 1), until=date(2023, 10, 12), id_number=number)
    arrival(
        since=date(2023, 10, 12), id_number=number, room=earlier.school_class
    )  # another class, no arrival
    (case,) = find_crossings(**FACTS)
    assert (case.pupil, case.came) == (hidden, "later")


def case_of(**given) -> Crossing:
    entrant(**given)
    return find_crossings(**FACTS)[0]


def test_a_lawful_reason_is_answered_reviewed_and_written_to_the_admission() -> None:
    case = case_of()
    county, city = makers.user(Role.COUNTY_OFFICER, area=HERE), makers.user(Role.CITY_SECTION)
    case = answer_crossing(
        case, answer="lawful", exception="soldier", evidence="部证〔2023〕5号", by=county, **DONE
    )
    with pytest.raises(NotAllowed, match="说明的人不能自己复核"):
        close_crossing(case, by=county, **DONE)
    with pytest.raises(NotAllowed, match="由市局复核办结"):
        close_crossing(case, by=makers.user(Role.COUNTY_OFFICER, area=HERE), **DONE)
    case = close_crossing(case, by=city, **DONE)
    assert (case.state, case.closed_by) == ("closed", city.username)
    assert Entrant.objects.get().exception == "soldier"
    with pytest.raises(Conflict):
        close_crossing(case, by=city, **DONE)


def test_a_correction_is_written_to_the_admission_only_when_it_is_accepted() -> None:
    case = case_of()
    county, city = makers.user(Role.COUNTY_OFFICER, area=HERE), makers.user(Role.CITY_SECTION)
    case = answer_crossing(case, answer="corrected", corrected_on=date(2023, 11, 3), by=county, **DONE)
    assert Entrant.objects.get().corrected_on is None
    case = return_crossing(case, reason="学籍还没有转出", by=city, **DONE)
    assert (case.state, case.answer, case.returned, case.corrected_on) == ("open", "", "学籍还没有转出", None)
    case = answer_crossing(case, answer="corrected", corrected_on=date(2023, 11, 8), by=county, **DONE)
    close_crossing(case, by=city, **DONE)
    assert Entrant.objects.get().corrected_on == date(2023, 11, 8)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"answer": "lawful", "exception": "soldier"}, "须写明是哪一种和依据的材料"),
        ({"answer": "lawful", "evidence": "x"}, "须写明是哪一种和依据的材料"),
        ({"answer": "corrected"}, "须写明纠正的日期"),
        ({"answer": "corrected", "corrected_on": date(2030, 1, 1)}, "还没有到"),
    ],
)
def test_an_answer_without_grounds_is_refused_and_nothing_is_written(asked, sentence) -> None:
    case = case_of()
    before = Entry.objects.count()
    with pytest.raises(Refusal, match=sentence):
        answer_crossing(case, by=makers.user(Role.COUNTY_OFFICER, area=HERE), **asked, **DONE)
    assert Entry.objects.count() == before
    assert Crossing.objects.get().state == "open"


def test_another_county_does_not_answer() -> None:
    case = case_of()
    with pytest.raises(NotAllowed):
        answer_crossing(
            case, answer="corrected", corrected_on=date(2023, 11, 3), by=makers.user(Role.COUNTY_OFFICER, area=HOME), **DONE
        )  # fmt: skip


def test_the_table_itself_refuses_a_case_closed_by_who_answered() -> None:
    case = case_of()
    rows = Crossing.objects.filter(pk=case.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="closed", answer="corrected", corrected_on=ON, answered_by="a", closed_by="a")


def test_the_watch_of_the_night_opens_cases(settings) -> None:
    entrant()
    settings.JUNHENG_AS_OF = ON

    class Night:
        at = AT + timedelta(hours=1)

    answer = watch(Night())()  # type: ignore[arg-type]
    assert Crossing.objects.get().found_on == ON
    assert "1 起" in answer["sentence"]
