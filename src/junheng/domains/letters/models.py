"""Letters in numbered series and what becomes of each copy; meetings with who came and what was promised; tasks of plans."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.documents.models import Annex
from junheng.domains.institutions.models import Institution
from junheng.domains.letters.terms import (
    Attendance,
    DeliveryState,
    LetterKind,
    LetterState,
    MeetingState,
    PromiseState,
)
from junheng.domains.schools.models import School


class LetterSeries(models.Model):
    """函件字号: by which word an office numbers its letters of a kind, each year from one."""

    code = models.CharField(_("字号代码"), max_length=20, unique=True)
    area = in_area(_("发函区划"))
    kind = models.CharField(_("函件种类"), max_length=10, choices=LetterKind)
    word = models.CharField(_("发文机关代字"), max_length=20)
    office = models.CharField(_("发文机关"), max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = _("函件字号")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="letters_series_once",
                fields=["word"],
                violation_error_message=_("这个代字已有机关使用，文号会重复。请换一个代字。"),
            )
        ]

    def __str__(self) -> str:
        return self.word


class Letter(models.Model):
    """函件: written from a template in which every number is a slot; once it is issued, its words never change.

    ``source`` and ``source_row`` name the record it is about. ``facts`` are the slots as they were filled on issue:
    slot, value, register, row, field.
    """

    series = models.ForeignKey(LetterSeries, verbose_name=_("字号"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("发函区划"))
    year = models.PositiveSmallIntegerField(_("年份"), null=True, blank=True)
    serial = models.PositiveIntegerField(_("序号"), null=True, blank=True)
    number = models.CharField(_("文号"), max_length=40, blank=True, db_index=True)
    title = models.CharField(_("标题"), max_length=120)
    body = models.TextField(_("正文"))
    source = models.CharField(_("所据台账"), max_length=30, blank=True)
    source_row = models.PositiveBigIntegerField(_("所据记录"), default=0)
    wants_reply = models.BooleanField(_("须答复"), default=True)
    facts = models.JSONField(_("引用的数据"), default=list, blank=True)
    digest = models.CharField(_("正文摘要"), max_length=64, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=LetterState, default=LetterState.DRAFT)
    drafted_by = models.CharField(_("拟稿人"), max_length=60)
    issued_on = models.DateField(_("发函日"), null=True, blank=True)
    issued_by = models.CharField(_("签发人"), max_length=60, blank=True)
    reply_by = models.DateField(_("答复期限"), null=True, blank=True)
    withdrawn_on = models.DateField(_("撤回日"), null=True, blank=True)
    withdrawn_why = models.CharField(_("撤回原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("函件")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="letters_letter_number_once",
                fields=["series", "year", "serial"],
                condition=Q(serial__isnull=False),
            ),
            models.CheckConstraint(
                name="letters_letter_issued_whole",
                condition=Q(state=LetterState.DRAFT)
                | Q(serial__isnull=False, issued_on__isnull=False) & ~Q(digest=""),
            ),
        ]

    def __str__(self) -> str:
        number = self.number or str(_("（未编号）"))
        return f"{number} {self.title}"


def addressee(related: type[models.Model], label: Any) -> "models.ForeignKey[Any, Any]":
    """A school or an institution to which something goes; both empty where it goes to a county."""
    return models.ForeignKey(related, verbose_name=label, on_delete=models.PROTECT, null=True, blank=True)


class Delivery(models.Model):
    """送达: one copy of a letter at one addressee: when it was received and by whom, and what was replied."""

    letter = models.ForeignKey(Letter, verbose_name=_("函件"), on_delete=models.PROTECT)
    area = in_area(_("收函区划"))
    school = addressee(School, _("收函学校"))
    institution = addressee(Institution, _("收函机构"))
    name = models.CharField(_("收函单位"), max_length=80)
    state = models.CharField(_("状态"), max_length=10, choices=DeliveryState, default=DeliveryState.SENT)
    receive_by = models.DateField(_("签收期限"))
    reply_by = models.DateField(_("答复期限"), null=True, blank=True)
    received_at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    received_by = models.CharField(_("签收人"), max_length=60, blank=True)
    reply = models.CharField(_("答复"), max_length=1000, blank=True)
    replied_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    replied_by = models.CharField(_("答复人"), max_length=60, blank=True)
    escalated_on = models.DateField(_("逾期上报日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("函件送达")
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "reply_by"], name="letters_delivery_waiting")]
        constraints = [
            models.UniqueConstraint(
                name="letters_delivery_school_once",
                fields=["letter", "school"],
                condition=Q(school__isnull=False),
            ),
            models.CheckConstraint(
                name="letters_delivery_to_one", condition=Q(school__isnull=True) | Q(institution__isnull=True)
            ),
            models.CheckConstraint(
                name="letters_delivery_replied_with_words",
                condition=~Q(state=DeliveryState.REPLIED) | ~Q(reply="") & Q(received_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WarningMeeting(models.Model):
    """告诫会: called by an office for a day; its minutes are fixed once everybody who was invited is accounted for."""

    title = models.CharField(_("会议名称"), max_length=120)
    area = in_area(_("召集区划"))
    on = models.DateField(_("会议日期"))
    place = models.CharField(_("地点"), max_length=80)
    agenda = models.TextField(_("议程"))
    chaired_by = models.CharField(_("主持人"), max_length=40)
    state = models.CharField(_("状态"), max_length=8, choices=MeetingState, default=MeetingState.CALLED)
    minutes = models.TextField(_("纪要"), blank=True)
    digest = models.CharField(_("纪要摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("告诫会")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="letters_warningmeeting_minuted",
                condition=Q(state=MeetingState.CALLED) | ~Q(minutes="") & ~Q(digest=""),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Invitee(models.Model):
    """参会单位: whether it came, who signed, why it was absent, and when the talk was made up for."""

    meeting = models.ForeignKey(WarningMeeting, verbose_name=_("告诫会"), on_delete=models.PROTECT)
    area = in_area(_("单位区划"))
    school = addressee(School, _("学校"))
    institution = addressee(Institution, _("机构"))
    name = models.CharField(_("参会单位"), max_length=80)
    state = models.CharField(_("到会情况"), max_length=10, choices=Attendance, default=Attendance.INVITED)
    signed_by = models.CharField(_("签到人"), max_length=40, blank=True)
    reason = models.CharField(_("缺席或委托的理由"), max_length=200, blank=True)
    made_up_on = models.DateField(_("补谈话日"), null=True, blank=True)
    made_up = models.CharField(_("补谈话情况"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("告诫会参会单位")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="letters_invitee_school_once",
                fields=["meeting", "school"],
                condition=Q(school__isnull=False),
            ),
            models.CheckConstraint(
                name="letters_invitee_absent_with_reason",
                condition=~Q(state__in=(Attendance.ABSENT, Attendance.SENT_OTHER)) | ~Q(reason=""),
                violation_error_message=_("缺席或委托他人到会的须写明理由。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Commitment(models.Model):
    """承诺: what a unit promised in a meeting, who does it by when, what shows that it was done, and who looked."""

    invitee = models.ForeignKey(Invitee, verbose_name=_("参会单位"), on_delete=models.PROTECT)
    area = in_area(_("单位区划"))
    school = addressee(School, _("学校"))
    words = models.CharField(_("承诺事项"), max_length=200)
    owner = models.CharField(_("责任人"), max_length=60)
    due_on = models.DateField(_("兑现期限"))
    state = models.CharField(_("状态"), max_length=10, choices=PromiseState, default=PromiseState.OPEN)
    done_on = models.DateField(_("兑现日"), null=True, blank=True)
    proof = models.CharField(_("佐证"), max_length=200, blank=True)
    done_by = models.CharField(_("报告人"), max_length=60, blank=True)
    checked_on = models.DateField(_("核实日"), null=True, blank=True)
    checked_by = models.CharField(_("核实人"), max_length=60, blank=True)
    returned = models.PositiveSmallIntegerField(_("退回次数"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("告诫会承诺")
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "due_on"], name="letters_commitment_due")]
        constraints = [
            models.CheckConstraint(
                name="letters_commitment_kept_is_checked",
                condition=~Q(state=PromiseState.KEPT)
                | Q(checked_on__isnull=False) & ~Q(checked_by=F("done_by")) & ~Q(proof=""),
            )
        ]

    def __str__(self) -> str:
        return self.words


class PlanTask(models.Model):
    """方案任务: one task of an annexed work plan, whose it is, until when, and what shows that it was done."""

    annex = models.ForeignKey(Annex, verbose_name=_("附件"), on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField(_("任务序号"))
    area = in_area(_("责任区划"))
    title = models.CharField(_("任务"), max_length=120)
    owner = models.CharField(_("责任单位"), max_length=60)
    due_on = models.DateField(_("完成期限"))
    done_on = models.DateField(_("完成日"), null=True, blank=True)
    proof = models.CharField(_("佐证"), max_length=200, blank=True)
    done_by = models.CharField(_("登记人"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("方案任务")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="letters_plantask_number",
                fields=["annex", "number", "area"],
                violation_error_message=_("这个方案的这项任务在这个区划已有一行。"),
            ),
            models.CheckConstraint(
                name="letters_plantask_done_with_proof",
                condition=Q(done_on__isnull=True) | ~Q(proof="") & ~Q(done_by=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title
