"""In which released reports figures stand, so that an error can be followed to the printed page."""

from collections.abc import Mapping, Sequence

from django.urls import NoReverseMatch, reverse

from junheng.domains.bulletins.models import Release
from junheng.platform.quality import publications


@publications
def released(figures: Sequence[str]) -> Mapping[str, list[tuple[str, str]]]:
    """The releases that print each figure: title with number of the release, and address. One question."""
    wanted = set(figures)
    found: dict[str, list[tuple[str, str]]] = {}
    for title, slug, number, printed in Release.objects.order_by("id").values_list(
        "article__title", "article__slug", "number", "figures"
    ):
        where = (f"{title}（v{number}）", address_of(slug))
        for figure in sorted(wanted & set(printed)):
            found.setdefault(figure, []).append(where)
    return found


def address_of(slug: str) -> str:
    """Where the article is read; empty in a house without a desk."""
    try:
        return reverse("desk:article", args=[slug])
    except NoReverseMatch:
        return ""
