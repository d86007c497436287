"""How a register is declared: a class that lists its fields, one line a field."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model

from junheng.kernel.datasets import Table
from junheng.platform.registers.flags import Flag

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class F:
    """One field of a register. Its label, type, choices and validation come from the model's field.

    ``headings`` are further words under which an import knows the column, besides the name and the label.
    """

    name: str
    flags: Flag = Flag.NONE
    headings: tuple[str, ...] = ()


class Register(Generic[M]):
    """The declaration of one register. The docstring of a subclass is the help text on its page.

    Every surface reads this one declaration; to change one surface override one of its methods, never all.
    """

    slug: ClassVar[str] = ""
    chapter: ClassVar[str] = "base"
    title: ClassVar[Any] = ""
    """What the page is called; the model's ``verbose_name`` unless something else is said here."""
    model: type[M]
    area: ClassVar[str | None] = None
    """Path to the code of the area a row belongs to. ``None`` only where rows belong to the whole city."""
    school: ClassVar[str | None] = None
    """Path to the school of a row, ``"self"`` where a row is a school. ``None``: unseen by roles of a school."""
    school_class: ClassVar[str | None] = None
    """Path to the class of a row. ``None``: unseen by class teachers."""
    since: ClassVar[str | None] = None
    until: ClassVar[str | None] = None
    fulfils: ClassVar[type[Table] | None] = None
    """The contract whose columns the rows fulfil, so that a snapshot can be taken of them."""
    columns: ClassVar[Mapping[str, str]] = {}
    """Contract columns that are not called like a field of the model, with the path to their value."""
    readers: ClassVar[Set[str] | None] = None
    """Where set, nobody but these roles sees the register at all."""
    writers: ClassVar[Set[str] | None] = None
    """Where set, nobody but these roles edits or imports (they must be able to see it as well)."""
    order: ClassVar[tuple[str, ...]] = ()
    """How a list is ordered when nobody asked: the key unless said here. An index should back it."""
    fields: ClassVar[tuple[F, ...]] = ()

    @property
    def label(self) -> str:
        """The name people know the register by."""
        return str(self.title or self.model._meta.verbose_name)

    @property
    def help_text(self) -> str:
        """The sentence under the title: the docstring of the declaration."""
        return cleandoc(type(self).__doc__ or "") if type(self) is not Register else ""

    def flagged(self, flag: Flag) -> tuple[F, ...]:
        """The fields that carry the flag, in their order."""
        return tuple(field for field in self.fields if flag in field.flags)

    def f(self, name: str) -> F:
        """The declared field of that name; ``KeyError`` if there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def model_field(self, field: F) -> "Field[Any, Any]":
        """The model's field behind a declared one."""
        found = self.model._meta.get_field(field.name)
        if not isinstance(found, Field):
            raise FieldDoesNotExist(f"{field.name} is not a column of {self.model.__name__}")
        return found

    def label_of(self, field: F) -> str:
        """The label people read above a value."""
        return str(self.model_field(field).verbose_name)
