"""Every table of the city once more: each row again under a new key, about the same school, class and person."""

from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

STAYS = {
    "access.User": "who looks stays who he is",
    "access.Grant": "and sees what he saw",
    "quality.Run": "the last check stays the last",
    "bulletins.Rendering": "a report has one rendering a medium",
    "aid.LoanSlot": "an hour of a day is there once, whoever books it",
    "visits.Stratum": "a stratum has units, and the copies of units stay in theirs",
}
"""What is not doubled, and why."""
VARIED = {
    "quality.Finding": "other",
    "governance.CaseFile": "source_row",
    "fees.FeeNotice": "name",
    "aid.AidFinding": "number",
    "funds.RollFreeze": "number",
    "funds.Derivation": "number",
    "schools.SchoolClass": "number",
    "quotaplaces.QuotaRound": "year",
    "partnerlists.PartnerList": "version",
}
"""The number by which a copy differs where the first text that must be unique would make something else of it."""
Model = type[models.Model]


def double() -> dict[str, tuple[int, int]]:
    """Copy every table; says for each how many rows it had and how many came."""
    doubled = [one for one in apps.get_models() if is_doubled(one)]
    with transaction.atomic():
        highest = {one: last_key(one) for one in doubled}
        rows = {
            one._meta.label: (one._default_manager.count(), copied(one, highest))
            for one in doubled
            if highest[one]
        }
    with connection.cursor() as cursor:  # what is written from now on goes on counting after the copies
        for statement in connection.ops.sequence_reset_sql(no_style(), doubled):
            cursor.execute(statement)
    return rows


def is_doubled(model: Model) -> bool:
    """Whether a table is the house's own and its keys are numbers that nobody thinks of."""
    own = model._meta.app_config is not None and model._meta.app_config.name.startswith("junheng.")
    return own and isinstance(model._meta.pk, models.AutoField) and model._meta.label not in STAYS


def last_key(model: Model) -> int:
    """The highest key of a table."""
    return model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0


def copied(model: Model, highest: dict[Model, int]) -> int:
    """Put every row of one table there again in one statement."""
    quote = connection.ops.quote_name
    varied = differs(model, highest)
    fields = [one for one in model._meta.concrete_fields if not one.generated]
    names = ", ".join(quote(one.column) for one in fields)
    values = ", ".join(value(one, varied, highest) for one in fields)
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE true ON CONFLICT DO NOTHING"
        )
        return max(cursor.rowcount, 0)


def differs(model: Model, highest: dict[Model, int]) -> set[str]:
    """The fields in which a copy must differ: of whatever is unique a text, or else the rows it is about."""
    rules = [(one.name,) for one in model._meta.concrete_fields if one.unique and not one.primary_key]
    rules += [one.fields for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    found: set[str] = set()
    for rule in rules:
        fields = [model._meta.get_field(name) for name in rule]
        texts = [one.name for one in fields if isinstance(one, models.CharField) and not one.choices]
        about = [one.name for one in fields if one.is_relation and one.related_model in highest]
        if (own := VARIED.get(model._meta.label)) in rule:
            found.add(own)
        else:
            found |= set(texts[:1] or about)
    return found


def value(field: Any, varied: set[str], highest: dict[Model, int]) -> str:
    """What a copy has in a column, in SQL."""
    column: str = connection.ops.quote_name(field.column)
    if field.primary_key:
        return f"{column} + {highest[field.model]}"
    if field.name not in varied:
        return column
    if field.is_relation:
        return f"{column} + {highest[field.related_model]}"
    if isinstance(field, models.BigIntegerField):  # the number of a row elsewhere
        return f"{column} + 1000000"
    return f"{column} + 20" if isinstance(field, models.IntegerField) else another(column, field.max_length)


def another(column: str, longest: int | None) -> str:
    """Another text for every text, in SQL: one letter more, or where there is no room letters for its digits.

    A text that has none, as one signature in thirty, begins with its second letter instead.
    """
    longer = f"{column} || 'x'"
    if longest is None:
        return longer
    letters = column
    for digit, letter in zip("0123456789", "abcdefghij", strict=True):
        letters = f"replace({letters}, '{digit}', '{letter}')"
    turned = f"CASE WHEN {letters} <> {column} THEN {letters} ELSE substr({column}, 2) || substr({column}, 1, 1) END"
    return f"CASE WHEN length({column}) < {longest} THEN {longer} ELSE {turned} END"
