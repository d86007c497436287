"""What follows from scores: they are written down criterion by criterion, and works are ranked when all are judged."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.schemes.models import SchemeApplication, SchemeReview
from junheng.domains.schemes.terms import OVER, Stage
from junheng.domains.works.models import ContestRule, Work, WorkPoint
from junheng.domains.works.queries.asked import is_contest
from junheng.domains.works.queries.ranking import Ranked, ranked
from junheng.domains.works.queries.scores import criteria_of, digest_of, protocol_of, sheets_of, sums_of
from junheng.domains.works.terms import Prize
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import append_many, name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import drafts_of, save_row

PRIZES = (Prize.FIRST, Prize.SECOND, Prize.THIRD)
JUDGED = frozenset({Stage.CITY, Stage.PASSED})


def note_points(review: SchemeReview, points: Mapping[int, int], *, by: Any, at: datetime, why: str) -> None:
    """Write down what a juror gave for each criterion of a work, beside the sum that stands in the review."""
    if not is_contest(review.application):
        return
    rows = [
        WorkPoint(review=review, criterion_id=criterion, points=each)
        for criterion, each in sorted(points.items())
    ]
    made = WorkPoint.objects.bulk_create(rows)
    append_many(list(drafts_of(((one, None) for one in made), by=by, at=at, why=why)))


@transaction.atomic
def rank(rule: ContestRule, *, by: Any, at: datetime, why: str) -> ContestRule:
    """Rank the works of a category, once, when every one of them is judged. Who decides is whoever set the rule up."""
    rule = (
        ContestRule.objects.select_for_update(of=("self",)).select_related("category__scheme").get(pk=rule.pk)
    )
    check_may(_("排定名次"), rule, by=by, at=at)
    if rule.ranked_on is not None:
        raise Conflict(
            "works-ranked", "这个类别已于 {on} 排定名次，不能再排一次。没有改动。", on=rule.ranked_on
        )
    rows = list(
        SchemeApplication.objects.filter(category=rule.category, stage__in=JUDGED)
        .select_for_update(of=("self",))
        .order_by("number")
    )
    check_all_judged(rule, rows)
    sheets = sheets_of(rows, criteria_of(rule.category))
    order = rule.category.scheme.order_text
    told = ranked(
        {one.number or "": sums_of(sheets[one.pk]) for one in rows},
        cuts=(rule.first, rule.second, rule.third),
        forward=rule.forward,
        order=order,
    )
    if not order and any(one.drawn for one in told):
        raise Refusal(
            "works-equal",
            "有作品的总分和各项得分完全相同，又在奖次或上报名额的界线上，方案没有公布排定的依据，没有排名。请结束本方案，或按方案另行加评。",
        )
    write_places(rows, told, by=by, at=at, why=why)
    rule.ranked_on, rule.ranked_by = timezone.localdate(at), name_of(by)
    rule.digest = digest_of(protocol_of(rule.category, rows))
    save_row(rule, by=by, at=at, why=why, verb=Verb.DEED.value)
    return rule


def check_all_judged(rule: ContestRule, rows: list[SchemeApplication]) -> None:
    """Refuse while something is still under way, or a juror still has to score."""
    waiting = (
        SchemeApplication.objects.filter(category=rule.category)
        .exclude(stage__in=[Stage.DRAFT, *JUDGED, *OVER])
        .count()
    )
    unscored = sum(one.points is None for one in rows)
    if waiting or unscored:
        raise Conflict(
            "works-not-judged",
            "还有 {waiting} 份申报没有到市级，{unscored} 份没有评完，不能排名。没有改动；评完后再办。",
            waiting=waiting,
            unscored=unscored,
        )
    if not rows:
        raise Conflict("works-none", "这个类别没有可以排名的作品。没有改动。")


def write_places(
    rows: list[SchemeApplication], told: list[Ranked], *, by: Any, at: datetime, why: str
) -> None:
    """Write down sums, places, prizes and what is forwarded."""
    by_number = {one.number: one for one in rows}
    works = {one.application_id: one for one in Work.objects.filter(application__in=rows)}
    for one in told:
        work = works[by_number[one.number].pk]
        work.total, work.place, work.drawn = one.total, one.place, one.drawn
        work.prize = PRIZES[one.cut].value if one.cut < len(PRIZES) else ""
        work.forwarded = one.forwarded
        save_row(work, by=by, at=at, why=why, verb=Verb.DEED.value)


def tied_by_tutoring(applications: list[SchemeApplication], login: str) -> set[int]:
    """The works that somebody helped a child with: they do not judge them."""
    numbers = [one.pk for one in applications]
    return set(
        Work.objects.filter(application__in=numbers, tutor=login).values_list("application", flat=True)
    )
