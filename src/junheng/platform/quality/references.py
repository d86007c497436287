"""Every row that names a row: found by looking at all models, so that a merge forgets none."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model

from junheng.platform.access.models import Grant

PLAIN: dict[str, tuple[tuple[type[Model], str], ...]] = {
    "schools.school": ((Grant, "school"),),
    "schools.schoolclass": ((Grant, "school_class"),),
    "kindergartens.kindergarten": ((Grant, "kindergarten"),),
}
"""Columns that name a row by its plain number, because their floor does not know the table."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One column of one table that names rows of a model."""

    model: type[Model]
    column: str

    @property
    def label(self) -> str:
        """What the rows are called."""
        return str(self.model._meta.verbose_name)

    def rows(self, pk: Any) -> list[Any]:
        """The numbers of the rows that name this one."""
        named = self.model._base_manager.filter(**{self.column: pk}).order_by("pk")
        return list(named.values_list("pk", flat=True))


def references_to(model: type[Model]) -> Iterator[Reference]:
    """All columns that name rows of a model: foreign keys of every table, and the plain numbers that are known."""
    for other in apps.get_models():
        for field in other._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is model:
                yield Reference(other, field.attname)
    for plain_model, column in PLAIN.get(model._meta.label_lower, ()):
        yield Reference(plain_model, column)


def reference_called(table: str, column: str) -> Reference:
    """A reference as a merge wrote it down."""
    return Reference(apps.get_model(table), column)
