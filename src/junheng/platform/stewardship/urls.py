"""Addresses of what waits for approval and of the confirming of registers."""

from django.urls import path

from junheng.platform.stewardship import views

app_name = "stewardship"
urlpatterns = [
    path("", views.proposals, name="proposals"),
    path("decide/", views.decide, name="decide"),
    path("<int:number>/withdraw/", views.take_back, name="withdraw"),
    path("<int:number>/again/", views.again, name="again"),
    path("<int:number>/clear/", views.clear, name="clear"),
    path("confirm/", views.mine, name="mine"),
    path("confirm/overview/", views.overview, name="overview"),
    path("confirm/overview/<slug:slug>/<int:area>/", views.units, name="units"),
    path("confirm/<slug:slug>/<slug:unit>/", views.confirming, name="confirm"),
    path("confirm/<slug:slug>/<slug:unit>/steward/", views.steward, name="steward"),
]
