"""Addresses of deeds: the row, then what is done about it."""

from django.urls import path

from junheng.platform.deeds import views

app_name = "deeds"
urlpatterns = [path("<slug:slug>/<str:pk>/<slug:deed>/", views.do, name="do")]
