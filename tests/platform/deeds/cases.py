"""One case a deed: a row it is open for, who may do it, what to fill in, and a row it is not open for."""

from datetime import date
from typing import Any

from django.db.models import Model

from junheng.domains.care.models import CommitteeMember
from junheng.domains.governance.models import Case
from junheng.domains.groups.models import SchoolGroup
from junheng.domains.guidance.models import CareCase, CareMeasure, CarePlan
from junheng.domains.kindergartens.models import Recognition
from junheng.domains.pupils.models import Household, Pupil
from junheng.domains.schools.models import School
from junheng.domains.waters.models import Assignment
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.platform.deeds.afterclass import AFTERCLASS
from tests.platform.deeds.aid import AID
from tests.platform.deeds.awards import AWARDS
from tests.platform.deeds.crossings import CROSSINGS
from tests.platform.deeds.filled import DAY, ON, WHY, Filled
from tests.platform.deeds.funds import FUNDS
from tests.platform.deeds.governance import GOVERNANCE
from tests.platform.deeds.groups import GROUPS
from tests.platform.deeds.hazards import HAZARDS
from tests.platform.deeds.incidents import INCIDENTS
from tests.platform.deeds.inspections import INSPECTIONS
from tests.platform.deeds.kindergartens import KINDERGARTENS
from tests.platform.deeds.later import LATER
from tests.platform.deeds.letters import LETTERS
from tests.platform.deeds.patrols import PATROLS
from tests.platform.deeds.projects import PROJECTS
from tests.platform.deeds.quotas import QUOTAS
from tests.platform.deeds.referrals import REFERRALS
from tests.platform.deeds.schemes import SCHEMES
from tests.platform.deeds.works import WORKS


def pupil(**given: Any) -> Pupil:
    return makers.pupil(makers.school_class(makers.school()), **given)


def member(**given: Any) -> CommitteeMember:
    one = pupil()
    return CommitteeMember.objects.create(
        pupil=one,
        school_class=one.school_class,
        school=one.school,
        area_id=one.area_id,
        since=makers.BEGUN,
        **given,
    )


def case(**given: Any) -> Case:
    return Case.objects.create(
        code=f"A{Case.objects.count()}",
        site="S",
        title="某工作室",
        area_id="410802",
        kind="fees",
        opened_on=makers.BEGUN,
        **given,
    )


def care_case(**given: Any) -> CareCase:
    number = CareCase.objects.count()
    facts = {
        "code": f"T{number}",
        "area_id": "410802",
        "opened_on": makers.BEGUN,
        "number": f"L{number:018d}",
    }
    return CareCase.objects.create(school=makers.school(), **facts | given)


def planned_case() -> CareCase:
    case = care_case()
    CarePlan.objects.create(case=case, area_id=case.area_id, responsible="示例负责人", since=makers.BEGUN)
    return case


def measured_case() -> CareCase:
    case = care_case()
    CareMeasure.objects.create(
        case=case, kind="law_lesson", taker="legal_deputy", rhythm="monthly", since=makers.BEGUN
    )
    return case


BEFORE = date(2023, 10, 31)
"""The last day on which a recognition was decided on paper, and one person enters it."""


def group(**given: Any) -> SchoolGroup:
    number = SchoolGroup.objects.count()
    facts = {"code": f"G{number}", "name": f"示例集团{number}", "area_id": "410802", "kind": "compulsory"}
    return SchoolGroup.objects.create(since=makers.BEGUN, **facts | given)


def charge(**given: Any) -> Assignment:
    return makers.assignment(makers.water(), makers.person(), **given)


def held(**given: Any) -> Recognition:
    facts = {"decision": "recognised", "decided_on": date(2023, 9, 2), "since": date(2023, 9, 2)}
    return makers.application(makers.kindergarten(), **facts | given)


def school_of(row: Model) -> School:
    assert isinstance(row, Household)
    return row.pupil_set.get().school


def second_person(row: Model) -> None:
    assert isinstance(row, Assignment)
    makers.assignment(row.water, makers.person())


CASES: dict[tuple[str, str], Filled] = {
    ("pupils", "appoint"): Filled(
        pupil,
        Role.PRINCIPAL,
        lambda row: {"since": str(DAY), "consent": "是", "own_yes": "是"},
        lambda row: CommitteeMember.objects.filter(pupil_id=row.pk, since=DAY).exists(),
        lambda: pupil(until=DAY),
    ),
    ("committee", "end"): Filled(
        member,
        Role.PRINCIPAL,
        lambda row: {"until": str(DAY)},
        lambda row: CommitteeMember.objects.get(pk=row.pk).until == DAY,
        lambda: member(until=DAY),
    ),
    ("recognitions", "recognise"): Filled(
        lambda: makers.application(makers.kindergarten()),
        Role.COUNTY_OFFICER,
        lambda row: {"decided_on": str(BEFORE), "since": str(BEFORE), "number": "示教〔2023〕1号"},
        lambda row: Recognition.objects.get(pk=row.pk).since == BEFORE,
        held,
    ),
    ("recognitions", "reject"): Filled(
        lambda: makers.application(makers.kindergarten()),
        Role.COUNTY_OFFICER,
        lambda row: {"decided_on": str(DAY)},
        lambda row: Recognition.objects.get(pk=row.pk).decision == "rejected",
        held,
    ),
    ("recognitions", "end"): Filled(
        held,
        Role.COUNTY_OFFICER,
        lambda row: {"until": str(DAY), "ended_by": "withdrawn"},
        lambda row: Recognition.objects.get(pk=row.pk).ended_by == "withdrawn",
        lambda: held(until=DAY, ended_by="closed"),
    ),
    ("cases", "step"): Filled(
        case,
        Role.COUNTY_OFFICER,
        lambda row: ON | {"to": "investigating"},
        lambda row: Case.objects.get(pk=row.pk).state == "investigating",
        lambda: case(state="closed"),
    ),
    ("carecases", "plan"): Filled(
        care_case,
        Role.SEALED_OFFICER,
        lambda row: {"responsible": "示例负责人", "since": str(DAY)},
        lambda row: CareCase.objects.get(pk=row.pk).careplan_set.get().since == DAY,
        lambda: care_case(closed_on=DAY),
    ),
    ("committee", "renew"): Filled(
        member,
        Role.PRINCIPAL,
        lambda row: ON | {"consent": "是", "own_yes": "是"},
        lambda row: CommitteeMember.objects.get(pk=row.pk).renewed_on == DAY,
        lambda: member(until=DAY),
    ),
    ("carecases", "review"): Filled(
        planned_case,
        Role.SEALED_OFFICER,
        lambda row: ON | {"step": "up", "reason": "new_facts"},
        lambda row: CareCase.objects.get(pk=row.pk).careplan_set.get(until=None).level == "support",
        lambda: care_case(closed_on=DAY),
    ),
    ("carecases", "measure"): Filled(
        care_case,
        Role.SEALED_OFFICER,
        lambda row: {"kind": "law_lesson", "taker": "legal_deputy", "rhythm": "monthly", "since": str(DAY)},
        lambda row: CareCase.objects.get(pk=row.pk).measures.get().since == DAY,
        lambda: care_case(closed_on=DAY),
    ),
    ("carecases", "outcome"): Filled(
        measured_case,
        Role.SEALED_OFFICER,
        lambda row: ON | {"measure": str(CareMeasure.objects.get(case=row.pk).pk), "outcome": "better"},
        lambda row: CareMeasure.objects.get(case=row.pk).until == DAY,
        lambda: care_case(closed_on=DAY),
    ),
    ("carecases", "offer"): Filled(
        care_case,
        Role.SEALED_OFFICER,
        lambda row: ON | {"to_school": makers.school().code},
        lambda row: CareCase.objects.get(pk=row.pk).transfers.get().asked_on == DAY,
        lambda: care_case(closed_on=DAY),
    ),
    ("carecases", "close"): Filled(
        care_case,
        Role.SEALED_OFFICER,
        lambda row: ON | {"result": "reached"},
        lambda row: CareCase.objects.get(pk=row.pk).closed_on == DAY,
        lambda: care_case(closed_on=DAY),
    ),
    ("households", "visit"): Filled(
        lambda: pupil().household,
        Role.COUNTY_OFFICER,
        lambda row: ON | {"school": school_of(row).code, "teacher": "示例教师", "way": "in_person"},
        lambda row: Household.objects.get(pk=row.pk).visit_set.get().visited_on == DAY,
    ),
    ("groups", "merge"): Filled(
        group,
        Role.COUNTY_OFFICER,
        lambda row: ON | {"heir": group().code},
        lambda row: SchoolGroup.objects.get(pk=row.pk).until == DAY,
        lambda: group(until=DAY),
    ),
    ("assignments", "handover"): Filled(
        charge,
        Role.COUNTY_OFFICER,
        lambda row: ON | {"successor": makers.person().code},
        lambda row: Assignment.objects.get(pk=row.pk).until == DAY,
        lambda: charge(until=DAY),
    ),
    ("assignments", "end"): Filled(
        charge,
        Role.COUNTY_OFFICER,
        lambda row: ON if second_person(row) is None else {},
        lambda row: Assignment.objects.get(pk=row.pk).until == DAY,
        lambda: charge(until=DAY),
    ),
    **LATER,
    **AFTERCLASS,
    **AID,
    **AWARDS,
    **FUNDS,
    **GOVERNANCE,
    **GROUPS,
    **LETTERS,
    **QUOTAS,
    **SCHEMES,
    **WORKS,
    **CROSSINGS,
    **INCIDENTS,
    **INSPECTIONS,
    **KINDERGARTENS,
    **REFERRALS,
    **HAZARDS,
    **PATROLS,
    **PROJECTS,
}

__all__ = ["CASES", "WHY", "Filled"]
