"""Which admissions there are, how far each is, and which plan was not published in time."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from junheng.domains.intakes.models import Intake, PlanVersion
from junheng.domains.intakes.terms import VersionState


@dataclass(frozen=True, slots=True)
class Line:
    """One admission on a list, with when its plan was first published."""

    intake: Intake
    published_at: datetime | None
    at: datetime

    @property
    def late(self) -> bool:
        """Whether the plan came after its day, or has not come although the day is over."""
        return (self.published_at or self.at) > self.intake.announce_by

    @property
    def word(self) -> str:
        """How it stands with the publication."""
        if self.published_at is None:
            return _("逾期未公布") if self.late else _("尚未公布")
        return _("逾期公布") if self.late else _("按时公布")

    @property
    def tone(self) -> str:
        """The colour of the word."""
        return "bad" if self.late else "good" if self.published_at else "warn"


def lines(intakes: "QuerySet[Intake]", *, at: datetime) -> list[Line]:
    """Admissions with their publication, in two questions."""
    published = PlanVersion.objects.exclude(published_at=None).order_by("number").defer("document")
    rows = intakes.select_related("area").prefetch_related(
        Prefetch("planversion_set", queryset=published, to_attr="published")
    )
    return [
        Line(one, one.published[0].published_at if one.published else None, at)
        for one in rows.order_by("-year", "area_id", "stage")
    ]


def current(intake: Intake) -> PlanVersion | None:
    """The plan in force."""
    return PlanVersion.objects.filter(intake=intake, state=VersionState.PUBLISHED).first()


def draft_of(intake: Intake) -> PlanVersion | None:
    """The version that is being written, if there is one."""
    found = PlanVersion.objects.filter(intake=intake, state=VersionState.DRAFT).first()
    if found is not None:
        found.intake = intake
    return found
