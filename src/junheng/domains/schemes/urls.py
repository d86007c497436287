"""Addresses of schemes: what is published, lists and objections, certificates, and the page of jurors."""

from django.urls import path

from junheng.domains.schemes.desk import due, inviting, jury, office, papers
from junheng.domains.schemes.portal import certificates, filling, lists

app_name = "schemes"
urlpatterns = [
    path("", lists.schemes, name="schemes"),
    path("office/", office.office, name="office"),
    path("due/", due.due, name="due"),
    path("jury/", jury.jury, name="jury"),
    path("jury/<int:number>/", jury.sheet, name="sheet"),
    path("invite/<int:number>/", inviting.invite, name="invite"),
    path("fill/", filling.enter, name="enter"),
    path("fill/form/", filling.fill, name="fill"),
    path("fill/leave/", filling.leave, name="leave"),
    path("lists/<slug:code>/", lists.publicity, name="publicity"),
    path("objections/", lists.receipt, name="receipt"),
    path("certificates/", certificates.look_up, name="verify"),
    path("certificates/<int:number>.pdf", papers.paper, name="paper"),
    path("papers/<int:number>.pdf", papers.papers, name="papers"),
    path("certificates/<slug:code>.svg", certificates.picture, name="qr"),
    path("<slug:code>/", lists.scheme, name="scheme"),
    path("<slug:code>/quotas/<slug:area>/", lists.quotas, name="quotas"),
]
