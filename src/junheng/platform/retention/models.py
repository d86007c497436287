"""An erasure: proposed by one person, carried out by another, or refused because a law says keep."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far an erasure is."""

    PROPOSED = "proposed", _("待另一人办理")
    DONE = "done", _("已销毁")
    WITHDRAWN = "withdrawn", _("已收回")
    REFUSED = "refused", _("依法不能删除")


class Erasure(models.Model):
    """What is to be destroyed: the rows of one register in one place that were due on a day, or one row by request.

    ``digest`` fixes exactly which keys: what was looked at is what is destroyed. ``entry`` is the number of the audit
    entry that says so.
    """

    register = models.CharField(_("台账"), max_length=40)
    area = models.CharField(_("区划代码"), max_length=9, blank=True)
    row = models.BigIntegerField(_("行号"), null=True)
    cutoff = models.DateField(_("截止日"))
    count = models.PositiveIntegerField(_("条数"))
    digest = models.CharField(_("清单校验值"), max_length=64)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PROPOSED)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    proposed_by = models.CharField(_("提出人"), max_length=150)
    proposed_at = models.DateTimeField(_("提出时间"))
    why = models.CharField(_("事由"), max_length=300)
    carried_by = models.CharField(_("办理人"), max_length=150, blank=True)
    carried_at = models.DateTimeField(_("办理时间"), null=True)
    entry = models.BigIntegerField(_("留痕编号"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("销毁")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state"], name="retention_erasure_state")]

    def __str__(self) -> str:
        return f"{self.register} {self.area or self.row}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("retention:erasure", args=[self.pk])

    @property
    def because(self) -> str:
        """How the list of destroyed keys calls this erasure.

        The number alone is not enough: after an older backup was restored, another erasure gets it.
        """
        return f"erasure {self.pk} {self.digest[:16]}"
