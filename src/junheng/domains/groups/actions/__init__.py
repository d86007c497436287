"""Deeds about groups, pairs and weak schools: merge, split, dissolve, join, leave, lead; help and what is said of it; progress."""

from junheng.domains.groups.actions.helping import confirm_help, dispute_help, record_help
from junheng.domains.groups.actions.joining import change_lead, join_group, leave_group
from junheng.domains.groups.actions.lifting import note_progress
from junheng.domains.groups.actions.merging import merge_groups
from junheng.domains.groups.actions.nursing import join_kindergarten, leave_kindergarten
from junheng.domains.groups.actions.parting import dissolve_group, split_group

__all__ = [
    "change_lead",
    "confirm_help",
    "dispute_help",
    "dissolve_group",
    "join_group",
    "join_kindergarten",
    "leave_group",
    "leave_kindergarten",
    "merge_groups",
    "note_progress",
    "record_help",
    "split_group",
]
