"""One row says what one unit became on one day. It is written by an action and never changed but to be withdrawn."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What happened to a unit."""

    RENAME = "rename", _("更名")
    MOVE = "move", _("划转")
    MERGE = "merge", _("合并")
    SPLIT = "split", _("分设")
    RECODE = "recode", _("改制换码")


class PlaceInChain(models.BigIntegerField):  # type: ignore[type-arg]
    """The number of an entry of the audit. It says where the chain speaks of this row, so the chain does not say it."""

    audited = False


class Succession(models.Model):
    """From a predecessor to a successor, both of one register; for a rename or a move both are the same unit.

    Units are named by register and key, because lineage lies below the rooms. ``share`` is the part of the
    predecessor that went to this successor, in whole pupils of whole pupils (``1/1`` but for a split). The rows that
    were carried along are those of the entries of the audit from ``first_entry`` to ``last_entry``.
    """

    register = models.CharField(_("名录"), max_length=40)
    kind = models.CharField(_("方式"), max_length=8, choices=Kind)
    on = models.DateField(_("生效日"))
    predecessor = models.CharField(_("原单位编号"), max_length=20)
    predecessor_code = models.CharField(_("原代码"), max_length=20)
    predecessor_name = models.CharField(_("原名称"), max_length=80)
    predecessor_area = models.CharField(_("原区划"), max_length=12)
    successor = models.CharField(_("现单位编号"), max_length=20)
    successor_code = models.CharField(_("现代码"), max_length=20)
    successor_name = models.CharField(_("现名称"), max_length=80)
    area = models.CharField(_("区划代码"), max_length=12, db_index=True)
    part = models.PositiveIntegerField(_("份额（分子）"), default=1)
    whole = models.PositiveIntegerField(_("份额（分母）"), default=1)
    number = models.CharField(_("批准文号"), max_length=60, blank=True)
    reason = models.CharField(_("事由"), max_length=300)
    first_entry = PlaceInChain(_("首条留痕"), default=0)
    last_entry = PlaceInChain(_("末条留痕"), default=0)
    withdrawn_on = models.DateField(_("更正撤回日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("沿革")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["register", "predecessor"], name="lineage_of_predecessor"),
            models.Index(fields=["register", "successor"], name="lineage_of_successor"),
        ]
        constraints = [
            models.CheckConstraint(
                name="lineage_part_of_a_whole", condition=Q(part__lte=models.F("whole"), whole__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_name} → {self.successor_name}"
