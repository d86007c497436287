"""One line of the workbook, declared as a register declares its fields, so that the same reader finds its table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.platform.access.roles import ROLE_CHOICES
from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.flags import KEY


class AccountLine(models.Model):
    """The shape of a line: it is kept in no table."""

    username = models.CharField(_("用户名"), max_length=60)
    name = models.CharField(_("姓名"), max_length=60)
    role = models.CharField(_("角色"), max_length=24, choices=ROLE_CHOICES)
    area = models.CharField(_("区划"), max_length=60)
    school = models.CharField(_("学校"), max_length=60)
    school_class = models.CharField(_("班级"), max_length=40)
    since = models.DateField(_("起始日"))
    until = models.DateField(_("终止日"))
    subject = models.CharField(_("统一身份标识"), max_length=255)
    kindergarten = models.CharField(_("幼儿园"), max_length=60)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.username


class AccountLines(Register[AccountLine]):
    """一行是一个人的一个角色；同一个人有几个角色就写几行，用户名和姓名相同。"""

    slug = "accounts"
    title = _("账号")
    model = AccountLine
    fields = (
        F("username", KEY, headings=("账号", "登录名", "工号")),
        F("name", headings=("人员姓名", "教师姓名")),
        F("role", headings=("岗位", "授予角色")),
        F("area", headings=("区划代码", "县（市、区）", "管理区划")),
        F("school", headings=("学校名称", "学校标识码")),
        F("school_class", headings=("班级名称",)),
        F("since", headings=("生效日", "开始日期")),
        F("until", headings=("失效日", "结束日期")),
        F("subject", headings=("OIDC", "sub", "身份标识")),
        F("kindergarten", headings=("幼儿园名称", "园名", "幼儿园标识码")),
    )


LINES = AccountLines()
NEEDED = ("username", "name", "area")
"""What no line can do without."""
