"""Passages that two texts share: found from a few marks of each, and shown where they stand in both."""

from junheng.kernel.passages.marks import CERTAIN, marks_of
from junheng.kernel.passages.shared import Passage, covered, shared
from junheng.kernel.passages.tidying import Tidy, tidied

__all__ = ["CERTAIN", "Passage", "Tidy", "covered", "marks_of", "shared", "tidied"]
