"""Tags and filters: the frame of a page, numbers in groups, bars and trends as SVG."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from junheng.platform.ui.chrome import CHROME, Line, lines
from junheng.platform.ui.icons import drawn

register = template.Library()

MINUS = "\N{MINUS SIGN}"
THEMES = ("light", "dark")


@register.simple_tag(takes_context=True)
def chrome(context: RequestContext) -> dict[str, Any]:
    """The menu, the demo mark, the day of the data and the chosen theme: ``{% chrome as frame %}``, put together once."""
    request = context["request"]
    if (known := getattr(request, "frame", None)) is None:
        known = request.frame = frame_of(request)
    return dict(known)


def frame_of(request: HttpRequest) -> dict[str, Any]:
    """What stands round the page that is asked for."""
    theme = request.COOKIES.get("theme", "")
    return {
        "menu": menu_of(
            tuple(
                (str(section.heading), found)
                for section in CHROME.menu
                if (found := lines(section.entries, request))
            )
        ),
        "public": lines(CHROME.public, request),
        "demo": settings.DEMO,
        "day": cache(CHROME.day),  # asked only where a page shows it
        "theme": theme if theme in THEMES else "",
        "other_language": ("en", "English")
        if get_language() == settings.LANGUAGE_CODE
        else ("zh-hans", "中文"),
    }


@lru_cache(maxsize=512)
def menu_of(sections: tuple[tuple[str, tuple[Line, ...]], ...]) -> SafeString:
    """The menu as it is shown, made once for each menu that there is: by words, addresses and the open line."""
    return render_to_string("ui/parts/menu.html", {"sections": sections})


@register.simple_tag
def icon(name: str, size: int = 20, kind: str = "") -> str:
    """An icon of the heroicons set. It is decoration: a word stands beside it, or a label on what holds it."""
    return drawn(name, size, kind)


@register.filter
def grouped(value: Any) -> str:
    """A whole number in groups of three: 322600 is 322,600. Anything else is shown as it is; nothing as a dash."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool) or not isinstance(value, int):
        return str(value)
    return f"{value:,}".replace("-", MINUS)


@register.filter
def exact(value: Any) -> str:
    """A value as it was computed: whole numbers in groups, fractions as they stand."""
    if isinstance(value, Fraction) and value.denominator != 1:
        return f"{value.numerator:,} / {value.denominator:,}".replace("-", MINUS)
    return grouped(int(value)) if isinstance(value, Fraction) else grouped(value)


@register.filter
def in_yuan(fen: Any) -> str:
    """Money kept in fen as people read it, in yuan with groups of three; nothing as a dash."""
    if not isinstance(fen, int):
        return "—"
    whole, rest = divmod(abs(fen), 100)
    return f"{MINUS if fen < 0 else ''}{whole:,}.{rest:02}"


@register.filter
def short(digest: Any) -> str:
    """The first twelve signs of a digest, enough to recognise it."""
    return str(digest or "")[:12]


@register.inclusion_tag("ui/parts/bar.html")
def bar(part: Any, whole: Any, tone: str = "") -> dict[str, Any]:
    """A bar filled by ``part / whole``, at most full. Decoration: the number stands beside it in words."""
    share = Fraction(part) / Fraction(whole) if part is not None and whole else Fraction(0)
    return {"width": int(1000 * min(max(share, Fraction(0)), Fraction(1))), "tone": tone}


@register.inclusion_tag("ui/parts/spark.html")
def spark(points: Sequence[Any]) -> dict[str, Any]:
    """A small trend: each point has ``label``, ``printed`` and an exact ``value``. Three years are the usual."""
    usable = [point for point in points if point.value is not None]
    if len(usable) < 2:
        return {"points": []}
    values = [Fraction(point.value) for point in usable]
    low, high = min(values), max(values)
    spread = (high - low) or Fraction(1)
    places = [
        (20 + 560 * index // (len(values) - 1), int(38 - 28 * (value - low) / spread))
        for index, value in enumerate(values)
    ]
    path = " L".join(f"{x} {y}" for x, y in places)
    return {
        "points": usable,
        "path": f"M{path}",
        "area": f"M{places[0][0]} 46 L{path} L{places[-1][0]} 46 Z",
        "dots": places[:-1],
        "last": places[-1],
    }


@register.simple_tag(takes_context=True)
def with_page(context: RequestContext, **changes: Any) -> str:
    """The present query with some parameters changed: ``{% with_page page=3 %}`` is ``?…&page=3``."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"
