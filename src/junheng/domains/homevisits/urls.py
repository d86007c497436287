"""Addresses of home visits: one's own class, one household, a school, a county, and the tasks that came of visits."""

from django.urls import path

from junheng.domains.homevisits.desk import counts, helping, pages

app_name = "homevisits"
urlpatterns = [
    path("", pages.home, name="home"),
    path("classes/<int:pk>/", pages.of_class, name="class"),
    path("classes/<int:pk>/households/<int:household>/", pages.record, name="record"),
    path("schools/<int:pk>/", counts.school, name="school"),
    path("areas/<slug:code>/", counts.county, name="county"),
    path("tasks/", helping.tasks, name="tasks"),
    path("tasks/<int:pk>/", helping.task, name="task"),
]
