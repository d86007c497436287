"""What the desk shows of posts: the matrix of a school, the day's confirmation, and the deeds about a post."""

from junheng.domains.posts.desk import deeds, pages, waiting

__all__ = ["deeds", "pages", "waiting"]
