"""A weak school without help is seen at once, with the day since when; who is listed is decided by the city."""

from datetime import date

import pytest

from junheng.domains.groups import actions
from junheng.domains.groups.models import GroupMember, Pair, WeakProgress, WeakSchool
from junheng.domains.groups.queries import supporters, uncovered
from junheng.domains.groups.terms import WeakCriterion
from junheng.kernel.errors import NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.save import stored_columns
from junheng.platform.registers import register_called
from junheng.platform.registers.actions import write
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import todo_of
from junheng.platform.stewardship.actions import approve
from tests.domains import makers
from tests.domains.groups import made
from tests.domains.groups.made import WHY
from tests.domains.makers import AT

DAY = date(2023, 12, 31)


def bare() -> dict[str, date]:
    return {one.school.name: one.bare for one in uncovered(WeakSchool.objects.all(), DAY)}


def test_since_the_last_help_ended_or_since_it_was_listed(settings) -> None:
    lead, never, paired, grouped, both = (makers.school() for _ in range(5))
    for one in (never, paired, grouped, both):
        made.weak(one)
    made.pair(lead, paired, until=date(2023, 5, 1))
    made.pair(lead, both, until=date(2023, 6, 1))
    group = made.group(lead, grouped, both)
    assert bare() == {never.name: date(2021, 3, 1), paired.name: date(2023, 5, 1)}
    assert supporters(both, on=DAY) == [lead.name]
    actions.dissolve_group(
        group, number="示例〔2023〕9号", on=date(2023, 12, 1), by=made.county(), at=AT, why=WHY
    )
    assert bare() == {
        never.name: date(2021, 3, 1), paired.name: date(2023, 5, 1), grouped.name: date(2023, 12, 1),
        both.name: date(2023, 12, 1),
    }  # fmt: skip
    settings.JUNHENG_AS_OF = DAY
    told = [one for one in todo_of(Asker(made.county(), AT)) if "没有帮扶" in one.label]
    assert [(one.count, one.due, one.late) for one in told] == [(4, date(2021, 3, 31), True)]
    assert not [one for one in todo_of(Asker(made.county("410811"), AT)) if "没有帮扶" in one.label]
    assert not [one for one in todo_of(Asker(made.principal(never), AT)) if "没有帮扶" in one.label]


def test_help_that_ended_before_the_listing_does_not_count_back() -> None:
    helper, school = makers.school(), makers.school()
    made.pair(helper, school, until=date(2021, 1, 1))
    made.weak(school)
    assert bare() == {school.name: date(2021, 3, 1)}


def test_a_county_proposes_and_the_city_decides() -> None:
    register = register_called("weakschools")
    county, city = Asker(made.county(), AT), Asker(makers.user(Role.CITY_SECTION), AT)
    new = WeakSchool(school=makers.school(), area_id="410802", since=date(2023, 9, 1), poor_teaching=True)
    saved = write(register, new, asker=county, why=WHY, source="hand")
    assert saved.whole
    assert not WeakSchool.objects.exists()
    approve(list(saved.proposals), asker=city)
    listed = WeakSchool.objects.get()
    listed.until = date(2023, 12, 1)
    assert stored_columns(listed)["until"] is None
    saved = write(register, listed, asker=county, why=WHY, source="hand")
    assert WeakSchool.objects.get().until is None
    approve(list(saved.proposals), asker=city)
    assert WeakSchool.objects.get().until == date(2023, 12, 1)


@pytest.mark.parametrize("slug", ["members", "pairs"])
def test_a_principal_forms_nothing_alone(slug: str) -> None:
    own, other = makers.school(), makers.school()
    row = (
        GroupMember(group=made.group(other), school=own, area_id="410802", role="member", since=makers.BEGUN)
        if slug == "members"
        else Pair(code="P9", helper=other, helped=own, area_id="410802", since=makers.BEGUN)
    )
    number = type(row).objects.count()
    saved = write(register_called(slug), row, asker=Asker(made.principal(own), AT), why=WHY, source="hand")
    assert saved.whole
    assert type(row).objects.count() == number


def test_progress_is_told_by_the_criteria_and_within_time() -> None:
    weak = made.weak(makers.school())
    by = made.county()
    facts = {"what": "补充教师三名", "mended": False, "by": by, "at": AT, "why": WHY}
    actions.note_progress(weak, term="2023A", criterion=WeakCriterion.PUPILS, **facts)
    for term, criterion, code in [
        ("2023A", WeakCriterion.PUPILS, "progress-there"),
        ("2023S", WeakCriterion.TEACHING, "progress-of-another-criterion"),
        ("2020A", WeakCriterion.PUPILS, "progress-out-of-time"),
        ("2024S", WeakCriterion.PUPILS, "progress-out-of-time"),
    ]:
        with pytest.raises(Refusal) as refused:
            actions.note_progress(weak, term=term, criterion=criterion, **facts)
        assert refused.value.code == code
    with pytest.raises(NotAllowed):
        actions.note_progress(
            weak, term="2023S", criterion=WeakCriterion.PUPILS, **facts | {"by": made.principal(weak.school)}
        )
    assert WeakProgress.objects.count() == 1
