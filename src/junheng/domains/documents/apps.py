"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """文件、联合印发单位、附件、推广与工作分项。"""

    name = "junheng.domains.documents"
    label = "documents"
    verbose_name = _("文件")
    default_auto_field = "django.db.models.BigAutoField"
