"""Places given out by what families chose, in the order of a draw that anyone can repeat where a course is too small.

The list is closed before the seed is there: the answers end with the closing day, and what decides is thrown afterwards
in front of parents. One number a pupil, by SM3 over the seed and the list; then every pupil asks its courses in their order and
a course keeps those with the smaller numbers. Whoever asked for a course with room has it, whatever was drawn.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.afterclass.actions.placing import enrolment
from junheng.domains.afterclass.models import ChoosingPeriod, CourseChoice, Enrolment, Need
from junheng.domains.afterclass.queries.draws import Drawn, digest_of, given_out, waiting_list
from junheng.domains.afterclass.terms import Gap
from junheng.domains.areas.policies import check_may
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of, save_row
from junheng.platform.spans import check_has_come

SHORTEST = 6


@transaction.atomic
def give_places(
    period: ChoosingPeriod, *, seed: str, on: date, by: Any, at: datetime, why: str
) -> ChoosingPeriod:
    """After the closing day, give out the places of a school once; whoever finds all full waits with that reason."""
    period = ChoosingPeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    check_may(_("按志愿安排"), period, by=by, at=at)
    check_has_come(on, at=at)
    check_seed(period, seed, on=on)
    choices = waiting_list(period, on=on)
    if not choices:
        raise Refusal("nobody-to-place", "没有填报了志愿、还没有安排的学生。没有改动。")
    drawn = given_out(period, choices, seed=seed, on=on)
    period.seed, period.drawn_on, period.digest = seed, on, digest_of(choices)
    save_row(period, by=by, at=at, why=why, verb=Verb.DEED.value)
    write_places(drawn, on=on, by=by, at=at, why=why)
    return period


def check_seed(period: ChoosingPeriod, seed: str, *, on: date) -> None:
    """Refuse before the list is closed, a second time, and a seed that nobody could have thrown."""
    if period.drawn_on is not None:
        raise Conflict("placed-already", "已于 {day} 安排过，不能再抽一次。没有改动。", day=period.drawn_on)
    if on <= period.closes_on:
        raise Refusal("choosing-runs", "填报到 {day} 截止，之后才能安排。没有改动。", day=period.closes_on)
    if len(seed) < SHORTEST or not seed.isascii() or not seed.isdigit():
        raise Refusal(
            "seed-not-thrown",
            "抽签种子是截止以后当着家长代表掷出的数字，至少 {least} 位，只写数字。没有改动。",
            least=SHORTEST,
        )


def write_places(drawn: list[Drawn], *, on: date, by: Any, at: datetime, why: str) -> None:
    """Write the places, the number that each drew, and the reason of those who have none."""
    made = [enrolment(one.choice.need, one.course, on=on) for one in drawn if one.course is not None]
    insert_rows(Enrolment, made)
    note = {"by": by, "at": at, "why": why, "verb": Verb.DEED.value}
    append_many(list(drafts_of(((row, None) for row in made), **note)))
    choices = [(one.choice, columns_of(one.choice)) for one in drawn]
    for one in drawn:
        one.choice.place = one.place
    CourseChoice.objects.bulk_update([row for row, _before in choices], ["place"], batch_size=500)
    append_many(list(drafts_of(choices, **note)))
    waiting = [(one.choice.need, columns_of(one.choice.need)) for one in drawn if one.course is None]
    for need, _before in waiting:
        need.gap, need.gap_on = Gap.FULL.value, on
    Need.objects.bulk_update([row for row, _before in waiting], ["gap", "gap_on"], batch_size=500)
    append_many(list(drafts_of(waiting, **note)))
