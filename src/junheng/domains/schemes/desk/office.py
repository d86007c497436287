"""The page from which the office works: every scheme with how far its applications are, and what to do next."""

from collections import defaultdict
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.schemes.models import AwardScheme, Publicity, SchemeApplication
from junheng.domains.schemes.terms import SchemeState, Stage
from junheng.platform.registers.asker import Asker, asker_of, viewer_of
from junheng.platform.registers.registry import register_called

SHOWN, LISTS = 40, 400


def sees_schemes(request: HttpRequest) -> bool:
    """Whether somebody takes part in schemes at all."""
    return asker_of(request).may("view", register_called("schemeapplications"))


@login_required
@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """The schemes that are published, and those that one's own office is writing."""
    applications = register_called("schemeapplications")
    asker = viewer_of(request, applications)
    own = asker.within(AwardScheme.objects.all(), register_called("schemes"), "view")
    seen = Q(pk__in=own.values("pk")) | ~Q(state=SchemeState.DRAFT)
    schemes = list(AwardScheme.objects.filter(seen).select_related("area").order_by("-year", "code")[:SHOWN])
    lists: dict[int, list[Publicity]] = defaultdict(list)
    publicities = Publicity.objects.filter(scheme__in=schemes)
    mine = asker.within(publicities.exclude(school=None), register_called("publicities"), "view")
    here = publicities.filter(Q(school=None) | Q(pk__in=mine.values("pk")))
    for one in here.select_related("school").order_by("opened_on")[:LISTS]:
        lists[one.scheme_id].append(one)
    counts = counted(asker, schemes)
    context = {
        "rows": [(one, counts.get(one.pk, []), lists[one.pk]) for one in schemes],
        "makes": asker.may("change", register_called("schemes")),
        "applies": asker.may("change", applications),
        "kept": [
            (slug, register_called(slug).label)
            for slug in ("schemequotas", "classvotes", "publicities", "activities")
            if asker.may("change", register_called(slug))
        ],
    }
    return render(request, "schemes/office.html", context)


def counted(asker: Asker, schemes: list[AwardScheme]) -> dict[int, list[tuple[str, Any, int]]]:
    """For each scheme how many applications of one's own scope stand at each stage, in their order."""
    rows = asker.within(SchemeApplication.objects.all(), register_called("schemeapplications"), "view")
    told: dict[int, dict[str, int]] = defaultdict(dict)
    asked = rows.filter(category__scheme__in=schemes).order_by()
    for scheme, stage, number in asked.values_list("category__scheme", "stage").annotate(Count("pk")):
        told[scheme][stage] = number
    return {
        scheme: [(one.value, one.label, found[one]) for one in Stage if one in found]
        for scheme, found in told.items()
    }
