"""Addresses for programs."""

from django.urls import path

from junheng.platform.registers import api

app_name = "api"
urlpatterns = [
    path("api/registers/", api.index, name="index"),
    path("api/registers/<slug:slug>/", api.rows, name="register"),
    path("api/registers/<slug:slug>/<str:pk>/", api.row, name="row"),
]
