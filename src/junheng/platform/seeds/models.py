"""The columns of a seed's sources and of a second person's consent; a room adds of which draw they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContributorRow(models.Model):
    """Who publishes a commitment before the list is closed and opens it afterwards."""

    rank = models.PositiveSmallIntegerField(_("次序"))
    name = models.CharField(_("代码"), max_length=32)
    label = models.CharField(_("名称"), max_length=40)
    digest = models.CharField(_("承诺值"), max_length=64, blank=True)
    committed_at = models.DateTimeField(_("承诺时间"), null=True, blank=True)
    nonce = models.CharField(_("随机数"), max_length=64, blank=True)
    secret = models.CharField(_("揭示值"), max_length=64, blank=True)
    revealed_at = models.DateTimeField(_("揭示时间"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label


class PublicValueRow(models.Model):
    """What a source outside publishes at a moment after all have revealed. Two persons read it off."""

    rank = models.PositiveSmallIntegerField(_("次序"))
    name = models.CharField(_("代码"), max_length=32)
    label = models.CharField(_("来源"), max_length=80)
    due_at = models.DateTimeField(_("产生时间"))
    value = models.CharField(_("数值"), max_length=160, blank=True)
    failed = models.BooleanField(_("未能产生"), default=False)
    why = models.CharField(_("说明"), max_length=200, blank=True)
    entered_by = models.CharField(_("录入人"), max_length=150, blank=True)
    entered_at = models.DateTimeField(_("录入时间"), null=True, blank=True)
    confirmed_by = models.CharField(_("复核人"), max_length=150, blank=True)
    confirmed_at = models.DateTimeField(_("复核时间"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def stands(self) -> bool:
        """Whether two persons agreed on what it is, or that it failed."""
        return bool(self.confirmed_by)


class CountersignRow(models.Model):
    """A step that one person asked for and that is taken when another agrees. A room adds which steps there are."""

    asked_by = models.CharField(_("提请人"), max_length=150)
    asked_at = models.DateTimeField(_("提请时间"))
    why = models.CharField(_("事由"), max_length=200)
    agreed_by = models.CharField(_("同意人"), max_length=150, blank=True)
    agreed_at = models.DateTimeField(_("同意时间"), null=True, blank=True)

    class Meta:
        abstract = True
