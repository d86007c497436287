"""Addresses of every register: one set for all of them."""

from django.urls import path

from junheng.platform.registers.views import browse, change, files, oversee

app_name = "registers"
urlpatterns = [
    path("", browse.index, name="index"),
    path("<slug:slug>/", browse.show_list, name="list"),
    path("<slug:slug>/new/", change.new, name="new"),
    path("<slug:slug>/export/", files.export, name="export"),
    path("<slug:slug>/import/", files.take_in, name="import"),
    path("<slug:slug>/import/marked/", files.give_back, name="marked"),
    path("<slug:slug>/<str:pk>/", browse.detail, name="detail"),
    path("<slug:slug>/<str:pk>/edit/", change.edit, name="edit"),
    path("<slug:slug>/<str:pk>/end/", change.end, name="end"),
    path("<slug:slug>/<str:pk>/history/", browse.history, name="history"),
    path("<slug:slug>/<str:pk>/onlookers/", oversee.onlookers, name="onlookers"),
    path("<slug:slug>/<str:pk>/unmask/", change.show_masked, name="unmask"),
]
