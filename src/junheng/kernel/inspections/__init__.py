"""双随机: whom to inspect and by whom, drawn so that nobody chooses either and anybody can draw again.

``draw`` and ``assign`` are pure; ``faults`` checks what they did without them; ``publish`` writes the folder that
``verify_sample`` recounts with the standard library alone.
"""

from junheng.kernel.inspections.problem import Assignment, Inspector, Plan
from junheng.kernel.inspections.publish import Drawn, publish, root_of_units
from junheng.kernel.inspections.solve import assign, draw
from junheng.kernel.inspections.verify import faults

__all__ = ["Assignment", "Drawn", "Inspector", "Plan", "assign", "draw", "faults", "publish", "root_of_units"]
