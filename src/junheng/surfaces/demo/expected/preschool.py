"""The reference answers of the preschool chapter."""

import itertools
from datetime import date

from junheng.surfaces.demo.expected.reading import Answer, Reading, share, uniform

BUILT = ("new", "rebuild", "extend")


def answers(city: Reading) -> dict[str, Answer]:
    """Every figure of the chapter by its id."""
    kindergartens, places = _built(city)
    inclusive = _inclusive(city)
    public = {
        place
        for place, nature, since, until in city.rows("natures", "kindergarten", "nature", "since", "until")
        if nature == "public" and city.holds(since, until)
    }
    children = [
        place
        for place, since, until in city.rows("children", "kindergarten", "since", "until")
        if city.holds(since, until)
    ]
    preschool_plans = {
        row
        for row, topic, day in city.rows("documents", "id", "topic", "issued_on")
        if topic == "preschool" and day <= city.as_of
    }
    return {
        "kg-public-70": len(kindergartens),
        "lead-kg-70": len(kindergartens),
        "kg-places-13000": places,
        "lead-places": places,
        "kg-public-share": share(sum(place in public for place in children), len(children)),
        "kg-coverage": share(sum(place in public or place in inclusive for place in children), len(children)),
        "kg-recognised-71": _recognised(city),
        "kg-inclusive-434": len(inclusive),
        "kg-inclusive-share-rising": _rising(city),
        "nine-departments": sum(
            document in preschool_plans for (document,) in city.rows("issuers", "document")
        ),
        "kg-subsidy-rate": city.value("funding.kindergarten"),
        "one-county-one-plan-n": _county_plans(city),
    }


def _built(city: Reading) -> tuple[set[int], int]:
    """Kindergartens, public when it was accepted, with a building project accepted in two years; places gained."""
    natures: dict[int, list[tuple[str, date, date | None]]] = {}
    for place, nature, since, until in city.rows("natures", "kindergarten", "nature", "since", "until"):
        natures.setdefault(place, []).append((nature, since, until))
    found, gained = set(), 0
    columns = (
        "programme",
        "kind",
        "kindergarten",
        "accepted_on",
        "cancelled_on",
        "places_before",
        "places_after",
    )
    for programme, kind, place, done, cancelled, before, after in city.rows("projects", *columns):
        if programme != "kg_building" or kind not in BUILT or cancelled is not None or not city.recent(done):
            continue
        if any(
            nature == "public" and city.holds(since, until, done)
            for nature, since, until in natures.get(place, ())
        ):
            found.add(place)
            gained += after - before
    return found, gained


def _inclusive(city: Reading) -> set[int]:
    columns = ("kindergarten", "decision", "since", "until")
    return {
        place
        for place, decision, since, until in city.rows("recognitions", *columns)
        if decision == "recognised" and city.holds(since, until)
    }


def _recognised(city: Reading) -> int:
    """Kindergartens whose first positive decision fell in the two years."""
    first: dict[int, date] = {}
    for place, decision, day in city.rows("recognitions", "kindergarten", "decision", "decided_on"):
        if decision == "recognised":
            first[place] = min(day, first.get(place, day))
    return sum(city.recent(day) for day in first.values())


def _rising(city: Reading) -> int:
    """1 if the share of children in inclusive private kindergartens rose from each census of the last three years to the next."""
    part: dict[int, int] = {}
    whole: dict[int, int] = {}
    for year, inclusive, children in city.rows("censuses", "year", "inclusive", "children"):
        whole[year] = whole.get(year, 0) + children
        part[year] = part.get(year, 0) + (children if inclusive else 0)
    last = city.two_years[1].year
    years = [year for year in (last - 2, last - 1, last) if year in whole]
    pairs = itertools.pairwise(years)
    return int(len(years) > 1 and all(part[b] * whole[a] > part[a] * whole[b] for a, b in pairs))


def _county_plans(city: Reading) -> Answer:
    number = {code: 0 for code, kind in city.rows("areas", "code", "kind") if kind == "county"}
    for area, kind, since, until in city.rows("plans", "area", "kind", "since", "until"):
        if kind == "county_preschool" and city.holds(since, until):
            number[area] += 1
    return uniform(list(number.values()))
