"""Cases of the deeds about groups, help and weak schools; ``cases`` says what a case is."""

from typing import Any

from django.db.models import Model

from junheng.domains.groups.models import (
    GroupMember,
    HelpAction,
    KindergartenMember,
    SchoolGroup,
    WeakProgress,
)
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.groups import made
from tests.platform.deeds.filled import DAY, ON, Filled


def group() -> SchoolGroup:
    return made.group(makers.school(), makers.school())


def ended() -> SchoolGroup:
    return made.group(until=DAY)


def member() -> GroupMember:
    return GroupMember.objects.get(group=group(), role="member")


def nursery(**given: Any) -> KindergartenMember:
    one = makers.kindergarten()
    return KindergartenMember.objects.create(
        group=made.group(kind="kindergarten"), kindergarten=one, area_id=one.area_id, role="lead", mode="allied",
        since=makers.BEGUN, **given,
    )  # fmt: skip


def member_of(row: Model) -> GroupMember:
    return GroupMember.objects.get(group=row.pk, role="member", until=None)


def in_state(row: Model, state: str) -> bool:
    return HelpAction.objects.filter(pk=row.pk, state=state).exists()


GROUPS: dict[tuple[str, str], Filled] = {
    ("groups", "split"): Filled(
        group, Role.COUNTY_OFFICER,
        lambda row: ON | {"code": "新1", "name": "新集团", "lead": str(member_of(row).pk)},
        lambda row: SchoolGroup.objects.filter(split_from=row.pk, since=DAY).exists(), ended,
    ),
    ("groups", "dissolve"): Filled(
        group, Role.COUNTY_OFFICER, lambda row: ON | {"number": "示例〔2023〕1号"},
        lambda row: SchoolGroup.objects.get(pk=row.pk).until == DAY, ended,
    ),
    ("groups", "join"): Filled(
        group, Role.COUNTY_OFFICER,
        lambda row: ON | {"school": makers.school().code, "mode": "联盟式", "reason": "以城带乡"},
        lambda row: GroupMember.objects.filter(group=row.pk, since=DAY).exists(), ended,
    ),
    ("groups", "lead"): Filled(
        group, Role.COUNTY_OFFICER, lambda row: ON | {"school": member_of(row).school.code},
        lambda row: GroupMember.objects.filter(group=row.pk, since=DAY, role="lead").exists(), ended,
    ),
    ("groups", "join-kindergarten"): Filled(
        lambda: made.group(kind="kindergarten"), Role.COUNTY_OFFICER,
        lambda row: ON | {"kindergarten": makers.kindergarten().code, "role": "成员园", "mode": "托管式", "reason": "以强带弱"},
        lambda row: KindergartenMember.objects.filter(group=row.pk, since=DAY).exists(),
        lambda: made.group(kind="kindergarten", until=DAY),
    ),
    ("kindergartenmembers", "leave"): Filled(
        nursery, Role.COUNTY_OFFICER, lambda row: ON,
        lambda row: KindergartenMember.objects.get(pk=row.pk).until == DAY, lambda: nursery(until=DAY),
    ),
    ("members", "leave"): Filled(
        member, Role.COUNTY_OFFICER, lambda row: ON,
        lambda row: GroupMember.objects.get(pk=row.pk).until == DAY,
        lambda: GroupMember.objects.get(group=group(), role="lead"),
    ),
    ("helpactions", "confirm"): Filled(
        made.action, Role.PRINCIPAL, lambda row: {}, lambda row: in_state(row, "confirmed"), made.confirmed
    ),
    ("helpactions", "dispute"): Filled(
        made.action, Role.PRINCIPAL, lambda row: {"words": "没有来"}, lambda row: in_state(row, "disputed"), made.confirmed
    ),
    ("weakschools", "progress"): Filled(
        lambda: made.weak(makers.school()), Role.COUNTY_OFFICER,
        lambda row: {"term": "2023A", "criterion": "生源流失", "what": "新增校车"},
        lambda row: WeakProgress.objects.filter(weak=row.pk, term="2023A").exists(),
        lambda: made.weak(makers.school(), until=DAY),
    ),
}  # fmt: skip
