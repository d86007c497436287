"""Two rows that are one: what names the one is made to name the other, field by field, and can be taken back."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError

from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import append_many, record
from junheng.platform.audit.chain import plain
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, draft_of, save_row, stored_columns
from junheng.platform.quality.explaining import locked
from junheng.platform.quality.models import Finding, Merge
from junheng.platform.quality.places import levels_at
from junheng.platform.quality.references import reference_called, references_to
from junheng.platform.quality.words import Kind
from junheng.platform.registers import FIXED, F, Register, register_called
from junheng.platform.registers.actions import OutOfScope, checked_why, require_in_scope
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.forms import masked_values
from junheng.platform.registers.gates import Intent, divert
from junheng.platform.registers.values import words
from junheng.platform.sealing import sealed_fields


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of both rows, in words; sensitive values stay masked. ``same`` where there is nothing to choose."""

    name: str
    label: str
    kept: str
    dropped: str
    same: bool
    fixed: bool


def both_rows(finding: Finding, asker: Asker) -> tuple[Register[Any], Any, Any]:
    """The two rows of a doubtful pair, if somebody may change both; the smaller number is the older one."""
    register = register_called(finding.register)
    if levels_at(asker, finding, "change") is None:
        raise NotAllowed(
            "not-yours-to-merge", "两条记录不都在您的管理范围内，不能由您合并。请由上级单位办理。"
        )
    return register, asker.row(register, finding.row, "change"), asker.row(register, finding.other, "change")


def choices(register: Register[Any], kept: Model, dropped: Model) -> list[Choice]:
    """What is chosen field by field."""
    masks = masked_values(register, kept), masked_values(register, dropped)
    return [
        Choice(
            field.name,
            register.label_of(field),
            masks[0].get(field.name, words(register, field, kept)),
            masks[1].get(field.name, words(register, field, dropped)),
            same=value_of(field, kept) == value_of(field, dropped),
            fixed=FIXED in field.flags,
        )
        for field in register.fields
    ]


def value_of(field: F, row: Model) -> Any:
    """The plain value of a field."""
    return getattr(row, row._meta.get_field(field.name).attname)  # type: ignore[union-attr]


@transaction.atomic
def merge(finding: Finding, *, keep: int, take: set[str], why: str, asker: Asker) -> Merge:
    """Make one row of two: ``keep`` stays, ``take`` names the fields whose value comes from the other.

    Rows that named the other name this one. Where that would break a rule of their table nothing is merged.
    """
    reason = checked_why(why)
    here = locked(finding)
    if here.kind != Kind.DUPLICATE or here.gone_at is not None:
        raise Conflict("nothing-to-merge", "这一对记录已经不再疑似重复。请刷新页面查看。")
    register, first, second = both_rows(here, asker)
    if keep not in {first.pk, second.pk}:
        raise Refusal("bad-keep", "请选择保留两条记录中的哪一条。")
    kept, dropped = (first, second) if keep == first.pk else (second, first)
    before = columns_of(kept)
    lost = plain_values(dropped)
    for field in register.fields:
        if field.name in take and FIXED not in field.flags:
            column = register.model_field(field).attname
            setattr(kept, column, getattr(dropped, column))
    moved = move_references(kept, dropped, reason, asker)
    record(dropped, Verb.DEED.value, by=asker.user, at=asker.at, why=reason, before=columns_of(dropped),
           after={"merged_into": kept.pk})  # fmt: skip
    try:
        with transaction.atomic():
            type(dropped)._base_manager.filter(pk=dropped.pk).delete()
    except (IntegrityError, ProtectedError):
        raise Conflict(
            "still-named", "还有记录指向被并入的一条，不能合并。请先处理这些记录，再合并。"
        ) from None
    write_kept(register, kept, before, reason, asker)
    changed = stored_columns(kept) or {}
    names = [name for name, value in changed.items() if value != before[name]]
    made = Merge(
        register=register.slug,
        kept=kept.pk,
        dropped=lost["pk"],
        area=here.area,
        school=here.school,
        lost=json.dumps(lost, ensure_ascii=False),
        before={name: before[name] for name in names},
        after={name: changed[name] for name in names},
        moved=moved,
        why=reason,
        by=asker.user.get_username(),
        at=asker.at,
    )
    save_row(made, by=asker.user, at=asker.at, why=reason, verb=Verb.DEED.value)
    Finding.objects.filter(register=register.slug, gone_at=None, row=lost["pk"]).update(gone_at=asker.at)
    Finding.objects.filter(register=register.slug, gone_at=None, other=lost["pk"]).update(gone_at=asker.at)
    return made


def plain_values(row: Model) -> dict[str, Any]:
    """Everything a row holds, opened: what it takes to write it again. Kept only sealed."""
    found = {
        field.attname: plain(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if getattr(field, "audited", True)
    }
    return found | {"pk": row.pk}


def move_references(kept: Model, dropped: Model, why: str, asker: Asker) -> list[dict[str, Any]]:
    """Make every row that names the one name the other, with an entry for each; what was moved is kept."""
    moved: list[dict[str, Any]] = []
    for reference in references_to(type(dropped)):
        rows = list(reference.model._base_manager.filter(**{reference.column: dropped.pk}).order_by("pk"))
        if not rows:
            continue
        drafts = []
        for row in rows:
            before = columns_of(row)
            setattr(row, reference.column, kept.pk)
            drafts.append(draft_of(row, before, by=asker.user, at=asker.at, why=why))
        numbers = [row.pk for row in rows]
        try:
            with transaction.atomic():
                reference.model._base_manager.filter(pk__in=numbers).update(**{reference.column: kept.pk})
        except IntegrityError:
            raise Conflict(
                "merge-collides",
                "不能合并：两条记录在「{label}」里各有一行，合并后会重复。请先在「{label}」里留下一行，再合并。",
                label=reference.label,
            ) from None
        append_many([draft for draft in drafts if draft is not None])
        moved.append(
            {"table": reference.model._meta.label_lower, "column": reference.column, "rows": numbers}
        )
    return moved


def write_kept(register: Register[Any], kept: Model, before: dict[str, Any], why: str, asker: Asker) -> None:
    """Write the row that stays, as whoever merges may: what somebody else decides is not decided here."""
    divert_nothing(register, kept, before, why, asker)
    try:
        kept.full_clean(exclude=[one.name for one in sealed_fields(type(kept))])
    except ValidationError as wrong:
        raise Conflict(
            "merge-not-in-order", "按所选的值合并后，记录不合规定：{reason}请改选后再合并。",
            reason=" ".join(wrong.messages),
        ) from None  # fmt: skip
    save_row(kept, by=asker.user, at=asker.at, why=why)
    try:
        require_in_scope(register, kept, asker)
    except OutOfScope:
        raise NotAllowed(
            "merge-out-of-scope",
            "合并后这条记录会落在您的权限范围之外，没有合并。请改选区划或学校后再合并。",
        ) from None


def divert_nothing(
    register: Register[Any], kept: Model, before: dict[str, Any], why: str, asker: Asker
) -> None:
    """Refuse a choice that would have to be approved first."""
    intent = Intent(kept, before)
    with transaction.atomic():
        divert(register, [intent], asker=asker, why=why)
    if intent.kept:
        labels = "、".join(register.label_of(name) for name in sorted(intent.kept))
        raise NotAllowed(
            "merge-needs-approval",
            "「{labels}」的改动须经上级批准，不能在合并时直接改。请保留原值合并，或由上级单位合并。",
            labels=labels,
        )


def words_of_moved(made: Merge) -> list[tuple[str, int]]:
    """What was moved, by table, for a page."""
    return [(reference_called(one["table"], one["column"]).label, len(one["rows"])) for one in made.moved]
