"""The addresses of the house, with those of the deeds."""

from django.urls import include, path

from junheng.project import urls as house

urlpatterns = [*house.urlpatterns, path("deeds/", include("junheng.platform.deeds.urls"))]
