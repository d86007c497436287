"""Families of the demonstration: applications with choices and circumstances, written in bulk with one entry each."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection, transaction

from junheng.domains.intakes.terms import Circumstance as Kind
from junheng.domains.registrations.models import Application, Choice, StatedCircumstance
from junheng.domains.registrations.queries.keys import codes_of, keyed, pid_of
from junheng.domains.registrations.queries.records import SCHEME, digest_of
from junheng.domains.registrations.terms import ApplicationState, Channel, FoundState
from junheng.platform.audit.append import record_batch
from junheng.platform.audit.inserting import insert_tuples, next_numbers
from junheng.platform.sealing import ring
from junheng.platform.sealing.bulk import seal_columns
from junheng.surfaces.demo.autumn.moments import Moments
from junheng.surfaces.demo.autumn.plans import Made, community_of
from junheng.surfaces.demo.dice import Dice, Ints
from junheng.surfaces.demo.people import identity_numbers, names, phones, surnames

KIN = (Kind.HOUSEHOLD, Kind.PROPERTY, Kind.HOUSEHOLD_OF_KIN)
CLAIMS: tuple[tuple[int, tuple[str, ...], bool], ...] = (
    # of 1000 families: what they state, and whether their address lies in a catchment
    (620, KIN, True),
    (80, (Kind.PROPERTY, Kind.NO_TRANSFER), True),
    (90, (Kind.HOUSEHOLD, Kind.RESIDENCE), True),
    (20, (Kind.PREFERRED, *KIN), True),
    (60, (Kind.SIBLING, Kind.HOUSEHOLD, Kind.RESIDENCE), True),
    (130, (), False),
)
MIGRANT = (Kind.PERMIT, Kind.WORK)
TWINS = 90
"""One pair of twins in so many children."""
WAITING = 3
"""Statements of each admission that are left for a clerk to decide one by one."""
REJECTED = 40
"""One statement in so many was not found true."""
COLUMNS = [str(one.column) for one in Application._meta.concrete_fields]


@dataclass(frozen=True, slots=True)
class Family:
    """One application before it is written."""

    number: int
    name: str
    id_number: str
    phone: str
    home: str
    catchment: int | None
    """The place of its school in the plan."""
    claims: tuple[str, ...]
    choices: tuple[int, ...]
    migrant: bool
    twin: int


def families(made: Made, count: int, migrants: int, moments: Moments) -> list[Family]:
    """The families of one admission: where they live, what they state, what they choose."""
    dice = Dice(moments.year, f"families-{made.intake.code}")
    near_by = [n for n, row in enumerate(made.rows) if row.school.nature != "private"]
    public = np.array(near_by or range(len(made.rows)), dtype=np.int64)
    private = [n for n, row in enumerate(made.rows) if row.school.nature == "private"]
    weight = np.repeat(public, [made.rows[n].places for n in public.tolist()])
    home = weight[dice.below(len(weight), count)]
    wanted = weight[dice.below(len(weight), 2 * count)].reshape(2, count)
    first_year = moments.year - (7 if made.intake.stage == "primary" else 13)
    born = dice.days(f"{first_year}-09-01", f"{first_year + 1}-08-31", count)
    numbers = identity_numbers(
        np.full(count, int(made.intake.area_id)), born, dice.chance(11, 21, count)
    ).to_list()
    called, reached = names(dice, surnames(dice, count)).to_list(), phones(dice, count).to_list()
    drawn, elsewhere = dice.below(1000, count), dice.chance(1, 40, count)
    taste, which = dice.below(100, count), dice.below(max(1, len(private)), count)
    moved = set(dice.some(count, min(migrants, count)).tolist())
    found = []
    for place in range(count):
        migrant = place in moved
        claims, inside = (MIGRANT, False) if migrant else stated(int(drawn[place]))
        twin = twin_of(place, count, moved)
        base = min(place, twin) if twin >= 0 else place
        if twin >= 0:
            claims, inside = stated(int(drawn[base]))
            claims = (*(one for one in claims if one != Kind.SIBLING), Kind.TWINS)
        near = int(home[base])
        inside = inside and bool(near_by)
        own = private[int(which[base])] if private else None
        choices = chosen(
            near if inside else None, wanted[:, base], own, int(taste[base]), made.intake.max_choices
        )
        found.append(
            Family(
                place, called[place], numbers[place], reached[place],
                "" if migrant and elsewhere[place] else str(made.intake.area_id), near if inside else None, claims, choices,
                migrant, twin,
            )
        )  # fmt: skip
    return found


def stated(drawn: int) -> tuple[tuple[str, ...], bool]:
    """What a family states, by a number below 1000."""
    for share, claims, inside in CLAIMS:
        if drawn < share:
            return claims, inside
        drawn -= share
    return (), False


def twin_of(place: int, count: int, moved: set[int]) -> int:
    """The place of a child's twin; -1 for none."""
    other = place + 1 if place % TWINS == 0 else place - 1 if place % TWINS == 1 else -1
    return other if 0 <= other < count and place not in moved and other not in moved else -1


def chosen(near: int | None, wanted: Ints, private: int | None, taste: int, most: int) -> tuple[int, ...]:
    """A list of choices: most want their own school first, some a private one, some a popular one, a few only that."""
    popular = [int(one) for one in wanted]
    own = [] if near is None else [near]
    if taste < 12 and private is not None:
        order = [private, *own, *popular]
    elif taste < 30:
        order = [popular[0], *own, popular[1]]
    elif taste < 90:
        order = [*own, *popular]
    else:
        order = [*own, popular[0]]
    return tuple(dict.fromkeys(order))[:most]


@transaction.atomic
def write(made: Made, every: Sequence[Family], moments: Moments, *, by: Any, clerk: str) -> int:
    """Insert the applications of one admission. A few statements are left for a clerk; the others have been decided."""
    intake, at = made.intake, moments.sent
    season = str(intake.year)
    keys = [keyed("demo", f"{intake.code}/{one.number}").hex()[:32] for one in every]
    codes = [codes_of(key) for key in keys]
    pids = [pid_of(season, one.id_number) for one in every]
    forms = [json.dumps(form_of(made, one), ensure_ascii=False) for one in every]
    seals, sealed = seal_columns(ring(), Application._meta.db_table, {"details": forms})
    numbers = next_numbers(Application, len(every))
    schools = [row.school_id for row in made.rows]
    sent = connection.ops.adapt_datetimefield_value(at)
    decided = connection.ops.adapt_datetimefield_value(moments.checked)
    blinds = [
        hashlib.sha256(f"{intake.code}{form_of(made, one)['room']}".encode()).hexdigest() for one in every
    ]
    rows = [
        {
            "id": number, "code": code.code, "intake_id": intake.pk, "area_id": intake.area_id, "season": season, "pid": pid,
            "details": details, "seal": seal, "home_area_id": one.home or None,
            "catchment_school_id": None if one.catchment is None else schools[one.catchment],
            "address_blind": blind, "migrant": one.migrant, "bound_to": pids[one.twin] if one.twin >= 0 else "",
            "channel": Channel.DESK if one.number % 20 == 7 else Channel.PHONE,
            "entered_by": "chuangkou-demo" if one.number % 20 == 7 else "",
            "state": ApplicationState.SENT, "sent_at": sent, "salt": code.salt,
            "receipt": digest_of("|".join((SCHEME, intake.code, code.code, code.salt, pid)), intake.algorithm),
            "request_key": key,
        }
        for number, one, code, pid, key, details, seal, blind in zip(
            numbers, every, codes, pids, keys, sealed["details"], seals, blinds, strict=True
        )
    ]  # fmt: skip
    insert_tuples(Application._meta.db_table, COLUMNS, (tuple(row[name] for name in COLUMNS) for row in rows))
    insert_tuples(
        Choice._meta.db_table, ["application_id", "area_id", "rank", "school_id"],
        (
            (number, intake.area_id, rank, schools[school])
            for number, one in zip(numbers, every, strict=True)
            for rank, school in enumerate(one.choices, 1)
        ),
    )  # fmt: skip
    insert_tuples(
        StatedCircumstance._meta.db_table,
        ["application_id", "area_id", "kind", "about_id", "state", "reason", "decided_by", "decided_at"],
        statements(intake.area_id, numbers, every, schools, clerk, decided),
    )
    digest = hashlib.sha256("\n".join(f"{row['code']}|{row['pid']}" for row in rows).encode()).hexdigest()
    record_batch(
        Application, first_row=numbers[0], last_row=numbers[-1], count=len(numbers), source="演示数据",
        digest=digest, by=by, at=at, why="家长报名（演示数据）",
    )  # fmt: skip
    return len(numbers)


def statements(
    area: str, numbers: list[int], every: Sequence[Family], schools: list[int], clerk: str, at: Any
) -> Any:
    """What families stated and what was found: most true, one in forty not, a few not looked at yet."""
    counted = 0
    for number, one in zip(numbers, every, strict=True):
        for kind in one.claims:
            about = schools[one.choices[0]] if kind == Kind.SIBLING and one.choices else None
            counted += 1
            if counted <= WAITING:
                yield number, area, str(kind), about, FoundState.CLAIMED.value, "", "", None
            elif counted % REJECTED == 0 and not one.migrant:  # whom the city counts by
                yield (
                    number,
                    area,
                    str(kind),
                    about,
                    FoundState.REJECTED.value,
                    "材料与数据核验结果不符",
                    clerk,
                    at,
                )
            else:
                yield number, area, str(kind), about, FoundState.APPROVED.value, "", clerk, at


def room_of(home: int) -> str:
    """A flat: most families have their own, and one address in some hundred has far too many."""
    return f"{home // 97 + 1}号集体户" if home % 97 < 5 else f"{home + 1}号"


def form_of(made: Made, one: Family) -> dict[str, str]:
    """A form as the family's pages keep it."""
    row = made.rows[one.catchment] if one.catchment is not None else None
    home = one.number if one.twin < 0 else min(one.number, one.twin)
    return {
        "name": one.name, "id_number": one.id_number, "guardian": f"{one.name[0]}（演示）", "relation": "father",
        "phone": one.phone, "home_area": one.home, "community": community_of(row) if row else "",
        "street": "" if row else "演示路", "number": "" if row else str(home % 900 + 1), "room": room_of(home),
        "has": ",".join(map(str, one.claims)), "truthful": "1",
        **{f"choice{n}": made.rows[school].school.code for n, school in enumerate(one.choices, 1)},
    }  # fmt: skip
