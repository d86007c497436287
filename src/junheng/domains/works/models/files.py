"""A file that was handed in with an application. Its bytes lie sealed in the home folder."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.schemes.models import SchemeApplication
from junheng.domains.schools.models import School
from junheng.domains.works.terms import Form, Purpose
from junheng.platform.sealing import FileNameField, ReadField, SubjectKeyField
from junheng.platform.sealing.beside import lies_beside


class Attachment(models.Model):
    """申报附件: one file. What a phone or a program wrote beside the picture or film was taken out when it came.

    ``digest`` is that of the bytes as they are kept. Its own name is not kept: it may be a child's. ``marks`` and
    ``shape`` are what alike works are found by.
    """

    application = models.ForeignKey(
        SchemeApplication, verbose_name=_("申报"), on_delete=models.PROTECT, db_index=False
    )
    area = in_area(_("所在区划"))
    school = models.ForeignKey(
        School, verbose_name=_("学校"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveSmallIntegerField(_("附件序号"))
    purpose = models.CharField(_("用途"), max_length=8, choices=Purpose)
    form = models.CharField(_("文件形式"), max_length=8, choices=Form)
    media = models.CharField(_("格式"), max_length=80)
    size = models.PositiveIntegerField(_("字节数"))
    letters = models.PositiveIntegerField(_("字数"), null=True, blank=True)
    children = models.BooleanField(_("画面有可辨认的学生"), default=False)
    digest = models.CharField(_("文件摘要"), max_length=64, db_index=True)
    stored = FileNameField(_("密存摘要"), max_length=64)
    marks = ReadField(_("文字标记"), of="stored", max_length=60_000)
    shape = ReadField(_("画面指纹"), of="stored", max_length=16)
    seal = SubjectKeyField(_("数据密钥"))
    kept_at = models.DateTimeField(_("上传时间"))
    kept_by = models.CharField(_("上传人"), max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = _("申报附件")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="works_attachment_number", fields=["application", "number"]),
            models.UniqueConstraint(name="works_attachment_once", fields=["application", "digest"]),
            models.CheckConstraint(name="works_attachment_something", condition=Q(size__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.number}"


lies_beside(Attachment, "stored")
