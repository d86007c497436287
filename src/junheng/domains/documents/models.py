"""Documents with issuers and annexes, promotion by others, and strands of work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.documents.terms import AnnexKind, PublisherLevel, Topic, Work
from junheng.platform.spans import ends_after_start


class Document(models.Model):
    """One document of the bureau, the city or above."""

    code = models.CharField(_("文件编号"), max_length=30, unique=True)
    number = models.CharField(_("文号"), max_length=40, blank=True)
    title = models.CharField(_("标题"), max_length=120, db_index=True)
    area = in_area(_("制发区划"))
    topic = models.CharField(_("主题"), max_length=20, choices=Topic)
    issued_on = models.DateField(_("印发日"))

    class Meta:
        verbose_name = verbose_name_plural = _("文件")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"《{self.title}》"


class Issuer(models.Model):
    """One department that issued one document, in the order of the heading."""

    document = models.ForeignKey(Document, verbose_name=_("文件"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("区划"))
    position = models.PositiveSmallIntegerField(_("序号"))
    department = models.CharField(_("部门"), max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = _("联合印发单位")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="documents_issuer_position",
                fields=["document", "position"],
                violation_error_message=_("这份文件的这个序号已有单位。"),
            )
        ]

    def __str__(self) -> str:
        return self.department


class Annex(models.Model):
    """One annex of one document."""

    document = models.ForeignKey(Document, verbose_name=_("文件"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("区划"))
    position = models.PositiveSmallIntegerField(_("序号"))
    title = models.CharField(_("标题"), max_length=120)
    kind = models.CharField(_("类别"), max_length=10, choices=AnnexKind)

    class Meta:
        verbose_name = verbose_name_plural = _("文件附件")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="documents_annex_position",
                fields=["document", "position"],
                violation_error_message=_("这份文件的这个序号已有附件。"),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Promotion(models.Model):
    """One occasion on which somebody above made the bureau's practice known."""

    title = models.CharField(_("推广内容"), max_length=120)
    area = in_area(_("区划"))
    publisher = models.CharField(_("推广单位"), max_length=60)
    level = models.CharField(_("级别"), max_length=10, choices=PublisherLevel)
    published_on = models.DateField(_("发布日"))

    class Meta:
        verbose_name = verbose_name_plural = _("上级推广")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Strand(models.Model):
    """One strand of a piece of work, such as one of the five managements."""

    area = in_area(_("区划"))
    programme = models.CharField(_("工作"), max_length=20, choices=Work)
    position = models.PositiveSmallIntegerField(_("序号"))
    name = models.CharField(_("名称"), max_length=60)
    since = models.DateField(_("生效日"))
    until = models.DateField(_("失效日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("工作任务分项")
        ordering = ["id"]
        constraints = [ends_after_start()]

    def __str__(self) -> str:
        return self.name
