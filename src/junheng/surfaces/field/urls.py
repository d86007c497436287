"""Addresses of the phone app. All lie under one folder: a service worker answers for its own folder only."""

from django.urls import path

from junheng.surfaces.field import pages

app_name = "field"
urlpatterns = [
    path("field/", pages.app, name="app"),
    path("field/sw.js", pages.worker, name="worker"),
    path("field/manifest.webmanifest", pages.manifest, name="manifest"),
    path("field/icon-<int:side>.png", pages.icon, name="icon"),
    path("field/install/", pages.install, name="install"),
    path("field/file/", pages.file, name="file"),
]
