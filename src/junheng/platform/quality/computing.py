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


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that was found, not yet written down."""

    on: date
    answers: list[Answer]
    counted: list[Tally]
    touched: dict[str, list[str]]
    milliseconds: int


def ask(*, on: date, progress: Progress = lambda done, total, what: None) -> Asked:
    """Ask everything of the rows as they are; changes nothing."""
    began = time.monotonic()
    declared = list(every_declaration().values())
    answers = []
    for number, one in enumerate(declared):
        progress(number, len(declared), str(one.title))
        started = time.monotonic()
        answers.append(Answer(one, find(one, on), int(1000 * (time.monotonic() - started))))
    counted = tallies(on)
    touched = {one.code: figures_touched(one) for one in declared}
    return Asked(on, answers, counted, touched, int(1000 * (time.monotonic() - began)))


@transaction.atomic
def keep(asked: Asked, *, at: datetime) -> Run:
    """Write the differences to what was found before: one short transaction."""
    codes = [answer.declared.code for answer in asked.answers]
    for answer in asked.answers:
        write(answer, at)
    Finding.objects.filter(gone_at=None).exclude(code__in=codes).update(gone_at=at)
    Tally.objects.all().delete()
    Tally.objects.bulk_create(asked.counted, batch_size=CHUNK)
    return Run.objects.create(
        at=at,
        day=asked.on,
        milliseconds=asked.milliseconds,
        counts={answer.declared.code: len(answer.found) for answer in asked.answers},
        figures=asked.touched,
    )


def compute(*, on: date, at: datetime) -> tuple[Run, Asked]:
    """Ask and keep: what a command, a nightly job or a test calls.

    Asks nobody for rights, because it shows nothing to anybody.
    """
    asked = ask(on=on)
    return keep(asked, at=at), asked


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
