"""A copy of the small city whose report is published, for the deeds that change it."""

from tests.small_house import built, own_house  # noqa: F401
