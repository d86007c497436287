"""Nobody learns of a proposal about a row outside his scope: by page, first page, row, or number."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from junheng.domains.schools.models import School
from junheng.platform.access.roles import Role
from junheng.platform.registers import every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level, Policy, decides, level_of
from junheng.platform.registers.todo import todo_of
from junheng.platform.stewardship.deciding import decidable, for_own_level, left_below, visible
from junheng.platform.stewardship.models import Proposal
from tests import cast
from tests.makers import make
from tests.makers.rows import CITY, HERE, THERE
from tests.platform.stewardship.people import at_desk, county, edit, elsewhere, head_of, section

pytestmark = pytest.mark.django_db
REGISTERS = [one for one in every_register().values() if one.decided()]


@pytest.fixture
def proposal() -> Any:
    school = make(School, name="甲校")
    edit(head_of(school), school, name="外人看不到的新名")
    return Proposal.objects.get()


def told(client: Client, *pages: str) -> str:
    return "".join(client.get(page).content.decode() for page in pages)


def test_outside_there_is_nothing(proposal: Proposal) -> None:
    other = make(School, where=THERE)
    for user in (elsewhere(), head_of(other), cast.stranger(), cast.somebody(Role.TOWNSHIP_WARDEN)):
        client = at_desk(user)
        pages = [f"/stewardship/?show={name}" for name in ("waiting", "below", "own", "done")]
        assert "外人看不到的新名" not in told(client, *pages, "/", "/search/?q=甲校")
        for address in (
            f"/stewardship/{proposal.pk}/again/",
            f"/stewardship/{proposal.pk}/clear/",
            f"/stewardship/{proposal.pk}/withdraw/",
        ):
            assert client.post(address, {"why": "x"})["X-Refusal"] in {"no-such-proposal", "no-such-row"}
        for choice in ("approve", "reject"):
            refused = client.post(
                "/stewardship/decide/", {"number": proposal.pk, "choice": choice, "why": "x"}
            )
            nowhere = client.post("/stewardship/decide/", {"number": 999_999, "choice": choice, "why": "x"})
            assert refused.status_code == nowhere.status_code == 404
            assert refused["X-Refusal"] == nowhere["X-Refusal"] == "no-such-proposal"
        asker = Asker(user, timezone.now())
        for ask in (visible, decidable, for_own_level, left_below):
            assert not ask(asker).exists()
        assert not [one for one in todo_of(asker) if "修改" in one.label]


def test_inside_it_is_there(proposal: Proposal) -> None:
    page = told(at_desk(county()), "/stewardship/", "/")
    assert "外人看不到的新名" in page
    assert "待我批准的修改" in page
    assert list(decidable(Asker(section(), timezone.now()))) == [proposal]


def test_who_only_sees_does_not_decide(proposal: Proposal) -> None:
    leader = cast.somebody(Role.CITY_LEADER, area=CITY)
    assert visible(Asker(leader, timezone.now())).exists()
    refused = at_desk(leader).post("/stewardship/decide/", {"number": proposal.pk, "choice": "approve"})
    assert (refused.status_code, refused["X-Refusal"]) == (403, "not-yours-to-decide")


def test_without_a_login_nothing(proposal: Proposal) -> None:
    for page in (
        "/stewardship/",
        "/stewardship/confirm/",
        "/stewardship/confirm/overview/",
        f"/stewardship/{proposal.pk}/again/",
    ):
        assert Client().get(page).status_code in {302, 405}


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.slug)
def test_every_decided_field_has_somebody_who_decides_it(register: Any) -> None:
    for policy in register.decided().values():
        assert isinstance(policy, Policy)
        people = [
            cast.grant(cast.stranger(), role, area=CITY if role.startswith("city") else HERE, school=1)
            for role in Role
        ]
        assert any(decides(level_of(one), policy.decider, only=policy.only) for one in people)


def test_real_fields_have_real_policies() -> None:
    said = {
        f"{register.slug}.{name}": (policy.owner.value, policy.decider, policy.only)
        for register in every_register().values()
        for name, policy in register.decided().items()
    }
    assert said["schools.name"] == ("county", Level.COUNTY, False)
    assert said["schools.nature"] == ("county", Level.CITY, False)
    assert said["classes.number"] == ("school", Level.SCHOOL, True)
    assert said["pupils.id_number"] == ("outside", Level.COUNTY, False)
    assert said["censuses.inclusive"] == ("county", Level.CITY, False)
    assert said["waters.risk"] == ("county", Level.CITY, False)
    assert said["inspections.findings"] == ("county", Level.COUNTY, False)
    assert len({one.split(".")[0] for one in said}) >= 20
