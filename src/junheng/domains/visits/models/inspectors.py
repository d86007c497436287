"""Inspectors and what they must stay away from."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import Area, in_area
from junheng.domains.institutions.models import Institution
from junheng.domains.schools.models import School
from junheng.domains.visits.terms import TieReason
from junheng.platform.spans import ends_after_start


class Inspector(models.Model):
    """检查人员: somebody of the library from which teams are drawn. ``login`` is whose phone it is."""

    code = models.CharField(
        _("检查人员编号"),
        max_length=20,
        unique=True,
        validators=[
            RegexValidator(r"^[A-Za-z0-9-]+$", _("只能用英文字母、数字和短横线：编号会写进抽取的计算。"))
        ],
    )
    name = models.CharField(_("姓名"), max_length=40)
    area = in_area(_("所属区划"))
    post = models.CharField(_("单位和职务"), max_length=60, blank=True)
    login = models.CharField(_("登录名"), max_length=150, blank=True)
    most = models.PositiveSmallIntegerField(_("每轮最多检查次数"), default=6)
    since = models.DateField(_("入库日"))
    until = models.DateField(_("出库日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("检查人员")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.UniqueConstraint(
                name="visits_inspector_login_once",
                fields=["login"],
                condition=~Q(login="") & Q(until=None),
                violation_error_message=_("一个登录名只能对应一名在库检查人员。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.code}）"


class Recusal(models.Model):
    """回避申报: a tie between an inspector and a school, an institution, or all of a county.

    ``found_on`` is set where others found out what the inspector had not declared.
    """

    inspector = models.ForeignKey(Inspector, verbose_name=_("检查人员"), on_delete=models.PROTECT)
    school = models.ForeignKey(
        School, verbose_name=_("学校"), on_delete=models.PROTECT, null=True, blank=True
    )
    institution = models.ForeignKey(
        Institution, verbose_name=_("培训机构"), on_delete=models.PROTECT, null=True, blank=True
    )
    county = models.ForeignKey(
        Area,
        verbose_name=_("县（市、区）"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.CharField(_("回避事由"), max_length=8, choices=TieReason)
    words = models.CharField(_("说明"), max_length=200, blank=True)
    declared_on = models.DateField(_("申报日"))
    declared_by = models.CharField(_("申报人"), max_length=150)
    found_on = models.DateField(_("发现隐瞒日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("回避申报")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="visits_recusal_from_one",
                condition=Q(school__isnull=False, institution=None, county=None)
                | Q(school=None, institution__isnull=False, county=None)
                | Q(school=None, institution=None, county__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.inspector}：{self.school or self.institution or self.county}"
