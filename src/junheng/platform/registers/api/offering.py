"""What an asker gets of a register by JSON: which registers, which fields, which rows."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet

from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.registers.asker import Asker, absent, as_pk
from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.flags import LIST, PUBLIC
from junheng.platform.registers.registry import register_called
from junheng.platform.registers.values import data


def offered(register: Register[Any], asker: Asker) -> tuple[F, ...]:
    """The fields a program may ask for: all that the page of a row shows to its people, else what is public."""
    return register.fields if asker.may("view", register) else public_fields(register)


def public_fields(register: Register[Any]) -> tuple[F, ...]:
    """The fields everybody may read; none of a register that names its readers."""
    return register.flagged(PUBLIC) if register.readers is None else ()


def shown(register: Register[Any], asker: Asker) -> tuple[F, ...]:
    """The fields of a list where nobody chose: those of the page's list, or all that is public."""
    return register.flagged(LIST) if asker.may("view", register) else public_fields(register)


def readable(slug: str, asker: Asker) -> Register[Any]:
    """The register at an address, if this asker gets anything of it."""
    register = register_called(slug)
    if not offered(register, asker):
        raise NotFound("unknown-register", "没有名为「{slug}」的名录。请从目录中选择。", slug=slug)
    return register


def chosen(text: str | None, fields: Sequence[F], otherwise: Sequence[F]) -> tuple[F, ...]:
    """The fields that ``fields=code,name`` asks for, in the order of the declaration."""
    if text is None:
        return tuple(otherwise)
    asked = {name.strip() for name in text.split(",")} - {"", "id"}
    if unknown := sorted(asked - {one.name for one in fields}):
        raise Refusal(
            "bad-field", "没有可读的字段「{name}」。可选：{names}。",
            name=unknown[0][:40], names="、".join(one.name for one in fields),
        )  # fmt: skip
    return tuple(one for one in fields if one.name in asked)


def rows_shown(register: Register[Any], asker: Asker) -> "QuerySet[Any]":
    """The rows an asker gets: those in the scope, or those a public register tells everybody."""
    if asker.may("view", register):
        return asker.within(register.rows(), register, "view")
    return register.public_rows(register.rows())


def row_shown(register: Register[Any], asker: Asker, pk: str) -> Any:
    """One of these rows; absent where there is none."""
    found = rows_shown(register, asker).filter(pk=as_pk(register, pk)).first()
    if found is None:
        raise absent()
    return found


def as_json(register: Register[Any], fields: Sequence[F], row: Model) -> dict[str, Any]:
    """One row as plain values, with its number."""
    return {"id": row.pk} | {field.name: data(register, field, row) for field in fields}
