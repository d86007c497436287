"""Kindergartens are in groups of their own: one public lead, members with mode and reason, and merging carries them over."""

from datetime import date

import pytest

from junheng.domains.groups import actions
from junheng.domains.groups.models import KindergartenMember
from junheng.domains.kindergartens.models import Nature
from junheng.kernel.errors import Refusal
from junheng.platform.access.models import User
from junheng.platform.spans import holds
from tests.domains import makers
from tests.domains.groups import made
from tests.domains.groups.made import ON, WHY
from tests.domains.makers import AT


def test_a_public_one_leads_and_a_merged_group_hands_its_members_over() -> None:
    by = made.county()
    facts = {"mode": "commissioned", "reason": "strong_weak", "on": ON, "by": by, "at": AT, "why": WHY}
    group, heir = made.group(kind="kindergarten"), made.group(kind="kindergarten")
    lead, member = makers.kindergarten(), makers.kindergarten()
    Nature.objects.update(nature="private")
    with pytest.raises(Refusal) as refused:
        actions.join_kindergarten(group, kindergarten=lead, role="lead", **facts)
    assert refused.value.code == "lead-not-public"
    Nature.objects.update(nature="public")
    first = actions.join_kindergarten(group, kindergarten=lead, role="lead", **facts)
    assert (first.role, first.reason) == ("lead", "")
    for one, role, code in [
        (lead, "member", "kindergarten-in-the-group"),
        (member, "lead", "kindergarten-leads"),
    ]:
        with pytest.raises(Refusal) as refused:
            actions.join_kindergarten(group, kindergarten=one, role=role, **facts)
        assert refused.value.code == code
    with pytest.raises(Refusal) as refused:
        actions.join_kindergarten(made.group(), kindergarten=member, role="member", **facts)
    assert refused.value.code == "group-of-others"
    with pytest.raises(Refusal) as refused:
        actions.join_group(group, school=makers.school(), **facts)
    assert refused.value.code == "group-of-others"
    actions.join_kindergarten(group, kindergarten=member, role="member", **facts)
    actions.merge_groups(group, heir, on=date(2023, 12, 8), by=User.objects.get(pk=by.pk), at=AT, why=WHY)
    now = KindergartenMember.objects.filter(holds(date(2023, 12, 8)))
    assert {(one.kindergarten, one.group, one.role) for one in now} == {
        (lead, heir, "member"),
        (member, heir, "member"),
    }
    assert KindergartenMember.objects.filter(holds(ON), group=group).count() == 2
