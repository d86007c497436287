"""The demonstration's surveys: one of every state, answers from many schools, and one that asks what is known."""

from pathlib import Path

from django.db.models import Count

from junheng.platform.access.models import User
from junheng.platform.asks.duplicates import unresolved
from junheng.platform.asks.models import Answer, Collection, Response
from junheng.platform.asks.terms import Origin, Progress, State
from junheng.platform.audit.history import verify
from tests import cast
from tests.small_house import built, house

__all__ = ["built", "house"]


def test_there_is_a_survey_in_nearly_every_state(house: Path) -> None:
    states = set(Collection.objects.values_list("state", flat=True))
    assert states == set(State.values) - {State.APPROVED}
    assert "演示" in Collection.objects.values_list("purpose", flat=True)[0]


def test_many_schools_answered_and_the_one_that_can_log_in_has_not(house: Path) -> None:
    rounds = Collection.objects.filter(title="校园饮水设备调查").order_by("id")
    first, second = rounds
    assert second.before == first
    assert first.responses.filter(state=Progress.SENT).count() > 10
    school = User.objects.get(username="xiaozhang1").grants.get().school
    assert first.responses.get(unit=school).state == Progress.SENT
    assert second.responses.get(unit=school).state == Progress.WAITING
    origins = dict(Answer.objects.values_list("origin").annotate(Count("pk")))
    assert min(origins[one] for one in (Origin.LAST, Origin.REGISTER, Origin.BEHALF)) > 0


def test_the_draft_asks_twice_what_is_known(house: Path) -> None:
    draft = Collection.objects.get(state=State.DRAFT)
    found = unresolved(draft, cast.asker(draft.author))
    assert {question.label for question, _found in found} == {"目前贵校教学班数量", "直饮水机数量"}


def test_the_chain_holds_with_them(house: Path) -> None:
    assert Response.objects.exists()
    assert verify() is None
