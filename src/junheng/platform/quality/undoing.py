"""Taking a merge back: both rows and everything that named them are as they were, or it is said what changed since."""

import json
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from junheng.kernel.errors import Conflict, NotAllowed, NotFound
from junheng.platform.audit.append import append_many
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, draft_of, save_row, stored_columns
from junheng.platform.quality.models import Finding, Merge
from junheng.platform.quality.places import UNIT, levels_at, within
from junheng.platform.quality.references import reference_called
from junheng.platform.registers import Register, register_called
from junheng.platform.registers.actions import checked_why
from junheng.platform.registers.asker import Asker
from junheng.platform.sealing import Gone


def merge_for(asker: Asker, pk: int) -> Merge:
    """A merge within somebody's scope; else it is absent."""
    found = Merge.objects.filter(within(asker, place=UNIT), pk=pk).first()
    if found is None:
        raise NotFound("no-such-merge", "没有找到这次合并，或者它不在您的权限范围内。请返回列表查找。")
    return found


def changed_since(made: Merge) -> list[str]:
    """What no longer is as the merge left it, in words; empty where the merge can be taken back."""
    if isinstance(made.lost, Gone):
        return [_("被并入的记录已按保存期限销毁，无法恢复")]
    register = register_called(made.register)
    kept = register.model._base_manager.filter(pk=made.kept).first()
    if kept is None:
        return [_("保留的记录已不存在")]
    found = []
    now = columns_of(kept)
    for name, value in made.after.items():
        if now.get(name) != value:
            found.append(_("「{label}」在合并后又改过").format(label=label_of(register, name)))
    for one in made.moved:
        reference = reference_called(one["table"], one["column"])
        still = reference.model._base_manager.filter(pk__in=one["rows"], **{one["column"]: made.kept}).count()
        if still != len(one["rows"]):
            number = len(one["rows"]) - still
            found.append(
                _("「{label}」有 {number} 条在合并后改过或已删除").format(
                    label=reference.label, number=number
                )
            )
    if register.model._base_manager.filter(pk=made.dropped).exists():
        found.append(_("被并入的行号已被别的记录占用"))
    return found


def label_of(register: Register[Any], column: str) -> str:
    """The label of a column by its stored name."""
    field = next(one for one in register.model._meta.concrete_fields if one.attname == column)
    return str(field.verbose_name)


@transaction.atomic
def undo(made: Merge, *, why: str, asker: Asker) -> Merge:
    """Make two rows of one again."""
    reason = checked_why(why)
    here = Merge.objects.select_for_update().get(pk=made.pk)
    if here.undone_at is not None:
        raise Conflict("undone-already", "这次合并已经撤销过。请刷新页面查看。")
    register = register_called(here.register)
    finding = Finding(register=here.register, area=here.area, school=here.school)
    if levels_at(asker, finding, "change") is None:
        raise NotAllowed("not-yours-to-undo", "这次合并不在您的管理范围内，不能由您撤销。请由上级单位办理。")
    if isinstance(here.lost, Gone):
        raise Conflict(
            "merged-row-erased",
            "不能撤销：被并入的记录已按保存期限销毁，无法恢复。如合并有误，请在保留的记录上逐条更正。",
        )
    if changes := changed_since(here):
        raise Conflict(
            "changed-since-merge",
            "不能撤销：{changes}。请先把这些改动改回去，再撤销；或逐条更正。",
            changes="；".join(changes),
        )
    kept = register.model._base_manager.get(pk=here.kept)
    for column, value in here.before.items():
        setattr(kept, column, kept._meta.get_field(field_named(kept, column)).to_python(value))
    save_row(kept, by=asker.user, at=asker.at, why=reason)
    restore(register, json.loads(here.lost), reason, asker)
    for one in here.moved:
        move_back(one, here.dropped, reason, asker)
    here.undone_by, here.undone_at = asker.user.get_username(), asker.at
    save_row(here, by=asker.user, at=asker.at, why=reason, verb=Verb.DEED.value)
    pair = {
        "register": here.register,
        "row": min(here.kept, here.dropped),
        "other": max(here.kept, here.dropped),
    }
    Finding.objects.filter(**pair).update(gone_at=None)
    return here


def field_named(row: Model, column: str) -> str:
    """The name of the field with this stored name."""
    return next(one.name for one in row._meta.concrete_fields if one.attname == column)


def restore(register: Register[Any], lost: dict[str, Any], why: str, asker: Asker) -> None:
    """Write the lost row again, under its number; sealed values are sealed anew under a key of its own."""
    values = dict(lost)
    pk = values.pop("pk")
    row = register.model(pk=pk)
    for field in row._meta.concrete_fields:
        if field.attname in values and not field.primary_key:
            setattr(row, field.attname, field.to_python(values[field.attname]))
    if stored_columns(row) is not None:
        raise Conflict("number-taken", "被并入的行号已被别的记录占用，不能撤销。请逐条更正。")
    save_row(row, by=asker.user, at=asker.at, why=why)


def move_back(one: dict[str, Any], to: int, why: str, asker: Asker) -> None:
    """Let rows name again what they named before."""
    reference = reference_called(one["table"], one["column"])
    rows = list(reference.model._base_manager.filter(pk__in=one["rows"]).order_by("pk"))
    drafts = []
    for row in rows:
        before = columns_of(row)
        setattr(row, one["column"], to)
        drafts.append(draft_of(row, before, by=asker.user, at=asker.at, why=why))
    reference.model._base_manager.filter(pk__in=one["rows"]).update(**{one["column"]: to})
    append_many([draft for draft in drafts if draft is not None])
