"""Pages behind a login: plans and their steps, planned visits, and the page that inspectors hold in their hand."""

from junheng.domains.visits.desk import errands, mine, onsite, panels, plans, steps, ties, waiting

__all__ = ["errands", "mine", "onsite", "panels", "plans", "steps", "ties", "waiting"]
