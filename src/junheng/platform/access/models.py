"""People who log in, the roles they hold, and wrong tries at anything secret."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.platform.access.roles import ROLE_CHOICES, Role


class User(AbstractUser):
    """Somebody who can log in. Being somebody gives no right: rights come from grants.

    ``area`` says whose account administrators look after the account, nothing else.
    """

    display_name = models.CharField(_("姓名"), max_length=60, blank=True)
    area = models.CharField(_("管理区划"), max_length=12, blank=True, db_index=True)
    password_set_at = models.DateTimeField(_("密码设置时间"), null=True, blank=True)

    class Meta(AbstractUser.Meta):
        verbose_name = _("用户")  # type: ignore[assignment] # the stub of AbstractUser.Meta wants a plain string
        verbose_name_plural = _("用户")  # type: ignore[assignment] # the same

    def __str__(self) -> str:
        return self.display_name or self.username


class Grant(models.Model):
    """One role of one person over an area, a school, a class or a kindergarten, from one day to another.

    Area, school, class and kindergarten are kept as plain values: access lies below the rooms and does not know their tables.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants", verbose_name=_("用户")
    )
    role = models.CharField(_("角色"), max_length=24, choices=ROLE_CHOICES)
    area = models.CharField(_("区划代码"), max_length=12)
    school = models.BigIntegerField(_("学校"), null=True, blank=True)
    school_class = models.BigIntegerField(_("班级"), null=True, blank=True)
    kindergarten = models.BigIntegerField(_("幼儿园"), null=True, blank=True)
    since = models.DateField(_("起始日"))
    until = models.DateField(_("终止日"), null=True, blank=True)

    class Meta:
        verbose_name = _("授权")
        verbose_name_plural = _("授权")
        constraints = [
            models.CheckConstraint(
                name="grant_until_after_since", condition=Q(until=None) | Q(until__gt=models.F("since"))
            ),
            models.CheckConstraint(
                name="grant_class_lies_in_a_school", condition=Q(school_class=None) | Q(school__isnull=False)
            ),
            models.CheckConstraint(
                name="grant_of_a_school_or_a_kindergarten", condition=Q(school=None) | Q(kindergarten=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {Role(self.role).label} {self.area}"


class Tries(models.Model):
    """Wrong tries at one secret, counted in the database so that all processes count together."""

    key = models.CharField(_("对象"), max_length=120, unique=True)
    count = models.PositiveIntegerField(_("次数"), default=0)
    until = models.DateTimeField(_("截止"))

    class Meta:
        verbose_name = _("错误尝试")
        verbose_name_plural = _("错误尝试")

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
