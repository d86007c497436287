"""Cases of the deeds about award money; ``cases`` says what a case is."""

from datetime import date

from junheng.domains.awardfunds import actions
from junheng.domains.awardfunds.models import AwardPayment, AwardRecovery
from junheng.domains.awardfunds.terms import Verdict
from junheng.domains.titles.models import Grant, Title
from junheng.platform.access.roles import Role
from tests.domains.awardfunds import made
from tests.platform.deeds.filled import Filled

LATER = date(2023, 10, 1)


def whole() -> Grant:
    """A grant that was paid already."""
    grant = made.granted()
    made.paid(grant)
    return grant


def of_revoked() -> Grant:
    """A grant whose title was revoked after it was paid."""
    grant = whole()
    Title.objects.update(revoked_on=LATER)
    return grant


def confirmed() -> AwardPayment:
    return made.received(made.paid(made.granted()))


def asked_back() -> AwardRecovery:
    """Money that the city asks back."""
    return actions.settle(
        of_revoked(), verdict=Verdict.RECOVER, amount=1, document="收回1号", decided_on=LATER, by=made.finance(), at=made.AT,
        why=made.WHY,
    )  # fmt: skip


def given_back() -> AwardRecovery:
    return actions.give_back(asked_back(), returned_on=LATER, by=made.finance(), at=made.AT, why=made.WHY)


AWARDS: dict[tuple[str, str], Filled] = {
    ("grants", "pay"): Filled(
        made.granted, Role.COUNTY_OFFICER, lambda row: {"document": "县1号", "amount": "10", "paid_on": "2023-11-01"},
        lambda row: AwardPayment.objects.filter(grant=row.pk, amount_fen=1000).exists(), whole,
    ),
    ("grants", "settle"): Filled(
        of_revoked, Role.CITY_SECTION,
        lambda row: {"verdict": "recover", "amount": "10", "document": "市1号", "decided_on": "2023-11-01"},
        lambda row: AwardRecovery.objects.filter(grant=row.pk, amount_fen=1000).exists(), made.granted,
    ),
    ("awardpayments", "receive"): Filled(
        lambda: made.paid(made.granted()), Role.PRINCIPAL, lambda row: {"received_on": "2023-11-01"},
        lambda row: AwardPayment.objects.filter(pk=row.pk, received_on="2023-11-01").exists(), confirmed,
    ),
    ("awardrecoveries", "return"): Filled(
        asked_back, Role.CITY_SECTION, lambda row: {"returned_on": "2023-11-01"},
        lambda row: AwardRecovery.objects.filter(pk=row.pk, returned_on="2023-11-01").exists(), given_back,
    ),
}  # fmt: skip
