"""The contract of a table: which columns a snapshot holds, of which type, and what they mean."""

from dataclasses import dataclass
from typing import ClassVar, Literal

Type = Literal["int64", "string", "date", "datetime", "bool"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a contract. Money is int64 fen, shares are never columns, datetimes are Asia/Shanghai."""

    type: Type
    label: str
    null: bool = False
    one_of: tuple[str, ...] = ()


_TABLES: dict[str, "type[Table]"] = {}


class Table:
    """A contract. A register fulfils it, an indicator relies on it, and neither knows the other.

    ``table`` is its name, and also the address of the register whose rows these are; ``caption`` its Chinese name.
    Every table has the column ``id``: the row's number in the register, by which evidence finds its way back to
    the record.
    """

    table: ClassVar[str]
    caption: ClassVar[str]
    columns: ClassVar[dict[str, Column]]

    def __init_subclass__(cls, *, name: str, label: str) -> None:
        cls.table = name
        cls.caption = label
        cls.columns = {"id": Column("int64", "行号")} | {
            key: value for key, value in vars(cls).items() if isinstance(value, Column)
        }
        if _TABLES.setdefault(name, cls) is not cls:
            raise TypeError(
                f"two tables are called {name!r}: {_TABLES[name].__qualname__} and {cls.__qualname__}"
            )


def every_table() -> dict[str, type[Table]]:
    """Every declared contract by name, in the order of declaration."""
    return dict(_TABLES)
