"""How a register is declared: a class that lists its fields, one line a field."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from inspect import cleandoc
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey, Model, Q, QuerySet
from django.utils.translation import gettext as _

from junheng.kernel.datasets import Table
from junheng.platform.registers.flags import FIXED, Flag
from junheng.platform.registers.policies import COUNTY_KEEPS, Policy

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class F:
    """One field of a register. Its label, type, choices and validation come from the model's field.

    ``headings`` are further words under which an import knows the column, besides the name and the label. ``by`` says
    by whose word it stands and who writes it, where that differs from the rest of the register.
    """

    name: str
    flags: Flag = Flag.NONE
    headings: tuple[str, ...] = ()
    by: Policy | None = None


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
    """Path to the class of a row, ``"self"`` where a row is a class. ``None``: unseen by class teachers."""
    kindergarten: ClassVar[str | None] = None
    """Path to the kindergarten of a row, ``"self"`` where a row is one. ``None``: unseen by kindergartens."""
    since: ClassVar[str | None] = None
    until: ClassVar[str | None] = None
    """First day on which a row holds, and first day on which it no longer does: the list answers as of a day."""
    fulfils: ClassVar[type[Table] | None] = None
    """The contract whose columns the rows fulfil, so that a snapshot can be taken of them."""
    columns: ClassVar[Mapping[str, str]] = {}
    """Contract columns that are not called like a field of the model, with the path to their value."""
    readers: ClassVar[Set[str] | None] = None
    """Where set, nobody but these roles sees the register at all."""
    writers: ClassVar[Set[str] | None] = None
    """Where set, nobody but these roles edits or imports (they must be able to see it as well)."""
    order: ClassVar[tuple[str, ...]] = ()
    """How a list is ordered when nobody asked: as entered unless said here. An index should back it."""
    joins: ClassVar[tuple[str, ...]] = ()
    """Relations that the names of listed rows need, beyond the listed ones and theirs (``select_related``)."""
    goes_with_unit: ClassVar[bool] = True
    """Whether rows that still hold go along where their unit is merged; what a unit was found to be stays with it."""
    found_anywhere: ClassVar[bool] = False
    """Whether the one box of the house finds its rows, by their searched words and by how these are read."""
    policy: ClassVar[Policy] = COUNTY_KEEPS
    """By whose word the facts stand, where a field says nothing else. Its owner keeps and confirms the register."""
    new_rows: ClassVar[Policy | None] = None
    """Where set, a new row as a whole is approved at this policy's level; its fields are not asked one by one."""
    fields: ClassVar[tuple[F, ...]] = ()

    def __repr__(self) -> str:
        return type(self).__name__

    @property
    def label(self) -> str:
        """The name people know the register by."""
        return str(self.title or self.model._meta.verbose_name)

    @property
    def help_text(self) -> str:
        """The sentence under the title: the docstring of the declaration."""
        own = type(self).__doc__
        return _(cleandoc(own)) if own and own != Register.__doc__ else ""

    def flagged(self, flag: Flag) -> tuple[F, ...]:
        """The fields that carry the flag, in their order."""
        return tuple(field for field in self.fields if field.flags & flag == flag)

    def f(self, name: str) -> F | None:
        """The declared field of that name, if there is one."""
        return next((field for field in self.fields if field.name == name), None)

    def policy_of(self, field: "F | str") -> Policy:
        """By whose word a field stands, and who writes it: its own policy, or that of the register."""
        found = self.f(field) if isinstance(field, str) else field
        return (found.by if found else None) or self.policy

    def decided(self) -> dict[str, Policy]:
        """The fields whose change somebody may have to approve; those that only actions change are none of them."""
        return {
            field.name: policy
            for field in self.fields
            if FIXED not in field.flags and (policy := self.policy_of(field)).decider is not None
        }

    def model_field(self, field: F | str) -> "Field[Any, Any]":
        """The model's column behind a declared field."""
        name = field if isinstance(field, str) else field.name
        found = self.model._meta.get_field(name)
        if not isinstance(found, Field):
            raise FieldDoesNotExist(f"{name} is not a column of {self.model.__name__}")
        return found

    def label_of(self, field: F | str) -> str:
        """The label people read above a value. Money is kept in 分 and always shown in 元."""
        label = str(self.model_field(field).verbose_name)
        return label.replace(_("（分）"), _("（元）")) if self.is_money(field) else label

    def is_money(self, field: F | str) -> bool:
        """Whether a field holds money, in fen."""
        return (field if isinstance(field, str) else field.name).endswith("_fen")

    def is_term(self, field: F | str) -> bool:
        """Whether a field holds a school term such as 2023A, which people read as 2023年秋季学期."""
        return (field if isinstance(field, str) else field.name) == "term"

    def rows(self) -> "QuerySet[M]":
        """All rows, with the relations that showing them needs already joined."""
        return self.model._default_manager.select_related(*self.joined(), *self.joins)

    def public_rows(self, queryset: "QuerySet[M]") -> "QuerySet[M]":
        """The rows of which everybody may read the public fields: all, unless a register holds some back."""
        return queryset

    def joined(self) -> list[str]:
        """The relations among the fields, and theirs: what naming a related row may ask for."""
        found = []
        for field in self.fields:
            column = self.model_field(field)
            if isinstance(column, ForeignKey):
                found.append(column.name)
                found += [
                    f"{column.name}__{one.name}"
                    for one in column.related_model._meta.concrete_fields
                    if isinstance(one, ForeignKey)
                ]
        return found

    def holds(self, on: date) -> Q:
        """The rows that hold on a day: begun, and not yet ended."""
        condition = Q(**{f"{self.since}__lte": on}) if self.since else Q()
        if self.until:
            condition &= Q(**{f"{self.until}__isnull": True}) | Q(**{f"{self.until}__gt": on})
        return condition

    def order_by(self) -> tuple[str, ...]:
        """The order of a list that nobody sorted; the row number makes it certain."""
        return (*self.order, "pk")

    def contract_paths(self) -> dict[str, str]:
        """Where a snapshot finds each contract column: a path for ``QuerySet.values_list``, relations by number."""
        if self.fulfils is None:
            return {}
        return {name: self.columns.get(name) or self.stored_name(name) for name in self.fulfils.columns}

    def stored_name(self, name: str) -> str:
        """The attribute that holds a column's plain value: ``school`` is stored as ``school_id``."""
        if name == "id" and self.model._meta.pk is not None:
            return "pk"
        return self.model_field(name).attname
