"""What others read before they have sent their own, what becomes a finding, and what is sent to the counties."""

from datetime import date, timedelta

import pytest
from django.test import Client

from junheng.domains.checklists import actions as lists
from junheng.domains.checklists.models import Checklist
from junheng.domains.findings import actions as findings
from junheng.domains.findings.models import Finding
from junheng.domains.safety import actions
from junheng.domains.safety.models import Answer, Inspection, ResultNotice
from junheng.domains.safety.policies import readable
from junheng.domains.safety.queries.histories import corrections
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.history import verify
from junheng.platform.registers import register_called
from junheng.platform.registers.actions import write
from junheng.platform.registers.asker import Asker
from tests.domains import makers
from tests.domains.safety.round import (
    AT,
    DAY,
    HERE,
    THERE,
    WHY,
    fill,
    later,
    officer,
    opened,
    planned,
    principal,
    section,
    sheet_of,
)

BY = {"at": AT, "why": WHY}


@pytest.fixture
def school():
    return makers.school(area_id=HERE)


@pytest.fixture
def round_(school):
    return opened(section())


def code(caught) -> str:
    return caught.value.code


# --- what others read -----------------------------------------------------------------------------------------------


def reads(user, sheet, at=None) -> bool:
    return readable(Asker(user, at or AT)).filter(pk=sheet.pk).exists()


def test_a_county_reads_what_a_school_says_once_it_has_sent_its_own(round_, school, client: Client) -> None:
    own = fill(sheet_of(round_, school), principal(school), n1_1="fail")
    county, page = officer(), f"/safety/sheets/{own.pk}/"
    assert own.disclosed_at is None
    assert not Inspection.objects.exists(), "or the books would tell it"
    assert not Finding.objects.exists(), "the same"
    client.force_login(county)
    assert not reads(county, own)
    assert client.get(page).status_code == 404
    assert (
        "学校自查</b> 已提交 1 / 1 份，已公开的不符合 0 条" in client.get("/safety/rounds/").content.decode()
    )
    told = client.get(f"/safety/rounds/{round_.code}/").content.decode()
    assert page not in told
    assert "本级提交后公开" in told
    assert client.get(f"/safety/rounds/{round_.code}/schools/{school.pk}/").status_code == 404
    assert "1.1有问题" not in client.get(f"/safety/rounds/{round_.code}/differences.csv").content.decode()
    assert reads(section(), own), "the city, which compares, reads it"
    fill(sheet_of(round_, school, "county"), county)
    own.refresh_from_db()
    assert own.disclosed_at is not None
    assert reads(county, own)
    assert (own.inspection.level, own.inspection.findings) == ("self", 1)
    assert not reads(officer(THERE), own)


def test_a_major_hazard_does_not_wait(round_, school) -> None:
    own = fill(sheet_of(round_, school), principal(school), n2_2="fail")
    finding = Finding.objects.get()
    assert reads(officer(), own)
    assert (finding.severity, finding.school, finding.source, finding.source_row) == (
        "major", school, "inspections", own.inspection_id,
    )  # fmt: skip


def test_the_end_of_the_round_discloses_everything(round_, school) -> None:
    own = fill(sheet_of(round_, school), principal(school), n1_1="fail", n1_2="fail")
    one = actions.close_round(round_, on=DAY, by=section(), **BY).round
    own.refresh_from_db()
    assert (one.closed_on, one.plan.state) == (DAY, "closed")
    assert reads(officer(), own)
    assert own.inspection.findings == Finding.objects.count() == 2
    assert {answer.finding_id is not None for answer in Answer.objects.filter(result="fail")} == {True}
    assert len(set(Finding.objects.values_list("code", flat=True))) == 2
    assert verify() is None


def test_where_no_county_inspects_nothing_is_kept_back(school) -> None:
    one = opened(section(), county=(None, None))
    assert fill(sheet_of(one, school), principal(school)).disclosed_at is not None


def test_a_school_that_sends_after_its_county_is_disclosed_at_once(round_, school) -> None:
    fill(sheet_of(round_, school, "county"), officer())
    assert fill(sheet_of(round_, school), principal(school)).disclosed_at is not None


def test_a_school_reads_its_own_and_no_other(round_, school) -> None:
    other = makers.school()
    own = fill(sheet_of(round_, school), principal(school))
    assert reads(principal(school), own)
    assert not reads(principal(other), own)


# --- findings and books ---------------------------------------------------------------------------------------------


def test_the_books_follow_the_findings(round_, school) -> None:
    county = officer()
    sheet = fill(sheet_of(round_, school, "county"), county, n1_1="fail", n2_1="fail")
    inspection = sheet.inspection
    assert (inspection.findings, inspection.remedied) == (2, 0)
    for number, finding in enumerate(Finding.objects.order_by("pk"), 1):
        facts = {"on": DAY, "words": "已改", "at": later(), "why": WHY}
        findings.remedy(finding, proof="照片", by=principal(school), **facts)
        findings.close(finding, by=officer(), **facts)
        inspection.refresh_from_db()
        assert inspection.remedied == number
    findings.reopen(Finding.objects.first(), on=DAY, words="又坏了", by=officer(), at=later(), why=WHY)
    inspection.refresh_from_db()
    assert inspection.remedied == 1
    assert verify() is None


def test_what_a_sheet_found_is_not_changed_in_the_books(round_, school) -> None:
    inspection = fill(sheet_of(round_, school, "county"), officer(), n1_1="fail").inspection
    inspection.findings = 0
    with pytest.raises(Conflict) as caught:
        write(register_called("inspections"), inspection, asker=Asker(section(), AT), why=WHY, source="hand")
    assert code(caught) == "inspection-has-sheet"


def test_a_correction_keeps_what_was_said_before(round_, school) -> None:
    by = principal(school)
    sheet = fill(sheet_of(round_, school), by, n1_1="fail")
    first = Answer.objects.get(sheet=sheet, item__number="1.1").item
    second = Answer.objects.get(sheet=sheet, item__number="1.2").item
    actions.correct_answer(sheet, first, result="pass", note="", by=by, at=later(), why="看错了")
    sheet = actions.correct_answer(sheet, second, result="fail", note="缺一人", by=by, at=later(), why="漏填")
    assert sheet.failed == 1
    numbers = dict(Answer.objects.filter(sheet=sheet).values_list("pk", "item__number"))
    told = [(one.number, one.before, one.after, one.why) for one in corrections(sheet, numbers)]
    assert told == [
        ("1.2", "符合", "不符合：缺一人", "漏填"),
        ("1.1", "不符合：1.1有问题", "符合", "看错了"),
    ]
    with pytest.raises(Conflict) as caught:
        actions.correct_answer(sheet, second, result="fail", note="缺一人", by=by, at=later(), why=WHY)
    assert code(caught) == "answer-is-so"
    with pytest.raises(Conflict) as caught:
        actions.correct_answer(
            sheet, first, result="fail", note="x", by=by, at=AT + timedelta(days=11), why=WHY
        )
    assert code(caught) == "window-not-open"


def test_what_became_a_finding_is_not_corrected_away(round_, school) -> None:
    by = officer()
    sheet = fill(sheet_of(round_, school, "county"), by, n1_1="fail")
    first = Answer.objects.get(sheet=sheet, item__number="1.1").item
    with pytest.raises(Conflict) as caught:
        actions.correct_answer(sheet, first, result="pass", note="", by=by, at=later(), why=WHY)
    assert code(caught) == "answer-is-finding"
    second = Answer.objects.get(sheet=sheet, item__number="1.2").item
    sheet = actions.correct_answer(sheet, second, result="fail", note="门坏了", by=by, at=later(), why=WHY)
    assert sheet.inspection.findings == Finding.objects.count() == 2


# --- results and replies --------------------------------------------------------------------------------------------


def test_results_go_to_the_county_which_may_reply_once(round_, school) -> None:
    makers.school(area_id=THERE)
    by, until = section(), DAY + timedelta(days=9)
    fill(sheet_of(round_, school), principal(school))
    fill(sheet_of(round_, school, "county"), officer(), n1_1="fail")
    with pytest.raises(Conflict) as caught:
        actions.send_results(round_, until=until, by=by, **BY)
    assert code(caught) == "round-still-runs"
    actions.close_round(round_, on=DAY, by=by, **BY)
    with pytest.raises(Refusal) as caught:
        actions.send_results(round_, until=DAY, by=by, **BY)
    assert code(caught) == "reply-in-no-time"
    actions.send_results(round_, until=until, by=by, **BY)
    with pytest.raises(Conflict) as caught:
        actions.send_results(round_, until=until, by=by, **BY)
    assert code(caught) == "results-sent"
    notice = ResultNotice.objects.get(area=HERE)
    assert ResultNotice.objects.count() == 1, "a county in which nobody is inspected gets none"
    assert notice.numbers["pairs"]["self-county"] == {"agree": [3, 4], "missed": [1, 1]}
    assert (notice.numbers["first"], notice.numbers["all_good"]) == ({"county": 1}, 1)
    for wrong, refused in ((officer(THERE), "reply-by-county"), (by, "reply-by-county")):
        with pytest.raises(NotAllowed) as caught:
            actions.reply(notice, words="x", by=wrong, **BY)
        assert code(caught) == refused
    with pytest.raises(Refusal) as caught:
        actions.reply(notice, words=" ", by=officer(), **BY)
    assert code(caught) == "reply-without-words"
    with pytest.raises(Conflict) as caught:
        actions.reply(notice, words="x", by=officer(), at=AT + timedelta(days=10), why=WHY)
    assert code(caught) == "reply-too-late"
    assert actions.reply(notice, words="没有异议，三日内整改。", by=officer(), **BY).replied_at == AT
    with pytest.raises(Conflict) as caught:
        actions.reply(notice, words="再说一句", by=officer(), **BY)
    assert code(caught) == "replied-already"


def test_only_a_running_round_is_closed(school) -> None:
    by = section()
    one = planned(by)
    with pytest.raises(Conflict) as caught:
        actions.close_round(one, on=DAY, by=by, **BY)
    assert code(caught) == "round-not-running"
    actions.open_round(one, by=by, **BY)
    with pytest.raises(Refusal) as caught:
        actions.close_round(one, on=date(2024, 3, 1), by=by, **BY)
    assert code(caught) == "closed-before-opened"


def test_a_list_in_use_is_revised_and_not_changed(round_) -> None:
    assert Checklist.objects.count() == 1
    later_one = lists.revise(round_.plan.checklist, reason="条款有变", by=section(), **BY)
    assert round_.plan.checklist_id != later_one.pk
