"""Case files and letters of the demonstration: every institution decided and visited again, and what was planted comes out."""

from datetime import date
from pathlib import Path

from django.db.models import F

from junheng.domains.governance.models import (
    Case,
    CaseDeadline,
    CaseExtension,
    CaseFile,
    CaseStep,
    FeeCharge,
    Refund,
)
from junheng.domains.governance.queries.chain import chains_of
from junheng.domains.governance.queries.deadlines import missed
from junheng.domains.governance.queries.overview import counted_window, dealt_with
from junheng.domains.governance.queries.procedure import PROCEDURE, handling, steps_of
from junheng.domains.governance.queries.refunds import UNPROVEN
from junheng.domains.governance.queries.sites import suggestions
from junheng.domains.governance.terms import CaseState, LegalStep
from junheng.domains.letters.models import Commitment, Delivery, Invitee, Letter, PlanTask
from junheng.domains.letters.queries import broken_promises, late
from junheng.domains.letters.queries.filling import words_of
from junheng.platform.audit.history import verify
from junheng.surfaces.demo.plan import load_plan
from tests.small_house import DAY, built, house

__all__ = ["built", "house"]


def test_each_institution_has_its_decision_and_its_re_visit(house: Path) -> None:
    rows = list(dealt_with(Case.objects.all(), counted_window(DAY)))
    assert len(rows) == load_plan("small").total("unlicensed")
    assert [one.code for one in rows if not one.decision or one.revisited_on is None] == []
    assert verify() is None


def test_the_steps_of_every_case_are_lawful_and_in_order(house: Path) -> None:
    assert CaseFile.objects.count() == Case.objects.count()
    for case in Case.objects.all():
        done = steps_of(case)
        assert [one.on for one in done] == sorted(one.on for one in done)
        taken: set[LegalStep] = set()
        for one in done:
            turn = PROCEDURE[LegalStep(one.step)]
            assert set(turn.after) <= taken, one
            assert not turn.two or None not in {one.first_id, one.second_id}, one
            taken.add(LegalStep(one.step))
        again = [one for one in done if one.step == LegalStep.REVISIT]
        assert not {one.first_id for one in again} & handling(done)
        assert (LegalStep.CLOSE in taken) == (case.state == CaseState.CLOSED)
    assert not CaseStep.objects.filter(case__state=CaseState.TIP).exists()


def test_what_was_planted_in_the_cases_comes_out(house: Path) -> None:
    rows = CaseDeadline.objects.filter(missed(DAY)).order_by("pk")
    assert sorted((one.what, one.statutory) for one in rows) == [
        ("close", False),
        ("decide", True),
        ("refund", False),
    ]
    assert all(one.escalated_on for one in rows)
    late_case = rows.get(what="decide").case
    assert (late_case.state, late_case.opened_on) == ("investigating", date(2023, 8, 1))
    assert [chain.whole for chain in chains_of(late_case)] == [True, False]
    longer = CaseExtension.objects.select_related("case").get()
    assert (longer.case.state, longer.what, longer.approved_by) == ("investigating", "decide", "jianguan")
    assert (
        CaseDeadline.objects.get(case=longer.case, what="decide").due_on == longer.due_on > longer.was_due_on
    )
    owing = {one.case_id for one in Refund.objects.filter(UNPROVEN)}
    assert owing == {rows.get(what="refund").case_id}
    assert Case.objects.get(pk=owing.pop()).state == CaseState.DECIDED


def test_one_place_under_two_names_is_suggested(house: Path) -> None:
    hidden = Case.objects.get(kind="fees", area__code__startswith="410802")
    twin = Case.objects.get(kind="overtime", area__code__startswith="410802")
    assert hidden.site != twin.site
    assert [one.case.pk for one in suggestions(hidden, hidden.file)] == [twin.pk]


def test_what_was_planted_in_letters_meetings_and_plans_comes_out(house: Path) -> None:
    assert Letter.objects.filter(state="withdrawn").count() == 1
    assert Delivery.objects.filter(late(DAY)).count() >= 2
    assert Delivery.objects.filter(state="sent", letter__source="feecharges").count() == 1
    order = Letter.objects.get(source="feecharges")
    charge = FeeCharge.objects.get(pk=order.source_row)
    assert f"涉及{charge.families}户" in "".join(piece.text for line in words_of(order) for piece in line)
    assert Invitee.objects.filter(state="absent", made_up_on=None).count() == 1
    assert broken_promises(Commitment.objects.all(), DAY).count() == 1
    tasks = PlanTask.objects.all()
    assert tasks.values("annex").distinct().count() == 3
    assert tasks.filter(done_on=None, due_on__lt=DAY).exists()
    assert tasks.filter(done_on__gt=F("due_on")).exists()
    assert set(FeeCharge.objects.values_list("finding__state", flat=True)) == {"open", "closed"}
