"""Certificates: issued by a decision, looked at again every year, revoked with a reason and a day."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.schemes.actions.effects import registrar_of
from junheng.domains.schemes.actions.yearly import check_still_met
from junheng.domains.schemes.models import Certificate, PublicityLine, SchemeApplication
from junheng.domains.schemes.queries.showing import code_of, digest_of_certificate, state_of
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


def issue(
    application: SchemeApplication,
    line: PublicityLine,
    *,
    decision: str,
    on: date,
    by: Any,
    at: datetime,
    why: str,
) -> Certificate:
    """Issue the certificate of an application that was granted; inside the transaction of the decision."""
    scheme = application.scheme
    made = Certificate(
        application=application,
        school=application.school,
        area_id=application.area_id,
        awards=scheme.awards,
        holder=line.unit,
        person=line.person,
        level=scheme.rank,
        decision=decision,
        awarded_on=on,
        valid_until=None if scheme.valid_years is None else years_later(on, scheme.valid_years),
    )
    made.digest, made.code = digest_of_certificate(made), code_of(made)
    if (enters := registrar_of(scheme.effect)) is not None:
        enters.granted(made, decision=decision, on=on, by=by, at=at, why=why)
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made


def years_later(day: date, years: int) -> date:
    """The same day so many years later; the last of February where there is none.

    >>> years_later(date(2024, 2, 29), 3)
    datetime.date(2027, 2, 28)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def held(certificate: Certificate, deed: str, *, by: Any, at: datetime) -> Certificate:
    """The certificate as it stands now, locked; refused where it is no longer worth anything."""
    certificate = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("application__category__scheme", "recognition")
        .get(pk=certificate.pk)
    )
    check_may(deed, certificate, by=by, at=at)
    if state_of(certificate, on=timezone.localdate(at)) != "valid":
        raise Conflict(
            "certificate-not-valid",
            "证书 {number} 已不在有效期内，不能“{deed}”。没有改动。",
            number=certificate.code,
            deed=deed,
        )
    return certificate


@transaction.atomic
def check_yearly(certificate: Certificate, *, on: date, by: Any, at: datetime, why: str) -> Certificate:
    """Write down that a certificate was looked at again and still holds. What no longer holds is revoked instead."""
    certificate = held(certificate, _("登记年度复核"), by=by, at=at)
    check_has_come(on, at=at)
    if certificate.checked_on is not None and certificate.checked_on.year == on.year:
        raise Conflict(
            "checked-this-year",
            "{year} 年已于 {on} 复核。没有改动。",
            year=on.year,
            on=certificate.checked_on,
        )
    if on <= certificate.awarded_on:
        raise Refusal("checked-before-awarded", "复核日须晚于授予日 {on}。", on=certificate.awarded_on)
    check_still_met(certificate, on=on)
    certificate.checked_on = on
    save_row(certificate, by=by, at=at, why=why, verb=Verb.DEED.value)
    return certificate


@transaction.atomic
def revoke(
    certificate: Certificate, *, on: date, reason: str, by: Any, at: datetime, why: str
) -> Certificate:
    """Revoke a certificate from a day on, by whoever granted it. Whatever the decision entered elsewhere ends the same day."""
    certificate = held(certificate, _("撤销证书"), by=by, at=at)
    check_may(_("撤销证书"), certificate.application.scheme, by=by, at=at)
    check_has_come(on, at=at)
    if on <= certificate.awarded_on:
        raise Refusal("revoked-before-awarded", "撤销日须晚于授予日 {on}。", on=certificate.awarded_on)
    certificate.revoked_on, certificate.revoked_why = on, reason.strip()
    save_row(certificate, by=by, at=at, why=why, verb=Verb.DEED.value)
    if (enters := registrar_of(certificate.application.scheme.effect)) is not None:
        enters.revoked(certificate, on=on, by=by, at=at, why=why)
    return certificate
