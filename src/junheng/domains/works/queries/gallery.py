"""What everybody may see of works: those that were selected, of a child only while a guardian's consent stands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from junheng.domains.schemes.models import Certificate
from junheng.domains.schemes.queries.showing import agreed
from junheng.domains.schemes.terms import Stage
from junheng.domains.works.models import Attachment, Work
from junheng.domains.works.terms import JUDGED


@dataclass(frozen=True, slots=True)
class Shown:
    """A work as everybody sees it. ``name`` is a child's only with consent, which every child's work here has."""

    work: Work
    name: str
    files: tuple[Attachment, ...]


def selected(on: date) -> "QuerySet[Work]":
    """The works of contests that are shown, which were recognised and whose certificate still holds."""
    revoked = Certificate.objects.filter(revoked_on__lte=on).values("application")
    return (
        Work.objects.filter(
            application__stage=Stage.RECOGNISED, application__category__contestrule__shown=True
        )
        .exclude(application__in=revoked)
        .select_related("application__category__scheme", "application__pupil", "school")
    )


def visible(works: "QuerySet[Work]", *, on: date) -> list[Work]:
    """Of these works, those that may be shown today."""
    rows = list(works)
    children = {one.application.pupil_id for one in rows} - {None}
    named = agreed((pupil for pupil in children if pupil is not None), on=on)
    return [one for one in rows if one.application.pupil_id is None or one.application.pupil_id in named]


def with_files(works: Sequence[Work]) -> list[Shown]:
    """The same with their files: none in which other children can be recognised, and none that is destroyed."""
    files: dict[int, list[Attachment]] = defaultdict(list)
    for one in showable(one.application_id for one in works).order_by("number"):
        files[one.application_id].append(one)
    return [Shown(one, name_of(one), tuple(files[one.application_id])) for one in works]


def showable(applications: Iterable[int]) -> "QuerySet[Attachment]":
    """The files of applications that may be shown at all, if the work may."""
    rows = Attachment.objects.filter(application__in=list(applications), purpose__in=JUDGED)
    return rows.filter(~Q(seal=""), children=False)


def name_of(work: Work) -> str:
    """Whose work it is; a school's own has no further name."""
    pupil = work.application.pupil
    return pupil.name if pupil is not None else ""


def shown_work(number: int, *, on: date) -> Shown | None:
    """One work, if everybody may see it today."""
    found = visible(selected(on).filter(pk=number), on=on)
    return with_files(found)[0] if found else None


def shown_file(number: int, *, on: date) -> Attachment | None:
    """One file, if everybody may see it today: asked anew each time, so that what is withdrawn is gone at once."""
    row = Attachment.objects.filter(pk=number, purpose__in=JUDGED, children=False).exclude(seal="").first()
    if row is None or not visible(selected(on).filter(application=row.application_id), on=on):
        return None
    return row
