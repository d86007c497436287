"""What an appointment asks: of a pupil who was chosen before, or of one chosen from the roll of a class."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.pupils.models import Pupil
from junheng.domains.pupils.queries import called
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers.formfields import DayField, YesNoField


class AppointForm(DeedForm):
    """The day, the guardian's consent and the pupil's own yes, and the training if there was one."""

    since = DayField(label=_("聘任日"))
    consent = YesNoField(label=_("监护人已书面同意"))
    own_yes = YesNoField(label=_("学生本人自愿"))
    trained_on = DayField(label=_("培训日"), required=False)


class AppointFromRollForm(AppointForm):
    """The same, after who it is: a name and the last figures of the number, since two may be called alike."""

    pupil = forms.ChoiceField(label=_("学生"), help_text=_("姓名和学籍号末四位；打开这一页已留痕。"))

    def __init__(self, *given: Any, roll: Sequence[Pupil], **told: Any) -> None:
        super().__init__(*given, **told)
        choice = self.fields["pupil"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "—"), *((str(one.pk), called(one)) for one in roll)]
        self.order_fields(["pupil", "since", "consent", "own_yes", "trained_on", "why"])
