"""The duty read aloud: day by day, check by check. Slow and plain."""

from collections import defaultdict

from junheng.kernel.duties import Per, Rest


def naive(norm, charges, leaves, checks, *, first, last):
    """What was owed and done, by person, water (or -1) and Monday; and which checks counted."""

    def away(person, day):
        """Who stands in for somebody on a day: all deputies of all leaves with one."""
        return {d for p, d, s, u in leaves if p == person and d >= 0 and s <= day < u}

    def holders(day):
        """Pairs of holder, water, for whom, on a day."""
        found = set()
        for person, water, since, until in charges:
            if since <= day < until:
                deputies = away(person, day)
                for one in deputies or {person}:
                    found.add((one, water, person))
        return found

    mondays = [day for day in range(first, last + 1) if (day - 1) % 7 == 0]
    days: dict = defaultdict(int)
    for monday in mondays:
        for day in range(monday, monday + 7):
            held = holders(day)
            if norm.per is Per.PERSON:
                for holder, _whom in {(h, w) for h, _, w in held}:
                    days[holder, -1, monday] += 1
            else:
                for holder, water in {(h, water) for h, water, _ in held}:
                    days[holder, water, monday] += 1
    counted = set()
    done: dict = defaultdict(int)
    latest: dict = {}
    for minute, place in sorted((m, i) for i, (_, _, m) in enumerate(checks)):
        person, water, _ = checks[place]
        day = minute // 1440
        if not any(h == person and w == water for h, w, _ in holders(day)):
            continue
        duty = (person, -1 if norm.per is Per.PERSON else water)
        before = latest.get(duty)
        if before is not None and (
            minute - before < norm.apart or (norm.distinct_days and before // 1440 == day)
        ):
            continue
        latest[duty] = minute
        counted.add(place)
        monday = day - (day - 1) % 7
        if monday in mondays:
            done[(*duty, monday)] += 1
    rows = {}
    for (person, water, monday), number in days.items():
        weekly = 0
        for since, owed in norm.steps:
            if since <= monday:
                weekly = owed
        parts = weekly * number
        owed = {Rest.DOWN: parts // 7, Rest.UP: -(-parts // 7), Rest.NEAREST: (2 * parts + 7) // 14}[
            norm.rest
        ]
        rows[person, water, monday] = (number, owed, done[person, water, monday])
    return rows, counted
