"""The city's sensitive columns as the database keeps them: sealed, with a key for each row."""

import polars as pl
from django.db.models import Model

from junheng.platform.sealing import BlindIndexField, followers, key_field, ring, sealed_fields
from junheng.platform.sealing.bulk import blind_column, seal_columns
from junheng.surfaces.demo.frames import City


def seal_city(city: City, models: dict[str, type[Model]]) -> City:
    """The same city, with what its models seal sealed, and the columns beside them that sealing needs."""
    return {table: seal_frame(models[table], frame) for table, frame in city.items()}


def seal_frame(model: type[Model], frame: pl.DataFrame) -> pl.DataFrame:
    """One table with its sensitive columns sealed; others are left as they are."""
    fields = [one for one in sealed_fields(model) if one.name in frame.columns]
    if not fields or not frame.height:
        return frame
    keys = ring()
    words = {one.column: frame[one.name].to_list() for one in fields}
    seals, sealed = seal_columns(keys, model._meta.db_table, words)
    follow = {
        one.name: blind_column(keys, words[one.of])
        if isinstance(one, BlindIndexField)
        else [one.value_for(text) for text in words[one.of]]
        for one in followers(model)
        if one.of in words
    }
    return frame.with_columns(
        *(pl.Series(one.name, sealed[one.column], dtype=pl.String) for one in fields),
        *(pl.Series(name, values, dtype=pl.String) for name, values in follow.items()),
        pl.Series(key_field(model).name, seals, dtype=pl.String),
    )


def as_audited(model: type[Model], frame: pl.DataFrame) -> pl.DataFrame:
    """The columns that the audit of the demonstration speaks of: no keys and nothing sealed.

    Sealed text differs from one building to the next, and the same city must have the same chain; a sealed value
    proves itself by its tag anyway.
    """
    hidden = {
        one.name
        for one in model._meta.concrete_fields
        if not getattr(one, "audited", True) or getattr(one, "is_sealed", False)
    }
    return frame.drop(hidden & set(frame.columns))
