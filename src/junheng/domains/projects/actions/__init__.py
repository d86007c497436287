"""Deeds about projects: plan the steps, reach them with proof, move them with a reason, accept, cancel."""

from junheng.domains.projects.actions.accepting import accept_project, cancel_project
from junheng.domains.projects.actions.planning import explain, lay_plan, move
from junheng.domains.projects.actions.reaching import reach, report
from junheng.domains.projects.actions.recording import Record

__all__ = ["Record", "accept_project", "cancel_project", "explain", "lay_plan", "move", "reach", "report"]
