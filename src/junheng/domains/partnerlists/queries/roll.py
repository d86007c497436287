"""The columns that are compared: the roll of a day, and the lines of a list. The roll's numbers stay sealed."""

from collections.abc import Iterable
from datetime import date

import numpy as np

from junheng.domains.areas.models import Area
from junheng.domains.areas.terms import AreaKind
from junheng.domains.partnerlists.models import PartnerList, PartnerRow
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.kernel.linkage import Listed, Roll, repairs
from junheng.kernel.values.identity import id_number_fault
from junheng.platform.sealing import blind
from junheng.platform.spans import holds

COUNTY = 6
FORMAL = "G"
"""How a pupil number begins whose other characters are the identity number."""
COLUMNS = ("pk", "id_number_blind", "code_blind", "name", "born_on", "sex", "home_area_id", "school_id")


def roll_of(on: date, rows: Iterable[PartnerRow]) -> Roll:
    """Everybody on the roll of a day. Who has no identity number there is known by the pupil number, which holds it."""
    pupils = list(
        Pupil.objects.filter(holds(on)).order_by("pk").values_list(*COLUMNS).iterator(chunk_size=20_000)
    )
    by_code = {code: place for place, (_pk, digest, code, *_more) in enumerate(pupils) if code and not digest}
    digests = [one[1] for one in pupils]
    if by_code:
        for row in rows:
            place = by_code.get(blind(FORMAL + row.number)) if row.number else None
            if place is not None:
                digests[place] = row.number_blind
    return Roll(
        key=np.array([one[0] for one in pupils], dtype=np.int64),
        digest=digests,
        name=[one[3] for one in pupils],
        born=np.array([one[4].toordinal() for one in pupils], dtype=np.int64),
        sex=np.array([one[5] for one in pupils], dtype=np.int64),
        area=[one[6][:COUNTY] for one in pupils],
        school=np.array([one[7] for one in pupils], dtype=np.int64),
    )


def listed_of(source: PartnerList, rows: list[PartnerRow]) -> Listed:
    """The lines of a list, opened for the comparison and forgotten after it."""
    counties = county_names()
    schools = school_numbers(rows)
    sound = [bool(one.number) and not id_number_fault(one.number) for one in rows]
    return Listed(
        key=np.array([one.pk for one in rows], dtype=np.int64),
        digest=[one.number_blind for one in rows],
        sound=np.array(sound, dtype=bool),
        near=[
            () if good or not one.number else tuple(blind(each) for each in repairs(one.number))
            for one, good in zip(rows, sound, strict=True)
        ],
        name=[one.name for one in rows],
        born=np.array(
            [date.fromisoformat(one.born).toordinal() if one.born else 0 for one in rows], dtype=np.int64
        ),
        sex=np.array([one.sex or 0 for one in rows], dtype=np.int64),
        area=[area_in(one.place, counties) or source.area_id for one in rows],
        school=np.array([schools.get(one.school, 0) for one in rows], dtype=np.int64),
    )


def county_names() -> dict[str, str]:
    """The counties of the city by their names."""
    counties = Area.objects.filter(kind=AreaKind.COUNTY).order_by("code")
    return {one.name: one.pk for one in counties}


def area_in(place: str, counties: dict[str, str]) -> str:
    """The county that a place names by its code or in words; empty where it names none.

    >>> area_in("410802001", {}), area_in("某市解放区民生街道", {"解放区": "410802"}), area_in("某村", {})
    ('410802', '410802', '')
    """
    if place[:COUNTY].isdigit() and len(place) >= COUNTY:
        return place[:COUNTY]
    return next((code for name, code in counties.items() if name in place), "")


def school_numbers(rows: list[PartnerRow]) -> dict[str, int]:
    """The schools that lines name, where there is exactly one of that name."""
    names = {one.school for one in rows if one.school}
    found: dict[str, list[int]] = {}
    for number, name in School.objects.filter(name__in=names).values_list("pk", "name"):
        found.setdefault(name, []).append(number)
    return {name: numbers[0] for name, numbers in found.items() if len(numbers) == 1}
