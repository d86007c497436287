"""Addresses of one's own jobs."""

from django.urls import path

from junheng.platform.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:pk>/", views.one, name="one"),
    path("<int:pk>/file/", views.fetch, name="file"),
    path("<int:pk>/cancel/", views.call_off, name="cancel"),
    path("<int:pk>/retry/", views.again, name="retry"),
]
