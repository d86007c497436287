"""The yearly check: the criteria of the scheme again, as the registers answer them now."""

from datetime import date

from junheng.domains.schemes.models import Certificate, SchemeCriterion
from junheng.domains.schemes.queries.checks import Found, evidence_of
from junheng.domains.schemes.terms import Asked
from junheng.kernel.errors import Refusal


def checklist(certificate: Certificate, *, on: date) -> list[tuple[SchemeCriterion, Found]]:
    """What the registers say on a day of each criterion that they can answer."""
    criteria = SchemeCriterion.objects.filter(scheme=certificate.application.scheme, asked=Asked.CHECK)
    return evidence_of(certificate.application, list(criteria.order_by("number")), on=on)


def check_still_met(certificate: Certificate, *, on: date) -> None:
    """Refuse to write down that all is well where a needed criterion is not met any more."""
    lacking = [
        f"{one.words}（{found.said}）"
        for one, found in checklist(certificate, on=on)
        if one.needed and found.met is False
    ]
    if lacking:
        raise Refusal(
            "criteria-no-longer-met",
            "按台账有 {count} 项条件已不符合：{lacking}。没有登记复核；请限期说明或整改，不整改的办理“撤销证书”。",
            count=len(lacking),
            lacking="；".join(lacking),
        )
