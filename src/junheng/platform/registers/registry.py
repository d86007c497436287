"""Every declared register, found by its address or by its model."""

from typing import Any, TypeVar

from django.db.models import Model

from junheng.kernel.errors import NotFound
from junheng.platform.registers.declare import Register

R = TypeVar("R", bound=type[Register[Any]])

_REGISTERS: dict[str, Register[Any]] = {}
_BY_MODEL: dict[type[Model], Register[Any]] = {}


def register(declaration: R) -> R:
    """Add a declaration to the house. Mistakes in it are told at start-up, by ``checks``."""
    one = declaration()
    if _REGISTERS.setdefault(one.slug, one) is not one:
        raise TypeError(f"two registers are called {one.slug!r}: {_REGISTERS[one.slug]!r} and {one!r}")
    _BY_MODEL.setdefault(one.model, one)
    return declaration


def every_register() -> dict[str, Register[Any]]:
    """All registers by their address, in the order of declaration."""
    return dict(_REGISTERS)


def register_called(slug: str) -> Register[Any]:
    """The register at an address."""
    try:
        return _REGISTERS[slug]
    except KeyError:
        raise NotFound("unknown-register", "没有名为「{slug}」的名录。请从目录中选择。", slug=slug) from None


def register_of(model: type[Model]) -> Register[Any] | None:
    """The register whose rows are of this model, if there is one."""
    return _BY_MODEL.get(model)
