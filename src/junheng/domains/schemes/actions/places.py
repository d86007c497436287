"""No more passes at any level than there are places: of a school, of a county, of the whole category."""

from django.db.models import Q
from django.utils.translation import gettext as _

from junheng.domains.schemes.models import SchemeApplication, SchemeCategory, SchemeQuota
from junheng.domains.schemes.queries.shares import quota_for, quota_of_school
from junheng.domains.schemes.terms import BEYOND_CITY, BEYOND_COUNTY, BEYOND_SCHOOL, Stage
from junheng.domains.schools.terms import Stage as SchoolStage
from junheng.kernel.errors import Refusal

LAST_GRADES = {SchoolStage.PRIMARY: 6, SchoolStage.JUNIOR: 9, SchoolStage.SENIOR: 12}
"""The grade in which pupils of a stage leave."""


def check_school_place(application: SchemeApplication) -> None:
    """Refuse what its school has no place for, where the county shared its places out to schools."""
    quota = None if application.school is None else quota_of_school(application.category, application.school)
    if quota is not None:
        check_place_left(application, quota, _("本校"), BEYOND_SCHOOL, Q(school=application.school_id))


def check_county_place(application: SchemeApplication) -> None:
    """The same of its county."""
    quota = quota_for(application.category, application.area_id)
    if quota is not None:
        county = Q(area__code__startswith=application.area_id[:6])
        check_place_left(application, quota, _("本县（市、区）"), BEYOND_COUNTY, county)


def check_city_place(application: SchemeApplication) -> None:
    """The same of the category as a whole."""
    if application.category.places is not None:
        check_place_left(application, application.category, "", BEYOND_CITY, Q())


def check_place_left(
    application: SchemeApplication,
    quota: SchemeQuota | SchemeCategory,
    where: str,
    taken: "frozenset[Stage]",
    among: Q,
) -> None:
    """Refuse one more than there are places, and one more of a leaving class than its part of them."""
    category = SchemeCategory.objects.select_for_update().get(pk=application.category_id)  # one at a time
    places = quota.places or 0
    rows = SchemeApplication.objects.filter(among, category=category, stage__in=taken).exclude(
        pk=application.pk
    )
    passed = rows.count()
    if passed >= places:
        raise Refusal(
            "quota-exceeded",
            "“{category}”{where}名额 {places} 个，已通过 {passed} 个，不能再通过。请先撤下一份，或对这份写明“不予通过”。",
            category=category.name,
            where=where,
            places=places,
            passed=passed,
        )
    if category.graduating_most is None or not graduates(application):
        return
    most = places * category.graduating_most // 100
    leaving = rows.filter(LEAVING).count()
    if leaving >= most:
        raise Refusal(
            "graduating-exceeded",
            "“{category}”{where}名额 {places} 个，毕业班最多占 {percent}%，即 {most} 个，已通过 {leaving} 个，不能再通过。请对这份写明“不予通过”。",
            category=category.name,
            where=where,
            places=places,
            percent=category.graduating_most,
            most=most,
            leaving=leaving,
        )


def graduates(application: SchemeApplication) -> bool:
    """Whether who applies is, or is of, a class that leaves its school this year."""
    row = application.pupil or application.school_class
    return row is not None and row.grade == LAST_GRADES[SchoolStage(row.stage)]


LEAVING = Q()
for _stage, _grade in LAST_GRADES.items():
    LEAVING |= Q(pupil__stage=_stage, pupil__grade=_grade) | Q(
        school_class__stage=_stage, school_class__grade=_grade
    )
"""The same as a question to the table."""
