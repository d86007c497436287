"""Audit as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The chain of entries."""

    name = "junheng.platform.audit"
    label = "audit"
    verbose_name = "留痕"
