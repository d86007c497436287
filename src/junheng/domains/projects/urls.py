"""Addresses of projects: what anybody reads, and the page of the bureaus."""

from django.urls import path

from junheng.domains.projects import portal
from junheng.domains.projects.desk import pages

app_name = "projects"
urlpatterns = [
    path("", portal.index, name="index"),
    path("overview/", pages.overview, name="overview"),
]
