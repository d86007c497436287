"""The legal steps of a case: each in its turn, by the officers it needs, in the time the law gives."""

from datetime import date
from typing import Any

import pytest

from junheng.domains.governance import actions
from junheng.domains.governance.models import Case, CaseDeadline, CaseStep
from junheng.domains.governance.queries import cases_from, state_told
from junheng.domains.governance.queries.procedure import PROCEDURE
from junheng.domains.governance.terms import CaseKind, CaseState, LegalStep, Outcome
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.governance.casework import DAY, S, Walk, a_case, enforcer, facts, officer


def refused(kind: type[Refusal], code: str) -> Any:
    return pytest.raises(kind, check=lambda one: one.code == code)


def deadlines(case: Case) -> dict[str, tuple[date, str, date | None]]:
    rows = CaseDeadline.objects.filter(case=case)
    return {one.what: (one.due_on, one.state, one.met_on) for one in rows}


def test_from_a_tip_to_the_end() -> None:
    walk = Walk()
    first = walk.refund()
    walk.to(S.SERVE)
    walk.prove(first, 200_000)
    walk.step(S.REVISIT, after=1)
    walk.step(S.CLOSE, after=1)
    assert (walk.case.state, walk.case.decided_on) == ("closed", date(2023, 3, 7))
    assert [one.step for one in CaseStep.objects.filter(case=walk.case)] == [
        "file", "investigate", "stop", "notice", "plea", "decide", "serve", "revisit", "close",
    ]  # fmt: skip
    assert deadlines(walk.case) == {
        "file": (date(2023, 3, 22), "met", date(2023, 3, 2)),
        "decide": (date(2023, 5, 31), "met", date(2023, 3, 7)),  # 90 days after filing
        "serve": (date(2023, 3, 16), "met", date(2023, 3, 8)),  # 7 working days
        "refund": (date(2023, 4, 7), "met", date(2023, 3, 8)),
        "revisit": (date(2023, 4, 7), "met", date(2023, 3, 9)),
        "close": (date(2023, 3, 30), "met", date(2023, 3, 10)),
    }
    assert Entry.objects.filter(table="governance.casestep", verb="deed").count() == 9


def test_every_step_is_in_the_procedure_and_can_be_reached() -> None:
    assert set(PROCEDURE) == set(LegalStep)
    assert all(set(turn.after) <= set(LegalStep) and turn.states for turn in PROCEDURE.values())


def test_a_step_out_of_turn_names_those_that_may_come() -> None:
    walk = Walk()
    with pytest.raises(Conflict) as said:
        walk.step(S.DECIDE)
    assert said.value.code == "case-step-not-its-turn"
    assert "现在可以办理：立案、查无实据终结、移送其他部门。" in str(said.value)


def test_a_case_with_a_file_is_moved_by_its_steps_only() -> None:
    walk = Walk()
    with refused(Conflict, "case-has-procedure"):
        actions.take_step(walk.case, CaseState.INVESTIGATING, on=DAY, **facts(walk.by))


@pytest.mark.parametrize("step", [S.INVESTIGATE, S.SERVE, S.REVISIT])
def test_one_officer_is_not_enough(step: LegalStep) -> None:
    before = {S.INVESTIGATE: S.FILE, S.SERVE: S.DECIDE, S.REVISIT: S.SERVE}[step]
    walk = Walk().to(before)
    with refused(Refusal, "case-two-officers"):
        walk.step(step, second=None)
    with refused(Refusal, "case-officer-twice"):
        walk.step(step, first=walk.three, second=walk.three)


def test_officers_are_in_office_there_and_not_recused() -> None:
    walk = Walk().to(S.FILE)
    with refused(Refusal, "case-officer-not-in-office"):
        walk.step(S.INVESTIGATE, second=enforcer(until=date(2023, 2, 1)))
    with refused(Refusal, "case-officer-elsewhere"):
        walk.step(S.INVESTIGATE, second=enforcer(area_id="410811"))
    given = {"enforcer": walk.two, "kind": "own", "on": walk.day, "reason": "亲属"}
    actions.keep_out(walk.case, **given, **facts(walk.by))
    with refused(NotAllowed, "case-officer-recused"):
        walk.step(S.INVESTIGATE)
    with refused(Conflict, "recused-already"):
        actions.keep_out(walk.case, **given, **facts(walk.by))
    assert walk.step(S.INVESTIGATE, second=enforcer(area_id="4108")).second is not None


def test_no_decision_before_the_party_can_be_heard() -> None:
    walk = Walk().to(S.NOTICE)  # 2023-03-05, a Sunday: five working days end on Friday the 10th
    walk.exhibit()
    with pytest.raises(Conflict) as said:
        walk.step(S.DECIDE, on=date(2023, 3, 10))
    assert said.value.code == "decision-before-hearing-period"
    assert "2023-03-10 前当事人可以要求听证" in str(said.value)
    assert "第六十四条" in str(said.value)
    assert walk.step(S.DECIDE, on=date(2023, 3, 11)).case.state == CaseState.DECIDED


def test_who_gave_up_being_heard_may_be_decided_about_at_once() -> None:
    assert Walk().to(S.DECIDE).case.state == CaseState.DECIDED


def test_a_hearing_that_is_asked_for_is_held_first() -> None:
    walk = Walk().to(S.NOTICE)
    walk.exhibit()
    walk.step(S.PLEA, after=1, outcome=Outcome.WANTS_HEARING)
    with refused(Conflict, "decision-before-hearing"):
        walk.step(S.DECIDE, on=date(2023, 4, 20))
    walk.step(S.HEARINGCALL, on=date(2023, 4, 20))
    with refused(Refusal, "hearing-too-soon"):  # six working days
        walk.step(S.HEARING, on=date(2023, 4, 27), first=walk.three)
    with refused(NotAllowed, "hearing-by-handler"):
        walk.step(S.HEARING, on=date(2023, 4, 28), first=walk.one)
    walk.step(S.HEARING, on=date(2023, 4, 28), first=walk.three)
    assert walk.step(S.DECIDE, after=1).case.state == CaseState.DECIDED


def test_a_grave_case_is_discussed_first() -> None:
    walk = Walk().to(S.PLEA)
    walk.exhibit()
    with refused(Conflict, "decision-without-collective"):
        walk.step(S.DECIDE, fine_fen=5_000_000)
    walk.step(S.COLLECTIVE)
    walk.step(S.DECIDE, fine_fen=5_000_000)
    walk.step(S.SERVE)
    assert deadlines(walk.case)["pay"][0] == date(2023, 3, 21)
    walk.step(S.REVISIT)
    actions.explain_nothing_owed(walk.case, reason="尚未收费", **facts(walk.by))
    with refused(Conflict, "case-fine-unpaid"):
        walk.step(S.CLOSE)
    walk.step(S.ENFORCE)
    assert walk.step(S.CLOSE).case.state == CaseState.CLOSED


def test_below_the_amount_nobody_need_discuss() -> None:
    walk = Walk().to(S.PLEA)
    walk.exhibit()
    assert walk.step(S.DECIDE, fine_fen=4_999_999).fine_fen == 4_999_999


def test_no_decision_without_evidence_or_before_the_place_was_stopped() -> None:
    walk = Walk().to(S.INVESTIGATE)
    walk.step(S.NOTICE)
    walk.step(S.PLEA, outcome=Outcome.WAIVED)
    with refused(Conflict, "decision-before-stop"):
        walk.step(S.DECIDE)
    walk.step(S.STOP)
    with refused(Conflict, "decision-without-evidence"):
        walk.step(S.DECIDE)
    with refused(Refusal, "case-step-without-outcome"):
        walk.step(S.DECIDE, outcome="")
    walk.exhibit()
    with refused(Refusal, "fine-without-penalty"):
        walk.step(S.DECIDE, outcome=Outcome.NO_PENALTY, fine_fen=100)
    with refused(Refusal, "case-step-without-document"):
        walk.step(S.DECIDE, document=" ")


def test_the_re_visit_is_made_by_others() -> None:
    walk = Walk().to(S.SERVE)
    with refused(NotAllowed, "revisit-by-handler"):
        walk.step(S.REVISIT, first=walk.one)
    walk.two.login = walk.by.username
    walk.two.save()
    with refused(NotAllowed, "revisit-by-handler"):  # the account of a handler writes it down
        walk.step(S.REVISIT)
    walk.by = officer()
    assert walk.step(S.REVISIT).outcome == Outcome.STOPPED


def test_training_that_goes_on_is_not_closed() -> None:
    walk = Walk().to(S.SERVE)
    actions.explain_nothing_owed(walk.case, reason="尚未收费", **facts(walk.by))
    walk.step(S.REVISIT, outcome=Outcome.RESUMED)
    assert deadlines(walk.case)["revisit"][1] == "open"  # it is not met by finding that nothing has changed
    with refused(Conflict, "case-not-stopped"):
        walk.step(S.CLOSE)
    walk.step(S.REVISIT, after=5)
    assert walk.step(S.CLOSE).case.state == CaseState.CLOSED


def test_a_finished_case_takes_no_step() -> None:
    walk = Walk()
    walk.step(S.DISMISS, words="现场无培训活动")
    assert walk.case.state == CaseState.UNFOUNDED
    assert {state for _due, state, _met in deadlines(walk.case).values()} == {"met"}
    with refused(Conflict, "case-finished"):
        walk.step(S.FILE)


def test_while_another_office_has_it_nothing_is_done_here() -> None:
    walk = Walk().to(S.FILE)
    with refused(Refusal, "case-step-without-words"):
        walk.step(S.HANDOVER)
    walk.step(S.HANDOVER, words="市场监管局")
    assert state_told(walk.case).label == "已移送有权处理的部门"
    with refused(Conflict, "case-handed-over"):
        walk.step(S.INVESTIGATE)
    assert deadlines(walk.case)["answer"][0] == date(2023, 4, 1)
    walk.step(S.HANDEDBACK, after=3, words="退回教育部门处理")
    assert deadlines(walk.case)["answer"][1:] == ("met", date(2023, 3, 5))
    assert walk.step(S.INVESTIGATE).step == "investigate"


def test_days_go_forward_and_have_come() -> None:
    walk = Walk().to(S.FILE)
    with refused(Refusal, "case-step-before-last"):
        walk.step(S.INVESTIGATE, on=DAY)
    with refused(Refusal, "day-to-come"):
        walk.step(S.INVESTIGATE, on=date(2024, 1, 11))


def test_another_county_does_nothing() -> None:
    walk = Walk()
    walk.by = makers.user(Role.COUNTY_OFFICER, area="410811")
    with pytest.raises(NotAllowed):
        walk.step(S.FILE)
    assert not CaseStep.objects.exists()


def test_a_row_is_made_a_case_once_and_known_places_keep_their_number() -> None:
    by = officer()
    first = a_case(by, place="示例路1号", source="tips", source_row=7)
    with refused(Conflict, "case-source-known"):
        a_case(by, source="tips", source_row=7)
    assert {number: case.pk for number, case in cases_from("tips", [7, 8]).items()} == {7: first.pk}
    again = a_case(by, place="示例路1号", title="另一块门牌", kind=CaseKind.OVERTIME)
    assert (again.site, again.code) == (first.site, "AJ2023-410802-0002")
    assert a_case(by, place="示例路1号", operator="别人").site != first.site
    with refused(Refusal, "case-without-place"):
        a_case(by, place=" ")
    with pytest.raises(NotAllowed):
        a_case(makers.user(Role.COUNTY_OFFICER, area="410811"))
    assert state_told(first) == state_told(Case.objects.get(pk=first.pk))
    assert (state_told(first).state, state_told(first).closed) == (CaseState.TIP, False)


def test_an_older_case_gets_a_file_while_it_is_a_tip() -> None:
    case = Case.objects.create(
        code="A-1", site="S-1", title="某班", area_id="410802", kind="fees", opened_on=DAY
    )
    given = {"place": "示例路", "operator": "", **facts()}
    with refused(Conflict, "case-without-file"):
        actions.take_legal_step(case, S.FILE, on=DAY, document="1", **facts())
    actions.open_file(case, **given)
    with refused(Conflict, "case-file-there"):
        actions.open_file(case, **given)
    Case.objects.create(
        code="A-2", site="S-2", title="某班", area_id="410802", kind="fees", opened_on=DAY, state="decided"
    )
    with refused(Refusal, "case-file-too-late"):
        actions.open_file(Case.objects.get(code="A-2"), **given)


def test_before_the_law_no_day_is_counted_by_it() -> None:
    walk = Walk(on=date(2021, 3, 1))
    walk.step(S.FILE, on=date(2021, 3, 2))
    assert set(deadlines(walk.case)) == {"file"}
