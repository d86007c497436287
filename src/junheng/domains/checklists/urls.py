"""Addresses of checklists: the sheet of a version."""

from django.urls import path

from junheng.domains.checklists import desk

app_name = "checklists"
urlpatterns = [path("<slug:code>/", desk.sheet, name="sheet")]
