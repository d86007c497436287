"""What a decision does in another register besides the certificate: said by whoever keeps that register."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from junheng.domains.schemes.models import AwardScheme, Certificate, SchemeApplication
from junheng.domains.schemes.terms import Effect


class Registrar(Protocol):
    """Enters what was decided, and what ended. Every step may refuse; then nothing of the decision is written."""

    def fits(self, scheme: AwardScheme) -> None:
        """Refuse a scheme of which nothing could be entered."""
        ...

    def check(self, application: SchemeApplication, *, on: date) -> None:
        """Refuse what cannot be entered, before anything is shown to the public."""
        ...

    def granted(
        self, certificate: Certificate, *, decision: str, on: date, by: Any, at: datetime, why: str
    ) -> None:
        """Enter what was granted."""
        ...

    def revoked(self, certificate: Certificate, *, on: date, by: Any, at: datetime, why: str) -> None:
        """Enter that it holds no longer."""
        ...


R = TypeVar("R", bound=type[Registrar])
_REGISTRARS: dict[str, Registrar] = {}


def registrar(effect: Effect) -> Callable[[R], R]:
    """Have somebody enter what is decided with an effect."""

    def add(made: R) -> R:
        if type(_REGISTRARS.setdefault(effect, made())).__qualname__ != made.__qualname__:
            raise TypeError(f"two registrars of {effect!r}")
        return made

    return add


def registrar_of(effect: str) -> Registrar | None:
    """Who enters what is decided; ``None`` where the certificate is all."""
    return _REGISTRARS.get(effect)
