"""Certificates as files: one, or those of a whole list. A child's carries its name, so taking it leaves an entry."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from junheng.domains.schemes.models import Certificate, Publicity, PublicityLine
from junheng.domains.schemes.queries.paper import Paper, booklet
from junheng.domains.schemes.queries.showing import state_of
from junheng.kernel.errors import Conflict
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.registers.registry import register_called

MOST = 500
"""Pages of one file."""
WHY = "打印证书"


@login_required
@require_safe
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """One certificate."""
    asker, register = asker_of(request), register_called("certificates")
    row = asker.row(register, number)
    if row.application.pupil_id is not None:
        row = asker.row(register, number, "unmask")
    return answered(request, asker, [row], row.code)


@login_required
@require_safe
def papers(request: HttpRequest, number: int) -> HttpResponse:
    """Every certificate of a list that is still good, in the order of the list."""
    asker = asker_of(request)
    publicity = asker.row(register_called("publicities"), number, "change")
    lines = (
        PublicityLine.objects.filter(publicity=publicity)
        .order_by("place")
        .values_list("application", flat=True)
    )
    found = {
        one.application_id: one
        for one in asker.within(
            Certificate.objects.filter(application__in=list(lines)), register_called("certificates"), "unmask"
        ).select_related("application__category__scheme__area", "application__pupil", "recognition")
    }
    rows = [found[one] for one in lines if one in found and state_of(found[one], on=asker.today) == "valid"]
    if not rows:
        raise Conflict("no-certificates", "这份名单没有可以打印的有效证书。作出决定后再打印。")
    return answered(request, asker, rows[:MOST], publicity.code)


def answered(request: HttpRequest, asker: Asker, rows: Sequence[Certificate], name: str) -> HttpResponse:
    """The file. What is revoked or over is not printed any more."""
    for one in rows:
        if state_of(one, on=asker.today) != "valid":
            raise Conflict(
                "certificate-not-valid",
                "证书 {number} 已不在有效期内，不能“{deed}”。没有改动。",
                number=one.code,
                deed=_("打印证书"),
            )
        if one.application.pupil_id is not None:
            record(one, Verb.READ.value, by=asker.user, at=asker.at, why=WHY, after={"fields": ["pupil"]})
    address = request.build_absolute_uri(reverse("schemes:verify"))
    decisions = dict(
        Publicity.objects.filter(
            publicityline__application__in=[one.application_id for one in rows], school=None
        ).values_list("publicityline__application", "decision")
    )
    made = booklet(
        [paper_of(one, one.decision or decisions.get(one.application_id, ""), address) for one in rows]
    )
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def paper_of(one: Certificate, decision: str, address: str) -> Paper:
    """What stands on the sheet of a certificate."""
    pupil = one.application.pupil
    return Paper(
        code=one.code,
        awards=one.awards,
        holder=one.holder,
        person=pupil.name if pupil is not None else one.person,
        awarded_on=one.awarded_on,
        valid_until=one.valid_until,
        decision=decision,
        issuer=f"{one.application.scheme.area.name}教育局",
        address=f"{address}?code={one.code}",
        demo=settings.DEMO,
    )
