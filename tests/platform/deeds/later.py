"""Cases of the deeds about lineage, consent and erasure; ``cases`` says what a case is."""

from typing import Any

from django.db.models import Model

from junheng.domains.areas.models import Area
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.pupils.models import Child, Consent, Household
from junheng.domains.schools.models import School
from junheng.platform.access.roles import Role
from junheng.platform.lineage.actions import rename
from junheng.platform.lineage.models import Succession
from junheng.platform.retention.models import Erasure
from tests.domains import makers
from tests.makers import make
from tests.platform.deeds.filled import DAY, ON, Filled

PAPER = ON | {"number": "示例〔2023〕1号"}
SEEN = PAPER | {"checked": "on"}
OTHER = "410802009"


def township() -> str:
    """Another township of the county, by its code."""
    Area.objects.get_or_create(code=OTHER, defaults={"name": "示例镇", "kind": "township"})
    return OTHER


def lies_there(row: Model) -> bool:
    return type(row)._default_manager.filter(pk=row.pk, area_id=OTHER).exists()


def is_called(row: Model, name: str) -> bool:
    return type(row)._default_manager.filter(pk=row.pk, name=name).exists()


def has_ended(row: Model) -> bool:
    return type(row)._default_manager.filter(pk=row.pk).exclude(until=None).exists()


def was_asked(row: Any) -> bool:
    return Erasure.objects.exists()


def school() -> School:
    return makers.school()


def closed_school() -> School:
    return makers.school(until=DAY)


def some_class(row: Model) -> str:
    """One of the school's two classes, as the form names it."""
    assert isinstance(row, School)
    one = makers.school_class(row, grade=1, number=1)
    makers.school_class(row, grade=1, number=2)
    return f"{one.grade}-{one.number}"


def kindergarten() -> Kindergarten:
    return makers.kindergarten()


def closed_kindergarten() -> Kindergarten:
    return makers.kindergarten(until=DAY)


def child(**given: Any) -> Child:
    found: Child = make(Child, **given)
    return found


def pupil(**given: Any) -> Model:
    return makers.pupil(makers.school_class(makers.school()), **given)


def consent(**given: Any) -> Consent:
    found: Consent = make(Consent, **{"agreed": True} | given)
    return found


def renamed() -> Succession:
    officer = makers.user(Role.CITY_SECTION)
    rename(
        makers.school(),
        name="实验小学",
        on=DAY,
        number="示例〔2023〕2号",
        by=officer,
        at=makers.AT,
        why="更名",
    )
    return Succession.objects.get()


def answer(row: Model) -> dict[str, str]:
    return {
        "purpose": "photo", "agreed": "yes", "given_by": "示例家长", "relation": "mother", "how": "paper",
        "since": str(DAY),
    }  # fmt: skip


LATER: dict[tuple[str, str], Filled] = {
    ("schools", "rename"): Filled(
        school, Role.COUNTY_OFFICER, lambda row: PAPER | {"name": "实验小学"}, lambda row: is_called(row, "实验小学"), closed_school
    ),
    ("schools", "move"): Filled(
        school, Role.COUNTY_OFFICER, lambda row: SEEN | {"area": township()}, lies_there, closed_school
    ),
    ("schools", "merge"): Filled(
        school, Role.COUNTY_OFFICER, lambda row: SEEN | {"codes": makers.school(name="并入小学").code},
        lambda row: School.objects.filter(name="并入小学").exclude(until=None).exists(), closed_school,
    ),
    ("schools", "close"): Filled(
        school, Role.COUNTY_OFFICER, lambda row: SEEN | {"heir": makers.school().code}, has_ended, closed_school
    ),
    ("schools", "split"): Filled(
        school, Role.COUNTY_OFFICER,
        lambda row: PAPER | {
            "code": "2141777777", "name": "分出小学", "area": township(),
            "classes": some_class(row),
        },
        lambda row: School.objects.filter(code="2141777777").exists(), closed_school,
    ),
    ("schools", "recode"): Filled(
        school, Role.COUNTY_OFFICER,
        lambda row: SEEN | {"code": "3141777777", "name": "示例九年制学校", "kind": "nine_year"},
        has_ended, closed_school,
    ),
    ("kindergartens", "rename"): Filled(
        kindergarten, Role.COUNTY_OFFICER, lambda row: PAPER | {"name": "新名幼儿园"},
        lambda row: is_called(row, "新名幼儿园"), closed_kindergarten,
    ),
    ("kindergartens", "move"): Filled(
        kindergarten, Role.COUNTY_OFFICER, lambda row: SEEN | {"area": township()}, lies_there, closed_kindergarten
    ),
    ("kindergartens", "merge"): Filled(
        kindergarten, Role.COUNTY_OFFICER, lambda row: SEEN | {"codes": makers.kindergarten(name="并入幼儿园").code},
        lambda row: Kindergarten.objects.filter(name="并入幼儿园").exclude(until=None).exists(), closed_kindergarten,
    ),
    ("kindergartens", "close"): Filled(
        kindergarten, Role.COUNTY_OFFICER, lambda row: SEEN | {"heir": makers.kindergarten().code}, has_ended,
        closed_kindergarten,
    ),
    ("areas", "rename"): Filled(
        lambda: Area.objects.get(pk="410802001"), Role.COUNTY_OFFICER, lambda row: PAPER | {"name": "新名街道"},
        lambda row: is_called(row, "新名街道"),
    ),
    ("areas", "merge"): Filled(
        lambda: Area.objects.get(pk="410802001"), Role.COUNTY_OFFICER, lambda row: PAPER | {"heir": township()}, has_ended
    ),
    ("areas", "recode"): Filled(
        lambda: Area.objects.get(pk="410802001"), Role.COUNTY_OFFICER, lambda row: PAPER | {"code": "410802901"},
        lambda row: has_ended(row) and Area.objects.filter(pk="410802901", until=None).exists(),
    ),
    ("lineage", "take-back"): Filled(
        renamed, Role.COUNTY_OFFICER, lambda row: {},
        lambda row: Succession.objects.get(pk=row.pk).withdrawn_on is not None,
    ),
    ("pupils", "consent"): Filled(
        pupil, Role.PRINCIPAL, answer, lambda row: Consent.objects.filter(pupil_id=row.pk, agreed=True).exists(),
        lambda: pupil(until=DAY),
    ),
    ("children", "consent"): Filled(
        child, Role.COUNTY_OFFICER, answer, lambda row: Consent.objects.filter(child_id=row.pk, agreed=True).exists(),
        lambda: child(until=DAY),
    ),
    ("consents", "withdraw"): Filled(
        consent, Role.COUNTY_OFFICER, lambda row: ON,
        lambda row: Consent.objects.get(pk=row.pk).withdrawn_on == DAY, lambda: consent(agreed=False),
    ),
    ("pupils", "erase"): Filled(pupil, Role.COUNTY_OFFICER, lambda row: {}, was_asked),
    ("children", "erase"): Filled(child, Role.COUNTY_OFFICER, lambda row: {}, was_asked),
    ("households", "erase"): Filled(
        lambda: make(Household), Role.COUNTY_OFFICER, lambda row: {}, was_asked
    ),
}  # fmt: skip
