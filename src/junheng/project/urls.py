"""All addresses of the house: the doors that exist, and the registers."""

from django.urls import include, path

from junheng.project.rooms import has_module

DOORS = ("api", "desk", "portal")

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    *(path("", include(name)) for door in DOORS if has_module(name := f"junheng.surfaces.{door}.urls")),
]
