"""Whatever breaks its contract is named with its row."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from junheng.content.datasets.safety import Waters
from junheng.kernel.datasets.breaches import Breach, ContractBroken, check_contract
from junheng.kernel.datasets.digest import schema_of


def waters(**changed: list[Any]) -> pl.DataFrame:
    rows: dict[str, list[Any]] = {
        "id": [7, 8],
        "code": ["W1", "W2"],
        "name": ["河", "湖"],
        "area": ["410802001", "410802001"],
        "risk": ["high", "low"],
        "since": [date(2020, 1, 1), date(2020, 1, 1)],
        "until": [None, None],
    }
    return pl.DataFrame(rows | changed, schema=schema_of(Waters))


def test_rows_in_order_pass() -> None:
    check_contract(Waters, waters())


@pytest.mark.parametrize(
    ("changed", "breach"),
    [
        ({"risk": ["high", "dire"]}, Breach("waters", "risk", 8, "dire", "应为 high、medium、low 之一")),
        ({"name": [None, "湖"]}, Breach("waters", "name", 7, "空", "不能为空")),
        ({"since": [date(2020, 1, 1), None]}, Breach("waters", "since", 8, "空", "不能为空")),
        ({"code": ["W1", "W\x1f2"]}, Breach("waters", "code", 8, "W\x1f2", "含有控制字符")),
    ],
)
def test_each_rule_names_column_row_and_value(changed: dict[str, list[Any]], breach: Breach) -> None:
    with pytest.raises(ContractBroken) as refused:
        check_contract(Waters, waters(**changed))
    assert refused.value.breaches == (breach,)


def test_a_row_twice_is_named_twice() -> None:
    with pytest.raises(ContractBroken) as refused:
        check_contract(Waters, waters(id=[7, 7]))
    assert [(breach.row, breach.wrong) for breach in refused.value.breaches] == [(7, "行号重复")] * 2


def test_the_sentence_says_how_many_and_which() -> None:
    with pytest.raises(ContractBroken) as refused:
        check_contract(Waters, waters(risk=["dire", "high"]))
    assert str(refused.value) == (
        "“风险水域”有 1 处不符合数据约定，快照没有生成。请改正后再冻结："
        "waters 第 7 行 risk = dire：应为 high、medium、low 之一。"
    )


def test_many_are_counted_and_the_first_twenty_named() -> None:
    rows = pl.concat([waters(id=[n, n + 1], risk=["x", "y"]) for n in range(0, 60, 2)])
    with pytest.raises(ContractBroken) as refused:
        check_contract(Waters, rows)
    assert (refused.value.count, len(refused.value.breaches)) == (60, 20)
