"""How a deed is declared: about which register, what it asks, when it is open, and the action that does it."""

from collections.abc import Mapping
from inspect import cleandoc
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.platform.registers import register_called
from junheng.platform.registers.actions import LONGEST_WHY
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.formfields import KeyField
from junheng.platform.registers.forms import look_up, suggestions

M = TypeVar("M", bound=Model)


class DeedForm(forms.Form):
    """What a deed asks about a row: its own fields, and last of all the reason."""

    relations: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """For each field that names another row: the register and the column whose rows it may name."""

    why = forms.CharField(
        label=gettext_lazy("事由"),
        max_length=LONGEST_WHY,
        help_text=gettext_lazy("为什么办理、依据什么；随办理一并留痕。"),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, row: Any, asker: Asker) -> None:
        super().__init__(data)
        self.row = row
        self.suggestions: dict[str, list[str]] = {}
        for name, (slug, column) in self.relations.items():
            field = self.fields[name]
            assert isinstance(field, KeyField)
            field.look_up = look_up(register_called(slug), column, asker)
            self.suggestions[name] = suggestions(register_called(slug), column, asker)
            field.widget.attrs["list"] = f"suggested-{name}"
        self.order_fields([name for name in self.fields if name != "why"])


class Deed(Generic[M]):
    """One deed about a row of one register. The docstring of a subclass is the help text on its page."""

    slug: ClassVar[str]
    register: ClassVar[str]
    """The register on whose pages it is offered."""
    writes: ClassVar[str] = ""
    """The register it writes to, whose rights count; the same one unless said here."""
    label: ClassVar[Any]
    form: ClassVar[type[DeedForm]] = DeedForm

    @property
    def help_text(self) -> str:
        """The sentence under the heading."""
        return _(cleandoc(type(self).__doc__ or ""))

    def is_open(self, row: M) -> bool:
        """Whether the row is in a state in which the deed makes sense at all."""
        return True

    def is_for(self, asker: Asker, row: M) -> bool:
        """Whether to offer it to somebody. The action asks again, about the very row it writes."""
        written = register_called(self.writes or self.register)
        if self.writes not in {"", self.register}:
            return asker.may("change", written)
        return asker.reaches(row, written, "change")

    def do(self, row: M, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        """Do it by the room's action. Returns the row that people want to see afterwards."""
        raise NotImplementedError
