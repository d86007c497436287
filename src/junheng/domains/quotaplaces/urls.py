"""Addresses of quota places: what everybody may check, one's own result, and the reasons of one candidate."""

from django.urls import path

from junheng.domains.quotaplaces import portal
from junheng.domains.quotaplaces.desk import reasons

app_name = "quotaplaces"
urlpatterns = [
    path("", portal.rounds, name="rounds"),
    path("<slug:code>/", portal.one_round, name="round"),
    path("<slug:code>/table.csv", portal.table_file, name="table"),
    path("<slug:code>/mine/", portal.mine, name="mine"),
    path("candidates/<int:number>/reasons/", reasons, name="reasons"),
]
