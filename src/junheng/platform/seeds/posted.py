"""What the steps of a draw send, read in one way for every draw."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

Enter = Callable[..., Any]


def why_in(post: QueryDict) -> str:
    """The reason that was given."""
    return post.get("why", "").strip()[:200]


def promise_in(post: QueryDict) -> str:
    """What a contributor promises."""
    return post.get("digest", "").strip().lower()


def opening_in(post: QueryDict) -> tuple[str, str]:
    """What a contributor opens: the number and the words."""
    return post.get("nonce", "").strip()[:64], post.get("secret", "").strip()[:64]


def read_off_in(post: QueryDict, row: Any, enter: Enter, failed: Enter, *, by: Any, at: datetime) -> str:
    """Have written down what a source published, or that it published nothing; answers with what is said then."""
    why = why_in(post)
    if "failed" in post:
        done = failed(row, by=by, at=at, why=why)
    else:
        done = enter(row, post.get("value", "")[:160], by=by, at=at, why=why)
    return _("两人一致，已生效。") if done.stands else _("已登记，请另一人独立登记同样的内容。")
