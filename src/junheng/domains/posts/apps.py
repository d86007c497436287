"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PostsConfig(AppConfig):
    """校园安全末端责任。"""

    name = "junheng.domains.posts"
    label = "posts"
    verbose_name = _("校园安全岗位")
    default_auto_field = "django.db.models.BigAutoField"
