"""Cases of the deeds about incidents and levels of standardisation; ``cases`` says what a case is."""

from datetime import timedelta
from typing import Any

from django.db.models import Model

from junheng.domains.findings.models import Finding
from junheng.domains.incidents import actions
from junheng.domains.incidents.models import Incident
from junheng.domains.letters.models import Letter
from junheng.domains.safety.models import Acceptance
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.incidents.events import DAY as HAPPENED
from tests.domains.incidents.events import FACTS, MEASURE, REVIEW, done, officer, reported, reviewed
from tests.domains.letters.office import series
from tests.domains.safety.levels import asked, by_standard, checked, granted, seen
from tests.domains.safety.round import DAY as SEEN_ON
from tests.platform.deeds.filled import ON, Filled

HAPPENED_SO = {"kind": "fire", "place": "食堂", "what": "油锅起火，已扑灭", "hurt": "0"} | ON
LATER = {"on": str(HAPPENED + timedelta(days=5))}
SEEN = {"on": str(SEEN_ON)}


def at_a_place(role: Role, maker: Any) -> Filled:
    return Filled(
        maker, role, lambda row: HAPPENED_SO, lambda row: Incident.objects.filter(kind="fire").exists()
    )


def is_(row: Model, **facts: Any) -> bool:
    return Acceptance.objects.filter(pk=row.pk, **facts).exists()


def closed() -> Incident:
    return actions.close(done(), on=HAPPENED + timedelta(days=5), by=officer(), **FACTS)


def school_that_may_ask() -> Model:
    return by_standard()[1]


INCIDENTS: dict[tuple[str, str], Filled] = {
    ("schools", "incident"): at_a_place(Role.PRINCIPAL, lambda: makers.school()),
    ("kindergartens", "incident"): at_a_place(Role.COUNTY_OFFICER, lambda: makers.kindergarten()),
    ("waters", "incident"): at_a_place(Role.COUNTY_OFFICER, lambda: makers.water()),
    ("incidents", "review"): Filled(
        reported, Role.PRINCIPAL, lambda row: LATER | REVIEW,
        lambda row: Incident.objects.get(pk=row.pk).state == "reviewed", reviewed,
    ),
    ("incidents", "measure"): Filled(
        reviewed, Role.PRINCIPAL,
        lambda row: MEASURE | {"due_on": str(HAPPENED + timedelta(days=20)), "severity": "general"},
        lambda row: Finding.objects.filter(source="incidents", source_row=row.pk).exists(), closed,
    ),
    ("incidents", "tell"): Filled(
        reviewed, Role.COUNTY_OFFICER, lambda row: {"series": series().code, "wants_reply": "是"},
        lambda row: Letter.objects.filter(source="incidents", source_row=row.pk).exists(), reported,
    ),
    ("incidents", "close"): Filled(
        done, Role.COUNTY_OFFICER, lambda row: LATER,
        lambda row: Incident.objects.get(pk=row.pk).state == "closed", reported,
    ),
    ("schools", "asklevel"): Filled(
        school_that_may_ask, Role.PRINCIPAL, lambda row: {},
        lambda row: Acceptance.objects.filter(school=row.pk, state="asked").exists(),
    ),
    ("acceptances", "check"): Filled(
        lambda: seen(), Role.COUNTY_OFFICER, lambda row: SEEN | {"words": "现场核对无误"},
        lambda row: is_(row, state="checked", county_level="first"), checked,
    ),
    ("acceptances", "grant"): Filled(
        checked, Role.CITY_SECTION, lambda row: SEEN | {"level": "second", "number": "示安〔2024〕1号"},
        lambda row: is_(row, state="granted", level="second"), asked,
    ),
    ("acceptances", "return"): Filled(
        checked, Role.CITY_SECTION, lambda row: SEEN | {"words": "食堂条目须重查"},
        lambda row: is_(row, state="returned"), granted,
    ),
    ("acceptances", "withdraw"): Filled(
        granted, Role.CITY_SECTION, lambda row: SEEN | {"words": "认定依据不实"},
        lambda row: is_(row, state="withdrawn"), checked,
    ),
}  # fmt: skip
