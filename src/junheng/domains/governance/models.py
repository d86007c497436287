"""Cases about training outside school."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.governance.terms import CaseKind, CaseState


class Case(models.Model):
    """One case. ``site`` is the same for the same place and operator, whatever the name on the door."""

    code = models.CharField(_("案件编号"), max_length=30, unique=True)
    site = models.CharField(_("查处对象编号"), max_length=30, db_index=True)
    title = models.CharField(_("现场名称"), max_length=80)
    area = in_area(_("所在区划"))
    kind = models.CharField(_("案由"), max_length=12, choices=CaseKind)
    state = models.CharField(_("状态"), max_length=14, choices=CaseState, default=CaseState.TIP)
    opened_on = models.DateField(_("立案日"))
    decided_on = models.DateField(_("处理决定日"), null=True, blank=True)
    note = models.TextField(_("办理记录"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("校外培训案件")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="governance_case_decided_after_opened",
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("opened_on")),
                violation_error_message=_("处理决定日不能早于立案日。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
