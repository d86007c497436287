"""Addresses of sealed cases: what is open, opening one, whom one is about, and an offer to answer."""

from django.urls import path

from junheng.domains.guidance.desk import pages

app_name = "guidance"
urlpatterns = [
    path("", pages.cases, name="cases"),
    path("open/", pages.begin, name="open"),
    path("<int:number>/whom/", pages.whom, name="whom"),
    path("transfers/<int:number>/answer/", pages.answer, name="answer"),
]
