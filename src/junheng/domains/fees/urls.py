"""Addresses of fees: find a school, and see what it may charge and what it has posted."""

from django.urls import path

from junheng.domains.fees import portal

app_name = "fees"
urlpatterns = [
    path("", portal.find, name="find"),
    path("<slug:code>/", portal.school, name="school"),
]
