"""Deeds about posts: name somebody, sign, end, make a blank a task, and confirm the day."""

from junheng.domains.posts.actions.confirming import confirm_day
from junheng.domains.posts.actions.naming import assign, end_post, open_task, sign

__all__ = ["assign", "confirm_day", "end_post", "open_task", "sign"]
