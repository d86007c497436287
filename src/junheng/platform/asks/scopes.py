"""Who designs, who answers, who sees: declarations for the scope, offered on no page of the registers."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from junheng.kernel.errors import NotAllowed, NotFound
from junheng.platform.access.roles import CITY_ROLES, Role
from junheng.platform.access.scope import areas_for, roles_of
from junheng.platform.asks.models import Collection, Response
from junheng.platform.asks.terms import PUBLISHED
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register

BUREAU = CITY_ROLES | {Role.COUNTY_OFFICER}
ANSWERING = frozenset({Role.PRINCIPAL, Role.CLASS_TEACHER, Role.COUNTY_OFFICER})
"""A county answers for units that have no login of their own, and the answer says so."""


class Collections(Register[Collection]):
    """一次性调查，按被调查单位的区划。"""

    slug = "collections"
    model = Collection
    area = "area"
    readers = BUREAU | {Role.AUDITOR}
    writers = BUREAU


class Responses(Register[Response]):
    """被调查的单位；学校只看得到自己的。"""

    slug = "responses"
    model = Response
    area = "area"
    school = "school"
    school_class = "school_class"
    readers = BUREAU | {Role.AUDITOR, Role.PRINCIPAL, Role.CLASS_TEACHER}
    writers = ANSWERING


COLLECTIONS, RESPONSES = Collections(), Responses()


def visible(asker: Asker) -> "QuerySet[Collection]":
    """The surveys of one's own area, and published ones that ask a unit in one's scope."""
    own = asker.within(Collection.objects.all(), COLLECTIONS, "view").order_by().values("pk")
    asked = asker.within(Response.objects.filter(collection=OuterRef("pk")), RESPONSES, "view")
    return Collection.objects.filter(
        Q(pk__in=own) | Q(Exists(asked.order_by()), state__in=PUBLISHED)
    ).select_related("author", "approver", "lifted_by", "before")


def collection_for(asker: Asker, pk: int, *, change: bool = False) -> Collection:
    """One survey, if it is seen; with ``change`` only if this person may work on it."""
    found = visible(asker).filter(pk=pk).first()
    if found is None or not (is_bureau(asker)):
        raise NotFound("no-such-survey", "没有找到这项调查，或者它不在您的权限范围内。请返回调查列表查看。")
    if change and not may_change(asker, found):
        raise NotAllowed(
            "survey-not-yours", "您可以查看这项调查，但不能修改或办理它。请联系设计这项调查的科室。"
        )
    return found


def is_bureau(asker: Asker) -> bool:
    """Whether somebody has to do with surveys otherwise than by answering."""
    return asker.may("view", COLLECTIONS)


def may_change(asker: Asker, collection: Collection) -> bool:
    """Whether somebody may work on a survey: it asks units of his or her own area."""
    return asker.within(Collection.objects.filter(pk=collection.pk), COLLECTIONS, "change").exists()


def own_areas(asker: Asker) -> list[str]:
    """The areas whose units somebody may ask."""
    if not asker.permits("change", COLLECTIONS):
        return []
    return areas_for(asker.user, COLLECTIONS, "change", on=asker.today)


def is_city(asker: Asker) -> bool:
    """Whether somebody stands at city level."""
    return bool(CITY_ROLES & set(roles_of(asker.user, on=asker.today))) and asker.may("change", COLLECTIONS)


def responses_for(asker: Asker, *, change: bool = False) -> "QuerySet[Response]":
    """The units that somebody sees, or answers for, in published surveys."""
    rows = Response.objects.filter(collection__state__in=PUBLISHED)
    return asker.within(rows, RESPONSES, "change" if change else "view").select_related("collection")


def response_for(asker: Asker, pk: int, *, change: bool = False) -> Response:
    """One unit's answer, if it is seen."""
    found = responses_for(asker).filter(pk=pk).first()
    if found is None:
        raise NotFound(
            "no-such-response", "没有找到这份答卷，或者它不在您的权限范围内。请返回“要填的表”查看。"
        )
    if change and not responses_for(asker, change=True).filter(pk=pk).exists():
        raise NotAllowed("response-not-yours", "您可以查看这份答卷，但不能填写。请由被调查的单位填写。")
    return found
