"""What inclusive kindergartens were given in a year, county by county; who got nothing stands there by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.content.rulebook import QUALITY
from junheng.domains.areas.models import Area
from junheng.domains.funds.models import Subsidy
from junheng.domains.kindergartens.models import Kindergarten, KindergartenSupport
from junheng.domains.kindergartens.queries import inclusive_on
from junheng.domains.kindergartens.queries.support import kinds_given
from junheng.domains.kindergartens.terms import SupportKind
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, absent, asker_of, viewer_of
from junheng.surfaces.desk.kindergarten import own_kindergarten

YEARS = 3
"""So many years are offered."""
NAMED = 200
"""So many kindergartens are named on one page; a county's own page has all of its."""


@dataclass(frozen=True, slots=True)
class Given:
    """One inclusive kindergarten, since when it is one, and what it got in a year."""

    kindergarten: Kindergarten
    county: str
    since: date
    paid: bool
    kinds: frozenset[str]

    @property
    def nothing(self) -> bool:
        """Neither money nor anything else."""
        return not self.paid and not self.kinds

    @property
    def only_money(self) -> bool:
        """The subsidy, and nothing else."""
        return self.paid and not self.kinds


@dataclass(frozen=True, slots=True)
class Sum:
    """How many kindergartens of a county there are, and how many of them got what."""

    code: str
    name: str
    count: int
    paid: int
    kinds: tuple[tuple[SupportKind, int], ...]
    only_money: int
    nothing: int


def sees_supports(request: HttpRequest) -> bool:
    """Whether the menu offers the page: to whoever looks after kindergartens, not to who runs one."""
    asker = asker_of(request)
    return asker.may("view", register_called("kgsupports")) and own_kindergarten(asker) is None


def office(request: HttpRequest) -> Asker:
    """The person behind a request, if they look after kindergartens; for one who runs one the page is absent."""
    asker = viewer_of(request, register_called("kgsupports"))
    if own_kindergarten(asker) is not None:
        raise absent()
    return asker


@login_required
@require_safe
def supports(request: HttpRequest) -> HttpResponse:
    """One year, by county, and by name who got nothing, or nothing but money."""
    asker = office(request)
    years = [str(asker.day.year - back) for back in range(YEARS)]
    year = request.GET.get("year", "")
    year = year if year in years else years[0]
    last = min(date(int(year), 12, 31), asker.day)
    told = given_in(asker, date(int(year), 1, 1), last)
    names = dict(Area.objects.filter(kind="county").values_list("code", "name"))
    area = request.GET.get("area", "")
    area = area if area in names else ""
    chosen = [one for one in told if one.county == area or not area]
    nothing = [one for one in chosen if one.nothing]
    only_money = [one for one in chosen if one.only_money]
    limit = QUALITY.days_without_support.on(asker.day)
    context = {
        "years": years,
        "year": year,
        "last": last,
        "area": area,
        "area_name": names.get(area, ""),
        "kinds": list(SupportKind),
        "rows": sums(told, names),
        "total": summed("", "", told),
        "lists": [("nothing", nothing[:NAMED], len(nothing)), ("money", only_money[:NAMED], len(only_money))],
        "limit": limit,
        "may_write": asker.may("change", register_called("kgsupports")),
    }
    return render(request, "desk/supports.html", context)


def given_in(asker: Asker, first: date, last: date) -> list[Given]:
    """Every kindergarten that is inclusive on the last day, within somebody's scope: three questions."""

    def seen(slug: str, rows: Any) -> Any:
        return asker.within(rows, register_called(slug), "view")

    held = seen("recognitions", inclusive_on(last))
    money = Subsidy.objects.filter(year=first.year, paid_fen__gt=0, paid_on__lte=asker.day)
    paid = set(seen("subsidies", money).order_by().values_list("kindergarten", flat=True))
    kinds = kinds_given(seen("kgsupports", KindergartenSupport.objects.all()), first, last)
    return [
        Given(
            kindergarten=one.kindergarten,
            county=one.area_id[:6],
            since=one.since,
            paid=one.kindergarten_id in paid,
            kinds=frozenset(kinds.get(one.kindergarten_id, ())),
        )
        for one in held
    ]


def sums(told: Iterable[Given], names: Mapping[str, str]) -> list[Sum]:
    """One line a county, in the order of codes."""
    by_county: dict[str, list[Given]] = {}
    for one in told:
        by_county.setdefault(one.county, []).append(one)
    return [summed(code, names.get(code, code), rows) for code, rows in sorted(by_county.items())]


def summed(code: str, name: str, rows: list[Given]) -> Sum:
    """The numbers of some kindergartens."""
    return Sum(
        code=code,
        name=name,
        count=len(rows),
        paid=sum(one.paid for one in rows),
        kinds=tuple((kind, sum(kind in one.kinds for one in rows)) for kind in SupportKind),
        only_money=sum(one.only_money for one in rows),
        nothing=sum(one.nothing for one in rows),
    )
