"""What is said about a problem: by whoever keeps the row, decided one level up, for one term, taken over, counted."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.quality import explaining
from junheng.platform.quality.computing import compute
from junheng.platform.quality.models import Finding
from junheng.platform.quality.queries import Asked, explained_by_unit, narrowed
from junheng.platform.quality.waiting import problems
from junheng.platform.quality.words import State
from junheng.platform.registers.asker import Asker
from tests import cast
from tests.makers.rows import CITY, HERE, THERE
from tests.platform.quality.cases import DAY, school_with_class

WORDS = "批复文件上就是这样写的，见示教〔2020〕3号。"
LATER = datetime(2024, 9, 10, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def school() -> Any:
    return school_with_class(name="示例 小学")


@pytest.fixture
def finding(school: Any) -> Finding:
    compute(on=DAY, at=cast.NOW)
    return Finding.objects.get(code="school-name-odd", row=school.pk)


def principal(school: Any, **given: Any) -> Asker:
    return cast.asker(cast.somebody(Role.PRINCIPAL, school=school, area=school.area_id), **given)


def county(area: str = HERE, **given: Any) -> Asker:
    return cast.asker(cast.somebody(Role.COUNTY_OFFICER, area=area), **given)


def test_the_whole_round(school: Any, finding: Finding) -> None:
    own, above = principal(school), county()
    said = explaining.explain(finding, WORDS, asker=own)
    assert (said.period, said.expires_on, said.state) == ("2024S", date(2024, 8, 31), State.PROPOSED)
    assert [one.count for one in problems(above) if "审核" in one.label] == [1]
    decided = explaining.decide(said, accept=True, reply="", asker=above)
    finding.refresh_from_db()
    assert (decided.state, finding.state, finding.holds_until) == (
        State.ACCEPTED,
        State.ACCEPTED,
        date(2024, 8, 31),
    )
    assert [one["accepted"] for one in explained_by_unit(above)] == [1]
    who = list(Entry.objects.filter(table="quality.explanation").values_list("who", flat=True))
    assert who == [own.user.username, above.user.username]
    assert list(problems(above)) == []


def test_it_expires_with_the_term_and_is_taken_over(school: Any, finding: Finding) -> None:
    said = explaining.explain(finding, WORDS, asker=principal(school))
    explaining.decide(said, accept=True, reply="同意", asker=county())
    with pytest.raises(Refusal, match="没有上一学期"):
        explaining.carry(finding, asker=principal(school))
    assert narrowed(county(), Asked(state="expired")).count() == 0
    autumn = county(at=LATER)
    assert [one.pk for one in narrowed(autumn, Asked(state="expired"))] == [finding.pk]
    assert [one.pk for one in narrowed(autumn, Asked(state="open", code=finding.code))] == [finding.pk]
    assert [one["expired"] for one in explained_by_unit(autumn)] == [1]
    again = explaining.carry(finding, asker=principal(school, at=LATER))
    assert (again.text, again.period, again.carried_from_id, again.state) == (
        WORDS,
        "2024A",
        said.pk,
        State.PROPOSED,
    )
    with pytest.raises(Conflict, match="在等上级审核"):
        explaining.carry(finding, asker=principal(school, at=LATER))


def test_nobody_decides_his_own_or_his_equals_words(school: Any, finding: Finding) -> None:
    own = principal(school)
    said = explaining.explain(finding, WORDS, asker=own)
    for nobody in (own, principal(school), county(THERE), cast.asker(cast.stranger())):
        with pytest.raises(NotAllowed, match="上一级审核"):
            explaining.decide(said, accept=True, reply="", asker=nobody)
    with pytest.raises(Refusal, match="写明理由"):
        explaining.decide(said, accept=False, reply=" ", asker=county())
    sent_back = explaining.decide(said, accept=False, reply="请附批复", asker=county())
    assert sent_back.state == State.REJECTED
    with pytest.raises(Conflict, match="已经审核过"):
        explaining.decide(said, accept=True, reply="", asker=county())
    assert explaining.explain(finding, WORDS, asker=own).pk != said.pk


def test_a_county_is_decided_by_the_city_and_the_city_by_a_colleague(finding: Finding) -> None:
    said = explaining.explain(finding, WORDS, asker=county())
    with pytest.raises(NotAllowed):
        explaining.decide(said, accept=True, reply="", asker=county())
    section = cast.asker(cast.somebody(Role.CITY_SECTION, area=CITY))
    explaining.decide(said, accept=False, reply="不清楚", asker=section)
    own = explaining.explain(finding, WORDS, asker=section)
    with pytest.raises(NotAllowed):
        explaining.decide(own, accept=True, reply="", asker=section)
    colleague = cast.asker(cast.somebody(Role.CITY_SECTION, area=CITY))
    assert explaining.decide(own, accept=True, reply="", asker=colleague).state == State.ACCEPTED


def test_what_is_outside_looks_absent_and_who_only_reads_says_nothing(school: Any, finding: Finding) -> None:
    with pytest.raises(NotFound):
        explaining.finding_for(county(THERE), finding.pk)
    with pytest.raises(NotFound):
        explaining.finding_for(cast.asker(cast.stranger()), finding.pk)
    auditor = cast.asker(cast.somebody(Role.AUDITOR, area=CITY))
    assert explaining.finding_for(auditor, finding.pk) == finding
    with pytest.raises(NotAllowed, match="不能代为说明"):
        explaining.explain(finding, WORDS, asker=auditor)
    with pytest.raises(Refusal, match="说明须写"):
        explaining.explain(finding, "  是 ", asker=principal(school))


def test_what_is_gone_needs_no_word_and_what_comes_back_keeps_its_own(school: Any, finding: Finding) -> None:
    explaining.decide(
        explaining.explain(finding, WORDS, asker=principal(school)), accept=True, reply="", asker=county()
    )
    School.objects.filter(pk=school.pk).update(name="示例小学")
    compute(on=DAY, at=LATER)
    finding.refresh_from_db()
    assert finding.gone_at == LATER
    with pytest.raises(Conflict, match="已经消失"):
        explaining.explain(finding, WORDS, asker=principal(school, at=LATER))
    School.objects.filter(pk=school.pk).update(name="示例 小学")
    compute(on=DAY, at=LATER.replace(day=11))
    again = Finding.objects.get(pk=finding.pk)
    assert (again.gone_at, again.first_seen, again.state) == (None, finding.first_seen, State.ACCEPTED)
    assert again.explanations.count() == 1
