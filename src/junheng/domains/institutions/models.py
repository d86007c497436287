"""Licensed training institutions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.institutions.terms import InstitutionKind
from junheng.platform.spans import ends_after_start


class Institution(models.Model):
    """One licensed institution while its licence holds."""

    code = models.CharField(_("许可证编号"), max_length=30)
    name = models.CharField(_("机构名称"), max_length=80, db_index=True)
    area = in_area(_("所在区划"))
    kind = models.CharField(_("类别"), max_length=12, choices=InstitutionKind)
    since = models.DateField(_("许可生效日"))
    until = models.DateField(_("许可失效日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("校外培训机构")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.UniqueConstraint(
                name="institutions_institution_licence",
                fields=["code", "since"],
                violation_error_message=_("同一许可证同一生效日只能登记一次。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name
