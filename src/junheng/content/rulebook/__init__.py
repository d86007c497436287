"""规定 — rules as dated, cited values."""

from junheng.content.rulebook.duties import DUTIES
from junheng.content.rulebook.funding import FUNDING
from junheng.kernel.rulebook import Rulebook

RULEBOOK = Rulebook.of(FUNDING, DUTIES)

__all__ = ["DUTIES", "FUNDING", "RULEBOOK"]
