"""Addresses of field work: what the phone speaks with, and the pages of those who look at what came in."""

from django.urls import path

from junheng.domains.fieldwork.api import photos, syncing
from junheng.domains.fieldwork.desk import answering, records

app_name = "fieldwork"
urlpatterns = [
    path("mine.json", syncing.fetch, name="mine"),
    path("sync/", syncing.sync, name="sync"),
    path("photos/<str:digest>/", photos.photo, name="photo"),
    path("", records.days, name="days"),
    path("records/<str:uuid>/", records.one, name="record"),
    path("records/<str:uuid>/choose/", records.choose, name="choose"),
    path("records/<str:uuid>/answer/", answering.answer, name="answer"),
    path("records/<str:uuid>/photos/<int:pk>/", records.picture, name="picture"),
]
