"""What arrives together is written together: one transaction and one commit for many requests of a moment."""

from junheng.platform.gathering.gatherer import Busy, Gatherer
from junheng.platform.gathering.headers import HEADERS

__all__ = ["HEADERS", "Busy", "Gatherer"]
