"""Addresses of draws and results: public ones, and below ``office/`` the steps."""

from django.urls import path

from junheng.domains.placements import desk, portal

app_name = "placements"
urlpatterns = [
    path("result/", portal.look_up, name="result"),
    path("result/answer/", portal.answer, name="answer"),
    path("result/appeal/", portal.appeal_against, name="appeal"),
    path("verify_admission.py", portal.auditor, name="auditor"),
    path("office/<slug:code>/", desk.office.page, name="office"),
    path("office/<slug:code>/prepare/", desk.steps.prepare, name="prepare"),
    path("office/<slug:code>/commit/<int:pk>/", desk.steps.commit, name="commit"),
    path("office/<slug:code>/close/", desk.steps.close, name="close"),
    path("office/<slug:code>/reveal/<int:pk>/", desk.steps.reveal, name="reveal"),
    path("office/<slug:code>/value/<int:pk>/", desk.steps.value, name="value"),
    path("office/<slug:code>/draw/", desk.steps.draw, name="draw"),
    path("office/<slug:code>/run/", desk.steps.run, name="run"),
    path("office/<slug:code>/release/<int:pk>/", desk.steps.release, name="release"),
    path("office/<slug:code>/again/", desk.steps.again, name="again"),
    path("office/<slug:code>/hand-over/", desk.steps.hand_over, name="hand-over"),
    path("office/<slug:code>/roll/", desk.roll.page, name="roll"),
    path("office/<slug:code>/changes/<int:number>/", desk.roll.changes, name="changes"),
    path("office/<slug:code>/sealed.zip", desk.roll.sealed, name="sealed"),
    path("<slug:code>/", portal.public, name="public"),
    path("<slug:code>/folder.zip", portal.folder, name="folder"),
    path("<slug:code>/numbers.csv", portal.numbers, name="numbers"),
]
