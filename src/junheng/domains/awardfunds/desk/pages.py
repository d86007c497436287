"""Award money followed: rule times titles, every grant with what became of it, and one school's money with its use."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from junheng.domains.awardfunds import actions
from junheng.domains.awardfunds.forms import NoticeForm
from junheng.domains.awardfunds.models import AwardNotice, AwardPayment, AwardUse
from junheng.domains.awardfunds.queries.ledger import Followed, followed
from junheng.domains.awardfunds.queries.rules import equations, without_grant
from junheng.domains.schools.models import School
from junheng.domains.titles.models import Grant, Title
from junheng.domains.titles.terms import TitleLevel, TitleName
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, absent, asker_of, forbidden, viewer_of
from junheng.platform.registers.policies import Level

SPAN = 2
"""Years that the page begins with: the report speaks of the last two."""
EARLIEST = 2000


def sees_awards(request: HttpRequest) -> bool:
    """Whether the menu offers the page."""
    return bool(asker_of(request).granting(register_called("grants"), "view"))


def seen(asker: Asker) -> list[Followed]:
    """Every grant within somebody's scope, followed: what a school used up of older ones is known only with them."""
    return followed(asker.within(Grant.objects.all(), register_called("grants"), "view"))


def years_of(request: HttpRequest, asker: Asker) -> tuple[int, int]:
    """The first and the last year that are asked for; else the last two up to the day."""
    last = year(request.GET.get("to", "")) or asker.day.year
    first = year(request.GET.get("from", "")) or last - SPAN + 1
    return min(first, last), max(first, last)


def year(text: str) -> int | None:
    """A year of four digits; nothing else is one."""
    plain = len(text) == 4 and text.isascii() and text.isdigit()
    return int(text) if plain and int(text) >= EARLIEST else None


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Rule times titles is what was granted; and every grant of the years with what became of it."""
    asker = viewer_of(request, register_called("grants"))
    every = seen(asker)
    if asker.stands_at(Level.SCHOOL):
        schools = {one.grant.title.school_id for one in every}
        if len(schools) == 1 and None not in schools:
            return redirect("awardfunds:school", schools.pop())
    return render(request, "awardfunds/overview.html", context_of(request, asker, every))


def context_of(request: HttpRequest, asker: Asker, every: list[Followed]) -> dict[str, Any]:
    """What the page says of some years."""
    first, last = years_of(request, asker)
    on = asker.day
    rows = [one for one in every if first <= one.grant.title.awarded_on.year <= last]
    titles = asker.within(
        Title.objects.filter(awarded_on__year__gte=first, awarded_on__year__lte=last),
        register_called("titles"),
        "view",
    )
    sums = equations(titles, rows, on)
    standing = [one for one in rows if not one.revoked]
    told = [(one, one.named(on)) for one in rows]
    named = [(one, words) for one, words in told if words]
    return {
        "first": first,
        "last": last,
        "on": on,
        "spans": [(on.year - 1, on.year), *((one, one) for one in range(on.year + 1, on.year - 4, -1))],
        "equations": sums,
        "unsure": [one.rule.title for one in sums if one.rule.certainty.to_be_confirmed],
        "titles": sum(one.titles for one in sums),
        "due": sum(one.due for one in sums),
        "granted": sum(one.granted for one in sums),
        "rows": told,
        "named": named,
        "whole": len(rows) - len(named),
        "paid": sum(one.paid for one in standing),
        "received": sum(one.received for one in standing),
        "used": sum(one.used for one in standing),
        "missing": without_grant(titles, on),
        "notices": asker.within(
            AwardNotice.objects.filter(lines__grant__in=[one.grant.pk for one in rows]).distinct(),
            register_called("awardnotices"),
            "view",
        ).order_by("issued_on", "pk"),
        "query": f"from={first}&to={last}",
        "can_export": asker.may("export", register_called("grants")),
        "may_notify": asker.may("change", register_called("awardnotices")) and asker.stands_at(Level.CITY),
    }


@login_required
@require_safe
def school(request: HttpRequest, pk: int) -> HttpResponse:
    """One school: what it was granted, got, misses, used, and what it still has to tell."""
    asker = viewer_of(request, register_called("grants"))
    own = [one for one in seen(asker) if one.grant.title.school_id == pk]
    found = School.objects.filter(pk=pk).select_related("area").first()
    if found is None or not own:
        raise absent()
    payments = AwardPayment.objects.filter(school=found).order_by("paid_on", "pk")
    receives = asker.stands_at(Level.SCHOOL) and asker.may("change", register_called("awardpayments"))
    received, used = sum(one.kept for one in own), sum(one.used for one in own)
    context = {
        "school": found,
        "day": asker.day,
        "rows": [(one, one.named(asker.day)) for one in own],
        "payments": payments,
        "uses": AwardUse.objects.filter(school=found).order_by("-spent_on", "pk"),
        "granted": sum(one.grant.amount_fen for one in own if not one.revoked),
        "arrears": sum(one.arrears for one in own),
        "received": received,
        "used": used,
        "left": received - used,
        "receives": receives,
        "can_export": asker.may("export", register_called("grants")),
        "publishes": asker.stands_at(Level.SCHOOL) and asker.may("change", register_called("awarduses")),
    }
    return render(request, "awardfunds/school.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notify(request: HttpRequest) -> HttpResponse:
    """Enter a document that grants money for the titles of a year."""
    asker = viewer_of(request, register_called("grants"))
    if not (asker.may("change", register_called("awardnotices")) and asker.stands_at(Level.CITY)):
        raise forbidden()
    begins = {"issued_on": asker.day, "year": asker.day.year, "issuer": _("省财政厅、省教育厅")}
    form = NoticeForm(request.POST if request.method == "POST" else None, initial=begins)
    status, code = 422 if form.is_bound else 200, ""
    if form.is_valid():
        try:
            notice = noted(form.cleaned_data, asker)
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            status, code = refusal.status, refusal.code
        else:
            messages.success(
                request, _("已登记下达文件，%(count)s 个称号各有一笔奖补。") % {"count": notice.titles}
            )
            return redirect("awardfunds:overview")
    response = render(request, "awardfunds/notify.html", {"form": form}, status=status)
    if code:
        response["X-Refusal"] = code
    return response


def noted(asked: dict[str, Any], asker: Asker) -> AwardNotice:
    """The document that the form speaks of."""
    level, name = asked["kind"].split("-", 1)
    return actions.notify(
        TitleName(name), TitleLevel(level), year=asked["year"], document=asked["document"], issuer=asked["issuer"],
        issued_on=asked["issued_on"], total=asked["total"], by=asker.user, at=asker.at, why=asked["why"],
    )  # fmt: skip
