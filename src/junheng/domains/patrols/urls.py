"""Addresses of patrols: one's own page, weeks, open misses, and a year of one person."""

from django.urls import path

from junheng.domains.patrols.desk import mine, weeks

app_name = "patrols"
urlpatterns = [
    path("mine/", mine.mine, name="mine"),
    path("mine/<int:pk>/leave/", mine.leave, name="leave"),
    path("weeks/", weeks.weeks, name="weeks"),
    path("weeks/file/", weeks.week_export, name="export"),
    path("misses/", weeks.misses, name="misses"),
    path("people/<int:pk>/", weeks.person, name="person"),
]
