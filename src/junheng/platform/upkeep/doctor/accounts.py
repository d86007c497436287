"""Who can get in: an administrator of accounts, second factors where they are needed, and no password that all know."""

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.platform.access.models import User
from junheng.platform.accounts.reading import administrators, without_factor
from junheng.platform.upkeep.backup import pending
from junheng.platform.upkeep.doctor.check import Finding, Patient, check
from junheng.platform.upkeep.doctor.settings import reached_by_others

NAMED = 5
"""Accounts that a sentence names; their list names all."""
ASKED = 50
"""Accounts whose password is compared with the demonstration's: comparing is slow on purpose, and they share one hash."""


def not_in_use() -> bool:
    """Whether this is a demonstration, a desk of a developer, or not set up yet: there nobody is to be kept out."""
    return settings.DEMO or not reached_by_others() or bool(pending())


@check("账号管理员", needs_database=True)
def somebody_looks_after_accounts(patient: Patient) -> Finding:
    if not_in_use():
        return None
    count = administrators(timezone.localdate(patient.at)).count()
    if count >= 2:
        return None
    if count == 1:
        return _("只有一个账号管理员：授予可查看敏感信息的角色须由两人经手。请再建立一个账号管理员。")
    return _("还没有账号管理员，没有人能开通账号。请运行 junheng account first 建立。")


@check("第二因素", needs_database=True)
def sensitive_roles_have_a_factor(patient: Patient) -> Finding:
    if not_in_use():
        return None
    if settings.JUNHENG_SECOND_FACTOR != "required":
        return _(
            "没有要求第二因素（JUNHENG_SECOND_FACTOR=offered），只凭密码就能查看敏感信息。请去掉这项设置。"
        )
    found = without_factor(timezone.localdate(patient.at)).order_by("username")
    count = found.count()
    if not count:
        return None
    names = "、".join(found.values_list("username", flat=True)[:NAMED])
    return _("有 %(count)s 个可查看敏感信息的账号未启用第二因素（如 %(names)s）。请通知本人在「我的账号」中启用。") % {
        "count": count, "names": names,
    }  # fmt: skip


@check("演示密码", needs_database=True)
def nobody_has_the_demonstration_password(patient: Patient) -> Finding:
    if not_in_use():
        return None
    hashes = User.objects.filter(is_active=True).order_by("id").values_list("password", flat=True).distinct()
    for kept in set(hashes[:ASKED]):
        if check_password(settings.DEMO_PASSWORD, kept):
            name = (
                User.objects.filter(is_active=True, password=kept)
                .order_by("id")
                .values_list("username", flat=True)[0]
            )
            return _("账号 %(name)s 仍在使用公开的演示密码。请停用演示账号，或立即更换密码。") % {
                "name": name
            }
    return None
