"""Addresses of draws and visits: public ones, the office's below ``office/``, and the inspectors'."""

from django.urls import path

from junheng.domains.visits import desk, portal

app_name = "visits"
urlpatterns = [
    path("", portal.draws, name="draws"),
    path("verify_sample.py", portal.auditor, name="auditor"),
    path("draws/<slug:code>/", portal.draw, name="draw"),
    path("draws/<slug:code>/sample.zip", portal.folder, name="folder"),
    path("office/", desk.plans.office, name="office"),
    path("office/new/", desk.plans.new, name="new-plan"),
    path("office/plans/<slug:code>/", desk.plans.page, name="plan"),
    path("office/plans/<slug:code>/sizes/", desk.steps.sizes, name="sizes"),
    path("office/plans/<slug:code>/prepare/", desk.steps.prepare, name="prepare"),
    path("office/plans/<slug:code>/commit/<int:pk>/", desk.steps.commit, name="commit"),
    path("office/plans/<slug:code>/freeze/", desk.steps.freeze, name="freeze"),
    path("office/plans/<slug:code>/reveal/<int:pk>/", desk.steps.reveal, name="reveal"),
    path("office/plans/<slug:code>/value/<int:pk>/", desk.steps.value, name="value"),
    path("office/plans/<slug:code>/draw/", desk.steps.draw, name="draw-now"),
    path("office/plans/<slug:code>/release/", desk.steps.release, name="release"),
    path("office/plans/<slug:code>/publish/", desk.steps.publish, name="publish"),
    path("errands/new/", desk.errands.new, name="new-errand"),
    path("errands/<int:pk>/", desk.errands.page, name="errand"),
    path("errands/<int:pk>/withdraw/", desk.errands.withdraw, name="withdraw"),
    path("mine/", desk.mine.page, name="mine"),
    path("ties/<slug:code>/", desk.ties.page, name="ties"),
    path("go/<int:pk>/", desk.onsite.page, name="go"),
    path("go/<int:pk>/arrive/", desk.onsite.arrive, name="arrive"),
    path("go/<int:pk>/note/", desk.onsite.note, name="note"),
    path("go/<int:pk>/problem/", desk.onsite.problem, name="problem"),
    path("go/<int:pk>/lesson/", desk.onsite.lesson, name="lesson"),
    path("go/<int:pk>/checklist/", desk.onsite.checklist, name="checklist"),
    path("go/<int:pk>/confirm/", desk.onsite.confirm, name="confirm"),
    path("go/<int:pk>/close/", desk.onsite.close, name="close"),
]
