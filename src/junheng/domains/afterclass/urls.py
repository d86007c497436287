"""Addresses of after-class service: who waits, courses of other schools, links for families, and what families see."""

from django.urls import path

from junheng.domains.afterclass.desk import courses, pages
from junheng.domains.afterclass.portal import families

app_name = "afterclass"
urlpatterns = [
    path("", pages.overview, name="overview"),
    path("courses/", courses.courses, name="courses"),
    path("courses/<int:pk>/take/", courses.take, name="take"),
    path("links/", pages.links, name="links"),
    path("family/leave/", families.leave, name="leave"),
    path("family/list.csv", families.table, name="table"),
    path("family/answer/", families.choose, name="choose"),
    path("family/<slug:code>/", families.enter, name="enter"),
]
