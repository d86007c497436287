"""What an appointment asks: of a pupil who was chosen before, or of one from the roll of a class; and a renewal."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.pupils.models import Pupil
from junheng.domains.pupils.queries import called
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers.formfields import DayField, WordChoiceField


def said(label: Any) -> WordChoiceField:
    """A yes or a no that somebody said: neither stands there beforehand, for silence is no consent."""
    return WordChoiceField(
        label=label,
        choices=[("", "—"), ("是", _("是")), ("否", _("否"))],
        coerce=lambda text: text == "是",
    )


class AppointForm(DeedForm):
    """The day, the guardian's consent and the pupil's own yes, and the training if there was one."""

    since = DayField(label=_("聘任日"))
    consent = said(_("监护人已书面同意"))
    own_yes = said(_("学生本人自愿"))
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


class RenewForm(DeedForm):
    """The day, and both answers anew."""

    on = DayField(label=_("续聘日"))
    consent = said(_("监护人已书面同意"))
    own_yes = said(_("学生本人自愿"))
