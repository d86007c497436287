"""What kindergartens of the demonstration city were given besides money; a few inclusive ones got their subsidy alone."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from junheng.domains.kindergartens.models import Kindergarten, KindergartenSupport
from junheng.domains.kindergartens.queries.support import with_category
from junheng.domains.kindergartens.terms import Category, SupportKind
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


@transaction.atomic
def add_supports() -> None:
    """One county after the other writes down its own."""
    dice = Dice(SEED, "kindergarten supports")
    there = Kindergarten.objects.filter(holds(DAY)).order_by("pk")
    everyone = [(one, Category(one.category)) for one in with_category(there, on=DAY)]
    left = left_out([one for one, category in everyone if category == Category.INCLUSIVE], dice)
    by_county: dict[str, list[KindergartenSupport]] = defaultdict(list)
    for one, category in everyone:
        if category == Category.OTHER or one.pk in left:
            continue
        by_county[one.area_id[:6]] += given_to(one, inclusive=category == Category.INCLUSIVE, dice=dice)
    for county, rows in sorted(by_county.items()):
        insert_rows(KindergartenSupport, rows)
        pairs = ((row, None) for row in rows)
        by = county_login(county)
        append_many(list(drafts_of(pairs, by=by, at=AT, why=WHY, verb=Verb.CREATE.value)))


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
