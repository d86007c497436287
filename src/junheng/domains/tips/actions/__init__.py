"""Deeds about tips: sent, followed, taken in, brought together, passed on, dealt with, answered, forgotten."""
