"""The door for programs as a Django app: it has a page of its own."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """JSON for programs, and open data for everybody."""

    name = "junheng.surfaces.api"
    label = "api"
    verbose_name = "接口"
