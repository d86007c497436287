"""Addresses of award money: all grants, one school, a document, and what anybody reads."""

from django.urls import path

from junheng.domains.awardfunds import portal
from junheng.domains.awardfunds.desk import pages, statements

app_name = "awardfunds"
urlpatterns = [
    path("", pages.overview, name="overview"),
    path("statement/", statements.of_years, name="statement"),
    path("notices/new/", pages.notify, name="notify"),
    path("schools/<int:pk>/", pages.school, name="school"),
    path("schools/<int:pk>/statement/", statements.of_school, name="school-statement"),
    path("published/", portal.index, name="index"),
    path("published/<slug:code>/", portal.published, name="published"),
]
