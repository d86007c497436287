"""Saving a list under a name, and letting it go."""

from typing import Any

from django.http import QueryDict

from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.scope import grants_of
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.listing import chosen_columns, read_query
from junheng.platform.registers.search import names_somebody
from junheng.platform.savedviews.models import SavedView
from junheng.platform.savedviews.queries import kept_query

LONGEST = 1000
MOST = 50
"""Views that one person may keep of one register."""


def save_view(register: Register[Any], *, name: str, query: str, shared: bool, asker: Asker) -> SavedView:
    """Keep a list under a name; the same name of the same person is written over. A query must make sense now."""
    called = name.strip()[:30]
    if not called:
        raise Refusal("view-without-name", "请先给视图起一个名称，再保存。")
    asked = QueryDict(query)
    if names_somebody(asked.get("q", "")):
        raise Refusal(
            "view-names-somebody",
            "搜索词里有身份证件号，不能存为视图：视图以明文保存。请去掉搜索词后再保存。",
        )
    read_query(register, asked.dict(), default_day=asker.today)
    chosen_columns(register, asked)
    kept = kept_query(register, asked)
    own = SavedView.objects.filter(owner=asker.user, register=register.slug)
    if len(kept) > LONGEST or (own.count() >= MOST and not own.filter(name=called).exists()):
        raise Refusal(
            "too-many-views", "视图太长或已满 {most} 个。请减少条件，或先删去不用的视图。", most=MOST
        )
    return SavedView.objects.update_or_create(
        owner=asker.user,
        register=register.slug,
        name=called,
        defaults={"query": kept} | office(asker, shared=shared),
    )[0]


def office(asker: Asker, *, shared: bool) -> dict[str, Any]:
    """The office a view is shared with: the first role of its owner, in its place; none if it is not shared."""
    grants = grants_of(asker.user, on=asker.today)
    if not shared or not grants or grants[0].kindergarten is not None:
        return {"office_role": "", "office_area": "", "office_school": None}
    return {"office_role": grants[0].role, "office_area": grants[0].area, "office_school": grants[0].school}


def forget_view(pk: int, *, asker: Asker) -> SavedView:
    """Let go of a view of one's own; another's looks absent."""
    view = SavedView.objects.filter(owner=asker.user, pk=pk).first()
    if view is None:
        raise NotFound("no-such-view", "没有找到这个视图，或者它不是您保存的。请返回名录查看。")
    view.delete()
    return view
