"""Paying schools of a county for a term, in one instalment."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from junheng.domains.areas.models import Area
from junheng.domains.funds import actions
from junheng.domains.funds.desk.pages import county_seen, rows_of_county, term_of, viewer
from junheng.domains.funds.forms import PayForm
from junheng.domains.funds.models import Instalment
from junheng.domains.funds.queries import Account
from junheng.domains.schools.models import School
from junheng.kernel.errors import Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, forbidden
from junheng.platform.registers.policies import Level
from junheng.platform.registers.values import term_label


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, code: str) -> HttpResponse:
    """The form, with what is still owed above it."""
    asker = viewer(request)
    area = county_seen(asker, code)
    if not asker.may("change", register_called("instalments")) or asker.stands_at(Level.SCHOOL):
        raise forbidden()
    term, _terms = term_of(request)
    rows = rows_of_county(asker, area, term) if term else []
    owing = School.objects.filter(pk__in=[one.pk for one, account in rows if account.arrears > 0]).order_by(
        "code"
    )
    form = PayForm(
        request.POST if request.method == "POST" else None, schools=owing, initial={"paid_on": asker.day}
    )
    status, refused = 422 if form.is_bound else 200, ""
    if form.is_valid():
        try:
            row = paid(form, asker, area, term)
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            status, refused = refusal.status, refusal.code
        else:
            messages.success(request, _("已登记拨付，分给 %(count)s 所学校。") % {"count": row.schools})
            return redirect(f"{reverse('funds:county', args=[code])}?term={term}")
    context = {
        "form": form, "area": area, "term": term, "label": term_label(term) if term else "",
        "total": sum((account for _school, account in rows), Account()),
    }  # fmt: skip
    response = render(request, "funds/pay.html", context, status=status)
    if refused:
        response["X-Refusal"] = refused
    return response


def paid(form: PayForm, asker: Asker, area: Area, term: str) -> Instalment:
    """The instalment that the form asks for."""
    asked = form.cleaned_data
    return actions.pay(
        area, term=SchoolTerm.parse(term), document=asked["document"], total=asked["total"], paid_on=asked["paid_on"],
        school=asked["school"], stated=actions.Stated(asked["primary"], asked["junior"]), by=asker.user, at=asker.at,
        why=asked["why"],
    )  # fmt: skip
