"""The sheets of the demonstration's rounds say what the books say, and the report finds who was planted as lenient."""

from pathlib import Path

import pytest
from django.db.models import Count, Q

from junheng.domains.checklists.models import Checklist
from junheng.domains.checklists.queries import contents_of
from junheng.domains.findings.models import Finding
from junheng.domains.incidents.models import Incident
from junheng.domains.incidents.queries import late_measures
from junheng.domains.safety.models import Acceptance, Answer, Inspection, ResultNotice, Round, Sheet
from junheng.domains.safety.queries import county_leniency, report_of
from junheng.domains.safety.queries.levels import score_of
from junheng.platform.audit.chain import digest_of_rows
from junheng.surfaces.demo.faults import DAY
from junheng.surfaces.demo.safety import OPEN, ROUNDS, lenient_county
from tests.small_house import built, house

__all__ = ["built", "house"]


def test_every_inspection_of_the_year_has_the_sheet_it_would_come_from(house: Path) -> None:
    books = Inspection.objects.filter(round__code__in=ROUNDS)
    assert books.exists()
    assert not books.filter(sheet__isnull=True).exists()
    counted = Sheet.objects.filter(state="sent").annotate(
        answered=Count("answer"), bad=Count("answer", filter=Q(answer__result="fail"))
    )
    for sheet in counted.select_related("inspection"):
        assert (sheet.items, sheet.failed) == (sheet.answered, sheet.bad)
        if sheet.inspection is not None:
            assert (sheet.inspection.findings, sheet.inspection.done_on) == (sheet.failed, sheet.done_on)


def test_findings_are_closed_as_far_as_the_books_count_them_as_put_right(house: Path) -> None:
    found = (
        Finding.objects.filter(source="inspections")
        .values_list("source_row")
        .annotate(opened=Count("pk"), closed=Count("pk", filter=Q(state="closed")))
        .order_by()
    )
    assert found
    for row, opened, closed in found:
        book = Inspection.objects.get(pk=row)
        assert (opened, closed) == (book.findings, book.remedied)
    linked = Answer.objects.filter(finding__isnull=False).select_related("finding", "sheet")
    assert linked.count() == Finding.objects.filter(source="inspections").count()
    assert {one.finding.source_row == one.sheet.inspection_id for one in linked if one.finding} == {True}


@pytest.mark.parametrize("code", ROUNDS)
def test_the_lenient_are_found(house: Path, code: str) -> None:
    one = Round.objects.get(code=code)
    rows = list(Inspection.objects.filter(round=one))
    planted = lenient_county(rows, {row.school_id for row in rows if row.level == "city"})
    told = county_leniency(one)
    shares = {area: missed / found for area, (missed, found) in told.items() if found}
    assert shares[planted] == max(shares.values()) > 0
    report = report_of(Sheet.objects.filter(round=one))
    assert report.known_before == 0
    good = {row.school_id for row in rows if row.level == "self" and not row.findings}
    others = {row.school_id for row in rows if row.level != "self" and row.findings}
    assert set(report.all_good) == good & others


def test_one_round_is_open_and_waits_for_the_schools_that_log_in(house: Path) -> None:
    sheets = Sheet.objects.filter(round__code=OPEN)
    assert set(sheets.values_list("level", "state")) == {("self", "due"), ("self", "sent"), ("county", "due")}
    assert not sheets.filter(disclosed_at__isnull=False).exists(), (
        "or the books would change after the report"
    )
    notices = ResultNotice.objects.filter(round__code=ROUNDS[-1])
    assert notices.exists()
    assert 0 < notices.exclude(reply="").count() < notices.count()


def test_every_checklist_is_what_its_digest_says(house: Path) -> None:
    issued = list(Checklist.objects.all())
    assert {one.subject for one in issued} == {"safety", "standard"}
    for one in issued:
        assert digest_of_rows(contents_of(one)) == one.digest


def test_levels_follow_from_the_sheets_and_one_is_suspended(house: Path) -> None:
    held = Acceptance.objects.filter(state__in=("granted", "suspended")).select_related("round")
    assert held.count() > 10
    for one in held:
        sheet = Sheet.objects.get(round=one.round, school=one.school_id, level="county")
        assert score_of(sheet).level(on=one.round.closed_on) == one.level
    assert Acceptance.objects.filter(state="suspended").count() == 1
    assert set(Acceptance.objects.values_list("state", flat=True)) >= {"asked", "checked"}


def test_incidents_are_told_by_the_deeds(house: Path) -> None:
    assert dict(Incident.objects.values_list("state").annotate(Count("pk"))) == {
        "reported": 1, "reviewed": 1, "closed": 1,
    }  # fmt: skip
    assert late_measures(DAY).count() == 1
