"""Addresses of surveys: to fill in, to design, to look up, to answer for."""

from django.urls import path

from junheng.platform.asks.views import design, fill, follow, look

app_name = "asks"
urlpatterns = [
    path("", look.home, name="home"),
    path("catalogue/", look.show_catalogue, name="catalogue"),
    path("load/", look.show_load, name="load"),
    path("extensions/", follow.extensions, name="extensions"),
    path("new/", design.new, name="new"),
    path("<int:pk>/", design.survey, name="survey"),
    path("<int:pk>/edit/", design.edit, name="edit"),
    path("<int:pk>/again/", design.once_more, name="again"),
    path("<int:pk>/preview/", design.preview, name="preview"),
    path("<int:pk>/likely/", design.likely, name="likely"),
    path("<int:pk>/questions/new/", design.new_question, name="new-question"),
    path("<int:pk>/questions/<int:number>/", design.question, name="question"),
    path("<int:pk>/step/", design.step, name="step"),
    path("<int:pk>/answers/", follow.answers, name="answers"),
    path("<int:pk>/export/", follow.take_out, name="export"),
    path("<int:pk>/remind/", follow.remind_all, name="remind"),
    path("fill/<int:pk>/", fill.form, name="fill"),
    path("fill/<int:pk>/back/", fill.sheet, name="sheet"),
    path("fill/<int:pk>/time/", fill.more_time, name="time"),
    path("fill/<int:pk>/grant/", follow.grant_time, name="grant"),
]
