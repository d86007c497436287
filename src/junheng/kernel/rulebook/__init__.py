"""Rules as dated, cited values. A value cannot be asked for without a day."""

from junheng.kernel.rulebook.dated import Certainty, Dated, InForce, Step
from junheng.kernel.rulebook.load import load_rules
from junheng.kernel.rulebook.rulebook import Rulebook

__all__ = ["Certainty", "Dated", "InForce", "Rulebook", "Step", "load_rules"]
