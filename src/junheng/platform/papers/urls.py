"""Addresses of papers: one of a row, and the page that verifies a statement."""

from django.urls import path

from junheng.platform.papers import views

app_name = "papers"
urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("<slug:slug>/<int:number>/", views.official, name="official"),
]
