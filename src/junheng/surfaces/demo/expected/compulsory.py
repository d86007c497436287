"""The reference answers of the compulsory chapter."""

from datetime import date

from junheng.surfaces.demo.expected.reading import Answer, Reading, share

BUILT = ("new", "rebuild", "extend")
COMPULSORY = ("primary", "junior", "nine_year", "twelve_year")
STAGES = ("primary", "junior")


def answers(city: Reading) -> dict[str, Answer]:
    """Every figure of the chapter by its id."""
    return _building(city) | _groups(city) | _titles(city) | _reduction(city)


def _building(city: Reading) -> dict[str, Answer]:
    valid = {
        row
        for row, kind, since, until in city.rows("plans", "id", "kind", "since", "until")
        if kind == "school_building" and city.holds(since, until)
    }
    planned = {school for plan, school in city.rows("planitems", "plan", "school") if plan in valid}
    rural = {
        row
        for row, location, kind in city.rows("schools", "id", "location", "kind")
        if location == "rural" and kind in COMPULSORY
    }
    done: dict[str, list[int]] = {
        "school_building": [],
        "weak_link": [],
        "rural_repair": [],
        "sports_ground": [],
    }
    ever: set[int] = set()
    columns = ("programme", "kind", "school", "accepted_on", "cancelled_on")
    for programme, kind, school, accepted, cancelled in city.rows("projects", *columns):
        if programme not in done or accepted is None or cancelled is not None:
            continue
        if programme == "school_building" and kind not in BUILT:
            continue
        if programme == "school_building" and accepted <= city.as_of:
            ever.add(school)
        if city.recent(accepted):
            done[programme].append(school)
    built = len(set(done["school_building"]))
    return {
        "schools-planned-90": len(planned),
        "schools-done-82": built,
        "lead-schools-82": built,
        "schools-open-8": len(planned - ever),
        "schools-done-rate": share(len(planned & ever), len(planned)),
        "weaklink-412": len(done["weak_link"]),
        "rural-repair-124": sum(school in rural for school in done["rural_repair"]),
        "playgrounds-72": len(set(done["sports_ground"])),
    }


def _active_groups(city: Reading) -> set[int]:
    return {
        row
        for row, kind, since, until in city.rows("groups", "id", "kind", "since", "until")
        if kind == "compulsory" and city.holds(since, until)
    }


def _groups(city: Reading) -> dict[str, Answer]:
    groups = _active_groups(city)
    inside = {
        school
        for group, school, role, since, until in city.rows(
            "members", "group", "school", "role", "since", "until"
        )
        if role == "member" and group in groups and city.holds(since, until)
    }
    helped = [
        school
        for school, since, until in city.rows("pairs", "helped", "since", "until")
        if city.holds(since, until)
    ]
    weak = {
        school
        for school, since, until in city.rows("weakschools", "school", "since", "until")
        if city.holds(since, until)
    }
    supported = weak & (inside | set(helped))
    return {
        "groups-77": len(groups),
        "pairs-35": len(helped),
        "weak-255": len(supported),
        "weak-coverage": share(len(supported), len(weak)),
    }


def won(city: Reading, name: str) -> list[tuple[int, int | None, int, str]]:
    """Provincial titles of the two years, not revoked: id, group, batch, area."""
    columns = ("id", "name", "level", "batch", "area", "group", "awarded_on", "revoked_on")
    return [
        (row, group, batch, area)
        for row, title, level, batch, area, group, awarded, revoked in city.rows("titles", *columns)
        if title == name and level == "province" and city.recent(awarded) and city.still(revoked)
    ]


def _titles(city: Reading) -> dict[str, Answer]:
    demonstration, feature = won(city, "demonstration_school"), won(city, "feature_school")
    with_money = {row for row, *_ in demonstration + feature}
    money = sum(
        amount
        for title, amount, day in city.rows("grants", "title", "amount_fen", "granted_on")
        if title in with_money and city.recent(day)
    )
    groups = _active_groups(city)
    counties = {code for code, kind in city.rows("areas", "code", "kind") if kind == "county"}
    return {
        "demo-4": len(demonstration),
        "feature-13": len(feature),
        "award-10.5m": money,
        "quality-groups-6": sum(group in groups for _, group, _, _ in won(city, "quality_group")),
        "pilot-1": sum(
            batch == 1 and area in counties for _, _, batch, area in won(city, "group_reform_pilot")
        ),
    }


def _reduction(city: Reading) -> dict[str, Answer]:
    served = {
        pupil
        for pupil, stage, term, since in city.rows("enrolments", "pupil", "stage", "term", "since")
        if term == city.term and stage in STAGES and since <= city.as_of
    }
    needing = {
        pupil
        for pupil, stage, term, wanted in city.rows("needs", "pupil", "stage", "term", "wanted")
        if term == city.term and stage in STAGES and wanted
    }
    return {
        "afterclass-322600": len(served),
        "afterclass-need-coverage": share(len(needing & served), len(needing)),
        "unlicensed-198": len(
            {
                site
                for site, kind, state, day in city.rows("cases", "site", "kind", "state", "decided_on")
                if kind == "unlicensed" and state in ("decided", "closed") and city.recent(day)
            }
        ),
        "subject-47": sum(
            kind == "subject" and city.holds(since, until)
            for kind, since, until in city.rows("institutions", "kind", "since", "until")
        ),
        "double-reduction-4": _strands(city, "double_reduction"),
        "five-managements-n": _strands(city, "five_managements"),
        "cross-county-zero": _cross_county(city),
    }


def _strands(city: Reading, programme: str) -> int:
    return sum(
        work == programme and city.holds(since, until)
        for work, since, until in city.rows("strands", "programme", "since", "until")
    )


def _cross_county(city: Reading) -> int:
    """Admissions of the year across a county line, with no lawful reason, not corrected."""
    columns = ("area", "home_area", "stage", "admitted_on", "exception", "corrected_on")
    found = 0
    for area, home, stage, admitted, exception, corrected in city.rows("entrants", *columns):
        across = stage in STAGES and home[:6] != area[:6] and city.this_year(admitted)
        found += across and exception is None and _open(city, corrected)
    return found


def _open(city: Reading, corrected: date | None) -> bool:
    return corrected is None or corrected > city.as_of
