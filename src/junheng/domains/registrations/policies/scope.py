"""Who checks what families state: the office of the county, and the city's section. Auditors see states, no details."""

from typing import Any

from junheng.domains.intakes.policies.scope import READERS, WRITERS
from junheng.domains.registrations.models import Application, Objection, StatedCircumstance
from junheng.kernel.errors import NotAllowed, NotFound
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker


class ApplicationScope(Register[Application]):
    """Rights over applications. There is no register of them: nobody lists, exports or searches families here."""

    slug = "applications"
    chapter = "compulsory"
    model = Application
    area = "area"
    readers = READERS
    writers = WRITERS


class CircumstanceScope(Register[StatedCircumstance]):
    """Rights over what families state."""

    slug = "circumstances"
    chapter = "compulsory"
    model = StatedCircumstance
    area = "area"
    readers = READERS
    writers = WRITERS


class ObjectionScope(Register[Objection]):
    """Rights over appeals."""

    slug = "objections"
    chapter = "compulsory"
    model = Objection
    area = "area"
    readers = READERS
    writers = WRITERS


APPLICATIONS, CIRCUMSTANCES, OBJECTIONS = ApplicationScope(), CircumstanceScope(), ObjectionScope()


def application_of(intake: str, code: str, *, asker: Asker) -> Application:
    """An application within the scope; outside it looks absent."""
    rows = Application.objects.filter(intake__code=intake, code=code).select_related(
        "intake__area", "home_area", "catchment_school"
    )
    found = asker.within(rows, APPLICATIONS, "view").first()
    if found is None:
        raise NotFound("no-such-application", "没有找到这份报名，或者它不在您的权限范围内。请返回审核列表。")
    return found


def check_clerk(rows: Any, scope: Register[Any], *, asker: Asker) -> None:
    """Refuse whoever does not check in this county."""
    if not asker.within(rows, scope, "change").exists():
        raise NotAllowed(
            "check-not-yours",
            "您没有审核这份报名的权限，没有做任何改动。能审核的是本县（市、区）教育局招生人员和市局科室。",
        )
