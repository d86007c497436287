"""Pages of those who look at what phones brought in, and what waits for them."""

from junheng.domains.fieldwork.desk import waiting

__all__ = ["waiting"]
