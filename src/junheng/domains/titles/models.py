"""Titles and the grants that come with them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.groups.models import SchoolGroup
from junheng.domains.schools.models import School
from junheng.domains.titles.terms import TitleLevel, TitleName


class Title(models.Model):
    """One title held by one school, by one group, or by the county that ``area`` names."""

    name = models.CharField(_("称号"), max_length=24, choices=TitleName)
    called = models.CharField(
        _("称号全称"),
        max_length=40,
        blank=True,
        help_text=_("选“其他称号”的填写，如“书香校园”；其余留空。"),
    )
    level = models.CharField(_("级别"), max_length=10, choices=TitleLevel)
    batch = models.PositiveSmallIntegerField(_("批次"))
    area = in_area(_("所在区划"))
    school = models.ForeignKey(
        School, verbose_name=_("学校"), on_delete=models.PROTECT, null=True, blank=True
    )
    group = models.ForeignKey(
        SchoolGroup, verbose_name=_("集团"), on_delete=models.PROTECT, null=True, blank=True
    )
    certificate = models.CharField(_("证书编号"), max_length=40, blank=True)
    awarded_on = models.DateField(_("授予日"))
    revoked_on = models.DateField(_("撤销日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("荣誉称号")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="titles_title_one_holder",
                condition=Q(school__isnull=True) | Q(group__isnull=True),
                violation_error_message=_("称号只能由一所学校或一个集团持有。"),
            ),
            models.CheckConstraint(
                name="titles_title_called_where_other",
                condition=Q(name=TitleName.OTHER) & ~Q(called="") | ~Q(name=TitleName.OTHER) & Q(called=""),
                violation_error_message=_("“其他称号”须写明称号全称，其余称号不写。"),
            ),
            models.CheckConstraint(
                name="titles_title_revoked_after_awarded",
                condition=Q(revoked_on__isnull=True) | Q(revoked_on__gt=F("awarded_on")),
                violation_error_message=_("撤销日应晚于授予日。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}{self.words}：{self.school or self.group or self.area}"

    @property
    def words(self) -> str:
        """What people call it."""
        return self.called or self.get_name_display()


class Grant(models.Model):
    """One grant that came with one title."""

    title = models.ForeignKey(Title, verbose_name=_("称号"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    granted_on = models.DateField(_("下达日"))
    paid_on = models.DateField(_("拨付日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("奖补资金")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.title}（{self.granted_on}）"
