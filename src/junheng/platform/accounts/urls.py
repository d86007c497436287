"""Addresses of accounts."""

from django.urls import path

from junheng.platform.accounts.views import bulk, entering, factors, grants, invitations, oidc, own, people

app_name = "accounts"
urlpatterns = [
    path("", own.own, name="own"),
    path("name/", own.call_me, name="name"),
    path("password/", own.password, name="password"),
    path("sessions/end/", own.leave_others, name="leave-others"),
    path("sessions/<int:pk>/end/", own.leave_one, name="leave-one"),
    path("second/", entering.second, name="second"),
    path("confirm/", entering.confirm, name="confirm"),
    path("factors/app/", factors.app, name="app"),
    path("factors/passkey/", factors.passkey, name="passkey"),
    path("factors/codes/", factors.codes, name="codes"),
    path("factors/<int:pk>/remove/", factors.let_go, name="let-go"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new, name="new"),
    path("people/import/", bulk.take_in, name="bulk"),
    path("people/import/template/", bulk.blank, name="bulk-template"),
    path("people/import/marked/", bulk.marked, name="bulk-marked"),
    path("people/import/apply/", bulk.apply, name="bulk-apply"),
    path("people/idle/close/", people.close_idle, name="close-idle"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/close/", people.close, name="close"),
    path("people/<int:pk>/invite/", people.send_invitation, name="invite"),
    path("people/<int:pk>/reset/", people.reset, name="reset"),
    path("people/<int:pk>/grant/", grants.give, name="give"),
    path("grants/<int:pk>/end/", grants.end, name="end-grant"),
    path("proposals/", grants.proposals, name="proposals"),
    path("proposals/chosen/", grants.judge_chosen, name="judge-chosen"),
    path("proposals/<int:pk>/", grants.judge, name="judge"),
    path("first/", invitations.first, name="first"),
    path("invitation/<str:secret>/", invitations.invitation, name="invitation"),
    path("service/", oidc.leave, name="oidc"),
    path("service/back/", oidc.come_back, name="oidc-back"),
]
