"""What an autumn of the small city lacks: ``python -m tests.browser.after_autumn`` in its house adds it and tells as JSON.

An admission with fewer places than children, whose result is released and whose families may answer: one that can make
room where others wait, and one whose statement was not found true and that would come in with it. And what the watch
over county lines has to find: an admission without a reason, and a transfer in October.
"""

import json
import sys
from collections import Counter
from datetime import date, timedelta
from typing import Any

import django

COUNTY, FAR, YEAR = "410823", "410882", 2097
CHILDREN, MIGRANTS = 140, 4
"""Against two classes."""
OCTOBER = date(2023, 10, 12)
"""In the autumn of the demonstration's own day."""


def main() -> None:
    """Prepare and tell."""
    django.setup()
    told = crowded() | {"crossings": crossings()}
    sys.stdout.write(json.dumps(told, ensure_ascii=False))


def crowded() -> dict[str, Any]:
    """Walk an admission with too few places up to its release."""
    from django.utils import timezone

    from junheng.domains.intakes.models import Intake
    from junheng.domains.placements.actions.replies import FAMILY
    from junheng.domains.placements.models import Draw, Placement
    from junheng.domains.registrations.models import StatedCircumstance
    from junheng.domains.registrations.queries.finding import codes_for
    from junheng.domains.schools.models import School
    from junheng.domains.schools.terms import Stage
    from junheng.kernel.matching import Why
    from junheng.platform.access.models import User
    from junheng.surfaces.demo.autumn import walk
    from junheng.surfaces.demo.autumn.city import plan_here
    from junheng.surfaces.demo.autumn.families import families, write
    from junheng.surfaces.demo.autumn.moments import Moments
    from junheng.surfaces.demo.autumn.plans import make_plan

    place, unit = next((n, one) for n, one in enumerate(plan_here().units) if one.code == COUNTY)
    people = walk.People(
        *(User.objects.get(username=name) for name in (f"xian-{COUNTY}", "jijiao", "zhaoban"))
    )
    moments = Moments(YEAR)
    made = make_plan(unit, place, Stage.PRIMARY, 1, moments, by=people.officer)
    write(
        made, families(made, CHILDREN, MIGRANTS, moments), moments, by=FAMILY, clerk=people.officer.username
    )
    walk.check(made.intake, people, moments)
    walk.draw(made.intake, people, moments)
    run = walk.place(made.intake, people, moments)
    # the autumn lies in a year to come; what people do in the walk happens now, and the list was closed before that
    closed = timezone.now() - timedelta(days=2)
    Draw.objects.filter(intake=made.intake).update(closed_at=closed)
    Intake.objects.filter(pk=made.intake.pk).update(closed_at=closed)
    not_in = {Why.LOWER_TIER, Why.LATER_NUMBER}
    placed = list(
        Placement.objects.filter(run=run).select_related("listed__application", "school").order_by("listed")
    )
    # one place that is given back is nobody's who comes with a twin
    bound = {one.listed.application.bound_to for one in placed}
    every = [
        one
        for one in placed
        if not one.listed.application.bound_to and one.listed.application.pid not in bound
    ]
    waiting = Counter(asked[0] for one in every for asked in one.reasons if asked[2] in not_in)
    schools = {row.school.code: row.school for row in made.rows}

    def moved_by_appeal(one: Placement) -> School | None:
        """The first choice of a child without a place, where circumstances come before numbers."""
        place, _rank, why = (one.reasons or [("", 0, "")])[0]
        wanted = schools.get(place.partition("-")[0])
        return wanted if wanted and wanted.nature != "private" and why in not_in else None

    leaver, appealing = next(
        (one, other)
        for one in sorted(every, key=lambda one: -waiting[one.place])
        if one.school is not None
        for other in every
        if other.school is None and moved_by_appeal(other) not in (None, one.school)
    )
    assert waiting[leaver.place] > 1
    StatedCircumstance.objects.create(
        application=appealing.listed.application, area_id=run.area_id, kind="preferred", state="rejected", reason="证明没有盖章"
    )  # fmt: skip
    codes = {
        name: codes_for(one.listed.application)
        for name, one in (("leaving", leaver), ("appealing", appealing))
    }
    return {
        **{name: (one.code, one.secret) for name, one in codes.items()},
        "left": str(leaver.school),
        "wanted": str(moved_by_appeal(appealing)),
    }


def crossings() -> dict[str, str]:
    """An admission across the county line without a reason, and a pupil who came in October; told by the school."""
    from junheng.domains.admissions.models import Entrant
    from junheng.domains.pupils.models import SchoolClass
    from tests.domains import makers

    rooms = SchoolClass.objects.filter(area__code__startswith=COUNTY, grade=1, until=None)
    room = rooms.select_related("school").order_by("id")[0]
    Entrant.objects.create(
        code="KUA-2023-1", name="示例新生（演示）", school=room.school, area_id=room.school.area_id, home_area_id=FAR,
        stage="primary", grade=1, term="2023A", kind="new", admitted_on=date(2023, 8, 16),
    )  # fmt: skip
    makers.pupil(room, name="示例转入（演示）", since=OCTOBER, home_area_id=FAR, code="L4108KUA00001")
    return {"school": str(room.school)}


if __name__ == "__main__":
    main()
