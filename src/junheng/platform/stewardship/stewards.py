"""Who keeps a register of a unit: by role, or somebody whom the city's office named."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.kernel.errors import NotAllowed, NotFound, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import held, role_may, roles_of
from junheng.platform.audit.save import save_row
from junheng.platform.registers import Level, Register
from junheng.platform.registers.asker import Asker
from junheng.platform.stewardship.models import Steward
from junheng.platform.stewardship.units import Unit, level_of_units, own_units


def default_keeper(register: Register[Any]) -> str:
    """The roles that keep a register of a unit where nobody is named."""
    level = level_of_units(register)
    by_level = {
        Level.SCHOOL: (Role.PRINCIPAL, Role.PSYCHOLOGIST),
        Level.COUNTY: (Role.COUNTY_OFFICER, Role.AID_OFFICER, Role.SEALED_OFFICER),
        Level.CITY: (Role.CITY_SECTION, Role.CITY_OFFICE, Role.AID_OFFICER),
    }
    names = [role.label for role in by_level[level] if role_may(role, register, "change")]
    return names[0] if names else level.label


def steward_of(register: Register[Any], unit: Unit, *, on: date) -> Steward | None:
    """Who was named to keep a register of a unit; ``None`` where the role does."""
    found = Steward.objects.filter(held(on), register=register.slug, area=unit.area, school=unit.school)
    return found.select_related("user").first()


def require_may_confirm(register: Register[Any], unit: Unit, *, asker: Asker, on: date) -> None:
    """Refuse whoever does not keep this register of this unit."""
    if (register.slug, unit.key) not in {(one.slug, each.key) for one, each in own_units(asker, on=on)}:
        raise NotAllowed(
            "not-yours-to-confirm",
            "「{label}」由{unit}确认，您可以查看，不能代为确认。",
            label=register.label,
            unit=unit.name,
        )
    named_one = steward_of(register, unit, on=on)
    if named_one is not None and named_one.user_id != asker.user.pk:
        raise NotAllowed(
            "not-the-steward",
            "{unit}的「{label}」由台账员{who}确认。如需换人，请联系市局办公室。",
            label=register.label,
            unit=unit.name,
            who=str(named_one.user),
        )


def may_confirm(register: Register[Any], unit: Unit, *, asker: Asker, on: date) -> bool:
    """Whether this person keeps this register of this unit."""
    try:
        require_may_confirm(register, unit, asker=asker, on=on)
    except NotAllowed:
        return False
    return True


@transaction.atomic
def name_steward(
    register: Register[Any], unit: Unit, username: str, *, asker: Asker, on: date
) -> Steward | None:
    """Name who keeps a register of a unit from today on; an empty name leaves it to the role."""
    if Role.CITY_OFFICE not in roles_of(asker.user, on=asker.today):
        raise NotAllowed("office-names-stewards", "台账员由市局办公室指定。如需换人，请联系市局办公室。")
    user = (
        User.objects.filter(username=username.strip(), is_active=True).first() if username.strip() else None
    )
    if username.strip() and user is None:
        raise NotFound(
            "no-such-login", "没有登录名为「{name}」的账号。请核对后再填。", name=username.strip()[:40]
        )
    if user is not None:
        pairs = own_units(Asker(user, asker.at), on=on)
        if (register.slug, unit.key) not in {(one.slug, each.key) for one, each in pairs}:
            raise Refusal(
                "steward-without-rights",
                "{who}在{unit}没有修改「{label}」的权限，不能担任台账员。请先授权，或另选一人。",
                who=str(user), unit=unit.name, label=register.label,
            )  # fmt: skip
    old = steward_of(register, unit, on=asker.today)
    if old is not None and old.user == user:
        return old
    if old is not None:
        old.until = max(asker.today, old.since)
        save_row(old, by=asker.user, at=asker.at, why=_("更换台账员"))
    if user is None:
        return None
    one = Steward(register=register.slug, area=unit.area, school=unit.school, user=user, since=asker.today)
    save_row(one, by=asker.user, at=asker.at, why=_("指定台账员"))
    return one
