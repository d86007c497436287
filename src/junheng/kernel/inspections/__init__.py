"""双随机: whom to inspect and by whom, drawn so that nobody chooses either and anybody can draw again.

``draw`` and ``assign`` are pure; ``faults`` checks what they did without them; ``publish`` writes the folder that
``verify_sample`` recounts with the standard library alone.
"""

from junheng.kernel.inspections.crossing import pairs_of
from junheng.kernel.inspections.inclusion import chances
from junheng.kernel.inspections.problem import Assignment, Cross, Inspector, Plan
from junheng.kernel.inspections.publish import Drawn, plan_file, plan_of, publish, root_of_units
from junheng.kernel.inspections.solve import assign, draw
from junheng.kernel.inspections.verify import faults

__all__ = [
    "Assignment",
    "Cross",
    "Drawn",
    "Inspector",
    "Plan",
    "assign",
    "chances",
    "draw",
    "faults",
    "pairs_of",
    "plan_file",
    "plan_of",
    "publish",
    "root_of_units",
]
