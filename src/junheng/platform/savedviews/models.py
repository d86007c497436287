"""A list under a name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """The query string of one register's list, kept by one person, shared with the holders of one role in one place.

    It holds a question and no rows: whoever opens it sees what lies in his or her own scope.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("用户"), db_index=False
    )
    register = models.CharField(_("名录"), max_length=40)
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(_("条件"), max_length=1000, blank=True)
    office_role = models.CharField(_("共享给角色"), max_length=24, blank=True)
    office_area = models.CharField(_("共享给区划"), max_length=12, blank=True)
    office_school = models.BigIntegerField(_("共享给学校"), null=True, blank=True)

    class Meta:
        verbose_name = _("视图")
        verbose_name_plural = _("视图")
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(fields=["owner", "register", "name"], name="saved_view_name_once"),
            models.CheckConstraint(
                name="saved_view_shared_with_a_place",
                condition=Q(office_role="", office_area="", office_school=None)
                | ~Q(office_role="", office_area=""),
            ),
        ]
        indexes = [
            models.Index(fields=["register", "office_role", "office_area"], name="saved_view_of_office")
        ]

    def __str__(self) -> str:
        return self.name
