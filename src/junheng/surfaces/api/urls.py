"""Addresses for programs, their description, and the open data."""

from django.urls import path

from junheng.surfaces.api import figures, pages, registers, surveys

app_name = "api"
urlpatterns = [
    path("api/", pages.about, name="about"),
    path("api/openapi.json", pages.description, name="openapi"),
    path("api/registers/", registers.index, name="index"),
    path("api/registers/<slug:slug>/", registers.rows, name="register"),
    path("api/registers/<slug:slug>/upload/", registers.upload, name="upload"),
    path("api/registers/<slug:slug>/<str:pk>/", registers.row, name="row"),
    path("api/registers/<slug:slug>/<str:pk>/end/", registers.end, name="end"),
    path("api/figures/", figures.figures, name="figures"),
    path("api/figures/<slug:id>/", figures.figure, name="figure"),
    path("api/figures/<slug:id>/trace/", figures.trace, name="trace"),
    path("api/promises/", figures.promises, name="promises"),
    path("api/promises/<slug:id>/", figures.promise, name="promise"),
    path("api/surveys/", surveys.surveys, name="surveys"),
    path("api/surveys/<str:pk>/", surveys.survey, name="survey"),
    path("api/surveys/<str:pk>/answers/", surveys.answers, name="survey-answers"),
    path("api/survey-answers/<str:pk>/", surveys.answer, name="survey-answer"),
    path("api/open-data/", pages.open_catalogue, name="open-catalogue"),
    path("open-data/registers/", pages.open_files, name="open-data"),
    path("open-data/<slug:name>.csv", pages.open_file, name="open-file"),
]
