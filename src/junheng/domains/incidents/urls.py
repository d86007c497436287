"""Addresses of incidents beside their register."""

from django.urls import path

from junheng.domains.incidents.desk import pages

app_name = "incidents"
urlpatterns = [path("", pages.overview, name="overview")]
