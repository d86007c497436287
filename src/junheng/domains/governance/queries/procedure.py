"""The procedure: which step may come when, by whom, and what it leads to. One line a step."""

from collections.abc import Iterable
from dataclasses import dataclass

from junheng.domains.governance.models import Case, CaseFile, CaseStep
from junheng.domains.governance.terms import ENDED, CaseState, LegalStep, Outcome

TIP, UNDERWAY, DECIDED = (
    frozenset({CaseState.TIP}),
    frozenset({CaseState.INVESTIGATING}),
    frozenset({CaseState.DECIDED}),
)


@dataclass(frozen=True, slots=True)
class Turn:
    """When a step may be taken, and what it asks.

    ``after`` are steps that must have been taken; ``two`` asks for two officers (行政处罚法第四十二条); ``document``
    for the number of a document; ``to`` is the state the case is in then; ``again`` lets it be taken several times.
    """

    states: frozenset[CaseState]
    after: tuple[LegalStep, ...] = ()
    two: bool = False
    document: bool = False
    to: CaseState | None = None
    again: bool = False


S = LegalStep
PROCEDURE: dict[LegalStep, Turn] = {
    S.FILE: Turn(TIP, document=True, to=CaseState.INVESTIGATING),
    S.INVESTIGATE: Turn(UNDERWAY, (S.FILE,), two=True, again=True),
    S.STOP: Turn(UNDERWAY, (S.INVESTIGATE,), two=True, document=True),
    S.NOTICE: Turn(UNDERWAY, (S.INVESTIGATE,), document=True),
    S.PLEA: Turn(UNDERWAY, (S.NOTICE,)),
    S.HEARINGCALL: Turn(UNDERWAY, (S.PLEA,), document=True),
    S.HEARING: Turn(UNDERWAY, (S.HEARINGCALL,)),
    S.COLLECTIVE: Turn(UNDERWAY, (S.NOTICE,), document=True),
    S.DECIDE: Turn(UNDERWAY, (S.NOTICE,), document=True, to=CaseState.DECIDED),
    S.SERVE: Turn(DECIDED, (S.DECIDE,), two=True),
    S.ENFORCE: Turn(DECIDED, (S.SERVE,), document=True),
    S.REVISIT: Turn(DECIDED, (S.SERVE,), two=True, again=True),
    S.CLOSE: Turn(DECIDED, (S.SERVE, S.REVISIT), to=CaseState.CLOSED),
    S.DISMISS: Turn(TIP | UNDERWAY, to=CaseState.UNFOUNDED),
    S.HANDOVER: Turn(TIP | UNDERWAY, document=True, again=True),
    S.HANDEDBACK: Turn(TIP | UNDERWAY, (S.HANDOVER,), again=True),
}


def steps_of(case: Case) -> list[CaseStep]:
    """The steps of a case in the order in which they were written down."""
    return list(CaseStep.objects.filter(case=case).select_related("first", "second").order_by("pk"))


def open_steps(case: Case, file: CaseFile, done: Iterable[CaseStep]) -> list[LegalStep]:
    """The steps that may come now, in the order of the procedure; none once the case is finished."""
    if case.state in ENDED:
        return []
    taken = list(done)
    return [step for step in LegalStep if is_turn(step, case, file, taken)]


def is_turn(step: LegalStep, case: Case, file: CaseFile, done: list[CaseStep]) -> bool:
    """Whether it is the turn of a step."""
    if (step == S.HANDEDBACK) != bool(file.handed_to):
        return False  # while another office has the case nothing is done here but writing down its answer
    turn = PROCEDURE[step]
    names = {LegalStep(one.step) for one in done}
    if case.state not in turn.states or not set(turn.after) <= names:
        return False
    if step in names and not turn.again:
        return False
    if step in {S.HEARINGCALL, S.HEARING}:
        return outcome_of(done, S.PLEA) == Outcome.WANTS_HEARING
    return step != S.ENFORCE or fine_of(done) > 0


def outcome_of(done: list[CaseStep], step: LegalStep) -> str:
    """What came of the newest such step; empty if there was none."""
    return next((one.outcome for one in reversed(done) if one.step == step), "")


def newest(done: list[CaseStep], step: LegalStep) -> CaseStep | None:
    """The newest such step."""
    return next((one for one in reversed(done) if one.step == step), None)


def fine_of(done: list[CaseStep]) -> int:
    """The fine that was decided, in fen."""
    return sum(one.fine_fen for one in done if one.step == S.DECIDE)


INVESTIGATING_STEPS = frozenset({S.INVESTIGATE, S.STOP, S.DECIDE})
"""Whoever takes part in these is a handling officer of the case."""


def handling(done: list[CaseStep]) -> set[int]:
    """The numbers of the officers who handled a case: they do not lead its hearing nor re-visit it."""
    return {
        number
        for one in done
        if one.step in INVESTIGATING_STEPS
        for number in (one.first_id, one.second_id)
        if number is not None
    }


def accounts_of(done: list[CaseStep]) -> set[str]:
    """By whose accounts a case is handled: those that wrote its steps down, and those of the officers who handle it."""
    officers = [each for one in done if one.step in INVESTIGATING_STEPS for each in (one.first, one.second)]
    return {one.done_by for one in done} | {one.login for one in officers if one is not None and one.login}
