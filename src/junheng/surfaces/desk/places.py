"""Names of areas for pages that only know a code."""

from functools import lru_cache

from junheng.domains.areas.models import Area


@lru_cache(maxsize=4096)
def area_name(code: str) -> str:
    """The name of an area; its code where it is not on the list."""
    return Area.objects.filter(code=code).values_list("name", flat=True).first() or code
