"""Addresses of quality."""

from django.urls import path

from junheng.platform.quality import views

app_name = "quality"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("check/", views.check, name="check"),
    path("<int:pk>/", views.finding, name="finding"),
    path("<int:pk>/explain/", views.explain, name="explain"),
    path("<int:pk>/carry/", views.carry, name="carry"),
    path("<int:pk>/dismiss/", views.dismiss, name="dismiss"),
    path("<int:pk>/merge/", views.merge, name="merge"),
    path("explanations/<int:pk>/", views.decide, name="decide"),
    path("merges/<int:pk>/", views.merged, name="merged"),
    path("merges/<int:pk>/undo/", views.undo, name="undo"),
]
