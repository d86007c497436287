"""A job: what is to be done, for whom, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未完成")
    CANCELLED = "cancelled", _("已取消")


class Job(models.Model):
    """One piece of work, ordered by one person, who alone sees it; or the house's own work of one ``day``, nobody's.

    ``attempts`` counts how often a worker took it, and is what a worker must still hold when it writes "done": one
    that was given up for dead meanwhile has no longer the right number, and what it did is undone.
    """

    kind = models.CharField(_("任务类型"), max_length=40)
    title = models.CharField(_("任务名称"), max_length=200)
    parameters = models.JSONField(_("参数"), default=dict)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("用户"), db_index=False, null=True
    )
    day = models.DateField(_("日期"), null=True)
    state = models.CharField(_("状态"), max_length=9, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField(_("提交时间"))
    not_before = models.DateTimeField(_("最早开始时间"))
    started_at = models.DateTimeField(_("开始时间"), null=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True)
    attempts = models.PositiveIntegerField(_("执行次数"), default=0)
    worker = models.CharField(_("执行进程"), max_length=120, blank=True)
    result = models.JSONField(_("结果"), null=True)
    failure = models.CharField(_("未完成的原因"), max_length=600, blank=True)
    code = models.CharField(_("原因代码"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("后台任务")
        verbose_name_plural = _("后台任务")
        ordering = ("-id",)
        # who is first writes a day's work, whoever else tries; jobs that people order have no day
        constraints = [models.UniqueConstraint(fields=["kind", "day"], name="job_once_a_day")]
        indexes = [
            models.Index(fields=["state", "not_before"], name="job_to_be_done"),
            models.Index(fields=["owner", "-id"], name="job_of_owner"),
        ]

    def __str__(self) -> str:
        return self.title
