"""Addresses of rounds of inspection."""

from django.urls import path

from junheng.domains.safety.desk import differences, evaluations, notices, rounds, sheets

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
    path("notices/<int:pk>/", notices.notice, name="notice"),
]
