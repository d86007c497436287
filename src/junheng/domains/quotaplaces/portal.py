"""Public pages: every round with its rules and table, what was admitted, and a candidate's own result."""

import csv
from collections import defaultdict
from io import StringIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_http_methods, require_safe

from junheng.domains.quotaplaces.forms import LookUpForm
from junheng.domains.quotaplaces.models import QuotaCandidate, QuotaCell, QuotaRound
from junheng.domains.quotaplaces.queries import (
    came_by,
    juniors_of,
    public_lines,
    run_in_force,
    seniors_of,
    sentences,
    shares_of,
)
from junheng.domains.quotaplaces.terms import UNSEEN
from junheng.kernel.apportionment import faults
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.address import address_of
from junheng.platform.access.tries import check_tries, forget_wrong, note_wrong

MOST_TRIES = 10


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round whose table is published."""
    found = QuotaRound.objects.exclude(state__in=UNSEEN).select_related("area").order_by("-year", "code")
    return render(request, "quotaplaces/rounds.html", {"rounds": found})


@require_safe
def one_round(request: HttpRequest, code: str) -> HttpResponse:
    """One round: its rules, the table with both margins and what checks it, and the lines once they are released."""
    one = seen(code)
    seniors, juniors = seniors_of(one), juniors_of(one)
    cells: dict[str, dict[str, int]] = defaultdict(dict)
    for senior, junior, places in QuotaCell.objects.filter(quota_round=one).values_list(
        "senior__code", "junior__code", "places"
    ):
        cells[junior][senior] = places
    codes = [row.school.code for row in seniors]
    shares = shares_of(seniors, juniors)
    table = [[cells[row.school.code].get(each, 0) for row in juniors] for each in codes]
    run = run_in_force(one)
    lines = public_lines(one, run, on=timezone.localdate(run.released_at)) if run and run.released_at else {}
    context = {
        "round": one,
        "seniors": seniors,
        "rows": [
            {
                "junior": row,
                "cells": [
                    (cells[row.school.code].get(each, 0), lines.get((each, row.school.code), ""))
                    for each in codes
                ],
                "total": sum(cells[row.school.code].values()),
            }
            for row in juniors
        ],
        "totals": [sum(row) for row in table],
        "whole": sum(map(sum, table)),
        "graduates": sum(row.graduates for row in juniors),
        "faults": faults(shares, table) if juniors else [],
        "run": run,
        "came": came_by(run) if run else {},
        "open_lines": [(row, run.lines["open"].get(row.school.code)) for row in seniors] if run else [],
        "withheld": any(line is None for line in lines.values()),
    }
    return render(request, "quotaplaces/round.html", context)


@require_safe
def table_file(_request: HttpRequest, code: str) -> HttpResponse:
    """The table as a file: one line a cell, with the exact share it was rounded from."""
    one = seen(code)
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["senior", "senior_name", "junior", "junior_name", "places", "exact"])
    rows = QuotaCell.objects.filter(quota_round=one).order_by("senior__code", "junior__code")
    writer.writerows(
        rows.values_list("senior__code", "senior__name", "junior__code", "junior__name", "places", "exact")
    )
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{one.code}-table.csv"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, code: str) -> HttpResponse:
    """One's own result, for who knows the number and the end of the identity number. Wrong tries are counted."""
    one = seen(code)
    run = run_in_force(one)
    form = LookUpForm(request.POST or None)
    context: dict[str, Any] = {"round": one, "run": run, "form": form}
    if run is not None and request.method == "POST" and form.is_valid():
        row = candidate_for(one, form.cleaned_data["number"].strip(), form.cleaned_data["end"], request)
        context |= {"candidate": row, "told": sentences(row, run)}
    return render(request, "quotaplaces/mine.html", context)


def candidate_for(one: QuotaRound, number: str, end: str, request: HttpRequest) -> QuotaCandidate:
    """The candidate; one answer for a number that is not there and an end that is not right."""
    now = timezone.now()
    keys = (f"quota:{one.pk}:{number}", f"quota:{address_of(request)}")
    check_tries(*keys, most=MOST_TRIES, at=now)
    row = (
        QuotaCandidate.objects.filter(quota_round=one, number=number)
        .select_related("pupil", "school", "quota_round")
        .first()
    )
    right = row is not None and constant_time_compare(
        str(row.pupil.id_number)[-6:].upper(), end.strip().upper()
    )
    if row is None or not right:
        for key in keys:
            note_wrong(key, at=now)
        raise Refusal("no-such-candidate", "考生号与证件号后六位不相符。请核对后再试，没有显示任何信息。")
    forget_wrong(keys[0])
    return row


def seen(code: str) -> QuotaRound:
    """A round that is public; else it is as if it were not there."""
    found = QuotaRound.objects.exclude(state__in=UNSEEN).filter(code=code).select_related("area").first()
    if found is None:
        raise NotFound("unknown-round", "没有这个分配生批次，或者它还没有公布。请从「分配生」页进入。")
    return found
