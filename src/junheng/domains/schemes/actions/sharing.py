"""Sharing places out: the city's among the counties before a scheme opens, a county's among its schools afterwards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.schemes.actions.stepping import scheme_held
from junheng.domains.schemes.models import AwardScheme, SchemeApplication, SchemeCategory, SchemeQuota
from junheng.domains.schemes.queries.shares import shares_of, weights_of, weights_of_schools
from junheng.domains.schemes.terms import OF_A_SCHOOL, OVER, WRITABLE, SchemeState, Stage, Weigh
from junheng.domains.schools.models import School
from junheng.kernel.apportionment import controlled_rounding, faults
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@transaction.atomic
def apportion(scheme: AwardScheme, *, by: Any, at: datetime, why: str) -> AwardScheme:
    """Share out the places of every category that is shared out; counted again, the table is written again."""
    scheme = scheme_held(scheme, SchemeState.DRAFT, _("计算名额表"), by=by, at=at)
    categories = list(SchemeCategory.objects.filter(scheme=scheme).exclude(weigh=Weigh.NONE).order_by("code"))
    if not categories:
        raise Refusal("nothing-to-share", "没有要分配到县（市、区）的类别。请先在类别里写明名额和分配办法。")
    if not scheme.order_text:
        raise Refusal("no-order-text", "请先填写“公布的排序文本”：名额零头相同时由它决定，事后不能挑选。")
    for category in categories:
        share_out(category, by=by, at=at, why=why)
    return scheme


def share_out(category: SchemeCategory, *, by: Any, at: datetime, why: str) -> None:
    """One category: largest remainder, and equal remainders by the published text."""
    weights = weights_of(category)
    there = {row.area_id: row for row in SchemeQuota.objects.filter(category=category, school=None)}
    rows = {area: there.get(area) or SchemeQuota(category=category, area_id=area) for area in weights}
    fill_in(rows, weights, category=category, by=by, at=at, why=why)


def fill_in(
    rows: Mapping[str, SchemeQuota],
    weights: dict[str, int],
    *,
    category: SchemeCategory,
    places: int | None = None,
    by: Any,
    at: datetime,
    why: str,
) -> None:
    """Write the table of a category, or of a county's part of it: checked by the verifier before anything is kept."""
    if not any(weights.values()):
        raise Refusal(
            "nothing-to-weigh", "{category}：分配依据数都是 0，没有可分的。请核对名录。", category=category
        )
    shares = shares_of(category, weights, places=places)
    table = controlled_rounding(shares, order=category.scheme.order_text)
    if wrong := faults(shares, table):
        raise Refusal(
            "table-faulty", "名额表未通过独立核验：{faults}。没有保存。", faults="；".join(wrong[:5])
        )
    for place, (unit, weight) in enumerate(weights.items()):
        row = rows[unit]
        row.weight, row.places = weight, table[0][place]
        row.exact = f"{shares.seats[0] * weight}/{shares.whole}"
        row.raised = table[0][place] > shares.floor(0, place)
        save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)


@transaction.atomic
def to_schools(quota: SchemeQuota, *, by: Any, at: datetime, why: str) -> SchemeQuota:
    """Share a county's places out among its schools, by what the city shared by; until the first school has chosen."""
    quota = (
        SchemeQuota.objects.select_for_update(of=("self",))
        .select_related("category__scheme")
        .get(pk=quota.pk)
    )
    check_may(_("分配到学校"), quota, by=by, at=at)
    category = quota.category
    if quota.school_id is not None or category.scheme.subject not in OF_A_SCHOOL:
        raise Refusal("not-a-county-share", "只有由学校报送的评选，才能把县（市、区）的名额分配到学校。")
    if category.scheme.state == SchemeState.ENDED:
        raise Conflict("scheme-ended", "方案已经结束，不能再分配名额。没有改动。")
    begun = SchemeApplication.objects.filter(category=category, area__code__startswith=quota.area_id)
    if begun.exclude(stage__in=[*WRITABLE, *OVER, Stage.SCHOOL]).exists():
        raise Conflict(
            "schools-have-chosen",
            "{area}已有学校按现在的名额报送，不能再分配。没有改动。",
            area=quota.area,
        )
    if not quota.places:
        raise Refusal("no-places-to-share", "{area}没有名额可分配。", area=quota.area)
    weights = weights_of_schools(quota)
    there = {
        row.school.code: row
        for row in SchemeQuota.objects.filter(category=category, school__code__in=weights).select_related(
            "school"
        )
        if row.school is not None
    }
    new = {one.code: one for one in School.objects.filter(code__in=set(weights) - set(there))}
    rows = there | {
        code: SchemeQuota(category=category, area_id=one.area_id, school=one) for code, one in new.items()
    }
    fill_in(rows, weights, category=category, places=quota.places, by=by, at=at, why=why)
    return quota
