"""Addresses of the clerk's pages, below ``checks/``."""

from django.urls import path

from junheng.domains.registrations.desk import checks

CHECKS = [
    path("checks/", checks.lists, name="check-lists"),
    path("checks/<slug:code>/", checks.queue, name="checks"),
    path("checks/<slug:code>/addresses/", checks.addresses, name="addresses"),
    path("checks/<slug:code>/objections/", checks.objections, name="objections"),
    path("checks/<slug:code>/objections/<int:pk>/", checks.objection_decided, name="objection"),
    path("checks/<slug:code>/application/<slug:number>/", checks.one, name="check"),
    path("checks/<slug:code>/application/<slug:number>/details/", checks.reveal, name="reveal"),
    path("checks/<slug:code>/application/<slug:number>/papers/<int:pk>/", checks.photo, name="check-photo"),
    path("checks/<slug:code>/application/<slug:number>/<int:pk>/", checks.decided, name="decide"),
]
