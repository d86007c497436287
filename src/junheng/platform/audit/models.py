"""The chain: one row is one entry, and no row is ever changed or removed."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.kernel.errors import NotAllowed


class Verb(models.TextChoices):
    """What was done to a row."""

    CREATE = "create", _("新增")
    CHANGE = "change", _("修改")
    RETIRE = "retire", _("终止")
    BATCH = "batch", _("批量导入")
    READ = "read", _("查看敏感信息")
    EXPORT = "export", _("导出")
    DEED = "deed", _("办理")


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries can be asked for, never changed: whoever tries is told so before the database is."""

    def update(self, **kwargs: Any) -> NoReturn:
        refuse()

    def delete(self) -> NoReturn:
        refuse()

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        refuse()


def refuse() -> NoReturn:
    """Say that the chain only grows."""
    raise NotAllowed(
        "audit-append-only", "留痕记录只能追加，不能修改或删除。如需更正，请追加一条新的记录说明情况。"
    )


class Entry(models.Model):
    """One deed on one row, or on a run of rows written together, chained to the entry before it.

    ``id`` counts without gaps. ``hash`` is sha256 over the hash before and the entry's own words (see ``chain``), so
    a change anywhere breaks every link after it. ``who`` is the login name: an entry outlives the account.
    """

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(_("时间"))
    who = models.CharField(_("经办人"), max_length=150)
    why = models.CharField(_("事由"), max_length=300)
    verb = models.CharField(_("动作"), max_length=8, choices=Verb.choices)
    table = models.CharField(_("台账"), max_length=80)
    row = models.BigIntegerField(_("行号"), null=True)
    row_key = models.CharField(_("行标识"), max_length=80, blank=True, default="")
    before = models.JSONField(_("原值"), null=True)
    after = models.JSONField(_("新值"), null=True)
    first_row = models.BigIntegerField(_("首行"), null=True)
    last_row = models.BigIntegerField(_("末行"), null=True)
    hash = models.CharField(_("校验值"), max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("留痕")
        verbose_name_plural = _("留痕")
        ordering = ("id",)
        indexes = [
            models.Index(fields=["table", "row"], name="entry_of_row", condition=Q(row__isnull=False)),
            models.Index(fields=["table", "row_key"], name="entry_of_key", condition=~Q(row_key="")),
            models.Index(
                fields=["table", "first_row"], name="entry_of_batch", condition=Q(first_row__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.who} {self.verb} {self.table} {self.row or self.row_key or ''}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only: an entry that exists is refused."""
        if not self._state.adding:
            refuse()
        super().save(*args, **(kwargs | {"force_insert": True}))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        refuse()
