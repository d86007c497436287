"""One line of a partner's table, declared as a register declares its fields, so that the same reader finds its table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.flags import KEY


class PersonLine(models.Model):
    """The shape of a line: it is kept in no table."""

    name = models.CharField(_("姓名"), max_length=40)
    number = models.CharField(_("身份证件号"), max_length=40)
    certificate = models.CharField(_("残疾证号"), max_length=40)
    born = models.CharField(_("出生日期"), max_length=10)
    sex = models.CharField(_("性别"), max_length=4)
    place = models.CharField(_("住址或区划"), max_length=120)
    school = models.CharField(_("就读学校"), max_length=60)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return "••••"


class PersonLines(Register[PersonLine]):
    """一行是一个人；姓名必填，身份证件号和出生日期至少有一样。"""

    slug = "partnerlists"
    title = _("部门名单")
    model = PersonLine
    fields = (
        F("name", KEY, headings=("学生姓名", "人员姓名", "儿童姓名", "残疾人姓名", "家庭成员姓名", "成员姓名", "保障对象姓名")),
        F(
            "number",
            headings=(
                "身份证号", "身份证号码", "公民身份号码", "居民身份证号码", "证件号码", "证件号", "身份证",
                "成员身份证号", "家庭成员身份证号",
            ),
        ),
        F("certificate", headings=("残疾人证号", "残疾人证号码", "残疾证号码")),
        F("born", headings=("出生年月日", "出生年月", "出生日", "生日")),
        F("sex"),
        F("place", headings=("家庭住址", "住址", "地址", "户籍地", "户籍地址", "乡镇", "乡镇（街道）", "行政区划", "区划", "行政村")),
        F("school", headings=("学校", "学校名称", "所在学校", "在读学校")),
    )  # fmt: skip


LINES = PersonLines()
