"""A question about two works that are alike. It is never a verdict: a reviewer looks, and writes down what was found."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.works.models.files import Attachment
from junheng.domains.works.terms import Alike, Asked


class Likeness(models.Model):
    """相似疑问: ``one`` came later than ``other``. ``letters`` is how long the longest shared passage is."""

    one = models.ForeignKey(
        Attachment, verbose_name=_("作品"), on_delete=models.PROTECT, db_index=False, related_name="asked"
    )
    other = models.ForeignKey(
        Attachment, verbose_name=_("较早的作品"), on_delete=models.PROTECT, related_name="asked_of"
    )
    area = in_area(_("所在区划"))
    alike = models.CharField(_("相似之处"), max_length=8, choices=Alike)
    letters = models.PositiveIntegerField(_("最长相同字数"), null=True, blank=True)
    share = models.PositiveSmallIntegerField(_("相同部分（千分之）"), null=True, blank=True)
    signs = models.PositiveSmallIntegerField(_("画面相差"), null=True, blank=True)
    found_on = models.DateField(_("发现日"))
    state = models.CharField(_("处理"), max_length=4, choices=Asked, default=Asked.OPEN)
    answer = models.CharField(_("核对说明"), max_length=300, blank=True)
    answered_by = models.CharField(_("核对人"), max_length=60, blank=True)
    answered_on = models.DateField(_("核对日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("作品相似疑问")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="works_likeness_once", fields=["one", "other"]),
            models.CheckConstraint(
                name="works_likeness_answered",
                condition=Q(state=Asked.OPEN, answer="") | Q(state=Asked.TOLD) & ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id}–{self.other_id}"
