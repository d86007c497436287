"""The keys of rows: where a model keeps them, how one is made, and how it is opened."""

from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from junheng.platform.sealing.cipher import SubjectKey, provider_of
from junheng.platform.sealing.ring import KeysAway, Ring, begin_ring, read_ring, ring_path
from junheng.platform.sealing.words import Sealed

OPENED = "_opened_keys"
"""Where a row remembers its opened keys; never stored."""


Model = type[models.Model]


def key_field(model: Model) -> Any:
    """The column that holds the wrapped keys of a model's rows."""
    return _key_field(model)


@cache
def _key_field(model: Any) -> Any:
    found = [one for one in model._meta.concrete_fields if getattr(one, "holds_key", False)]
    if len(found) != 1:
        raise TypeError(f"{model.__name__} has sealed fields and {len(found)} columns for their keys")
    return found[0]


def sealed_fields(model: Model) -> tuple[Any, ...]:
    """The sealed columns of a model."""
    return _sealed_fields(model)


@cache
def _sealed_fields(model: Any) -> tuple[Any, ...]:
    return tuple(one for one in model._meta.concrete_fields if getattr(one, "is_sealed", False))


def blind_fields(model: Model) -> tuple[Any, ...]:
    """The columns by which sealed values are looked up."""
    return tuple(one.blind for one in sealed_fields(model) if one.blind is not None)


def followers(model: Model) -> tuple[Any, ...]:
    """The columns that follow sealed ones: what they are looked up by, and what they tell."""
    return _followers(model)


@cache
def _followers(model: Any) -> tuple[Any, ...]:
    return tuple(one for one in model._meta.concrete_fields if hasattr(one, "follow"))


def sealed_models() -> list[Model]:
    """Every model with sealed columns, by name."""
    return sorted((one for one in apps.get_models() if sealed_fields(one)), key=lambda one: one._meta.label)


def keyed_models() -> list[Model]:
    """Every model whose rows have keys, by name: those with sealed columns, and those whose files are sealed with them."""
    return sorted((one for one in apps.get_models() if holds_keys(one)), key=lambda one: one._meta.label)


def holds_keys(model: Model) -> bool:
    """Whether rows of a model have a key each."""
    return any(getattr(one, "holds_key", False) for one in model._meta.concrete_fields)


@cache
def place_of(field: Any) -> bytes:
    """What a sealed value is bound to: its table and column."""
    return f"{field.model._meta.db_table}.{field.column}".encode()


def companions(model: Model, names: set[str]) -> set[str]:
    """The columns that are written together with these: the key, and what follows from them."""
    here = [one for one in sealed_fields(model) if one.name in names]
    if not here:
        return set()
    return {key_field(model).name} | {one.name for one in followers(model) if one.of in names}


def ring() -> Ring:
    """The key ring; made at first use. Refuses to make one where rows are sealed already: theirs is missing."""
    found = read_ring()
    if found is not None:
        return found
    path = ring_path()
    if any_sealed():
        raise KeysAway(
            "keys-missing",
            "密钥文件 {file} 不见了，所以敏感信息不能显示，也没有改动任何内容。"
            "请管理员找回这个文件（它不在数据库备份中），放回原处。",
            file=str(path),
        )
    return begin_ring(path, at=timezone.now())  # no deed and no figure: when the file was made


def any_sealed() -> bool:
    """Whether any row has a key already."""
    from django.db import connection  # noqa: PLC0415 — asked once in an installation's life

    there = set(connection.introspection.table_names())
    return any(
        model._base_manager.exclude(**{key_field(model).name: ""}).exists()
        for model in keyed_models()
        if model._meta.db_table in there and has_column(connection, key_field(model))
    )


def has_column(connection: Any, field: Any) -> bool:
    """Whether a table has a column yet: while an older database is brought to the present some have not."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, field.model._meta.db_table)
    return field.column in {one.name for one in found}


def blind(text: str) -> str:
    """What a number is looked up by: equal for equal numbers, and nothing can be learned from it without the key."""
    return ring().blind(text)


def name_of(seal: str) -> str:
    """The short name of a row's key, which stays when it is wrapped anew."""
    return seal.split(".", 2)[1]


def has_plain(instance: models.Model) -> bool:
    """Whether a row holds words that are still to be sealed."""
    held = (instance.__dict__.get(one.attname) for one in sealed_fields(type(instance)))
    return any(one and not isinstance(one, Sealed) for one in held)


def ensure_key(instance: models.Model) -> str:
    """The wrapped key of a row, made if it has none."""
    name = key_field(type(instance)).attname
    held = str(getattr(instance, name) or "")
    if not held:
        held = ring().new_seal(instance._meta.db_table)
        setattr(instance, name, held)
    return held


def opened_key(instance: models.Model, seal: str, sealed: str) -> SubjectKey:
    """The key of a row, opened; with the algorithms that a sealed text names."""
    provider = provider_of(sealed)
    return _opened(instance, seal, provider)


def sealing_key(instance: models.Model) -> tuple[str, SubjectKey]:
    """The name of a row's key and the key, with the algorithms that new values are sealed with."""
    seal = ensure_key(instance)
    return name_of(seal), _opened(instance, seal, ring().provider)


def _opened(instance: models.Model, seal: str, provider: Any) -> SubjectKey:
    known: dict[tuple[str, str], SubjectKey] = instance.__dict__.setdefault(OPENED, {})
    mark = (seal, provider.number)
    if mark not in known:
        known[mark] = provider.open_with(ring().key_in(instance._meta.db_table, seal))
    return known[mark]
