"""Addresses of one's own tokens."""

from django.urls import path

from junheng.platform.tokens import views

app_name = "tokens"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:pk>/revoke/", views.end, name="revoke"),
]
