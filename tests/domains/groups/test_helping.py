"""Help is written by the helping side and counts when the helped side, and nobody else, has confirmed it."""

from datetime import date

import pytest

from junheng.domains.groups import actions
from junheng.domains.groups.models import GroupMember, HelpAction, Pair
from junheng.domains.groups.queries import groups_with_last, pairs_with_last, relations_of, silent_pairs
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import todo_of
from tests.domains import makers
from tests.domains.groups import made
from tests.domains.groups.made import ON, WHY
from tests.domains.makers import AT, BEGUN

DAY = date(2023, 12, 31)


def test_the_helped_school_confirms_and_then_it_counts() -> None:
    one = made.action()
    assert (one.state, one.answer_by) == ("open", date(2024, 1, 25))
    pairs = Pair.objects.all()
    assert pairs_with_last(pairs, DAY).get().last is None
    assert silent_pairs(pairs, DAY).exists()
    actions.confirm_help(one, by=made.principal(one.taker), at=AT, why=WHY)
    assert pairs_with_last(pairs, DAY).get().last == ON
    assert not silent_pairs(pairs, DAY).exists()
    assert silent_pairs(pairs, date(2024, 2, 1)).exists(), "another term has begun"
    with pytest.raises(Conflict) as twice:
        actions.dispute_help(one, words="没有", by=made.principal(one.taker), at=AT, why=WHY)
    assert twice.value.code == "help-answered"


def test_what_is_disputed_counts_once_it_is_cleared_up() -> None:
    one = made.action()
    own = made.principal(one.taker)
    told = actions.dispute_help(one, words="当天没有来", by=own, at=AT, why=WHY)
    assert (told.state, told.answer) == ("disputed", "当天没有来")
    assert pairs_with_last(Pair.objects.all(), DAY).get().last is None
    told = actions.confirm_help(one, by=own, at=AT, why=WHY)
    assert (told.state, told.answer) == ("confirmed", "当天没有来")


def test_nobody_else_answers() -> None:
    one = made.action()
    others = [made.county(), makers.user(Role.CITY_SECTION), made.principal(one.giver)]
    for by in others:
        with pytest.raises(NotAllowed) as refused:
            actions.confirm_help(one, by=by, at=AT, why=WHY)
        assert refused.value.code == "help-answered-by-the-helped"
    both = User.objects.get(username=one.written_by)
    Grant.objects.create(user=both, role=Role.PRINCIPAL, area="4108", school=one.taker_id, since=BEGUN)
    with pytest.raises(NotAllowed) as refused:
        actions.confirm_help(one, by=User.objects.get(pk=both.pk), at=AT, why=WHY)
    assert refused.value.code == "help-of-ones-own"
    assert HelpAction.objects.get().state == "open"


def test_only_within_a_pair_or_a_group_and_by_the_helping_side() -> None:
    lead, member, stranger = makers.school(), makers.school(), makers.school()
    row = made.group(lead, member)
    within = GroupMember.objects.get(school=member)
    assert relations_of(lead, on=ON) == [within]
    assert made.helped(within, lead).taker == member
    with pytest.raises(Refusal) as refused:
        made.helped(within, stranger)
    assert refused.value.code == "help-without-relation"
    with pytest.raises(Refusal) as refused:
        made.helped(within, lead, on=date(2024, 1, 11))
    assert refused.value.code == "day-to-come"
    with pytest.raises(NotAllowed):
        made.helped(within, lead, by=made.principal(member))
    told = groups_with_last(type(row).objects.all(), DAY).get()
    assert (told.lead, told.schools, told.done, told.last) == (lead.name, 2, 0, None)
    one = HelpAction.objects.get()
    actions.confirm_help(one, by=made.principal(member), at=AT, why=WHY)
    told = groups_with_last(type(row).objects.all(), DAY).get()
    assert (told.done, told.last) == (1, ON)


def test_it_waits_for_the_helped_school_and_late_for_its_county(settings) -> None:
    one = made.action()
    own, office = Asker(made.principal(one.taker), AT), Asker(made.county(), AT)

    def lines(asker: Asker) -> dict[str, tuple[int, bool]]:
        return {each.label: (each.count, each.late) for each in todo_of(asker) if "帮扶行动" in each.label}

    settings.JUNHENG_AS_OF = one.answer_by
    assert lines(own) == {"条帮扶行动待本校确认": (1, False)}
    assert lines(office) == {}
    settings.JUNHENG_AS_OF = date(2024, 1, 26)
    assert lines(own) == {"条帮扶行动待本校确认": (1, True)}
    assert lines(office) == {"条帮扶行动逾期未确认或有异议": (1, False)}
    assert lines(Asker(made.principal(one.giver), AT)) == {}
