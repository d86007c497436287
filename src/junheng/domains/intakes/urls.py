"""Addresses of admission plans: what everybody reads, and below ``office/`` what the office writes."""

from django.urls import path

from junheng.domains.intakes import desk, portal

app_name = "intakes"
urlpatterns = [
    path("", portal.every_intake, name="list"),
    path("office/", desk.office, name="office"),
    path("office/new/", desk.new, name="new"),
    path("office/<slug:code>/", desk.plan, name="plan"),
    path("office/<slug:code>/days/", desk.change, name="change"),
    path("office/<slug:code>/schools/add/", desk.add_school, name="add-school"),
    path("office/<slug:code>/schools/<int:pk>/", desk.school, name="school"),
    path("office/<slug:code>/schools/<int:pk>/remove/", desk.remove_school, name="remove-school"),
    path("office/<slug:code>/categories/", desk.categories, name="categories"),
    path("office/<slug:code>/papers/", desk.papers, name="papers"),
    path("office/<slug:code>/catchments/", desk.catchments, name="catchments"),
    path("office/<slug:code>/catchments.csv", desk.export, name="export"),
    path("office/<slug:code>/publish/", desk.publish, name="publish"),
    path("office/<slug:code>/revise/", desk.revise, name="revise"),
    path("<slug:code>/", portal.plan, name="public"),
    path("<slug:code>/plan-<int:number>.json", portal.document, name="document"),
]
