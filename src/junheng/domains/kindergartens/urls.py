"""Addresses of kindergartens: the inclusive ones with their fees, and the statement of their register."""

from django.urls import path

from junheng.domains.kindergartens import portal

app_name = "kindergartens"
urlpatterns = [
    path("", portal.inclusive, name="inclusive"),
    path("statement/", portal.statement, name="statement"),
]
