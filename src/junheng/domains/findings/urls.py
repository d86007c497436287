"""Addresses of findings beside their register."""

from django.urls import path

from junheng.domains.findings.desk import pages

app_name = "findings"
urlpatterns = [path("overdue/", pages.overdue, name="overdue")]
