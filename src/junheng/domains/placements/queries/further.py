"""What a further run is made of: the closed list with the records that families and appeals changed since."""

from collections.abc import Mapping
from typing import Any

from junheng.domains.placements.models import Draw, Listed, Placement, Run
from junheng.domains.placements.queries.asking import Child, Plan
from junheng.domains.placements.queries.children import child_of, record_of
from junheng.kernel.admission import NOWHERE, Bid, Record


def changed(
    draw: Draw, rows: list[Listed], inputs: Mapping[str, Any], before: Mapping[int, str]
) -> tuple[list[Record], dict[str, Child]]:
    """The records of a further run: who is out asks nothing, whose appeal was upheld asks by what is true now.

    A place that was found by coordination stays at the end of a child's list, so that it can keep it.
    """
    assert draw.version is not None
    plan = Plan(draw.version.document or {})
    out, upheld = set(inputs["out"]), inputs["upheld"]
    records, children = [], {}
    for row in rows:
        record = record_of(row.record)
        child = child_of(row)
        if row.pid in upheld:
            child = child_of(Listed(pid=row.pid, facts=upheld[row.pid]))
            record = Record(row.pid, plan.bids_of(child), record.bound)
        held = before[row.pk]
        if held != NOWHERE and all(one.group != held for one in record.bids):
            record = Record(row.pid, (*record.bids, kept(plan, child, held)), record.bound)
        if row.pid in out:
            record = Record(row.pid, (), record.bound)
        else:
            children[row.pid] = child
        records.append(record)
    return records, children


def kept(plan: Plan, child: Child, held: str) -> Bid:
    """The bid for a place that a child already has."""
    school = held.partition("-")[0]
    bids = plan.bids_at(school, child.approved, inside=plan.takes_in(school, child.catchment))
    return next((one for one in bids if one.group == held), Bid(held, 255))


def places_of(run: Run) -> dict[int, str]:
    """Everybody's place in a run, by the row of the list."""
    return dict(Placement.objects.filter(run=run).order_by().values_list("listed", "place"))
