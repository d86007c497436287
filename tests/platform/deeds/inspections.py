"""Cases of the deeds about checklists and rounds of inspection; ``cases`` says what a case is."""

from datetime import timedelta

from django.utils import timezone

from junheng.domains.checklists.models import Checklist
from junheng.domains.safety import actions
from junheng.domains.safety.models import ResultNotice, Round, RoundPlan
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.safety.round import AT, DAY, HERE, WHY, a_list, a_round, planned, section
from tests.platform.deeds.filled import Filled

FACTS = {"at": AT, "why": WHY}


def by() -> User:
    """The city's section; the rows lie in a county, so that its officer does the deeds as well."""
    return section()


def fresh() -> Round:
    makers.school(area_id=HERE)
    return a_round(area_id=HERE)


def ready() -> Round:
    return planned(by(), fresh(), checklist=a_list(by(), area=HERE))


def running() -> Round:
    one = ready()
    actions.open_round(one, by=by(), **FACTS)
    return one


def closed() -> Round:
    one = running()
    return actions.close_round(one, on=DAY, by=by(), **FACTS).round


def told() -> Round:
    one = closed()
    actions.send_results(one, until=DAY + timedelta(days=9), by=by(), **FACTS)
    return one


def draft() -> Checklist:
    return a_list(by(), issued=False, area=HERE)


def issued() -> Checklist:
    return a_list(by(), area=HERE)


def state(row: object, wanted: str) -> bool:
    return RoundPlan.objects.get(round=row).state == wanted


INSPECTIONS: dict[tuple[str, str], Filled] = {
    ("checklists", "issue"): Filled(
        draft,
        Role.COUNTY_OFFICER,
        lambda row: {},
        lambda row: Checklist.objects.get(pk=row.pk).state == "issued",
        issued,
    ),
    ("checklists", "revise"): Filled(
        issued,
        Role.COUNTY_OFFICER,
        lambda row: {"reason": "条款有变"},
        lambda row: Checklist.objects.filter(previous=row.pk, number=2, state="draft").exists(),
        draft,
    ),
    ("rounds", "plan"): Filled(
        fresh,
        Role.COUNTY_OFFICER,
        lambda row: {
            "checklist": issued().code,
            "kind_primary": "on",
            "self_from": str(DAY),
            "county_from": str(DAY),
        },
        lambda row: RoundPlan.objects.get(round=row.pk).kinds == "primary",
        running,
    ),
    ("rounds", "open"): Filled(
        ready, Role.COUNTY_OFFICER, lambda row: {}, lambda row: state(row, "open"), running
    ),
    ("rounds", "close"): Filled(
        running, Role.COUNTY_OFFICER, lambda row: {"on": str(DAY)}, lambda row: state(row, "closed"), ready
    ),
    ("rounds", "results"): Filled(
        closed,
        Role.COUNTY_OFFICER,
        lambda row: {"until": str(timezone.localdate() + timedelta(days=9))},
        lambda row: ResultNotice.objects.filter(round=row.pk).exists(),
        told,
    ),
}
