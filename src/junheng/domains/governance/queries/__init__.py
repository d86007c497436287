"""Questions about cases: what may come next, what others are told of it, and from what it came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from junheng.domains.governance.models import Case, CaseFile, CaseStep
from junheng.domains.governance.terms import ENDED, STEPS, CaseState


@dataclass(frozen=True, slots=True)
class StateTold:
    """How far a case is, in words that may be told to whoever sent the tip: no name, no place, no amount."""

    state: CaseState
    label: str
    since: date
    closed: bool


def next_states(case: Case) -> list[CaseState]:
    """The states to which a case may go from where it is; empty once it is finished."""
    return [CaseState(target) for source, target in STEPS if source == case.state]


def has_file(case: Case) -> bool:
    """Whether a case is kept by legal steps."""
    return CaseFile.objects.filter(case=case).exists()


def cases_from(source: str, rows: Iterable[int]) -> dict[int, Case]:
    """The case that came from each of these rows of a register, where there is one."""
    found = CaseFile.objects.filter(source=source, source_row__in=list(rows)).select_related("case")
    return {one.source_row: one.case for one in found}


def state_told(case: Case) -> StateTold:
    """The state of a case for somebody outside, and since when it is so."""
    handed = CaseFile.objects.filter(case=case).exclude(handed_to="").exists()
    last = CaseStep.objects.filter(case=case).order_by("-on", "-pk").values_list("on", flat=True).first()
    label = _("已移送有权处理的部门") if handed else str(case.get_state_display())
    return StateTold(
        CaseState(case.state), label, last or case.decided_on or case.opened_on, case.state in ENDED
    )
