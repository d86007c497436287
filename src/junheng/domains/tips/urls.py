"""Addresses of tips: sending and following for everybody, the officer's desk below ``desk/``."""

from django.urls import path

from junheng.domains.tips.desk import inbox, overview
from junheng.domains.tips.portal import following, sending

app_name = "tips"
urlpatterns = [
    path("", sending.new, name="new"),
    path("follow/", following.follow, name="follow"),
    path("receipt/", following.receipt, name="receipt"),
    path("receipt/add/", following.add, name="add"),
    path("receipt/withdraw/", following.take_back, name="withdraw"),
    path("receipt/rate/", following.rate, name="rate"),
    path("receipt/leave/", following.leave, name="leave"),
    path("overview/", overview.overview, name="overview"),
    path("desk/", inbox.inbox, name="inbox"),
    path("desk/new/", sending.entry, name="entry"),
    path("desk/let-in/", inbox.let_in, name="let-in"),
    path("desk/<int:pk>/", inbox.one, name="one"),
    path("desk/<int:pk>/person/", inbox.person, name="person"),
    path("desk/<int:pk>/step/", inbox.step, name="step"),
    path("desk/<int:pk>/merge/", inbox.merge, name="merge"),
    path("desk/<int:pk>/assign/", inbox.assign, name="assign"),
    path("desk/<int:pk>/photos/<int:number>/", inbox.photo, name="photo"),
    path("referrals/<int:pk>/photos/<int:number>/", overview.photo, name="referral-photo"),
]
