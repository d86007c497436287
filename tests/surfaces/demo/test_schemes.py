"""Schemes of the demonstration: decided, revoked, being shown, sent back and turned down; the stock adds up."""

from datetime import date
from pathlib import Path

from junheng.domains.kindergartens.queries import stream
from junheng.domains.schemes.actions.preparing import digest_of_scheme
from junheng.domains.schemes.models import AwardScheme, Certificate, SchemeApplication, SchemeObjection
from junheng.domains.schemes.queries.showing import verify
from junheng.surfaces.demo.plan import load_plan
from tests.small_house import DAY, built, house

__all__ = ["built", "house"]


def test_every_way_that_an_application_can_go_is_there(house: Path) -> None:
    stages = set(SchemeApplication.objects.values_list("stage", flat=True))
    assert {"recognised", "rejected", "returned", "shown"} <= stages
    assert sorted(SchemeObjection.objects.values_list("state", flat=True)) == ["dismissed", "open"]
    for one in AwardScheme.objects.all():
        assert one.digest == digest_of_scheme(one)
    states = {verify(one.code, on=DAY).state for one in Certificate.objects.all()}
    assert states == {"valid", "revoked"}


def test_the_statement_of_inclusive_kindergartens_adds_up(house: Path) -> None:
    plan = load_plan("small")
    told = stream(date(2021, 12, 31), DAY)
    assert told.adds_up
    assert (told.recognised, told.after) == (plan.total("kg_recognised"), plan.total("kg_inclusive"))
    assert (told.withdrawn, told.closed, told.converted) == (
        plan.scale["kg_withdrawn"],
        plan.scale["kg_closed"],
        plan.scale["kg_converted"],
    )
    assert told.renewed
