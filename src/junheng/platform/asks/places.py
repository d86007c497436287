"""What areas are called, by the register that holds them."""

from collections.abc import Iterable

from junheng.platform.registers import every_register


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of areas; a code without a row stands for itself. One question to the database."""
    wanted = set(codes)
    register = every_register().get("areas")
    found = {row.pk: str(row) for row in register.rows().filter(pk__in=wanted)} if register and wanted else {}
    return {code: found.get(code, code) for code in wanted}


def place_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """The areas to choose among."""
    return sorted(place_names(codes).items())
