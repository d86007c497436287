"""Addresses of what changed."""

from django.urls import path

from junheng.platform.changes import views

app_name = "changes"
urlpatterns = [path("", views.changes, name="changes"), path("seen/", views.seen, name="seen")]
