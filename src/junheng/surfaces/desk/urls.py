"""Addresses of the desk."""

from django.urls import path

from junheng.surfaces.desk import (
    articles,
    categories,
    chapter,
    checker,
    consents,
    deeds,
    figures,
    home,
    kindergarten,
    overview,
    promises,
    schoolsafety,
    search,
    supports,
    undone,
)
from junheng.surfaces.desk.waters.page import waters

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("overview/", overview.overview, name="overview"),
    path("chapters/<slug:code>/", chapter.chapter, name="chapter"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<str:id>/", figures.figure, name="figure"),
    path("promises/", promises.promises, name="promises"),
    path("promises/<str:id>/", promises.promise, name="promise"),
    path("undone/", undone.undone, name="undone"),
    path("reports/", articles.articles, name="articles"),
    path("reports/<slug:slug>/", articles.article, name="article"),
    path("reports/<slug:slug>/draft/", deeds.prepare, name="prepare"),
    path("reports/<slug:slug>/sign/", deeds.sign, name="sign"),
    path("reports/<slug:slug>/publish/", deeds.publish, name="publish"),
    path("consents/missing/", consents.missing, name="consents"),
    path("schools/<int:pk>/safety/", schoolsafety.school_safety, name="school-safety"),
    path("kindergartens/<int:pk>/safety/", schoolsafety.kindergarten_safety, name="kindergarten-safety"),
    path("kindergartens/own/", kindergarten.own, name="own-kindergarten"),
    path("kindergartens/support/", supports.supports, name="kindergarten-supports"),
    path("kindergartens/categories/", categories.categories, name="kindergarten-categories"),
    path("kindergartens/<int:pk>/", kindergarten.page, name="kindergarten"),
    path("kindergartens/<int:pk>/apply/", kindergarten.apply, name="kindergarten-apply"),
    path("waters/", waters, name="waters"),
    path("checker/", checker.checker, name="checker"),
    path("search/", search.search, name="search"),
]
