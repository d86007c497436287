"""Addresses of the public pages. The front page and ``/figures/<id>/`` are shared with the desk, which comes first."""

from django.urls import path

from junheng.surfaces.portal import articles, figures, series, views

app_name = "portal"
urlpatterns = [
    path("", views.front, name="front"),
    path("news/", articles.news, name="news"),
    path("news/<slug:slug>/", articles.article, name="article"),
    path("figures/<str:id>/series/", series.figure_series, name="series"),
    path("open-data/", figures.public_figures, name="figures"),
]
