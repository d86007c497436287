"""Addresses of committee members: the classes with who serves there, and one class."""

from django.urls import path

from junheng.domains.care.desk import pages

app_name = "care"
urlpatterns = [
    path("members/", pages.members, name="members"),
    path("members/<int:number>/", pages.one, name="class"),
]
