"""Addresses of rounds of inspection, of photos, and of levels of standardisation."""

from django.urls import path

from junheng.domains.safety import portal
from junheng.domains.safety.desk import differences, evaluations, levels, notices, photos, rounds, sheets

app_name = "safety"
urlpatterns = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/<str:code>/", rounds.one_round, name="round"),
    path("rounds/<str:code>/differences/", differences.differences, name="differences"),
    path("rounds/<str:code>/differences.csv", differences.file, name="file"),
    path("rounds/<str:code>/schools/<int:pk>/", differences.school, name="school"),
    path("schools/<int:pk>/", evaluations.evaluations, name="evaluations"),
    path("sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path("sheets/<int:pk>/items/<int:item>/", sheets.correct, name="correct"),
    path("sheets/<int:pk>/items/<int:item>/photos/", photos.photos, name="photos"),
    path("sheets/<int:pk>/photos/<int:photo>/", photos.picture, name="picture"),
    path("sheets/<int:pk>/photos/<int:photo>/drop/", photos.drop, name="drop-photo"),
    path("levels/", levels.levels, name="levels"),
    path("public/", portal.look_up, name="look-up"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
]
