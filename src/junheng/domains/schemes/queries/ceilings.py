"""The highest fee that a recognised kindergarten promised, and who charges more than that."""

from datetime import date

from django.db.models import Q

from junheng.domains.kindergartens.queries import fees_on
from junheng.domains.schemes.models import Certificate, SchemeCriterion
from junheng.domains.schemes.terms import Effect

CHECK = "kg-fee-most"
FEN = 100


def ceiling_of(certificate: Certificate) -> int | None:
    """The highest fee in fen by the scheme of a certificate; ``None`` where the scheme names none."""
    found = SchemeCriterion.objects.filter(
        scheme=certificate.application.category.scheme_id, check_slug=CHECK, limit__isnull=False
    )
    limits = list(found.values_list("limit", flat=True))
    return min(one for one in limits if one is not None) * FEN if limits else None


def above_the_ceiling(on: date) -> list[tuple[Certificate, int, int]]:
    """The certificates that hold on a day whose kindergarten charges more than they allow: with fee and ceiling, in fen."""
    rows = list(
        Certificate.objects.filter(
            Q(recognition__until=None) | Q(recognition__until__gt=on),
            Q(valid_until=None) | Q(valid_until__gt=on),
            application__category__scheme__effect=Effect.INCLUSIVE,
            application__kindergarten__isnull=False,
            awarded_on__lte=on,
            revoked_on__isnull=True,
        )
        .select_related("application__kindergarten", "application__category")
        .order_by("pk")
    )
    schemes = {one.application.category.scheme_id for one in rows}
    limits: dict[int, int] = {}
    asked = SchemeCriterion.objects.filter(scheme__in=schemes, check_slug=CHECK, limit__isnull=False)
    for scheme, limit in asked.values_list("scheme", "limit"):
        assert limit is not None
        limits[scheme] = min(limit * FEN, limits.get(scheme, limit * FEN))
    fees = fees_on([one.application.kindergarten for one in rows if one.application.kindergarten], on=on)
    found = []
    for one in rows:
        limit, fee = (
            limits.get(one.application.category.scheme_id),
            fees[one.application.kindergarten_id or 0],
        )
        if limit is not None and fee > limit:
            found.append((one, fee, limit))
    return found
