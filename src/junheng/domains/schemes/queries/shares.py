"""How the places of a category are shared out between the counties: by largest remainder, to be checked by anybody."""

from django.db.models import Count

from junheng.domains.areas.models import Area
from junheng.domains.pupils.models import Pupil
from junheng.domains.schemes.models import AwardScheme, SchemeCategory, SchemeQuota
from junheng.domains.schemes.terms import Weigh
from junheng.domains.schools.models import School
from junheng.kernel.apportionment import Shares
from junheng.platform.spans import holds


def counties_of(scheme: AwardScheme) -> list[Area]:
    """The counties in the area of a scheme, by code."""
    rows = Area.objects.filter(kind="county", until=None, code__startswith=scheme.area_id)
    return list(rows.order_by("code"))


def weights_of(category: SchemeCategory) -> dict[str, int]:
    """What each county counts by: its schools or their pupils on the day before applications begin."""
    day = category.scheme.applies_from
    rows = (
        School.objects.filter(holds(day))
        if category.weigh == Weigh.SCHOOLS
        else Pupil.objects.filter(holds(day))
    )
    found = dict.fromkeys((one.code for one in counties_of(category.scheme)), 0)
    for area, number in rows.order_by().values_list("area").annotate(Count("pk")):
        if area[:6] in found:
            found[area[:6]] += number
    return found


def shares_of(category: SchemeCategory, weights: dict[str, int], *, places: int | None = None) -> Shares:
    """The problem as the kernel takes it: one row that gives, as many columns as counties, or as schools of one."""
    given = category.places if places is None else places
    assert given is not None
    return Shares((category.code,), (given,), tuple(weights), tuple(weights.values()))


def quota_for(category: SchemeCategory, area: str) -> SchemeQuota | None:
    """The share of the county in which a place lies; ``None`` where places are not shared out."""
    if category.weigh == Weigh.NONE:
        return None
    return SchemeQuota.objects.filter(category=category, area=area[:6], school=None).first()


def quota_of_school(category: SchemeCategory, school: School) -> SchemeQuota | None:
    """The share of a school; ``None`` where its county did not share its places out."""
    return SchemeQuota.objects.filter(category=category, school=school).first()


def weights_of_schools(quota: SchemeQuota) -> dict[str, int]:
    """What each school of a county counts by, by its code: one, or its pupils, on the same day as the counties."""
    day = quota.category.scheme.applies_from
    schools = School.objects.filter(holds(day), area__code__startswith=quota.area_id)
    found = dict.fromkeys(schools.order_by("code").values_list("code", flat=True), 1)
    if quota.category.weigh == Weigh.PUPILS:
        found = dict.fromkeys(found, 0)
        pupils = Pupil.objects.filter(holds(day), area__code__startswith=quota.area_id)
        for code, number in pupils.order_by().values_list("school__code").annotate(Count("pk")):
            if code in found:
                found[code] = number
    return found
