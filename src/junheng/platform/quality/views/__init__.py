"""Pages of quality."""

from junheng.platform.quality.views.overview import check, overview
from junheng.platform.quality.views.problem import carry, decide, dismiss, explain, finding
from junheng.platform.quality.views.rejoining import merge, merged, undo

__all__ = ["carry", "check", "decide", "dismiss", "explain", "finding", "merge", "merged", "overview", "undo"]
