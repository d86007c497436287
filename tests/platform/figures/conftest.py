"""The small city with its database, for looking and for changing."""

from tests.small_house import built, house, own_house  # noqa: F401
