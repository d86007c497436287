"""What figures were when they were told, kept beside the snapshot they were computed from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.platform.snapshots.models import Snapshot


class KeptFigures(models.Model):
    """Every figure of one snapshot for one day, with the definition it was computed by. Written once.

    ``figures`` holds by id: value, parts by county, printed form, the digest and the words of the definition.
    ``digest`` fixes them, and stands in the chain.
    """

    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, related_name="kept_figures", verbose_name=_("数据快照")
    )
    day = models.DateField(_("统计时点"))
    figures = models.JSONField(_("数据"))
    digest = models.CharField(_("校验值"), max_length=64)
    kept_at = models.DateTimeField(_("留存时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("留存数据")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "day"], name="figures_kept_once_for_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.snapshot} {self.day}"
