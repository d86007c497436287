"""Whether rows keep their contract; everything that does not is named."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from junheng.kernel.datasets.digest import FIELD, NULL, ROW
from junheng.kernel.datasets.table import Column, Table
from junheng.kernel.errors import Refusal

FORBIDDEN = f"[{NULL}{FIELD}{ROW}]"
NAMED_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Breach:
    """One value that breaks the contract: where it stands and what is wrong with it."""

    table: str
    column: str
    row: int | None
    value: str
    wrong: str

    def __str__(self) -> str:
        return f"{self.table} 第 {self.row} 行 {self.column} = {self.value}：{self.wrong}"


class ContractBroken(Refusal):
    """Rows that do not keep their contract are not frozen; ``breaches`` are the first, ``count`` is how many."""

    def __init__(self, caption: str, breaches: tuple[Breach, ...], count: int) -> None:
        self.breaches = breaches
        self.count = count
        super().__init__(
            "contract-broken",
            "“{caption}”有 {count} 处不符合数据约定，快照没有生成。请改正后再冻结：{named}。",
            caption=caption,
            count=count,
            named="；".join(str(breach) for breach in breaches),
        )


def check_contract(table: type[Table], frame: pl.DataFrame) -> None:
    """Refuse rows that break their contract: nothing where something must be, a word nobody agreed on, a row twice."""
    found: list[Breach] = []
    count = 0
    for name, wrong, rows in _broken(table, frame):
        count += rows.height
        found += [
            Breach(table.table, name, row, "空" if value is None else str(value), wrong)
            for row, value in rows.head(NAMED_AT_MOST).rows()
        ]
    if count:
        raise ContractBroken(table.caption, tuple(found[:NAMED_AT_MOST]), count)


def _broken(table: type[Table], frame: pl.DataFrame) -> Iterator[tuple[str, str, pl.DataFrame]]:
    """Each rule that some rows break: the column, what is wrong, and the row numbers with the values."""
    for name, column in table.columns.items():
        for wrong, breaks in _rules(name, column):
            rows = frame.lazy().filter(breaks).select(pl.col("id").alias("row"), pl.col(name)).collect()
            if rows.height:
                yield name, wrong, rows


def _rules(name: str, column: Column) -> Iterator[tuple[str, pl.Expr]]:
    value = pl.col(name)
    if not column.null:
        yield "不能为空", value.is_null()
    if column.one_of:
        yield f"应为 {'、'.join(column.one_of)} 之一", ~value.is_in(column.one_of)
    elif column.type == "string":
        yield "含有控制字符", value.str.contains(FORBIDDEN)
    if name == "id":
        yield "行号重复", value.is_duplicated()
