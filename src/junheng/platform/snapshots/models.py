"""The rows that remember snapshots."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Snapshot(models.Model):
    """One snapshot that was taken whole; its rows lie in files, and its digest says which."""

    digest = models.CharField(_("快照摘要"), max_length=64, db_index=True)
    taken_at = models.DateTimeField(_("冻结时间"))
    audit_head_id = models.PositiveBigIntegerField(_("最后一条留痕"), null=True, blank=True)
    audit_head_hash = models.CharField(_("最后一条留痕的摘要"), max_length=64, blank=True)
    rows = models.PositiveBigIntegerField(_("行数"))
    manifest = models.CharField(_("清单文件"), max_length=120)
    by = models.CharField(_("冻结人"), max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = _("数据快照")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.digest[:12]
