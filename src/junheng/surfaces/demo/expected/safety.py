"""The reference answers of the safety chapter (with mental health, which the report tells there)."""

from junheng.surfaces.demo.expected.compulsory import won
from junheng.surfaces.demo.expected.reading import Answer, Reading, share, uniform

SCHOOLS = ("primary", "junior", "nine_year", "twelve_year", "senior")


def answers(city: Reading) -> dict[str, Answer]:
    """Every figure of the chapter by its id."""
    return _mental_health(city) | _waters(city) | _others(city)


def _mental_health(city: Reading) -> dict[str, Answer]:
    schools = {
        row
        for row, kind, since, until in city.rows("schools", "id", "kind", "since", "until")
        if kind in SCHOOLS and city.holds(since, until)
    }
    members = [
        room
        for room, since, until in city.rows("committee", "school_class", "since", "until")
        if city.holds(since, until)
    ]
    classes = {
        row
        for row, school, since, until in city.rows("classes", "id", "school", "since", "until")
        if school in schools and city.holds(since, until)
    }
    attendance = [
        heads
        for kind, day, heads in city.rows("sessions", "kind", "held_on", "attendance")
        if kind == "group" and city.recent(day)
    ]
    return {
        "psy-schools-871": len(schools),
        "psy-members-20600": len(members),
        "psy-class-coverage-100": share(len(classes & set(members)), len(classes)),
        "counselling-1757": len(attendance),
        "counselling-122000": sum(attendance),
    }


def _waters(city: Reading) -> dict[str, Answer]:
    waters = {
        row
        for row, risk, since, until in city.rows("waters", "id", "risk", "since", "until")
        if risk == "high" and city.holds(since, until)
    }
    in_office = {
        row for row, since, until in city.rows("people", "id", "since", "until") if city.holds(since, until)
    }
    wardens: dict[str, set[int]] = {"township": set(), "county": set()}
    columns = ("water", "person", "level", "since", "until")
    for water, person, level, since, until in city.rows("assignments", *columns):
        if water in waters and person in in_office and city.holds(since, until):
            wardens[level].add(person)
    twice, once = city.value("duties.township_checks"), city.value("duties.county_checks")
    return {
        "waters-174": len(waters),
        "town-persons-123": len(wardens["township"]),
        "county-persons-74": len(wardens["county"]),
        "town-weekly-2": twice,
        "county-weekly-1": once,
        "weekly-min-320": len(wardens["township"]) * twice + len(wardens["county"]) * once,
    }


def _others(city: Reading) -> dict[str, Answer]:
    met = {
        household
        for household, way, day in city.rows("visits", "household", "way", "visited_on")
        if way == "in_person" and city.recent(day)
    }
    open_ = {
        row: 0
        for row, opened, closed in city.rows("carecases", "id", "opened_on", "closed_on")
        if city.holds(opened, closed)
    }
    for case, since, until in city.rows("careplans", "case", "since", "until"):
        if case in open_ and city.holds(since, until):
            open_[case] += 1
    return {
        "home-visits-153600": len(met),
        "one-person-one-plan-n": uniform(list(open_.values())),
        "three-levels-n": sum(
            work == "inspection_levels" and city.holds(since, until)
            for work, since, until in city.rows("strands", "programme", "since", "until")
        ),
        "rounds-n": sum(city.recent(day) for (day,) in city.rows("rounds", "opened_on")),
        "safe-campus-9": len(won(city, "safe_campus")),
    }
