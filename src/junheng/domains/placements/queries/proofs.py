"""What a draw and a run prove with: the announcement, the files that are published, and what an independent count finds."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from junheng.domains.placements.models import Contributor, Draw, Listed, Placement, PublicValue, Run
from junheng.domains.placements.queries.children import bids_of, listed, record_of
from junheng.domains.placements.queries.further import changed, places_of
from junheng.domains.placements.queries.sentences import LEAST
from junheng.kernel.admission import (
    Again,
    Outcome,
    Part,
    Published,
    Record,
    Rules,
    publish,
    publish_again,
    verify_admission,
)
from junheng.kernel.admission.publish import table
from junheng.kernel.lottery import Algorithm, Announcement, Commitment, Reveal
from junheng.kernel.matching import Cut, Group, Ties

AUDITOR = Path(verify_admission.__file__)
"""The one file with which anybody recounts."""


def announcement(draw: Draw) -> Announcement:
    """What was fixed when the list closed."""
    assert draw.entrants is not None
    return Announcement(
        draw.intake.code, Algorithm(draw.intake.algorithm), draw.entrants, draw.root, draw.rules,
        tuple(Commitment(one.name, one.digest) for one in contributors(draw)),
        tuple(one.name for one in values(draw)), draw.fallback,
    )  # fmt: skip


def contributors(draw: Draw) -> list[Contributor]:
    """Who contributes to the seed, in the announced order."""
    return list(Contributor.objects.filter(draw=draw).order_by("rank"))


def values(draw: Draw) -> list[PublicValue]:
    """The public values in the announced order."""
    return list(PublicValue.objects.filter(draw=draw).order_by("rank"))


def reveals(draw: Draw) -> list[Reveal]:
    """What was opened."""
    return [Reveal(one.name, one.nonce, one.secret) for one in contributors(draw) if one.revealed_at]


def beacons(draw: Draw) -> dict[str, str | None]:
    """The public values as two persons read them off; none where it failed or has not come."""
    return {one.name: one.value or None if one.stands else None for one in values(draw)}


def rules_of(draw: Draw) -> Rules:
    """The rules as they were published, read back from their file."""
    told = json.loads(draw.rules_file)
    place = {one["code"]: number for number, one in enumerate(told["groups"])}
    groups = tuple(
        Group(
            one["code"], one["capacity"], Ties(one["ties"]),
            None if one["release_to"] is None else place[one["release_to"]],
        )
        for one in told["groups"]
    )  # fmt: skip
    parts = tuple(Part(tuple(one["groups"]), one["first"]) for one in told["stages"])
    return Rules(groups, parts)


def stored_cuts(run: Run) -> tuple[Cut, ...]:
    """The ends of the groups' lists as the run wrote them down."""
    return tuple(
        Cut(one["group"], one["asked"], one["admitted"], one["places"], one["rank"], one["key"])
        for one in run.cuts
    )


@dataclass(frozen=True, slots=True)
class ReadList:
    """A closed list that was read already, with its records."""

    rows: list[Listed]
    records: list[Record]

    @classmethod
    def of(cls, draw: Draw) -> "ReadList":
        """Read it."""
        rows = listed(draw)
        return cls(rows, [record_of(one.record) for one in rows])


def outcome_of(run: Run, known: ReadList) -> Outcome:
    """What came of a run, as it stands in the tables."""
    pid_of = {one.pk: one.pid for one in known.rows}
    stored = list(Placement.objects.filter(run=run).order_by().values_list("listed", "place", "tail"))
    places = {pid_of[pk]: place for pk, place, _tail in stored}
    tails = {pid_of[pk]: bids_of(tail) for pk, _place, tail in stored if tail is not None}
    nothing: Any = None
    return Outcome(tuple(pid_of.values()), places, stored_cuts(run), tails, nothing, nothing)


def published(run: Run, known: ReadList) -> Published:
    """Everything of a first run as it stands in the tables."""
    draw, every = run.draw, known.rows
    return Published(
        announcement(draw), rules_of(draw), known.records,
        {one.pid: one.salt for one in every}, reveals(draw), beacons(draw),
        {one.pid: bytes.fromhex(one.number) for one in every}, outcome_of(run, known),
    )  # fmt: skip


def published_again(run: Run, before: Run, known: ReadList) -> Again:
    """What a further run published, as it stands in the tables, by the run before it."""
    draw = run.draw
    records, _children = changed(draw, known.rows, run.changes[0]["inputs"], places_of(before))
    rules = rules_of(draw)
    groups = tuple(replace(one, capacity=one.capacity + run.added.get(one.code, 0)) for one in rules.groups)
    return Again(
        run.number, before.root, run.reason, Rules(groups, rules.parts), records, outcome_of(run, known)
    )


def files(run: Run, *, sealed: bool, read: ReadList | None = None) -> dict[str, bytes]:
    """The published folder: the first run, and below it every further one up to this.

    In public a group's counts below the least are left out of ``cuts.csv``.
    """
    known = read or ReadList.of(run.draw)
    runs = list(
        Run.objects.filter(draw=run.draw_id, number__lte=run.number)
        .select_related("draw__intake", "draw__version")
        .order_by("number")
    )
    first = published(runs[0], known)
    found = publish(first, sealed=sealed)
    for before, one in pairwise(runs):
        found |= publish_again(first, published_again(one, before, known), sealed=sealed)
    if not sealed:
        for one in runs:
            name = "cuts.csv" if one.number == 1 else f"run-{one.number}/cuts.csv"
            found[name] = table(
                "group,asked,admitted,seats,rank,key",
                (row_of(cut) for cut in sorted(stored_cuts(one), key=lambda cut: cut.code)),
            )
    return found


def row_of(cut: Cut) -> tuple[str, ...]:
    """The end of a group's list as everybody may read it."""
    if 0 < cut.asked < LEAST or 0 < cut.admitted < LEAST:
        return (cut.code, "-", "-", str(cut.seats), "-", "-")
    return (
        cut.code, str(cut.asked), str(cut.admitted), str(cut.seats),
        "-" if cut.key is None else str(cut.rank), "-" if cut.key is None else str(cut.key),
    )  # fmt: skip


def recount(found: Mapping[str, bytes]) -> list[str]:
    """What the auditor's own file says of a folder; empty where it finds nothing."""
    with tempfile.TemporaryDirectory() as place:
        for name, content in found.items():
            path = Path(place) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        count: Any = verify_admission.recount  # an outsider's file, without types
        try:
            for _step in count(Path(place)):
                pass
        except verify_admission.Wrong as wrong:
            return [f"{wrong.where}：{wrong.zh}"]
    return []
