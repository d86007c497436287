"""What waits for somebody: applications at their level, objections, and what a juror has to score."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.schemes.models import Publicity, SchemeApplication, SchemeJuror, SchemeObjection
from junheng.domains.schemes.queries.due import running_out, to_check
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


@todo
def at_school(asker: Asker) -> Iterator[Waiting]:
    """What waits at a school: its committee's vote, its list to be shown, and lists that may be handed up."""
    register, lists = register_called("schemeapplications"), register_called("publicities")
    if Role.PRINCIPAL not in roles_of(asker.user, on=asker.today):
        return
    for stage, words in ((Stage.SCHOOL, _("份申报待校内评审")), (Stage.CHOSEN, _("份申报待校内公示"))):
        rows = asker.within(SchemeApplication.objects.filter(stage=stage), register, "change")
        address = f"{reverse('registers:list', args=['schemeapplications'])}?stage={stage}"
        yield Waiting(
            rows,
            lambda number, _due, words=words, address=address: Todo(  # type: ignore[misc] # bound
                words, address, number, "clipboard-document-check"
            ),
        )
    over = Publicity.objects.filter(decided_on=None, until__lt=asker.today).exclude(school=None)
    yield Waiting(
        asker.within(over, lists, "change"),
        lambda number, _due: Todo(
            _("次校内公示期满，待报送"),
            reverse("registers:list", args=["publicities"]),
            number,
            "arrow-up-tray",
        ),
    )


@todo
def due_again(asker: Asker) -> Iterator[Waiting]:
    """Certificates to be looked at again this year, and those that run out, for whoever may revoke them."""
    register = register_called("certificates")
    if not (asker.may("change", register) and asker.may("change", register_called("schemes"))):
        return
    address = reverse("schemes:due")
    for rows, words in (
        (to_check(asker.today), _("张证书待年度复核")),
        (running_out(asker.today), _("张证书快到期")),
    ):
        yield Waiting(
            asker.within(rows, register, "change"),
            lambda number, _due, words=words: Todo(words, address, number, "arrow-path"),  # type: ignore[misc] # bound
        )


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
