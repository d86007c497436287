"""Addresses of money per head: all counties, one county, one school, a roll, a calculation, files, and what anybody reads."""

from django.urls import path

from junheng.domains.funds import portal
from junheng.domains.funds.desk import beds, pages, paying, rolls, statements, subsidies

app_name = "funds"
urlpatterns = [
    path("", pages.overview, name="overview"),
    path("statement/", statements.of_city, name="city-statement"),
    path("freeze/", rolls.freeze, name="freeze"),
    path("rolls/<int:pk>/", rolls.show_roll, name="roll"),
    path("derivations/<int:pk>/", rolls.show_derivation, name="derivation"),
    path("derivations/<int:pk>/statement/", statements.of_derivation, name="derivation-statement"),
    path("instalments/<int:pk>/statement/", statements.of_instalment, name="instalment-statement"),
    path("areas/<slug:code>/", pages.county, name="county"),
    path("areas/<slug:code>/pay/", paying.pay, name="pay"),
    path("areas/<slug:code>/statement/", statements.of_county, name="county-statement"),
    path("schools/<int:pk>/", pages.school, name="school"),
    path("schools/<int:pk>/statement/", statements.of_school, name="school-statement"),
    path("schools/<int:pk>/beds/", beds.show, name="beds"),
    path("subsidies/", subsidies.show, name="subsidies"),
    path("subsidies/statement/", statements.of_subsidies, name="subsidies-statement"),
    path("use/<slug:code>/", portal.use, name="use"),
]
