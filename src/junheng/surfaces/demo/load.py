"""Writing the city into the database: rows by the bare cursor, users, and the audit that says where they came from."""

from collections.abc import Callable

import polars as pl
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import Model

from junheng.domains.pupils.models import Consent
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.audit.append import append_many
from junheng.platform.lineage.models import Succession
from junheng.platform.registers import every_register
from junheng.platform.upkeep.rows import count_on, without_indexes, write_rows
from junheng.surfaces.demo.consents import consents
from junheng.surfaces.demo.frames import City
from junheng.surfaces.demo.ledger import columns_of, drafts, utc
from junheng.surfaces.demo.logins import SINCE, logins
from junheng.surfaces.demo.sealed import as_audited, seal_city
from junheng.surfaces.demo.stewardship import with_stewardship
from junheng.surfaces.demo.succession import successions

Progress = Callable[[int, int, str], None]
CHUNK = 50_000


def models_of(city: City) -> dict[str, type[Model]]:
    """The model behind each table: that of the register which fulfils the contract."""
    found = {
        register.fulfils.table: register.model
        for register in every_register().values()
        if register.fulfils is not None
    }
    missing = set(city) - set(found)
    if missing:
        raise LookupError(f"no register fulfils {sorted(missing)}")
    return {table: found[table] for table in city}


def load(city: City, *, password: str, progress: Progress = lambda done, total, what: None) -> None:
    """Fill an empty, migrated database with the city. One transaction: all of it or nothing.

    ``password`` becomes that of every demonstration login. ``progress`` is told rows done, rows in all, and of what.
    """
    models = models_of(city) | {"consents": Consent, "successions": Succession}
    schools = {one.school for one in logins(city) if one.school is not None and one.role != Role.PSYCHOLOGIST}
    city = city | {"consents": consents(city, schools), "successions": successions(city)}
    city = city | {"people": with_accounts(city)}
    progress(0, 1, "加密敏感信息")
    city = seal_city(city, models)
    total = sum(frame.height for frame in city.values())
    done = 0
    with without_indexes(), transaction.atomic():
        for table, frame in city.items():
            progress(done, total, str(models[table]._meta.verbose_name))
            insert(models[table], frame)
            done += frame.height
        progress(done, total, "留痕")
        add_logins(city, password)
        written = drafts({table: as_audited(models[table], frame) for table, frame in city.items()}, models)
        append_many(with_stewardship(city, written))
    count_on()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    progress(total, total, "完成")


def insert(model: type[Model], frame: pl.DataFrame) -> None:
    """Write the rows of a frame as they are, with their numbers; a relation is written as the number it points at."""
    columns = columns_of(model, frame)
    missing = {
        field.name
        for field in model._meta.concrete_fields
        if field.name not in columns and not field.null and not field.primary_key and frame.height
    }
    if missing:
        raise ValueError(f"{model._meta.label}: the city says nothing about {sorted(missing)}")
    frame = frame.select(list(columns))
    for piece in frame.iter_slices(CHUNK):
        write_rows(model._meta.db_table, list(columns.values()), _in_utc(piece))


def _in_utc(frame: pl.DataFrame) -> pl.DataFrame:
    """Moments as both databases read them: text in UTC, which is what the sessions of the house speak."""
    return frame.with_columns(
        utc(pl.col(name)).dt.strftime("%Y-%m-%d %H:%M:%S")
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.Datetime)
    )


def with_accounts(city: City) -> pl.DataFrame:
    """The officials with the numbers that their accounts will have."""
    theirs = {each.person: number for number, each in enumerate(logins(city), 1) if each.person is not None}
    return city["people"].with_columns(
        pl.col("id").replace_strict(theirs, default=None, return_dtype=pl.Int64).alias("user")
    )


def add_logins(city: City, password: str) -> None:
    """Users and their grants; all share one password, so it is hashed once."""
    hashed = make_password(password)
    people = logins(city)
    users = User.objects.bulk_create(
        [
            User(
                pk=number,
                username=each.username,
                display_name=each.display_name,
                password=hashed,
                area=each.area,
            )
            for number, each in enumerate(people, 1)
        ]
    )
    Grant.objects.bulk_create(
        [
            Grant(
                user=user,
                role=each.role,
                area=each.area,
                school=each.school,
                school_class=each.school_class,
                kindergarten=each.kindergarten,
                since=SINCE,
            )
            for user, each in zip(users, people, strict=True)
        ]
    )
