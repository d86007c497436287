"""What every deed of a scheme begins with: the row held, the right asked, and the state it must be in."""

from datetime import datetime
from typing import Any

from junheng.domains.areas.policies import check_may
from junheng.domains.schemes.models import AwardScheme, SchemeApplication
from junheng.domains.schemes.terms import SchemeState, Stage
from junheng.kernel.errors import Conflict
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


def scheme_held(scheme: AwardScheme, state: SchemeState, deed: str, *, by: Any, at: datetime) -> AwardScheme:
    """The scheme as it stands now, held until the end of the transaction; refused where it is not its turn."""
    scheme = AwardScheme.objects.select_for_update().get(pk=scheme.pk)
    check_may(deed, scheme, by=by, at=at)
    if scheme.state != state:
        raise Conflict(
            "scheme-not-there",
            "“{scheme}”现为“{state}”，不能“{deed}”。没有做任何改动。",
            scheme=scheme.title,
            state=scheme.get_state_display(),
            deed=deed,
        )
    return scheme


def application_held(
    application: SchemeApplication, stages: "frozenset[Stage]", deed: str, *, by: Any, at: datetime
) -> SchemeApplication:
    """The same of an application."""
    application = application_locked(application)
    check_may(deed, application, by=by, at=at)
    check_stage(application, stages, deed)
    return application


def application_locked(application: SchemeApplication) -> SchemeApplication:
    """The application as it stands now, held until the end of the transaction."""
    return (
        SchemeApplication.objects.select_for_update(of=("self",))
        .select_related(
            "category__scheme",
            "school",
            "kindergarten",
            "pupil__school_class__school",
            "group",
            "area",
            "school_class__school",
        )
        .get(pk=application.pk)
    )


def check_stage(application: SchemeApplication, stages: "frozenset[Stage]", deed: str) -> None:
    """Refuse where it is not its turn, and say where it is."""
    if application.stage not in stages:
        raise Conflict(
            "application-not-there",
            "申报 {number} 现为“{stage}”，不能“{deed}”，可能已由他人办理。没有做任何改动。",
            number=application.number or application.pk,
            stage=application.get_stage_display(),
            deed=deed,
        )


def move(application: SchemeApplication, to: Stage, *, by: Any, at: datetime, why: str) -> SchemeApplication:
    """Bring an application to its next stage."""
    application.stage = to
    save_row(application, by=by, at=at, why=why, verb=Verb.DEED.value)
    return application
