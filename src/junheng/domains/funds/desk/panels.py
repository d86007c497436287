"""On the page of a payment: its statement to sign."""

from typing import Any

from django.http import HttpRequest

from junheng.domains.funds.models import Instalment
from junheng.platform.registers import Register
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.panels import Panel, panel


@panel("detail", order=12)
def of_a_payment(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """The statement, for who may export payments."""
    if register.model is not Instalment or not asker_of(request).may("export", register):
        return None
    return Panel("funds/_instalment.html", {"row": row})
