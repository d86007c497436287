"""Contracts of tables, and frozen snapshots that fulfil them."""

from junheng.kernel.datasets.breaches import Breach, ContractBroken, check_contract
from junheng.kernel.datasets.digest import digest_of, schema_of
from junheng.kernel.datasets.snapshot import (
    AuditHead,
    Manifest,
    TableEntry,
    broken_tables,
    write_manifest,
    write_table,
)
from junheng.kernel.datasets.table import Column, Table, every_table

__all__ = [
    "AuditHead",
    "Breach",
    "Column",
    "ContractBroken",
    "Manifest",
    "Table",
    "TableEntry",
    "broken_tables",
    "check_contract",
    "digest_of",
    "every_table",
    "schema_of",
    "write_manifest",
    "write_table",
]
