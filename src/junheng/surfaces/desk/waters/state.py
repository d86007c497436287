"""How each water stands on a day: a handful of questions to the database, however many waters and checks there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from junheng.content.rulebook import SAFETY
from junheng.domains.findings.models import Finding
from junheng.domains.findings.queries import Counts, counts_by
from junheng.domains.patrols.models import Check
from junheng.domains.waters.models import Assignment, Water
from junheng.domains.waters.terms import Level, Risk
from junheng.platform.spans import holds

YEAR = timedelta(days=366)
"""How far back a check is looked for: what is older is as good as none."""
COUNTY = 6
WORDS = {
    "fresh": _("近期查过"),
    "stale": _("稍久未查"),
    "old": _("较久未查"),
    "older": _("长期未查"),
    "never": _("一年内没有检查"),
}
"""What the signs say, from the best to the worst."""
RANK = {sign: place for place, sign in enumerate(WORDS)}
TONES = {"fresh": "good", "stale": "calm", "old": "warn", "older": "bad", "never": "bad"}
HAZARD = "hazard"
OVERDUE = "overdue"
STATES = {**WORDS, HAZARD: _("有未销号的隐患"), OVERDUE: _("有逾期的隐患")}
"""What the list can be narrowed down to."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One water on a day."""

    water: Water
    checked_on: date | None
    days: int | None
    sign: str
    counts: Counts
    wardens: tuple[tuple[str, str], ...]
    """The persons in charge: level as people say it, and name."""

    @property
    def unit(self) -> str:
        """The code of the county."""
        return self.water.area_id[:COUNTY]

    @property
    def tone(self) -> str:
        """The tone of the sign; only waters of high risk owe regular checks, so only they are called late."""
        return TONES[self.sign] if self.water.risk == Risk.HIGH or self.sign == "fresh" else "calm"

    @property
    def word(self) -> str:
        """What the sign says."""
        return str(WORDS[self.sign])

    def is_in(self, state: str) -> bool:
        """Whether it belongs to what the list is narrowed down to."""
        if state == HAZARD:
            return self.counts.unclosed > 0
        return self.counts.overdue > 0 if state == OVERDUE else self.sign == state


NOTHING = Counts()


def standings(waters: "QuerySet[Water]", findings: "QuerySet[Finding]", *, day: date) -> list[Standing]:
    """How the waters of a scope stand, the most worrying first."""
    rows = list(waters.filter(holds(day)).select_related("area"))
    last = last_checks(day)
    counts = counts_by(findings, "water", on=day)
    wardens = wardens_of(day)
    found = [
        Standing(
            water=row,
            checked_on=last.get(row.pk),
            days=(day - last[row.pk]).days if row.pk in last else None,
            sign=sign_of((day - last[row.pk]).days if row.pk in last else None, day=day),
            counts=counts.get(row.pk, NOTHING),
            wardens=tuple(wardens.get(row.pk, ())),
        )
        for row in rows
    ]
    return sorted(found, key=urgency)


def urgency(one: Standing) -> tuple[Any, ...]:
    """Major hazards, overdue ones, then the most dangerous and among them what was looked at longest ago."""
    risk = list(Risk.values).index(one.water.risk)
    return (-one.counts.major, -one.counts.overdue, risk, -RANK[one.sign], -(one.days or 0), one.water.pk)


def last_checks(day: date) -> dict[int, date]:
    """The day of the last check of each water, within a year: one question over the year's checks."""
    beyond = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    rows = Check.objects.filter(checked_at__lt=beyond, checked_at__gte=beyond - YEAR).order_by()
    found = rows.values_list("water_id").annotate(last=Max("checked_at"))
    return {water: timezone.localdate(moment) for water, moment in found}


def sign_of(days: int | None, *, day: date) -> str:
    """Which sign stands for so many days since the last check."""
    if days is None:
        return "never"
    for sign, rule in (
        ("fresh", SAFETY.check_fresh),
        ("stale", SAFETY.check_stale),
        ("old", SAFETY.check_old),
    ):
        if days <= rule.on(day).value:
            return sign
    return "older"


def wardens_of(day: date) -> dict[int, list[tuple[str, str]]]:
    """The persons in charge of each water on a day, the township's first."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Assignment.objects.filter(holds(day)).order_by("-level", "pk")
    for water, level, name in rows.values_list("water_id", "level", "person__name"):
        found[water].append((str(Level(level).label), name))
    return found


@dataclass(frozen=True, slots=True)
class Sums:
    """The numbers above the map."""

    waters: int
    fresh: int
    hazards: int
    overdue: int
    major: int
    unwatched: int
    """Waters without a person in charge."""


def sums(rows: Iterable[Standing]) -> Sums:
    """What the shown waters come to."""
    every = list(rows)
    return Sums(
        waters=len(every),
        fresh=sum(one.sign == "fresh" for one in every),
        hazards=sum(one.counts.unclosed for one in every),
        overdue=sum(one.counts.overdue for one in every),
        major=sum(one.counts.major for one in every),
        unwatched=sum(not one.wardens for one in every),
    )


def legend(rows: Sequence[Standing], *, day: date) -> list[tuple[str, str, str, str, int]]:
    """Every sign with its tone, what it says, in days, and how many waters have it."""
    first, second, third = (
        rule.on(day).value for rule in (SAFETY.check_fresh, SAFETY.check_stale, SAFETY.check_old)
    )
    spans = {
        "fresh": f"≤ {first}",
        "stale": f"{first + 1}–{second}",
        "old": f"{second + 1}–{third}",
        "older": f"> {third}",
        "never": "> 365",
    }
    return [
        (sign, TONES[sign], str(word), spans[sign], sum(one.sign == sign for one in rows))
        for sign, word in WORDS.items()
    ]
