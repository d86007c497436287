"""What kindergartens of the demonstration city were given besides money, and which duties they kept this autumn.

A few inclusive ones got their subsidy alone, and some of every category have no record of a drill or a check.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Model

from junheng.domains.kindergartens.models import Kindergarten, KindergartenSupport
from junheng.domains.kindergartens.queries.support import with_category
from junheng.domains.kindergartens.terms import Category, SupportKind
from junheng.domains.posts.models import DutyRecord
from junheng.domains.posts.terms import DutyKind
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import drafts_of
from junheng.platform.spans import holds
from junheng.surfaces.demo.city import SEED
from junheng.surfaces.demo.dice import Dice
from junheng.surfaces.demo.faults import DAY
from junheng.surfaces.demo.logins import county_login

AT = datetime(2023, 12, 29, 16, tzinfo=ZoneInfo("Asia/Shanghai"))
WHY = "按演示方案登记"
BUREAU = "县（市、区）教育局（演示）"
ONE_IN = 60
"""One in so many inclusive kindergartens was given nothing but its subsidy; two at least."""


KEPT = (
    (DutyKind.DRILL, date(2023, 10, 12), 6, "消防疏散演练（演示）"),
    (DutyKind.SELF_CHECK, date(2023, 10, 20), 8, ""),
    (DutyKind.FIRE_CHECK, date(2023, 10, 24), 8, ""),
)
"""Duty, day, and one in how many did not keep it."""


@transaction.atomic
def add_supports() -> None:
    """One county after the other writes down its own."""
    dice = Dice(SEED, "kindergarten supports")
    there = Kindergarten.objects.filter(holds(DAY)).order_by("pk")
    everyone = [(one, Category(one.category)) for one in with_category(there, on=DAY)]
    left = left_out([one for one, category in everyone if category == Category.INCLUSIVE], dice)
    by_county: dict[tuple[str, type[Model]], list[Any]] = defaultdict(list)
    for one, category in everyone:
        county = one.area_id[:6]
        by_county[county, DutyRecord] += kept_by(one, dice)
        if category != Category.OTHER and one.pk not in left:
            inclusive = category == Category.INCLUSIVE
            by_county[county, KindergartenSupport] += given_to(one, inclusive=inclusive, dice=dice)
    for (county, model), rows in sorted(
        by_county.items(), key=lambda pair: (pair[0][0], pair[0][1].__name__)
    ):
        insert_rows(model, rows)
        pairs = ((row, None) for row in rows)
        by = county_login(county)
        append_many(list(drafts_of(pairs, by=by, at=AT, why=WHY, verb=Verb.CREATE.value)))


def kept_by(one: Kindergarten, dice: Dice) -> Iterator[DutyRecord]:
    """The duties of the autumn of which there is a record."""
    for kind, on, one_in, note in KEPT:
        if dice.number(1, one_in) > 1:
            yield DutyRecord(kindergarten=one, area_id=one.area_id, kind=kind, on=on, amount=1, note=note)


def left_out(inclusive: list[Kindergarten], dice: Dice) -> set[int]:
    """Some inclusive ones for which nobody did anything but pay."""
    some = dice.some(len(inclusive), min(max(2, len(inclusive) // ONE_IN), len(inclusive)))
    return {inclusive[place].pk for place in some.tolist()}


def given_to(one: Kindergarten, *, inclusive: bool, dice: Dice) -> Iterator[KindergartenSupport]:
    """A training every year; guidance for many; teachers who are sent and equipment for inclusive ones alone."""

    def support(
        kind: SupportKind, what: str, begun: date, ended: date | None, people: int, hours: int = 0
    ) -> KindergartenSupport:
        return KindergartenSupport(
            kindergarten=one, area_id=one.area_id, kind=kind, what=f"{what}（演示）", begun_on=begun,
            ended_on=ended, people=people, hours=hours, provider=BUREAU, number=f"演示幼扶〔{begun.year}〕{kind.label}",
        )  # fmt: skip

    if inclusive or dice.number(1, 3) > 1:
        people = dice.number(4, 16)
        yield support(
            SupportKind.TRAINING, "保教质量提升专题培训", date(2023, 10, 16), date(2023, 10, 20), people, 30
        )
    if dice.number(1, 3) == 1:
        people = dice.number(3, 12)
        yield support(
            SupportKind.GUIDANCE, "片区教研和送教到园", date(2023, 11, 6), date(2023, 11, 10), people, 8
        )
    if inclusive and dice.number(1, 6) == 1:
        yield support(SupportKind.SENT, "派驻公办园骨干教师", date(2023, 9, 1), None, dice.number(1, 2))
    if inclusive and dice.number(1, 8) == 1:
        yield support(SupportKind.EQUIPMENT, "户外器械和绘本配备", date(2023, 4, 10), date(2023, 4, 10), 0)
