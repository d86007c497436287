"""Public pages of a draw and its results, and a family's own result."""

from junheng.domains.placements.portal.results import answer, appeal_against, look_up
from junheng.domains.placements.portal.runs import auditor, folder, numbers, public

__all__ = ["answer", "appeal_against", "auditor", "folder", "look_up", "numbers", "public"]
