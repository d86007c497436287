"""Addresses of partner lists: the lists, taking one in, one list, and a pair to decide."""

from django.urls import path

from junheng.domains.partnerlists.desk import lists, pairs, taking

app_name = "partnerlists"
urlpatterns = [
    path("", lists.overview, name="lists"),
    path("take/", taking.take, name="take"),
    path("take/marked/", taking.marked, name="marked"),
    path("take/apply/", taking.apply, name="apply"),
    path("pairs/", pairs.queued, name="queue"),
    path("pairs/<int:number>/", pairs.one, name="pair"),
    path("pairs/<int:number>/decide/", pairs.answer, name="decide"),
    path("pairs/<int:number>/back/", pairs.back, name="back"),
    path("<int:number>/", lists.one, name="list"),
    path("<int:number>/match/", lists.compare, name="match"),
]
