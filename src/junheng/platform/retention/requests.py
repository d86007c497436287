"""The request of a guardian, or of the person: a deed on the page of the row."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.asker import Asker
from junheng.platform.retention.actions import request
from junheng.platform.retention.models import Erasure


class AskErasure(Deed[Any]):
    """监护人或本人要求删除敏感信息时办理。法律要求保存的，答复理由并留存；可以删除的，由另一人核对后销毁。"""

    slug = "erase"
    label = _("要求删除敏感信息")

    def do(self, row: Any, *, by: Any, at: Any, why: str, **asked: Any) -> Erasure:
        return request(self.register, row, asker=Asker(by, at), why=why)


def offer_request(slug: str) -> None:
    """Offer the deed on the pages of a register."""
    deed(type("AskErasure" + slug.title(), (AskErasure,), {"register": slug, "__doc__": AskErasure.__doc__}))
