"""Addresses of posts: a school's matrix, the naming of somebody, a task about a blank, and the day's confirmation."""

from django.urls import path

from junheng.domains.posts.desk import pages

app_name = "posts"
urlpatterns = [
    path("", pages.mine, name="mine"),
    path("schools/<int:pk>/", pages.show_matrix, name="matrix"),
    path("schools/<int:pk>/assign/", pages.assign, name="assign"),
    path("schools/<int:pk>/task/", pages.task, name="task"),
    path("schools/<int:pk>/today/", pages.today, name="today"),
]
