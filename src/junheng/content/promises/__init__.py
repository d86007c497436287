"""承诺 — the sentences the bureau wants to be able to say every day. Importing this package declares them."""

from junheng.content.promises import compulsory, layout, preschool, safety
from junheng.kernel.promises import every_promise

PROMISES = every_promise()

__all__ = ["PROMISES", "compulsory", "layout", "preschool", "safety"]
