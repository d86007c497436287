"""A class teacher's visits: the own class and no other, a household once for siblings, needs without words."""

from datetime import date, timedelta

import pytest

from junheng.domains.homevisits import actions
from junheng.domains.homevisits.desk.waiting import of_a_class_teacher, of_a_helper
from junheng.domains.homevisits.models import HelpTask, SharedVisit, Visit
from junheng.domains.homevisits.policies import RESPONSIBLE, somebody_for, tasks_of
from junheng.domains.homevisits.queries.coverage import by_class, by_school, of_school
from junheng.domains.homevisits.queries.households import lines_of, reminds
from junheng.domains.homevisits.terms import HelpState, NeedKind, Needless, Topic, Way
from junheng.domains.pupils.models import Household, Pupil
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.audit.models import Entry
from junheng.platform.registers import every_register, register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import lines
from tests.domains.homevisits.made import DAY, Town, town
from tests.domains.makers import AT, school_class

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(settings) -> Town:
    settings.JUNHENG_AS_OF = date(2023, 12, 31)
    return town()


def record(household: Household, room: SchoolClass, by: User, **given) -> Visit:
    facts = {"teacher": "示例教师", "on": DAY, "way": Way.IN_PERSON} | given
    return actions.record_of_class(household, room, by=by, at=AT, why="学期家访", **facts)


def code_of(refused) -> str:
    return str(refused.value.code)


def test_a_class_teacher_writes_and_sees_the_visits_of_the_own_class_only(here: Town) -> None:
    visit = record(here.alone.household, here.room, here.teacher, topics=[Topic.SAFETY, Topic.STUDY])
    assert (visit.school_class, visit.topics, visit.topic_words) == (
        here.room, "study,safety", ["学习情况", "安全教育"],
    )  # fmt: skip
    record(here.shared, here.room, here.teacher)  # a sibling in the other class does not open it there
    register = register_called("visits")
    sees = {
        who: Asker(who, AT).within(Visit.objects.all(), register, "view").exists()
        for who in (
            here.teacher,
            here.neighbour,
            here.principal,
            here.county,
            here.officer,
            here.psychologist,
        )
    }
    assert list(sees.values()) == [True, False, True, True, False, False]
    with pytest.raises(NotAllowed) as refused:
        record(here.alone.household, here.room, here.neighbour)
    assert str(refused.value) == (f"“登记家访”由本班班主任或本校办理，您不是{here.room}的，没有做任何改动。")
    with pytest.raises(Refusal) as refused:
        record(here.alone.household, here.beside, here.neighbour)
    assert code_of(refused) == "visit-not-of-class"
    assert Visit.objects.count() == 2


def test_the_deed_of_a_household_is_the_class_teachers_as_well(here: Town) -> None:
    facts = {"teacher": "示例教师", "on": DAY, "way": Way.IN_PERSON, "at": AT, "why": "家访"}
    visit = actions.record_visit(here.shared, here.school, by=here.neighbour, **facts)
    assert visit.school_class == here.beside
    whole = actions.record_visit(here.shared, here.school, by=here.principal, **facts)
    assert whole.school_class is None, "a household in two classes: of which the school went is not known"
    with pytest.raises(NotAllowed):
        actions.record_visit(here.alone.household, here.school, by=here.neighbour, **facts)


def test_siblings_are_visited_once_unless_somebody_means_it(here: Town) -> None:
    earlier = record(here.shared, here.beside, here.neighbour)
    with pytest.raises(Conflict) as refused:
        record(here.shared, here.room, here.teacher, on=DAY + timedelta(days=9))
    assert str(refused.value).startswith(f"这户 2023-11-04 已由{here.school}示例教师走访，还没有保存。")
    assert record(here.shared, here.room, here.teacher, way=Way.TELEPHONE).pk, "a call doubles nothing"
    made = actions.share(earlier, here.room, teacher="示例教师1", by=here.teacher, at=AT, why="一起去的")
    assert (made.visit, Visit.objects.filter(way=Way.IN_PERSON).count()) == (earlier, 1)
    for room, by, code in (
        (here.room, here.teacher, "visit-shared-already"),
        (here.beside, here.neighbour, "visit-shared-already"),
        (here.room, here.neighbour, "visit-not-your-class"),
        (school_class(here.school), here.principal, "visit-not-to-share"),
    ):
        with pytest.raises(Refusal) as refused:
            actions.share(earlier, room, teacher="示例教师", by=by, at=AT, why="一起去的")
        assert code_of(refused) == code
    assert SharedVisit.objects.count() == 1
    assert record(here.shared, here.room, here.teacher, on=DAY + timedelta(days=9), again=True).pk
    spring = record(here.shared, here.room, here.teacher, on=date(2023, 6, 1))
    assert spring.pk, "the term before is another term"


def test_who_is_not_visited_stands_first_and_a_household_counts_once(here: Town) -> None:
    record(here.shared, here.beside, here.neighbour)
    record(here.alone.household, here.room, here.teacher, on=date(2023, 8, 31))
    record(here.alone.household, here.room, here.teacher, way=Way.NOT_MET)
    on = date(2023, 12, 31)
    found = lines_of(here.room, on=on)
    assert [(one.household, one.met is not None) for one in found] == [
        (here.alone.household, False), (here.shared, True),
    ]  # fmt: skip
    assert (found[0].last.way, found[1].met.school_class) == (Way.NOT_MET, here.beside)
    assert [(one.place, one.households, one.met) for one in by_class(here.school, on=on)] == [
        (here.room, 2, 1), (here.beside, 1, 1),
    ]  # fmt: skip
    whole = of_school(here.school, on=on)
    assert (whole.households, whole.met, whole.left, whole.percent) == (2, 1, 1, 50)
    assert [(one.place, one.left) for one in by_school(Pupil.objects.all(), on=on)] == [(here.school, 1)]
    Pupil.objects.filter(pk=here.alone.pk).update(until=on)
    assert of_school(here.school, on=on).percent == 100


def test_a_need_goes_to_one_role_and_nobody_else(here: Town) -> None:
    record(here.alone.household, here.room, here.teacher, needs=list(NeedKind))
    tasks = {task.kind: task for task in HelpTask.objects.all()}
    assert {task.due_on for task in tasks.values()} == {DAY + timedelta(days=14)}
    seen = {
        who: {one.kind for one in tasks_of(Asker(who, AT))}
        for who in (here.principal, here.psychologist, here.officer, here.teacher, here.county)
    }
    assert list(seen.values()) == [{"study", "safety", "other"}, {"mind"}, {"aid"}, set(), set()]
    with pytest.raises(NotAllowed) as refused:
        actions.take(tasks["mind"], by=here.principal, at=AT, why="接办")
    assert str(refused.value) == "这一类需求由心理教师办理，您不能办理。没有做任何改动。"
    assert set(RESPONSIBLE) == set(NeedKind)
    assert somebody_for(NeedKind.AID, here.school, on=DAY)
    Grant.objects.filter(user=here.psychologist).update(until=DAY)
    assert not somebody_for(NeedKind.MIND, here.school, on=DAY)
    assert not [one for one in every_register().values() if one.model in {HelpTask, SharedVisit}], (
        "no list, export, API or search has them"
    )
    with pytest.raises(Refusal) as refused:
        record(here.shared, here.room, here.teacher, way=Way.NOT_MET, needs=[NeedKind.AID])
    assert code_of(refused) == "need-of-nobody-met"


def test_a_task_is_taken_finished_or_set_aside_for_a_reason(here: Town) -> None:
    record(here.alone.household, here.room, here.teacher, needs=[NeedKind.STUDY, NeedKind.OTHER])
    study, other = HelpTask.objects.order_by("pk")
    doer = {"by": here.principal, "at": AT, "why": "办理"}
    with pytest.raises(Refusal) as refused:
        actions.finish(study, on=DAY, **doer)
    assert code_of(refused) == "help-not-taken"
    actions.take(study, **doer)
    with pytest.raises(Refusal) as refused:
        actions.finish(study, on=DAY - timedelta(days=1), **doer)
    assert code_of(refused) == "help-settled-before-asked"
    assert actions.finish(study, on=DAY, **doer).state == HelpState.DONE
    actions.dismiss(other, needless=Needless.DECLINED, on=DAY, **doer)
    with pytest.raises(Conflict) as refused:
        actions.take(other, **doer)
    assert code_of(refused) == "help-settled"
    actions.reveal(study, by=here.principal, at=AT, why="安排辅导")
    last = Entry.objects.order_by("-pk")[0]
    assert (last.verb, last.table, last.row) == ("read", "homevisits.helptask", study.pk)


def test_what_waits_is_told_to_whom_it_waits_for(here: Town, settings) -> None:
    record(here.alone.household, here.room, here.teacher, needs=[NeedKind.AID])

    def waits(who: User) -> list[tuple[str, int, bool]]:
        asker = Asker(User.objects.get(pk=who.pk), AT)
        found = lines([*of_a_class_teacher(asker), *of_a_helper(asker)])
        return [(one.label, one.count, one.late) for one in found]

    assert waits(here.teacher) == [("户学生家庭本学年还没有家访", 1, False)]
    assert waits(here.officer) == [("件家访发现的需求待办", 1, True)]
    assert waits(here.principal) == waits(here.county) == []
    settings.JUNHENG_AS_OF = date(2023, 11, 30)
    assert waits(here.teacher) == []
    days = (date(2023, 12, 1), date(2024, 1, 31), date(2024, 2, 1), date(2024, 5, 31), date(2024, 6, 1))
    assert [reminds(day) for day in days] == [True, True, False, False, True]
