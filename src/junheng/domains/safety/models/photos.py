"""Photos of what was seen: each belongs to one item of one sheet; its bytes lie sealed in the home folder."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.domains.checklists.models import ChecklistItem
from junheng.domains.safety.models.rounds import Sheet
from junheng.platform.sealing import SubjectKeyField
from junheng.platform.sealing.beside import lies_beside


class SheetPhoto(models.Model):
    """检查照片: ``digest`` is that of the file as the phone sent it, ``stored`` that of the sealed bytes.

    ``taken`` is what the photo says of itself. Once its years are over the key is destroyed; the row stays.
    """

    sheet = models.ForeignKey(Sheet, verbose_name=_("检查表"), on_delete=models.PROTECT, db_index=False)
    item = models.ForeignKey(ChecklistItem, verbose_name=_("条目"), on_delete=models.PROTECT, db_index=False)
    digest = models.CharField(_("原件摘要"), max_length=64, db_index=True)
    stored = models.CharField(_("密存摘要"), max_length=64)
    size = models.PositiveIntegerField(_("字节数"))
    width = models.PositiveIntegerField(_("宽（像素）"))
    height = models.PositiveIntegerField(_("高（像素）"))
    media = models.CharField(_("格式"), max_length=40)
    shape = models.CharField(_("画面指纹"), max_length=16, blank=True)
    taken = models.CharField(_("照片所记时间"), max_length=40, blank=True)
    seal = SubjectKeyField(_("数据密钥"))
    given_at = models.DateTimeField(_("上传时间"))
    given_by = models.CharField(_("上传人"), max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = _("检查照片")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="safety_sheetphoto_once", fields=["sheet", "digest"])]

    def __str__(self) -> str:
        return f"{self.item_id} {self.digest[:12]}"


lies_beside(SheetPhoto, "stored")
