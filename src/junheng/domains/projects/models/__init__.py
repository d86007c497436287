"""Tables of plans and building projects, each project with its dated steps, its acceptance and what was paid."""

from junheng.domains.projects.models.projects import Plan, PlanItem, Project
from junheng.domains.projects.models.steps import Milestone, ProjectAcceptance, ProjectPayment

__all__ = ["Milestone", "Plan", "PlanItem", "Project", "ProjectAcceptance", "ProjectPayment"]
