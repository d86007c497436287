"""Who had a part in a result: they do not decide an appeal against it."""

from junheng.domains.placements.models import Countersign, Listed, Run
from junheng.domains.registrations.models import Application


def had_part(application: Application) -> set[str]:
    """Whoever closed, computed or released; nobody while the application is in no list."""
    if not Listed.objects.filter(application=application).exists():
        return set()
    names: set[str] = set()
    for asked, agreed in Countersign.objects.filter(intake=application.intake_id).values_list(
        "asked_by", "agreed_by"
    ):
        names |= {asked, agreed}
    names |= set(Run.objects.filter(draw__intake=application.intake_id).values_list("made_by", flat=True))
    return names
