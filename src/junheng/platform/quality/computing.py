"""Asking every declaration of the whole house and writing down what is new, what is still so and what is gone."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from junheng.platform.quality.declare import Declared, every_declaration, kind_of, severity_of
from junheng.platform.quality.filling import tallies
from junheng.platform.quality.finding import Found, find
from junheng.platform.quality.models import Finding, Run, Tally
from junheng.platform.quality.touching import figures_touched

CHUNK = 5_000
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one declaration found, and how long it took."""

    declared: Declared
    found: list[Found]
    milliseconds: int


def compute(
    *, on: date, at: datetime, progress: Progress = lambda done, total, what: None
) -> tuple[Run, list[Answer]]:
    """Ask everything of the rows as they are, then write the differences in one short transaction.

    Callable from a command, a nightly job or a test; asks nobody for rights, because it shows nothing to anybody.
    """
    began = time.monotonic()
    declared = list(every_declaration().values())
    answers = []
    for number, one in enumerate(declared):
        progress(number, len(declared) + 1, one.code)
        started = time.monotonic()
        answers.append(Answer(one, find(one, on), int(1000 * (time.monotonic() - started))))
    progress(len(declared), len(declared) + 1, "tallies")
    counted = tallies(on)
    touched = {one.code: figures_touched(one) for one in declared}
    with transaction.atomic():
        for answer in answers:
            write(answer, at)
        Finding.objects.filter(gone_at=None).exclude(code__in=[one.code for one in declared]).update(
            gone_at=at
        )
        Tally.objects.all().delete()
        Tally.objects.bulk_create(counted, batch_size=CHUNK)
        run = Run.objects.create(
            at=at,
            day=on,
            milliseconds=int(1000 * (time.monotonic() - began)),
            counts={answer.declared.code: len(answer.found) for answer in answers},
            figures=touched,
        )
    progress(len(declared) + 1, len(declared) + 1, "done")
    return run, answers


def write(answer: Answer, at: datetime) -> None:
    """Bring the findings of one declaration up to date. What somebody said about them stays with them."""
    one = answer.declared
    known = {
        (row, other): (pk, facts, gone)
        for pk, row, other, facts, gone in Finding.objects.filter(code=one.code).values_list(
            "pk", "row", "other", "facts", "gone_at"
        )
    }
    found = {each.key: each for each in answer.found}
    new = [new_finding(one, each, at) for key, each in found.items() if key not in known]
    Finding.objects.bulk_create(new, batch_size=CHUNK)
    moved = []
    for key, each in found.items():
        if key in known and (known[key][1] != each.facts or known[key][2] is not None):
            row = new_finding(one, each, at)
            row.pk = known[key][0]
            moved.append(row)
    columns = [
        "area",
        "school",
        "school_class",
        "facts",
        "gone_at",
        "last_seen",
        "severity",
        "kind",
        "register",
    ]
    Finding.objects.bulk_update(moved, columns, batch_size=500)
    gone = [pk for key, (pk, _facts, left) in known.items() if key not in found and left is None]
    for at_place in range(0, len(gone), CHUNK):
        Finding.objects.filter(pk__in=gone[at_place : at_place + CHUNK]).update(gone_at=at)
    Finding.objects.filter(code=one.code, gone_at=None).update(last_seen=at)


def new_finding(one: Declared, each: Found, at: datetime) -> Finding:
    """A finding as it is written."""
    facts: dict[str, Any] = each.facts
    return Finding(
        kind=kind_of(one),
        code=one.code,
        severity=severity_of(one),
        register=one.register,
        row=each.row,
        other=each.other,
        area=each.area,
        school=each.school,
        school_class=each.school_class,
        facts=facts,
        first_seen=at,
        last_seen=at,
    )


def compute_nightly(*, at: datetime, on: date) -> dict[str, int]:
    """What a nightly job calls: everything once, and how many problems there are by rule."""
    run, _answers = compute(on=on, at=at)
    counts: dict[str, int] = run.counts
    return counts
