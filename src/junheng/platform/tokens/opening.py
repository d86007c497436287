"""What a token can be narrowed to: the registers, and what mechanisms offer to programs beside them."""

from typing import Any

from junheng.platform.registers.declare import Register
from junheng.platform.registers.registry import every_register

_BESIDE: dict[str, Register[Any]] = {}


def open_to_programs(register: Register[Any]) -> None:
    """Let a token name a scope that no page of the registers offers. Said once, when the mechanism starts."""
    _BESIDE[register.slug] = register


def openable() -> dict[str, Register[Any]]:
    """Everything that a token can be narrowed to, by its name."""
    return every_register() | _BESIDE
