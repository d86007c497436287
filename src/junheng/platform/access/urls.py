"""Addresses of logging in and out, and of the question whether the house stands."""

from django.urls import path

from junheng.platform.access.health import health
from junheng.platform.access.login import Login, Logout

urlpatterns = [
    path("login/", Login.as_view(), name="login"),
    path("logout/", Logout.as_view(), name="logout"),
    path("healthz", health, name="health"),
]
