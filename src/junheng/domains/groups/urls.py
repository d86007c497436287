"""Addresses of groups and pairs: the page of a county or the city, that of a school, and an entry of help."""

from django.urls import path

from junheng.domains.groups.desk import pages

app_name = "groups"
urlpatterns = [
    path("", pages.overview, name="overview"),
    path("schools/<int:pk>/", pages.school, name="school"),
    path("schools/<int:pk>/help/", pages.record, name="record"),
]
