"""A plan as it lies in the table, held for the length of the transaction."""

from junheng.domains.visits.models import SamplePlan


def locked(pk: int) -> SamplePlan:
    """The plan, which nobody else changes meanwhile."""
    return SamplePlan.objects.select_for_update().get(pk=pk)
