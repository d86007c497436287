"""Whether a kindergarten was there before under another name: asked, never decided by the house."""

from django.db.models import Q

from junheng.domains.kindergartens.models import Kindergarten
from junheng.kernel.quality import plain


def twins_of(kindergarten: Kindergarten) -> list[Kindergarten]:
    """Other kindergartens of the same place with the same telephone, or with a name that holds the other's."""
    near = Kindergarten.objects.filter(area__code__startswith=kindergarten.area_id[:6]).exclude(
        pk=kindergarten.pk
    )
    asked = Q(area=kindergarten.area_id)
    if kindergarten.phone:
        asked |= Q(phone=kindergarten.phone)
    own = bare(kindergarten.name)
    return [
        one
        for one in near.filter(asked).order_by("code")
        if (kindergarten.phone and one.phone == kindergarten.phone) or (own and bare(one.name) == own)
    ]


def bare(name: str) -> str:
    """A name without what every name has, so that a new signboard does not make a new kindergarten.

    >>> bare("金色摇篮幼儿园"), bare("金色摇篮 艺术幼稚园")
    ('金色摇篮', '金色摇篮')
    """
    found = plain(name)
    for word in ("幼儿园", "幼稚园", "艺术", "双语", "实验", "国际", "中心"):
        found = found.replace(word, "")
    return found
