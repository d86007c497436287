"""Addresses of the deeds on saved views."""

from django.urls import path

from junheng.platform.savedviews import views

app_name = "savedviews"
urlpatterns = [
    path("<slug:slug>/save/", views.save, name="save"),
    path("<int:pk>/forget/", views.forget, name="forget"),
]
