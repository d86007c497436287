"""Which figures an error touches: from the fields of a register over its contract to the definitions that read them.

The analysis is static and errs on the side of too many: a definition that reads the table and names a column of that
name is taken to read it.
"""

import re
from functools import lru_cache

from junheng.kernel.indicators import Indicator
from junheng.platform.figures import workshop
from junheng.platform.quality.declare import Declared, Likeness
from junheng.platform.registers import every_register, register_called

_NAMES = re.compile(r'"(\w+)"')


def figures_touched(one: Declared) -> list[str]:
    """The figures that read what a declaration says may be wrong, in the order of the year's figures."""
    wanted = columns_touched(one)
    return [
        card.id
        for card in workshop.library().indicators.values()
        if any(reads(card, table, columns) for table, columns in wanted.items())
    ]


def columns_touched(one: Declared) -> dict[str, frozenset[str] | None]:
    """The contract columns that may be wrong, by table; ``None`` for every one of them."""
    register = register_called(one.register)
    found: dict[str, frozenset[str] | None] = {}
    if register.fulfils is not None:
        own = frozenset(
            column
            for column, path in register.contract_paths().items()
            if path.split("__")[0].removesuffix("_id") in one.fields or path in one.fields
        )
        if isinstance(one, Likeness):
            found[register.fulfils.table] = None  # one row too many is too many in whatever is counted
        elif own or not one.fields:
            found[register.fulfils.table] = own if one.fields else None
    for place in getattr(one, "touches", ()):
        table, _, column = place.partition(".")
        before = found.get(table, frozenset())
        found[table] = before | {column} if column and before is not None else None
    return found


def reads(card: Indicator, table: str, columns: frozenset[str] | None) -> bool:
    """Whether a definition reads one of the columns of a table."""
    if table not in {one.table for one in card.reads}:
        return False
    return columns is None or bool(columns & names_in(card.id))


@lru_cache(maxsize=256)
def names_in(figure: str) -> frozenset[str]:
    """Every name in the statements of a figure, whichever reading is taken."""
    library = workshop.library()
    card = library.indicators[figure]
    return frozenset(
        name for reading in card.readings for name in _NAMES.findall(library.indicator(figure, reading).sql)
    )


def unknown_places(one: Declared) -> list[str]:
    """Tables and columns that a declaration names and no contract has: mistakes, told at start-up."""
    tables = {
        register.fulfils.table: set(register.fulfils.columns)
        for register in every_register().values()
        if register.fulfils is not None
    }
    wrong = []
    for place in getattr(one, "touches", ()):
        table, _, column = place.partition(".")
        if table not in tables or (column and column not in tables[table]):
            wrong.append(place)
    return wrong
