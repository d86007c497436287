"""The index: under which words and sounds a row is found. It is derived, and can be made anew at any time."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchName(models.Model):
    """What one row is called. The register is named by its address, so that one table serves them all."""

    register = models.CharField(_("名录"), max_length=40)
    row = models.BigIntegerField(_("行号"))
    name = models.CharField(_("名称"), max_length=300)
    sounds = models.TextField(_("读音"))
    """The syllables of the name in their usual reading, one blank between them."""
    keys = models.TextField(_("检索词"))
    """Name, codes, sounds and initials in all readings, each after a line break: a key begins after one."""

    class Meta:
        verbose_name = _("检索名称")
        verbose_name_plural = _("检索名称")
        constraints = [models.UniqueConstraint(fields=["register", "row"], name="search_name_once_a_row")]

    def __str__(self) -> str:
        return self.name
