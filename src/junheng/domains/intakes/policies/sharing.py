"""多校划片: several schools take in one catchment together, and a child of it has a right to one of them.

Schools that name the same ``zone`` in a plan share all pieces of their catchments. Which of them a child comes to is
decided as everywhere: its own order of choices, then the categories, then the draw.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any


def sharing(schools: Iterable[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """By school: the schools that take in its catchment, by code; itself alone where it shares with nobody.

    >>> sharing([{"code": "3", "zone": "东"}, {"code": "1", "zone": "东"}, {"code": "2"}])
    {'3': ('1', '3'), '1': ('1', '3'), '2': ('2',)}
    """
    every = list(schools)
    zones: dict[str, list[str]] = defaultdict(list)
    for one in every:
        zones[one.get("zone") or ""].append(one["code"])
    return {
        one["code"]: tuple(sorted(zones[one["zone"]])) if one.get("zone") else (one["code"],) for one in every
    }


def owner(school: dict[str, Any]) -> str:
    """Whose a piece of a catchment is, as people name it: that of the schools that share it, or that of the school."""
    return str(school.get("zone") or school["name"])
