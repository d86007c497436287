"""规定 — rules as dated, cited values."""

from junheng.content.rulebook.asking import ASKING
from junheng.content.rulebook.duties import DUTIES
from junheng.content.rulebook.funding import FUNDING
from junheng.content.rulebook.privacy import PRIVACY
from junheng.content.rulebook.quality import QUALITY
from junheng.content.rulebook.safety import SAFETY
from junheng.content.rulebook.stewardship import STEWARDSHIP
from junheng.content.rulebook.workdays import WORKDAYS
from junheng.kernel.rulebook import Rulebook

RULEBOOK = Rulebook.of(FUNDING, DUTIES, STEWARDSHIP, PRIVACY, ASKING, QUALITY, WORKDAYS, SAFETY)

__all__ = ["ASKING", "DUTIES", "FUNDING", "PRIVACY", "QUALITY", "RULEBOOK", "SAFETY", "STEWARDSHIP", "WORKDAYS"]
