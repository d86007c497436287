"""Questions about cases: what may come next."""

from junheng.domains.governance.models import Case
from junheng.domains.governance.terms import STEPS, CaseState


def next_states(case: Case) -> list[CaseState]:
    """The states to which a case may go from where it is; empty once it is finished."""
    return [CaseState(target) for source, target in STEPS if source == case.state]
