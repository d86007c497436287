"""Addresses of letters: all of them, one for its office, one copy for its addressee, drafting, and plans."""

from django.urls import path

from junheng.domains.letters.desk import pages

app_name = "letters"
urlpatterns = [
    path("", pages.overview, name="overview"),
    path("new/", pages.draft, name="new"),
    path("<int:number>/", pages.letter, name="letter"),
    path("<int:number>/edit/", pages.edit, name="edit"),
    path("copies/<int:number>/", pages.copy, name="copy"),
    path("plans/<int:number>/", pages.plan, name="plan"),
]
