"""What waits for somebody: applications at their level, objections, and what a juror has to score."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.schemes.models import SchemeApplication, SchemeJuror, SchemeObjection
from junheng.domains.schemes.terms import Answer, Stage
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import roles_of
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.registry import register_called
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def to_review(asker: Asker) -> Iterator[Waiting]:
    """Applications that wait at this person's level, and objections at their office."""
    register, objections = register_called("schemeapplications"), register_called("schemeobjections")
    roles = roles_of(asker.user, on=asker.today)
    for role, stage in ((Role.COUNTY_OFFICER, Stage.COUNTY), (Role.CITY_SECTION, Stage.CITY)):
        if role in roles:
            rows = asker.within(SchemeApplication.objects.filter(stage=stage), register, "change")
            yield Waiting(rows, lambda number, _due, stage=stage: review_line(number, stage))  # type: ignore[misc] # bound
    if asker.may("change", objections):
        rows_open = asker.within(SchemeObjection.objects.filter(state=Answer.OPEN), objections, "change")
        yield Waiting(rows_open, objection_line)


def review_line(number: int, stage: Stage) -> Todo:
    """The line about applications."""
    address = f"{reverse('registers:list', args=['schemeapplications'])}?stage={stage}"
    return Todo(_("份评选申报待审核"), address, number, "clipboard-document-check")


def objection_line(number: int, _due: date | None) -> Todo:
    """The line about objections."""
    address = f"{reverse('registers:list', args=['schemeobjections'])}?state={Answer.OPEN}"
    return Todo(_("条公示异议待核查"), address, number, "chat-bubble-left-right")


@todo
def to_score(asker: Asker) -> Iterator[Waiting]:
    """Schemes in which this person scores; what exactly waits, the page of jurors says."""
    rows = SchemeJuror.objects.filter(
        login=asker.user.get_username(), scheme__schemecategory__schemeapplication__stage=Stage.CITY
    ).distinct()
    yield Waiting(
        rows, lambda number, _due: Todo(_("个方案请您评分"), reverse("schemes:jury"), number, "scale")
    )
