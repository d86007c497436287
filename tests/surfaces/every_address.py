"""Addresses of the house at which somebody might see what is not theirs: of every register, and of every page without a name in it."""

from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from junheng.platform.registers import every_register


def addresses(*rows: Any) -> Iterator[str]:
    """Every register's list, export, search and program; the pages of these rows by number; every plain page."""
    for slug, register in every_register().items():
        for view in ("list", "export", "new", "import"):
            yield f"{reverse(f'registers:{view}', args=[slug])}?on=all"
        yield f"{reverse('api:register', args=[slug])}?on=all"
        for row in rows:
            here = type(row)._default_manager.filter(pk=row.pk)
            numbers = (
                [row.pk]
                if isinstance(row, register.model)
                else list(register.model._default_manager.values_list("pk", flat=True)[:2])
            )
            assert here.exists()
            for number in numbers:
                for view in ("detail", "history", "onlookers", "edit"):
                    yield reverse(f"registers:{view}", args=[slug, number])
                yield reverse("api:row", args=[slug, number])
    for row in rows:
        yield f"/tips/desk/{row.pk}/"
    yield from (
        "/search/?q=青蛙",
        "/search/?q=1391234567",
        "/search/?q=JB2024",
        "/changes/",
        "/open-data/registers/",
    )
    yield from plain_pages(get_resolver(), "")


def plain_pages(resolver: URLResolver, prefix: str) -> Iterator[str]:
    """Every named address that needs no number and no word."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            space = f"{one.namespace}:" if one.namespace else ""
            yield from plain_pages(one, f"{prefix}{space}")
        elif isinstance(one, URLPattern) and one.name and one.name != "logout":
            try:
                yield reverse(f"{prefix}{one.name}")
            except NoReverseMatch:
                continue
