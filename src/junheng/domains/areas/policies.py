"""Who may do a deed: whoever may change the register in which the row stands, at the place where the row lies; or a role."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from junheng.kernel.errors import NotAllowed
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import role_may, roles_of
from junheng.platform.registers import register_of
from junheng.platform.registers.asker import Asker


def may(row: Model, *, by: Any, at: datetime) -> bool:
    """Whether somebody may do deeds about a row; a row that does not exist yet is asked about once it is written."""
    register = register_of(type(row))
    if register is None:
        return False
    rows = type(row)._default_manager.filter(pk=row.pk)
    return Asker(by, at).within(rows, register, "change").exists()


def check_may(deed: str, row: Model, *, by: Any, at: datetime) -> None:
    """Refuse with the deed's name and with who may do it. Asked inside the transaction, so nothing half stays."""
    if may(row, by=by, at=at):
        return
    register = register_of(type(row))
    roles = [role.label for role in Role if register is not None and role_may(role, register, "change")]
    raise NotAllowed(
        "deed-not-yours",
        "您没有“{deed}”的权限，没有做任何改动。能办理的是本辖区或本校的：{roles}。",
        deed=deed,
        roles="、".join(roles),
    )


def check_role(role: Role, deed: str, *, by: Any, at: datetime) -> None:
    """Refuse whoever may change the row but does not stand at this level."""
    if role not in roles_of(by, on=timezone.localdate(at)):
        raise NotAllowed(
            "not-at-this-level",
            "“{deed}”由{role}办理，您不在这一级。没有做任何改动。",
            deed=deed,
            role=role.label,
        )
