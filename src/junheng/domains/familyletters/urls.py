"""Addresses of letters to parents: the desk, a class, and the page that a family opens."""

from django.urls import path

from junheng.domains.familyletters import portal
from junheng.domains.familyletters.desk import classes, pages

app_name = "familyletters"
urlpatterns = [
    path("", pages.mine, name="mine"),
    path("new/", pages.new, name="new"),
    path("<int:pk>/", pages.letter, name="letter"),
    path("<int:pk>/edit/", pages.edit, name="edit"),
    path("<int:pk>/classes/<int:number>/", classes.room, name="class"),
    path("read/<str:code>/", portal.read, name="read"),
]
