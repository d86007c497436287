"""What an administrator writes of an account and of a grant."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _

from junheng.kernel.errors import Refusal
from junheng.platform.access.models import User
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.roles import ROLE_CHOICES, Role
from junheng.platform.accounts.granting import WantedGrant
from junheng.platform.accounts.places import (
    area_choices,
    county_choices,
    find_class,
    find_kindergarten,
    find_school,
)
from junheng.platform.accounts.rights import GIVEN_BY_CITY, areas_administered, of_the_city

DAY = {"type": "date"}


class AccountForm(forms.Form):
    """A new account: login name, whose it is, who looks after it."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=60,
        help_text=_("小写字母、数字或 . _ @ -，建议用工号；建成后不再更改。"),
    )
    name = forms.CharField(label=_("姓名"), max_length=60, help_text=_("一人一号，不能多人共用。"))
    area = forms.ChoiceField(label=_("管理区划"), help_text=_("由哪一级的账号管理员管理。"))

    def __init__(self, data: Any = None, *, admin: User, on: date) -> None:
        super().__init__(data)
        self.fields["area"].choices = county_choices(areas_administered(admin, on=on))  # type: ignore[attr-defined]


class GrantForm(forms.Form):
    """A role over a place, from a day on."""

    role = forms.ChoiceField(label=_("角色"))
    area = forms.ChoiceField(label=_("区划"))
    school = forms.CharField(
        label=_("学校"), required=False, max_length=60,
        help_text=_("校长、心理教师、班主任须填：学校标识码或全称。"),
    )  # fmt: skip
    school_class = forms.CharField(
        label=_("班级"), required=False, max_length=40, help_text=_("班主任须填，写法与班级名录一致。")
    )
    kindergarten = forms.CharField(
        label=_("幼儿园"),
        required=False,
        max_length=60,
        help_text=_("园长（举办者）须填：学校标识码或全称。"),
    )
    since = forms.DateField(label=_("起始日"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))
    until = forms.DateField(
        label=_("终止日"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY),
        help_text=_("不再有效的第一天；可不填。"),
    )  # fmt: skip
    why = forms.CharField(label=_("事由"), max_length=200, help_text=_("例如任职文号。"))

    def __init__(self, data: Any = None, *, admin: User, on: date) -> None:
        super().__init__(data)
        city = of_the_city(admin, on=on)
        roles = [pair for pair in ROLE_CHOICES if city or Role(pair[0]) not in GIVEN_BY_CITY]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["area"].choices = area_choices(areas_administered(admin, on=on))  # type: ignore[attr-defined]
        self.fields["since"].initial = on

    def wanted(self) -> WantedGrant | None:
        """What is wanted, with school and class found; ``None`` where one was not, and the form says why."""
        given = self.cleaned_data
        try:
            school = find_school(given["school"], area=given["area"]) if given["school"] else None
        except Refusal as refusal:
            self.add_error("school", sentence_of(refusal))
            return None
        try:
            room = (
                find_class(given["school_class"], school=school) if given["school_class"] and school else None
            )
        except Refusal as refusal:
            self.add_error("school_class", sentence_of(refusal))
            return None
        try:
            named = given["kindergarten"]
            kindergarten = find_kindergarten(named, area=given["area"]) if named else None
        except Refusal as refusal:
            self.add_error("kindergarten", sentence_of(refusal))
            return None
        return WantedGrant(
            role=given["role"],
            area=given["area"],
            school=school.pk if school else None,
            school_class=room.pk if room else None,
            kindergarten=kindergarten.pk if kindergarten else None,
            since=given["since"],
            until=given["until"],
        )


class InvitedForm(SetPasswordForm):  # type: ignore[type-arg] # generic in the stubs only
    """The first password, or another one after the old was lost."""
