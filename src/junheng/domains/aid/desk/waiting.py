"""What waits for aid officers and schools; nobody else sees that there is anything."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.content.rulebook import AID
from junheng.domains.aid.models import AidFinding, AidRequest, Eligibility, Loan, Payment, SchoolCheck
from junheng.domains.aid.queries.gaps import unentitled_in_term, unpaid_in_term
from junheng.domains.aid.queries.reminders import unreminded
from junheng.domains.aid.queries.repayment import day_in
from junheng.domains.aid.terms import FindingState, RequestStage
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import grants_of, roles_of, within_area
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.registry import register_called
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def of_an_officer(asker: Asker) -> Iterator[Waiting]:
    """Proposals to confirm, applications at the county, both ways of missing the aim in the term that runs, and loans."""
    eligibilities, payments = register_called("eligibilities"), register_called("payments")
    if not asker.granting(eligibilities, "change"):
        return
    term = str(SchoolTerm.containing(asker.day))
    yield Waiting(
        open_findings(asker), lambda number, _due: line(number, _("份资助对象名单待确认"), "aid:overview")
    )
    asked = AidRequest.objects.filter(stage=RequestStage.COUNTY)
    yield Waiting(asker.within(asked, register_called("aidrequests"), "change"), request_line)
    missed = asker.within(unpaid_in_term(Eligibility.objects.all(), term), eligibilities, "change")
    yield Waiting(missed, lambda number, _due: line(number, _("人次应助未助，没有原因"), "aid:overview"))
    extra = asker.within(unentitled_in_term(Payment.objects.all(), term), payments, "change")
    yield Waiting(extra, lambda number, _due: line(number, _("人次受助但没有认定"), "aid:overview"))
    year = asker.day.year
    if asker.day >= day_in(AID.loan_reminders_wait, year):
        loans = asker.within(unreminded(Loan.objects.all(), year), register_called("loans"), "change")
        yield Waiting(
            loans, lambda number, _due: line(number, _("份贷款合同今年应还款，没有提醒"), "aid:reminders")
        )


@todo
def of_a_school(asker: Asker) -> Iterator[Waiting]:
    """Questions that the county asked, and applications at the school."""
    if Role.PRINCIPAL not in roles_of(asker.user, on=asker.today):
        return
    checks = asker.within(SchoolCheck.objects.filter(answer=""), register_called("schoolchecks"), "change")
    yield Waiting(checks, check_line)
    asked = AidRequest.objects.filter(stage=RequestStage.SCHOOL)
    yield Waiting(asker.within(asked, register_called("aidrequests"), "change"), school_line)


def open_findings(asker: Asker) -> "QuerySet[AidFinding]":
    """Proposals within the counties of an officer."""
    rows = AidFinding.objects.none()
    for grant in grants_of(asker.user, on=asker.today):
        if grant.role == Role.AID_OFFICER:
            rows = rows | AidFinding.objects.filter(
                within_area("area", grant.area), state=FindingState.PROPOSED
            )
    return rows


def line(number: int, words: str, address: str) -> Todo:
    """A line that leads to the pages of aid."""
    return Todo(words, reverse(address), number, "banknotes")


def request_line(number: int, _due: date | None) -> Todo:
    """The line about applications at the county."""
    address = f"{reverse('registers:list', args=['aidrequests'])}?stage={RequestStage.COUNTY}"
    return Todo(_("份资助申请待县级确认"), address, number, "clipboard-document-check")


def school_line(number: int, _due: date | None) -> Todo:
    """The line about applications at a school."""
    address = f"{reverse('registers:list', args=['aidrequests'])}?stage={RequestStage.SCHOOL}"
    return Todo(_("份资助申请待学校认定"), address, number, "clipboard-document-check")


def check_line(number: int, _due: date | None) -> Todo:
    """The line about questions."""
    return Todo(
        _("个学生情况待学校核实"),
        f"{reverse('registers:list', args=['schoolchecks'])}?answer=",
        number,
        "question-mark-circle",
    )
