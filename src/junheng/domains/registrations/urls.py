"""Addresses of registrations: the family's way from choosing to the receipt, and the counter."""

from django.urls import path

from junheng.domains.registrations.desk.addresses import CHECKS
from junheng.domains.registrations.portal import choosing, officers, receipts, rooms, sending, steps

app_name = "registrations"
urlpatterns = [
    *CHECKS,
    path("", choosing.home, name="home"),
    path("intakes/<slug:code>/", choosing.intake, name="intake"),
    path("intakes/<slug:code>/start/", choosing.start, name="start"),
    path("room/<int:pk>/", rooms.room, name="room"),
    path("resume/", choosing.resume, name="resume"),
    path("step/<int:number>/", steps.step, name="step"),
    path("catchment/", steps.catchment, name="catchment"),
    path("photos/<int:pk>/", steps.photo, name="photo"),
    path("photos/<int:pk>/drop/", steps.drop, name="drop"),
    path("send/", sending.send, name="send"),
    path("lane/", sending.lane_health, name="lane"),
    path("receipt/", receipts.receipt, name="receipt"),
    path("receipt/change/", receipts.begin_change, name="change"),
    path("receipt/change/send/", receipts.send_change, name="send-change"),
    path("receipt/copy/<int:pk>/", receipts.give_copy, name="give-copy"),
    path("receipt/withdraw/", receipts.take_back, name="withdraw"),
    path("look-up/", choosing.look_up, name="look-up"),
    path("counter/", officers.counter, name="counter"),
    path("counter/<slug:code>/", officers.enter, name="enter"),
]
