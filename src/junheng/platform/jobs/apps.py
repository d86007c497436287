"""The mechanism in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Background jobs."""

    name = "junheng.platform.jobs"
    label = "jobs"
    verbose_name = _("后台任务")
