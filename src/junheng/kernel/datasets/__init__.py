"""Contracts of tables, and frozen snapshots that fulfil them."""

from junheng.kernel.datasets.table import Column, Table, every_table

__all__ = ["Column", "Table", "every_table"]
