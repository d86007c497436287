"""Audit as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from junheng.platform.audit.triggers import install_triggers


class AuditConfig(AppConfig):
    """The chain of entries."""

    name = "junheng.platform.audit"
    label = "audit"
    verbose_name = "留痕"

    def ready(self) -> None:
        post_migrate.connect(install_triggers, sender=self, dispatch_uid="audit-triggers")
