"""规定 — rules as dated, cited values."""

from junheng.content.rulebook.aid import AID
from junheng.content.rulebook.asking import ASKING
from junheng.content.rulebook.awards import AWARDS
from junheng.content.rulebook.building import BUILDING
from junheng.content.rulebook.casework import CASEWORK
from junheng.content.rulebook.duties import DUTIES
from junheng.content.rulebook.fieldwork import FIELDWORK
from junheng.content.rulebook.funding import FUNDING
from junheng.content.rulebook.guidance import GUIDANCE
from junheng.content.rulebook.helping import HELPING
from junheng.content.rulebook.homevisits import HOMEVISITS
from junheng.content.rulebook.inspection import INSPECTING
from junheng.content.rulebook.privacy import PRIVACY
from junheng.content.rulebook.quality import QUALITY
from junheng.content.rulebook.safety import SAFETY
from junheng.content.rulebook.schemes import SCHEMES
from junheng.content.rulebook.stewardship import STEWARDSHIP
from junheng.content.rulebook.tips import TIPS
from junheng.content.rulebook.workdays import WORKDAYS
from junheng.content.rulebook.works import WORKS
from junheng.kernel.rulebook import Rulebook

RULEBOOK = Rulebook.of(
    CASEWORK,
    FIELDWORK,
    FUNDING,
    HOMEVISITS,
    AWARDS,
    DUTIES,
    STEWARDSHIP,
    PRIVACY,
    ASKING,
    QUALITY,
    WORKDAYS,
    SAFETY,
    INSPECTING,
    TIPS,
    SCHEMES,
    WORKS,
    HELPING,
    BUILDING,
)

__all__ = [
    "AID",
    "ASKING",
    "AWARDS",
    "BUILDING",
    "CASEWORK",
    "DUTIES",
    "FIELDWORK",
    "FUNDING",
    "GUIDANCE",
    "HELPING",
    "HOMEVISITS",
    "INSPECTING",
    "PRIVACY",
    "QUALITY",
    "RULEBOOK",
    "SAFETY",
    "SCHEMES",
    "STEWARDSHIP",
    "TIPS",
    "WORKDAYS",
    "WORKS",
]
