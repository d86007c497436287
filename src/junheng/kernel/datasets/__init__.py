"""Contracts of tables, and frozen snapshots that fulfil them."""

from junheng.kernel.datasets.snapshot import AuditHead, Manifest, TableEntry
from junheng.kernel.datasets.table import Column, Table, every_table

__all__ = ["AuditHead", "Column", "Manifest", "Table", "TableEntry", "every_table"]
