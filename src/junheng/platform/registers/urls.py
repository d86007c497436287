"""Addresses of every register: one set for all of them."""

app_name = "registers"
urlpatterns: list[object] = []
