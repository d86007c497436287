"""Schemes of the demonstration: decided, revoked, being shown, sent back and turned down; the stock adds up."""

from datetime import date
from pathlib import Path

from junheng.domains.kindergartens.queries import stream
from junheng.domains.schemes.actions.preparing import digest_of_scheme
from junheng.domains.schemes.models import (
    AwardScheme,
    Certificate,
    ClassVote,
    Publicity,
    SchemeApplication,
    SchemeObjection,
    SchemeQuota,
)
from junheng.domains.schemes.queries.showing import verify
from junheng.domains.schemes.terms import Subject
from junheng.domains.titles.models import Title
from junheng.surfaces.demo.awards import AWARDS
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


def test_every_award_of_the_source_was_run(house: Path) -> None:
    """From its call to a certificate, or to the province's desk; each on the days and by the people that may."""
    for award in AWARDS:
        rows = SchemeApplication.objects.filter(category__scheme__code=award.code)
        stages = set(rows.values_list("stage", flat=True))
        assert stages & {"recognised", "recommended"}, award.code
        assert stages <= {"recognised", "recommended", "rejected"}, f"{award.code}: left undone"
        certificates = Certificate.objects.filter(application__in=rows)
        assert certificates.count() == rows.filter(stage="recognised").count()
        level = "province" if award.decider == "province" else "city"
        assert set(certificates.values_list("level", flat=True)) <= {level}
        if award.effect == "title":
            codes = Title.objects.filter(certificate__in=certificates.values("code"))
            assert codes.count() == certificates.count(), "no title twice, and none missing"
    assert set(AwardScheme.objects.values_list("subject", flat=True)) == set(Subject)


def test_three_good_pupils_fit_their_tables_and_each_has_a_vote_and_a_publicity(house: Path) -> None:
    quotas = SchemeQuota.objects.filter(category__scheme__code="sanhao-2023")
    here = quotas.get(area="410802", school=None)
    schools = quotas.filter(school__isnull=False, area__code__startswith="410802")
    assert sum(quotas.filter(school=None).values_list("places", flat=True)) == here.category.places
    assert sum(schools.values_list("places", flat=True)) == here.places
    winners = SchemeApplication.objects.filter(category=here.category, stage="recognised")
    assert winners.count() == 2
    for one in winners:
        vote = ClassVote.objects.get(category=one.category, pupil=one.pupil)
        assert 2 * vote.votes > vote.present
        lists = Publicity.objects.filter(publicityline__application=one).order_by("opened_on")
        assert [row.school == one.school for row in lists] == [True, False]
        assert all(row.decided_on and row.decided_on > row.until for row in lists)


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
