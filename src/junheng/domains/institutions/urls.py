"""Addresses of training institutions: the look-up for everybody."""

from django.urls import path

from junheng.domains.institutions import portal

app_name = "institutions"
urlpatterns = [path("", portal.look_up, name="look-up")]
