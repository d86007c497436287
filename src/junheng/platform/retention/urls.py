"""Addresses of retention and erasure."""

from django.urls import path

from junheng.platform.retention import views

app_name = "retention"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("due/<slug:slug>/<str:area>/", views.preview, name="preview"),
    path("erasures/<int:pk>/", views.erasure, name="erasure"),
    path("erasures/<int:pk>/carry-out/", views.carry, name="carry"),
    path("erasures/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
