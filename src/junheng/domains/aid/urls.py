"""Addresses of aid: the officer's pages, the school's list, and what families see."""

from django.urls import path

from junheng.domains.aid.desk import loans, pages, paying, reminders, schools, statements
from junheng.domains.aid.portal import families, hours, repay, requests

app_name = "aid"
urlpatterns = [
    path("", pages.overview, name="overview"),
    path("rules/", pages.rules, name="rules"),
    path("areas/<slug:code>/", pages.county, name="county"),
    path("areas/<slug:code>/letters/", pages.write_letters, name="write-letters"),
    path("areas/<slug:code>/letters.xlsx", statements.letters, name="letters"),
    path("areas/<slug:code>/pay/", paying.pay, name="pay"),
    path("areas/<slug:code>/gaps/", paying.gaps, name="gaps"),
    path("findings/<int:pk>/", pages.show_finding, name="finding"),
    path("batches/<int:pk>/", paying.batch, name="batch"),
    path("batches/<int:pk>/statement/", statements.of_batch, name="statement"),
    path("shown/", schools.shown, name="shown"),
    path("loans/", loans.office, name="loans-office"),
    path("loans/came/<int:pk>/", loans.came, name="came"),
    path("loans/reminders/", reminders.overview, name="reminders"),
    path("loans/reminders/told/<int:pk>/", reminders.told, name="told"),
    path("loans/reminders/<slug:code>/", reminders.remind, name="remind"),
    path("loans/reminders/<slug:code>/file/", reminders.file, name="reminder-file"),
    path("loans/reminders/<slug:code>/told/", reminders.told_all, name="told-all"),
    path("family/", families.enter, name="enter"),
    path("family/letter/", families.letter, name="letter"),
    path("family/leave/", families.leave, name="leave"),
    path("ask/", requests.ask, name="ask"),
    path("ask/follow/", requests.follow, name="follow"),
    path("repay/", repay.calendar, name="repay"),
    path("hours/", hours.hours, name="hours"),
    path("hours/mine/", hours.mine, name="mine"),
    path("hours/cancel/", hours.give_back, name="give-back"),
]
