"""The deeds about officials, and for how long the telephone of somebody who left office is kept."""

from datetime import date
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.people.actions import link_account, unlink_account
from junheng.domains.people.forms import AccountForm
from junheng.domains.people.models import Person
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.retention.rules import keep


@deed
class LinkAccount(Deed[Person]):
    """写明这名责任人用哪个账号登录：待办、请假和手机上的暗访都按账号找到本人。"""

    slug = "link"
    register = "people"
    label = _("关联账号")
    form = AccountForm

    def is_open(self, row: Person) -> bool:
        return row.user_id is None

    def do(self, row: Person, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return link_account(row, by=by, at=at, why=why, **asked)


@deed
class UnlinkAccount(Deed[Person]):
    """账号不再由这名责任人使用时解除；以前办理的事仍留在原账号名下。"""

    slug = "unlink"
    register = "people"
    label = _("解除关联账号")

    def is_open(self, row: Person) -> bool:
        return row.user_id is not None

    def do(self, row: Person, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return unlink_account(row, by=by, at=at, why=why)


def left_office(cutoff: date) -> Q:
    """Who left on or before a day."""
    return Q(until__lte=cutoff)


keep("people", years="privacy.keep_officials", after=_("离任日"), ended=left_office, duty=_("责任人名册"))
