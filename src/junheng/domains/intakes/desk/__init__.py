"""Pages on which the office writes a plan."""

from junheng.domains.intakes.desk import waiting
from junheng.domains.intakes.desk.filling import catchments, categories, export, papers, school
from junheng.domains.intakes.desk.overview import change, new, office, plan
from junheng.domains.intakes.desk.steps import add_school, publish, remove_school, revise

__all__ = [
    "add_school",
    "catchments",
    "categories",
    "change",
    "export",
    "new",
    "office",
    "papers",
    "plan",
    "publish",
    "remove_school",
    "revise",
    "school",
    "waiting",
]
