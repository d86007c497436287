"""All about one kindergarten: what it is recognised as, charges, gets and was asked; and where its owner begins."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from junheng.domains.funds.models import Subsidy
from junheng.domains.kindergartens.models import (
    Kindergarten,
    KindergartenFee,
    KindergartenQuestion,
    KindergartenSupport,
)
from junheng.domains.kindergartens.queries import fee_on, recognition_on
from junheng.domains.projects.models import Project
from junheng.domains.schemes.actions.beginning import begin, open_to_kindergartens
from junheng.domains.schemes.models import Certificate, SchemeApplication, SchemeCategory
from junheng.domains.schemes.queries.ceilings import ceilings
from junheng.domains.schemes.queries.showing import state_of
from junheng.domains.schemes.terms import OVER
from junheng.kernel.errors import NotFound
from junheng.platform.access.scope import grants_of
from junheng.platform.registers import Register, register_called
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.registers.panels import Panel, panel
from junheng.platform.stewardship.deciding import visible
from junheng.platform.stewardship.models import State

SHOWN = 5
WHY = "由园所账号新建申报"


def own_kindergarten(asker: Asker) -> int | None:
    """The kindergarten that somebody runs, if they do."""
    return next(
        (one.kindergarten for one in grants_of(asker.user, on=asker.today) if one.kindergarten is not None),
        None,
    )


def runs_a_kindergarten(request: HttpRequest) -> bool:
    """Whether the line of the menu is for this person."""
    return request.user.is_authenticated and own_kindergarten(asker_of(request)) is not None


@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """To one's own kindergarten."""
    pk = own_kindergarten(asker_of(request))
    if pk is None:
        raise NotFound("no-kindergarten-of-yours", "您的账号没有对应的幼儿园。请从首页进入其他页面。")
    return redirect("desk:kindergarten", pk)


@login_required
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an application of a kindergarten, and open the page on which it is handed in."""
    asker = asker_of(request)
    kindergarten = asker.row(register_called("kindergartens"), pk, "change")
    text = request.POST.get("category", "")
    found = [one for one in open_to_kindergartens(asker.at) if str(one.pk) == text]
    if not found:
        raise NotFound("no-such-category", "没有这个正在申报的类别，可能已经截止。请返回本园页面查看。")
    made = begin(found[0], kindergarten, by=asker.user, at=asker.at, why=WHY)
    return redirect("registers:detail", "schemeapplications", made.pk)


@login_required
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Recognition, fee, support and questions of one kindergarten, as far as one sees their registers."""
    asker = asker_of(request)
    row: Kindergarten = asker.row(register_called("kindergartens"), pk)
    day = asker.day

    def seen(slug: str, rows: Any, path: str = "kindergarten") -> list[Any]:
        return list(asker.within(rows.filter(**{path: row}), register_called(slug), "view")[:SHOWN])

    certificates = seen(
        "certificates",
        Certificate.objects.select_related("application__category__scheme", "recognition").order_by("-pk"),
        "application__kindergarten",
    )
    worth = [(one, state_of(one, on=day)) for one in certificates]
    recognition, fee = recognition_on(row, on=day), fee_on(row, on=day)
    ceiling = ceilings([recognition], on=day).get(recognition.pk) if recognition else None
    applications = seen(
        "schemeapplications",
        SchemeApplication.objects.select_related("category__scheme").order_by("-pk"),
    )
    mine = row.until is None and asker.reaches(row, register_called("kindergartens"), "change")
    subsidies = seen("subsidies", Subsidy.objects.order_by("-year"))
    context = {
        "kindergarten": row,
        "own": own_kindergarten(asker) == row.pk,
        "day": day,
        "recognition": recognition,
        "certificates": worth,
        "fee": fee,
        "ceiling": ceiling,
        "above": ceiling is not None and fee > ceiling.fen,
        "fees": seen("kindergartenfees", KindergartenFee.objects.order_by("-since")),
        "applications": applications,
        "begins": begins(asker, row, applications),
        "subsidies": [(one, one.owed_fen - one.paid_fen) for one in subsidies],
        "questions": seen("kindergartenquestions", KindergartenQuestion.objects.order_by("-pk")),
        "supports": seen("kgsupports", KindergartenSupport.objects.order_by("-begun_on", "-pk")),
        "projects": seen("projects", Project.objects.order_by("-pk")),
        "announced": [
            (one.after["fee_fen"], one.after["since"])
            for one in visible(asker).filter(
                register="kindergartenfees", state=State.PENDING, after__kindergarten_id=row.pk
            )
        ],
        "may_price": mine,
        "may_support": mine and asker.may("change", register_called("kgsupports")),
    }
    return render(request, "desk/kindergarten.html", context)


@panel("detail", order=8)
def leads_to_the_page(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a kindergarten: where all about it is."""
    if register.model is not Kindergarten:
        return None
    return Panel("desk/_to_kindergarten.html", {"row": row})


def begins(asker: Asker, row: Kindergarten, applications: list[SchemeApplication]) -> list[SchemeCategory]:
    """What the kindergarten can apply for now, by whoever may apply for it."""
    there = row.until is None and asker.may("change", register_called("schemeapplications"))
    if not there or not asker.reaches(row, register_called("kindergartens"), "change"):
        return []
    going = {
        one.category.scheme_id for one in applications if one.stage not in OVER or one.stage == "recognised"
    }
    return [one for one in open_to_kindergartens(asker.at) if one.scheme_id not in going]
