"""Records from phones with all their versions, photos in pieces, and questions with their answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.fieldwork.terms import PhotoState, QuestionKind, RecordState, VersionState
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import Severity
from junheng.domains.patrols.models import Check
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Water
from junheng.platform.sealing import SubjectKeyField
from junheng.platform.sealing.beside import lies_beside


class FieldRecord(models.Model):
    """One check of one water as a phone keeps it, under the number that the phone made; the books have it as ``check_row``.

    ``version`` is the number of the version that counts. What came later from another state of the phone, or from the
    office, waits beside it until somebody chooses.
    """

    uuid = models.CharField(_("手机记录编号"), max_length=36, unique=True)
    person = models.ForeignKey(Person, verbose_name=_("检查人"), on_delete=models.PROTECT)
    area = in_area(_("所在乡镇"))
    water = models.ForeignKey(Water, verbose_name=_("水域"), on_delete=models.PROTECT)
    check_row = models.OneToOneField(
        Check, verbose_name=_("水域暗访检查"), on_delete=models.PROTECT, related_name="field_record"
    )
    finding = models.OneToOneField(
        Finding,
        verbose_name=_("问题隐患"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="field_record",
    )
    checked_at = models.DateTimeField(_("检查时间"))
    version = models.PositiveSmallIntegerField(_("采用的版本"), default=1)
    state = models.CharField(_("状态"), max_length=4, choices=RecordState, default=RecordState.KEPT)
    device = models.CharField(_("设备"), max_length=60, blank=True)
    handed_in_by = models.CharField(_("代交人"), max_length=150, blank=True)
    received_at = models.DateTimeField(_("收到时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("外勤记录")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["person", "checked_at"], name="fieldwork_record_of_person"),
            models.Index(fields=["checked_at"], name="fieldwork_record_by_day"),
            models.Index(fields=["state"], name="fieldwork_record_open", condition=Q(state="both")),
        ]

    def __str__(self) -> str:
        return f"{self.water}（{self.checked_at:%Y-%m-%d}）"


class FieldVersion(models.Model):
    """One version of a record: what the phone sent word for word (``digest`` is over that), and what followed from it.

    ``told_at`` is the phone's clock, ``checked_at`` the moment after the clock was set right. Version 0 of the phone's
    own is none: numbers begin at 1. ``origin`` is empty for the phone, or whose correction in the register it was.
    """

    record = models.ForeignKey(
        FieldRecord,
        verbose_name=_("外勤记录"),
        on_delete=models.CASCADE,
        related_name="versions",
        db_index=False,
    )
    number = models.PositiveSmallIntegerField(_("版本号"))
    state = models.CharField(_("状态"), max_length=7, choices=VersionState, default=VersionState.CURRENT)
    digest = models.CharField(_("内容摘要"), max_length=64)
    base = models.PositiveSmallIntegerField(_("所改的版本"), null=True, blank=True)
    water = models.ForeignKey(Water, verbose_name=_("水域"), on_delete=models.PROTECT, db_index=False)
    told_at = models.CharField(_("手机所记时间"), max_length=40)
    checked_at = models.DateTimeField(_("检查时间"))
    drift = models.IntegerField(_("手机时间偏差（秒）"), default=0)
    longitude = models.IntegerField(_("经度（百万分之一度）"), null=True, blank=True)
    latitude = models.IntegerField(_("纬度（百万分之一度）"), null=True, blank=True)
    accuracy = models.PositiveIntegerField(_("定位精度（米）"), null=True, blank=True)
    signs = models.JSONField(_("手机所报情况"), default=dict, blank=True)
    hazard = models.CharField(_("发现问题"), max_length=200, blank=True)
    severity = models.CharField(_("隐患等级"), max_length=8, choices=Severity, blank=True)
    origin = models.CharField(_("更正人"), max_length=150, blank=True)
    received_at = models.DateTimeField(_("收到时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("外勤记录版本")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="fieldwork_version_once", fields=["record", "number"]),
            models.UniqueConstraint(
                name="fieldwork_version_one_current", fields=["record"], condition=Q(state="current")
            ),
            models.CheckConstraint(
                name="fieldwork_version_hazard_with_severity",
                condition=Q(hazard="", severity="") | ~Q(hazard="") & ~Q(severity=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record}：{self.number}"


class FieldPhoto(models.Model):
    """A photo that a person's phone announced or sent; its bytes lie sealed, in pieces, in the home folder.

    ``received`` bytes are here; ``written`` is how long the sealed file is that holds them. ``shape`` is the
    fingerprint by which alike photos are found; empty until the picture was looked at.
    """

    person = models.ForeignKey(Person, verbose_name=_("拍摄人"), on_delete=models.PROTECT, db_index=False)
    digest = models.CharField(_("文件摘要"), max_length=64)
    size = models.PositiveIntegerField(_("字节数"))
    received = models.PositiveIntegerField(_("已收到的字节数"), default=0)
    written = models.PositiveBigIntegerField(_("密文长度"), default=0)
    place = models.CharField(_("文件名"), max_length=32, unique=True)
    seal = SubjectKeyField(_("数据密钥"))
    state = models.CharField(_("状态"), max_length=6, choices=PhotoState, default=PhotoState.COMING)
    width = models.PositiveIntegerField(_("宽（像素）"), default=0)
    height = models.PositiveIntegerField(_("高（像素）"), default=0)
    turned = models.PositiveSmallIntegerField(_("方向"), default=1)
    taken = models.CharField(_("照片所记时间"), max_length=40, blank=True)
    longitude = models.IntegerField(_("照片经度（百万分之一度）"), null=True, blank=True)
    latitude = models.IntegerField(_("照片纬度（百万分之一度）"), null=True, blank=True)
    shape = models.CharField(_("画面指纹"), max_length=16, blank=True)
    seen_at = models.DateTimeField(_("画面查看时间"), null=True, blank=True)
    given_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("外勤照片")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="fieldwork_photo_once", fields=["person", "digest"])]
        indexes = [
            models.Index(fields=["digest"], name="fieldwork_photo_digest"),
            models.Index(
                fields=["id"], name="fieldwork_photo_unseen", condition=Q(state="whole", seen_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:12]


lies_beside(FieldPhoto, "place", written__gt=0)


class Shot(models.Model):
    """That a photo belongs to a version of a record."""

    version = models.ForeignKey(
        FieldVersion,
        verbose_name=_("外勤记录版本"),
        on_delete=models.CASCADE,
        related_name="shots",
        db_index=False,
    )
    rank = models.PositiveSmallIntegerField(_("次序"))
    photo = models.ForeignKey(FieldPhoto, verbose_name=_("外勤照片"), on_delete=models.PROTECT)

    class Meta:
        verbose_name = verbose_name_plural = _("记录所附照片")
        ordering = ["version_id", "rank"]
        constraints = [models.UniqueConstraint(name="fieldwork_shot_rank_once", fields=["version", "rank"])]

    def __str__(self) -> str:
        return f"{self.version}：{self.rank}"


class FieldQuestion(models.Model):
    """One question about a record, asked once, with the answer of the person who was there.

    ``about`` tells questions of one kind apart (which photo); ``facts`` are what the sentence needs.
    """

    record = models.ForeignKey(
        FieldRecord,
        verbose_name=_("外勤记录"),
        on_delete=models.CASCADE,
        related_name="questions",
        db_index=False,
    )
    kind = models.CharField(_("问题"), max_length=9, choices=QuestionKind)
    about = models.CharField(_("所涉照片"), max_length=12, blank=True)
    facts = models.JSONField(_("所见情况"), default=dict, blank=True)
    asked_at = models.DateTimeField(_("提出时间"))
    answer = models.CharField(_("本人说明"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("说明时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("外勤提问")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="fieldwork_question_once", fields=["record", "kind", "about"])
        ]
        indexes = [
            models.Index(fields=["record"], name="fieldwork_question_open", condition=Q(answered_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.record}：{self.get_kind_display()}"

    @property
    def code(self) -> str:
        """What the phone calls it."""
        return f"{self.kind}:{self.about}" if self.about else self.kind
