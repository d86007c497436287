"""Questions about places and about units that stand in them."""

import re
from typing import Any

from django.db.models import Model

from junheng.domains.areas.models import Area
from junheng.kernel.errors import Refusal


def units_coded(model: type[Model], text: str) -> list[Any]:
    """The units with these codes, in the order they were written; what stands behind a code is its name."""
    codes = [part.split()[0] for part in re.split(r"[,，、;；\n]+", text) if part.strip()]
    known = {one.code: one for one in model._default_manager.filter(code__in=codes)}  # type: ignore[attr-defined]
    if missing := [code for code in codes if code not in known]:
        raise Refusal("no-such-unit", "没有代码为“{given}”的单位。请核对后重新填写。", given=missing[0][:20])
    return [known[code] for code in dict.fromkeys(codes)]


def bureau_of(area: str) -> str:
    """The education bureau that answers for a place: its county's, or the city's for the city as a whole."""
    found = Area.objects.filter(pk=area[:6]).values_list("name", flat=True).first()
    return f"{found or area}教育局"


def city_bureau_of(area: str) -> str:
    """The education bureau of the city in which a place lies."""
    return bureau_of(area[:4])
